"""Who claims what: a claim stays a claim, and its speaker the one whom the evidence names."""

from collections.abc import Iterator, Sequence

from index import cues
from index.checks import Pair, Problem, is_speaker, marks, typed
from index.claims import CLAIMING, VOUCHING, Claim, claiming, claims, pronoun
from index.polarity import HEDGES, modality


def attributions(pair: Pair) -> Iterator[Problem]:
    """What somebody claims stays that person's claim."""
    ours = [claim for claim in claims(pair.words, pair.sentence) if _names_speaker(pair, claim)]
    theirs = claims(pair.others, pair.evidence)
    for claim in ours:
        yield from _spoken(pair, claim, theirs)
    if typed(pair.sentence)[:1] in ("-", '"') or any(_hedged(word.low) for word in pair.words):
        return  # still in somebody's mouth
    open_claims = [claim for claim in theirs if not claim.vouched and not _kept(pair, claim)]
    lost = _unattributed(pair, ours, open_claims) or _overruled(pair, ours, open_claims)
    if lost:
        yield Problem("attribution", " ".join(pair.others[k].text for k in (*lost.speaker, lost.cue)))


def _hedged(word: str) -> bool:
    """Whether the sentence itself says that something is only claimed: "uppges", "ansågs"."""
    return word in HEDGES or (word.endswith("s") and word[:-1] in CLAIMING and not word[:-1].endswith("s"))


def _kept(pair: Pair, claim: Claim) -> bool:
    """Whether the sentence has the verb and the speaker as they are, or tells the speaker's own wish as a wish."""
    places = {j for j in pair.placed if j is not None}
    if claim.cue in places and claiming(pair.others[claim.cue].low) and places & set(claim.speaker):
        return True
    subject = {pair.placed[i] for i in next(iter(marks(pair.words, ())), [])}
    return bool(subject & set(claim.speaker)) and any("intended" in modality(word.low) for word in pair.words)


def _unattributed(pair: Pair, ours: Sequence[Claim], theirs: Sequence[Claim]) -> Claim | None:
    """A claim of the evidence that the sentence tells outside its own claims."""
    covered = {i for claim in ours for i in claim.content}
    framing = {pair.words[k].clause for claim in ours for k in (*claim.speaker, claim.cue)}
    loose = {j for i, word in enumerate(pair.words) if (word.content or word.number) and i not in covered
             and word.clause not in framing and (j := pair.placed[i]) is not None}
    lost = [claim for claim in theirs if loose & claim.content]
    return lost[0] if len(loose & {j for claim in lost for j in claim.content}) * 2 > len(loose) > 0 else None


def _overruled(pair: Pair, ours: Sequence[Claim], theirs: Sequence[Claim]) -> Claim | None:
    """A claim by a named speaker that most of the sentence repeats without that speaker, whoever else it names."""
    told = {j for word, j in zip(pair.words, pair.placed, strict=True) if word.content and j is not None}
    for claim in theirs:
        if claim.speaker and not pronoun(pair.others, claim) and len(told & claim.content) * 2 > len(told) \
                and not any(_same_speaker(pair, mine, claim) for mine in ours):
            return claim
    return None


def _names_speaker(pair: Pair, claim: Claim) -> bool:
    low = pair.words[claim.cue].low
    return claiming(low) or low in ("ifølge", "enligt", "following", "to", "følge", "iflg")


def _spoken(pair: Pair, claim: Claim, theirs: Sequence[Claim]) -> Iterator[Problem]:
    """The sentence's speaker is the one the evidence names for those words."""
    places = {j for i in claim.content if pair.words[i].content and (j := pair.placed[i]) is not None}
    rivals = sorted(theirs, key=lambda c: -len(places & c.content))
    if not rivals or not places & rivals[0].content:
        if any(c.cue == pair.placed[claim.cue] and _same_speaker(pair, claim, c) for c in theirs) or _told_alike(pair, claim):
            return
        if pair.words[claim.cue].low not in VOUCHING:
            yield Problem("attribution", " ".join(pair.words[i].text for i in (*claim.speaker, claim.cue)))
        return
    verbatim = [c for c in theirs if pair.others[c.cue].low == pair.words[claim.cue].low and places & c.content]
    best = verbatim if len(verbatim) == 1 else [c for c in rivals if len(places & c.content) == len(places & rivals[0].content)]
    if not any(_same_speaker(pair, claim, c) for c in best):
        yield Problem("speaker", " ".join(pair.words[i].text for i in claim.speaker))


def _told_alike(pair: Pair, claim: Claim) -> bool:
    """Whether the evidence has the very verb and the speaker's words, though not as a claim."""
    cue = pair.placed[claim.cue]
    same = 0.9 if pair.language == pair.theirs else 0.8
    return cue is not None and pair.like(pair.words[claim.cue], pair.others[cue]) >= same \
        and all(pair.placed[i] is not None for i in claim.speaker if pair.words[i].content)


def _same_speaker(pair: Pair, ours: Claim, theirs: Claim) -> bool:
    if pronoun(pair.words, ours):
        return True
    content = [i for i in ours.speaker if pair.words[i].content]
    named = [i for i in content if pair.words[i].capital and not pair.words[i].opening] or content
    if any(is_speaker(pair, pair.words[i]) for i in named):
        return True
    if not theirs.speaker:
        return False
    if not any(pair.words[i].capital for i in named) and any(
            (j := pair.placed[i]) is not None and 0 < min(theirs.speaker) - j <= 3
            and pair.others[j].sentence == pair.others[theirs.speaker[0]].sentence for i in named):
        return True  # by title alone
    if pronoun(pair.others, theirs):
        earlier = {other.low for other in pair.others[:theirs.cue]}
        return any(pair.words[i].low in earlier for i in named)
    if theirs.vouched and all((j := pair.placed[i]) is not None and abs(j - theirs.cue) <= 6 for i in named):
        return True  # "according to figures from X" for "figures from X show"
    full = [i for i in content if pair.words[i].capital]
    if len([j for j in theirs.speaker if pair.others[j].capital]) > 1 and len(full) == 2 and full[1] - full[0] == 1 \
            and not cues.role_head(pair.words[full[0]].low):
        return all(any(pair.like(pair.words[i], pair.others[j]) >= 0.75 for j in theirs.speaker) for i in full)
    return any(pair.like(pair.words[i], pair.others[j]) >= 0.75 for i in named for j in theirs.speaker)
