"""A follow-up question made to stand alone, by the words of the conversation before it. Knows no archive and no model.

Three things make a question lean on what was said: a pronoun whose bearer stands earlier ("Vad sa hon mer?"), a part that
takes the place of another ("And in 1938?"), and a bare question word ("Varför?"). Where the grammar gives no sure reading,
the earlier question is put in front of the follow-up: longer, but in nobody's words but the reader's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answer import Turn
from bot.grammar import (
    ADDRESSED,
    COPULAS,
    COUNTED,
    COURTESY,
    DEGREES,
    ENGLISH,
    GRAMMARS,
    MEASURES,
    MODALS,
    NORTHERN,
    PARTICLES,
    PERFECT,
    PLACING,
    PREPOSITIONS,
    RELATIVE,
    TIME,
    WHICH,
    WITHIN,
    YEAR,
    Grammar,
)
from bot.mentions import Kind, Mention, mentions, topic_names
from index import cues, names
from index.tokens import Token, tokens

_REACH = 3  # earlier exchanges that a pronoun may point back to
_MARK = re.compile(r"\s*\[\d+\]")


def standalone(asked: str, language: str, history: Sequence[Turn], alike: bool = True) -> str:
    """`asked`, or the same question in words that need no conversation.

    `alike`: the previous question is in the same language, so that a part of one may stand in the other.
    """
    grammar = GRAMMARS.get(language)
    if not history or grammar is None:
        return asked
    talk = _Talk.of(asked, language, grammar, history, alike)
    for reading in (_asked_again, _part_exchanged, _names_put_in, _without_topic):
        text = reading(talk)
        if text:
            return text
    return asked


@dataclass(frozen=True, slots=True)
class _Talk:
    """A follow-up beside what came before it."""

    asked: str
    language: str
    grammar: Grammar
    history: tuple[Turn, ...]      # the latest first, without citation marks
    previous: str                  # the previous question, without what leaned on it
    alike: bool                    # both questions are in one language
    rest: str                      # the follow-up without "and" in front and "then" behind
    skipped: int                   # letters of `asked` that "and" in front takes
    known: tuple[str, ...]         # names of the conversation

    @classmethod
    def of(cls, asked: str, language: str, grammar: Grammar, history: Sequence[Turn], alike: bool) -> "_Talk":
        turns = tuple(Turn(turn.question, _MARK.sub("", turn.answer)) for turn in reversed(history[-_REACH:]))
        bare = asked.rstrip(" ?!.…")
        lead = grammar.lead.match(bare)
        skipped = lead.end() if lead and lead.end() < len(bare) else 0
        rest = grammar.tail.sub("", bare[skipped:]).strip(" ,")
        told = (name for turn in turns for text in (turn.question, turn.answer) for name in topic_names(text))
        known = tuple(dict.fromkeys(name for name in told if len(name) > 2))
        return cls(asked, language, grammar, turns, _topic(turns[0].question), alike, rest, skipped, known)

    @property
    def led(self) -> bool:
        return self.skipped > 0

    def words(self) -> list[str]:
        return [token.lower for token in tokens(self.rest) if token.word]

    def mentions(self, text: str, attached: bool = True) -> list[Mention]:
        return mentions(text, self.language, self.known, attached)

    def joined(self, follow_up: str = "") -> str:
        ended = self.previous if self.previous.endswith(("?", ".", "!")) else self.previous + "?"
        return f"{ended} {_capital(follow_up or self.asked)}"


def _topic(question: str) -> str:
    """A question as it was understood, without the bare follow-ups that an earlier turn joined to it."""
    parts = [part.strip() for part in re.findall(r"[^?!.]+[?!.]+(?=\s|$)|[^?!.]+$", question)] or [question]
    while len(parts) > 1 and parts[0].endswith("?") and (_is_light(parts[-1], NORTHERN) or _is_light(parts[-1], ENGLISH)):
        parts.pop()
    return " ".join(parts)


def _is_light(text: str, grammar: Grammar) -> bool:
    """Whether no word of it names a topic."""
    if TIME.search(text):
        return False
    light = cues.FUNCTION | grammar.verbs | grammar.asking | grammar.following
    found = [token.lower for token in tokens(text) if token.word]
    return ADDRESSED.isdisjoint(found) and all(word in light or _stands_for(word, grammar) for word in found)


def _stands_for(word: str, grammar: Grammar) -> str:
    return grammar.subjects.get(word) or grammar.objects.get(word) or grammar.possessives.get(word) or ""


# A bare question word.


def _asked_again(talk: _Talk) -> str:
    """"Varför?" after "När stängde kommunen skolan?"; joined where the two cannot change places."""
    words = talk.words()
    if words and words[-1] in ("det", "that", "så", "so") and len(words) == 2:
        words.pop()
    spoken = " ".join(words)
    measured = len(words) == 2 and words[0] in ("hur", "hvor", "how") and words[1] in MEASURES
    bare = len(words) == 1 or measured or spoken in talk.grammar.adverbial
    if not words or words[0] not in talk.grammar.asking or not bare:
        return ""
    swapped = _swapped(spoken, talk) if talk.alike and spoken in talk.grammar.adverbial else ""
    return swapped or talk.joined(_capital(talk.rest) + "?")


def _swapped(spoken: str, talk: _Talk) -> str:
    found = [token for token in tokens(talk.previous) if token.word]
    if len(found) < 3 or found[0].lower == spoken.split()[0] or "?" in talk.previous.rstrip("?"):
        return ""
    first, second = found[0].lower, found[1].lower
    if first in talk.grammar.adverbial and _is_verb(second, talk):
        kept = talk.previous[found[1].start:]
    elif first not in talk.grammar.asking and _is_verb(first, talk):
        kept = first + talk.previous[found[0].end:]
    else:
        return ""
    return f"{_capital(spoken)} {kept.rstrip('?')}?"


def _is_verb(word: str, talk: _Talk) -> bool:
    if word in MEASURES:
        return False
    return word in talk.grammar.verbs or (talk.grammar is NORTHERN and cues.looks_finite(word))


# A part that takes another's place.


def _part_exchanged(talk: _Talk) -> str:
    """"Och 1938?", "And in Oslo?", "Och Stefan Wickberg då?"; empty where the follow-up is a whole question."""
    new = talk.rest.casefold() not in talk.previous.casefold()
    if not _is_part(talk) or not (new or talk.led):
        return ""
    text = ""
    if talk.alike and new:
        timed = TIME.fullmatch(talk.rest)
        preposition, _, governed = talk.rest.partition(" ")
        if timed:
            text = _at_another_time(timed, talk)
        elif preposition.lower() in PREPOSITIONS and governed:
            text = _behind_preposition(preposition, governed, talk)
        else:
            text = _in_place_of(talk)
    return text or talk.joined()


def _is_part(talk: _Talk) -> bool:
    words = talk.words()
    if not words or len(words) > 6 or words[0] in talk.grammar.asking - {"var"} or _is_light(talk.rest, talk.grammar):
        return False
    if any(_stands_for(word, talk.grammar) for word in words if word not in ("den", "det", "de")):
        return False
    if TIME.fullmatch(talk.rest):
        return True
    governed = words[0] in PREPOSITIONS and len(words) > 1
    if not (talk.led or talk.asked.endswith("?")):
        return False
    offset = talk.rest.index(" ") + 1 if governed else 0
    core = talk.rest[offset:]
    whole = [mention for mention in talk.mentions("– x " + core) if mention.text.casefold() == core.casefold()]
    if whole and (talk.led or governed or whole[0].proper):
        return True
    return (talk.led or governed) and _is_noun_phrase(core, talk)


def _is_noun_phrase(core: str, talk: _Talk) -> bool:
    """One noun, or an article or adjective with it; a verb in it would make it a question of its own."""
    words = core.lower().split()
    if any(word in talk.grammar.verbs or word in talk.grammar.asking for word in words):
        return False
    if len(words) == 1:
        return True
    determined = words[0] in ("the", "a", "den", "det", "de", "en", "ett", "et") or words[0].endswith(("a", "e"))
    return determined and len(words) <= 3 and not cues.looks_finite(words[0])


def _at_another_time(timed: re.Match[str], talk: _Talk) -> str:
    if talk.previous.split(" ", 1)[0].lower() in ("när", "når", "hvornår", "when"):
        return ""
    preposition, core = timed["prep"] or "", timed["core"]
    earlier = list(TIME.finditer(talk.previous))
    if not earlier:
        return _appended(f"{preposition or _usual(core, talk.language)} {core}".strip(), talk.previous)
    old = earlier[-1]
    start, end = old.span()
    if re.fullmatch(YEAR, core) and old["of"]:
        start, end, put = *old.span("of"), core
    elif re.fullmatch(YEAR, core) and re.fullmatch(YEAR, old["core"]):
        put = f"{preposition or old['prep'] or ''} {core}"
    else:
        year = f" {old['of']}" if timed["month"] and old["of"] and not timed["of"] else ""
        put = f"{preposition or _usual(core, talk.language)} {core}{year}"
    if start == 0:
        put = _capital(put.strip())
    return talk.previous[:start] + put.strip() + talk.previous[end:]


def _usual(core: str, language: str) -> str:
    """The preposition that a time takes in a language."""
    if re.fullmatch(RELATIVE, core, re.I) or core.lower().startswith(("den ", "the ")):
        return "on" if core.lower().startswith("the ") else ""
    if re.match(r"\d{1,2}\D", core):
        return {"sv": "den", "no": "den", "da": "den", "en": "on"}[language]
    if re.fullmatch(YEAR, core):
        return {"sv": "", "no": "i", "da": "i", "en": "in"}[language]
    return "in" if language == "en" else "på" if core.lower().endswith("talet") else "i"


def _appended(part: str, question: str) -> str:
    bare = question.rstrip(" ?!.")
    return f"{bare} {part}{question[len(bare):].strip() or '?'}"


def _behind_preposition(preposition: str, governed: str, talk: _Talk) -> str:
    wanted = WITHIN if preposition.lower() in WITHIN else {preposition.lower()}
    part = f"{preposition.lower()} {governed}"
    for mention in reversed(talk.mentions(talk.previous, attached=False)):
        if mention.preposition in wanted:
            start = talk.previous[:mention.start].rstrip().lower().rfind(mention.preposition)
            return talk.previous[:start] + (_capital(part) if start == 0 else part) + talk.previous[mention.end:]
    return _appended(part, talk.previous)


def _in_place_of(talk: _Talk) -> str:
    """The previous question about another person or thing."""
    name = _in_full(talk.rest, talk.known)
    new = next(iter(talk.mentions("– x " + talk.rest)), None)
    order = _ALIKE["person" if names.gender(name.split()[0]) else new.kind if new else "thing"]
    found = talk.mentions(talk.previous)
    for kind in order:
        alike = [mention for mention in found if mention.kind == kind]
        free = [mention for mention in alike if not mention.preposition]
        if alike:
            old = (free or alike)[-1]
            put = _capital(name) if old.start == 0 else name
            return talk.previous[:old.start] + put + talk.previous[old.end:]
    return ""


# What a new person or thing takes the place of, the likeliest first.
_ALIKE: dict[Kind, tuple[Kind, ...]] = {
    "person": ("person", "name", "role"),
    "role": ("person", "role", "name"),
    "name": ("name", "person", "place", "body"),
    "place": ("place", "name", "body"),
    "body": ("body", "name", "thing"),
    "thing": ("thing", "body", "name", "place"),
}


def _in_full(name: str, known: Sequence[str]) -> str:
    """A surname with the first name that the conversation gave it."""
    longer = {full for full in known if full.casefold().endswith(" " + name.casefold())}
    return longer.pop() if len(longer) == 1 else name


# Pronouns.


@dataclass(frozen=True, slots=True)
class _Pronoun:
    start: int
    end: int
    stands_for: str
    possessive: bool
    form: str       # "subject" or "object"


def _names_put_in(talk: _Talk) -> str:
    """The follow-up with names in place of its pronouns; joined where one of them has no sure bearer."""
    text = _capital(talk.asked[talk.skipped:].lstrip(" ,")) if talk.led else talk.asked
    found = list(_pronouns(text, talk))
    if not found:
        return ""
    bearers: list[Mention | None] = []
    for pronoun in found:
        bearers.append(_bearer(pronoun, text, talk, {bearer.text.casefold() for bearer in bearers if bearer}))
        if bearers[-1] is None and pronoun.stands_for not in ("it", "that", "there"):
            return talk.joined(text)     # two people, and one name: nobody's words are given to another
    put = text
    for pronoun, bearer in reversed(list(zip(found, bearers, strict=True))):
        put = _put(bearer, pronoun, put, talk) if bearer else put
    return put if all(bearers) else talk.joined(put)


def _pronouns(text: str, talk: _Talk) -> Iterator[_Pronoun]:
    found = [token for token in tokens(text) if token.word]
    own = talk.mentions(text)
    seen: set[tuple[str, bool, bool]] = set()
    for at, token in enumerate(found):
        means, possessive = _reading(found, at, talk)
        form = (means, possessive, token.lower in talk.grammar.objects)
        if not means or form in seen or _named_before(found, at, means, possessive, own, talk):
            continue
        seen.add(form)
        yield _Pronoun(token.start, token.end, means, possessive, "object" if form[2] else "subject")


def _reading(found: list[Token], at: int, talk: _Talk) -> tuple[str, bool]:
    """Whom a word stands for, and whether it owns what follows; empty where it is no pronoun that points back."""
    token, grammar = found[at], talk.grammar
    following = found[at + 1] if at + 1 < len(found) else None
    if (token.capital and at) or (token.lower in ("hende", "der") and talk.language == "sv") or \
            (token.lower == "hende" and talk.language == "no"):  # there it is a verb
        return "", False
    if token.lower in grammar.possessives and (grammar is NORTHERN or _has_noun(following, grammar)):
        if token.lower in ("hans",) and token.capital and following and following.capital:
            return "", False
        return grammar.possessives[token.lower], True
    means = grammar.subjects.get(token.lower) or grammar.objects.get(token.lower) or ""
    if grammar is NORTHERN:
        return (means if _points_back_north(found, at, means, grammar) else ""), False
    return (means if _points_back_english(found, at, means, grammar) else ""), False


def _has_noun(following: Token | None, grammar: Grammar) -> bool:
    return following is not None and not following.capital and following.lower not in grammar.following


def _points_back_north(found: list[Token], at: int, means: str, grammar: Grammar) -> bool:
    word, rest = found[at].lower, found[at + 1:]
    before = found[at - 1].lower if at else ""
    if word in ("den", "de", "dei", "dem"):
        return at > 0 and _is_no_article(found, at, grammar)
    if means == "there":
        return at > 0 and not rest and before not in ("er", "den", "det", "de")
    if means == "that":
        if not rest:
            return at > 0
        clause = rest[0].lower in ("att", "at", "som", "der", "å")
        if before in PREPOSITIONS:
            return rest[0].lower in grammar.following and not clause
        last = rest[0].lower if len(rest) == 1 and not rest[0].capital else ""
        ready = before in COPULAS and (last.endswith("t") or (len(rest) < 3 and rest[0].lower.endswith(("are", "ere"))))
        return ready or (last.endswith(("as", "es")) and before in MODALS) or last in PARTICLES \
            or (last.endswith(("arna", "orna", "erna", "ene", "erne")) and before not in COPULAS)
    return bool(means)


def _is_no_article(found: list[Token], at: int, grammar: Grammar) -> bool:
    """Whether "den" and "de" stand for something; otherwise a noun follows ("den nya bron")."""
    rest = [token.lower for token in found[at + 1:]]
    if not rest:
        return True
    if rest[0] in ("som", "der"):
        return False
    before = {token.lower for token in found[max(0, at - 2):at]}
    if rest[0] in DEGREES and len(rest) > 1 and rest[1].endswith(("a", "e")):   # "den nå pensjonerte læreren"
        return False
    if "det" in before or (before & MODALS and rest[0] in PLACING | {"med"} and len(rest) > 2):
        return False      # "kan de i nord vente"
    if rest[0] in grammar.following or rest[0] in grammar.objects:
        return True
    if before & MODALS:
        return len(rest) == 1 or rest[0].endswith(("as", "es")) or rest[1] in grammar.following \
            or (len(rest) == 2 and not rest[1].endswith(("en", "et", "on", "na", "ne")))
    if before & PERFECT:
        return rest[0].endswith(("t", "ts"))
    return bool(before & COPULAS) and len(rest) == 1 and not rest[0].endswith(("a", "e"))


def _points_back_english(found: list[Token], at: int, means: str, grammar: Grammar) -> bool:
    rest = [token.lower for token in found[at + 1:]]
    before = found[at - 1].lower if at else ""
    word = found[at].lower
    if word in ("that", "this", "those", "these", "there"):
        return at > 0 and (not rest or (before in PREPOSITIONS and rest[0] in grammar.following - {"that"}))
    if word == "it":
        formal = "that" in rest or "to" in rest[1:-1] or rest[:1] in (["raining"], ["snowing"], ["rain"], ["snow"])
        course = bool(rest) and rest[0] in ("go", "going", "went") and len(rest) > 1 and rest[1] in ("for", "with")
        return not formal and not course and "to" not in rest[:1]
    return bool(means)


def _named_before(found: list[Token], at: int, means: str, possessive: bool, own: list[Mention], talk: _Talk) -> bool:
    """Whether the follow-up itself names whom the pronoun stands for."""
    grammar, token = talk.grammar, found[at]
    earlier = [mention for mention in own if mention.end <= token.start]
    subject = token.lower in grammar.subjects and token.lower not in ("det", "it", "that", "this")
    governed = at > 0 and found[at - 1].lower in PREPOSITIONS and not subject
    before = [other.lower for other in found[:at - governed]]
    bordered = not grammar.borders.isdisjoint(before[1:]) or "," in talk.asked[:token.start] or \
        any(pair[0] == "om" and pair[1] in grammar.subjects for pair in pairwise(before))
    if possessive and found[at - 1].lower in ("och", "og", "and") and at > 1:
        return True
    reaches = bordered or (subject or (talk.language == "en" and possessive))
    if means == "there":
        return any(mention.kind in ("place", "body", "name") for mention in earlier)
    if means in ("f", "m", "any"):
        people = any(mention.kind in ("person", "role", "name") and _agrees(mention, means) for mention in earlier)
        things = any(mention.kind in ("thing", "body") and not mention.preposition for mention in earlier)
        nouns = [other.lower for other in found[:at] if other.lower not in cues.FUNCTION]
        described = found[0].lower in WHICH or any(cues.role_head(noun) or cues.role_gender(noun) for noun in nouns)
        return (reaches and people) or (bordered and described) or ((bordered or subject) and things)
    if means == "many":
        spoken = [other.lower for other in found[:at]]
        verb = next((k for k, word in enumerate(spoken) if word in grammar.verbs), 0)
        inner = spoken[verb:-1] if grammar is NORTHERN and subject else spoken[verb:]      # less its own verb
        content = [word for word in inner if word not in cues.FUNCTION | grammar.verbs | grammar.asking]
        return bool(content) and (reaches or possessive)
    return (bordered and bool([mention for mention in earlier if mention.kind in ("thing", "body", "name")])) \
        or (possessive and bool(earlier))


def _agrees(mention: Mention, means: str) -> bool:
    return means == "any" or mention.gender is None or mention.gender == means


def _bearer(pronoun: _Pronoun, text: str, talk: _Talk, others: set[str]) -> Mention | None:
    used = others | {mention.text.casefold() for mention in talk.mentions(text)}
    someone = pronoun.stands_for in ("f", "m", "any")
    for turn in talk.history if someone else talk.history[:1]:
        asked = [mention for mention in talk.mentions(turn.question) if mention.text.casefold() not in used]
        told = [mention for mention in talk.mentions(turn.answer) if mention.text.casefold() not in used]
        if someone:
            found = _person(pronoun.stands_for, turn, asked, told, talk)
        elif pronoun.stands_for == "there":
            every = [*reversed(talk.mentions(turn.question, attached=False)), *told]
            found = next((place for place in every if place.preposition in PLACING and place.kind != "person"), None)
        else:
            found = _something(pronoun, turn, asked, told, text, talk)
        if found:
            return found
    return None


def _person(gender: str, turn: Turn, asked: list[Mention], told: list[Mention], talk: _Talk) -> Mention | None:
    """Whom "she" means: who was asked for, or the last subject of the question, or the last of the answer."""
    def fitting(every: list[Mention], kinds: tuple[Kind, ...]) -> list[Mention]:
        full = [_introduced(mention, talk) for mention in every if mention.kind in kinds]
        agreeing = [mention for mention in full if _agrees(mention, gender)]
        return [mention for mention in agreeing if mention.gender] or agreeing

    in_question = fitting(asked, ("person", "name"))
    in_answer = fitting(told, ("person", "name"))
    words = [token.lower for token in tokens(turn.question) if token.word]
    if words and words[0] in talk.grammar.asks_who and words[1:2] not in (["är"], ["er"], ["var"], ["is"], ["was"]):
        fresh = [mention for mention in in_answer if mention.text not in {other.text for other in in_question}]
        if fresh:
            return _first_free(fresh)
    if in_question:
        return _first_free(in_question[::-1])
    if in_answer:
        return _first_free(in_answer[::-1])
    roles = fitting(asked, ("role",))
    return _first_free(roles[::-1]) if roles else None


def _introduced(mention: Mention, talk: _Talk) -> Mention:
    """A name with what else the conversation tells of it: the first name, and so the gender."""
    if not mention.proper:
        return mention
    full = _in_full(mention.text, talk.known)
    return replace(mention, text=full, gender=names.gender(full.split()[0]) or mention.gender)


def _first_free(every: list[Mention]) -> Mention:
    """The first that no preposition governs, else the first."""
    return next((mention for mention in every if not mention.preposition), every[0])


def _something(
    pronoun: _Pronoun, turn: Turn, asked: list[Mention], told: list[Mention], text: str, talk: _Talk
) -> Mention | None:
    """What "it" or "they" mean: what was asked about, or the one name of the answer; None where that is not sure."""
    many = pronoun.stands_for == "many"
    words = (*text[:pronoun.start].split()[-1:], *text[pronoun.end:].split()[:1])
    beside = {word.strip("?.,!").lower() for word in words}
    if not many and beside & talk.grammar.events:     # "Vem sa det?", "When did it happen?"
        return None
    things = [mention for mention in asked if mention.kind in ("thing", "name", "body", "place")]
    if many:
        things = [it for it in things if it.plural or it.kind == "body" or (it.proper and it.kind != "place")]
        loose = pronoun.form == "subject" and not COUNTED.search(text)
        things = [it for it in things if it.plural] or (things if loose else [])
    elif talk.grammar is NORTHERN and not _governed(pronoun, text):    # "om det" may mean a topic of any gender
        neuter = pronoun.stands_for == "that"
        things = [it for it in things if it.proper or (it.neuter == neuter and not it.plural)]
    if pronoun.stands_for == "that":
        things = [it for it in things if it.kind != "place"]
        if len(things) != 1:
            return None
    for kind in ("thing", "name", "body", "place"):
        alike = [mention for mention in things if mention.kind == kind]
        if alike:
            return _first_free(alike[::-1])
    answered = {mention.text for mention in told if mention.proper and mention.kind in ("name", "body")}
    asking = talk.grammar.asks_who if many else talk.grammar.asking
    if len(answered) == 1 and tokens(turn.question)[0].lower in asking:
        return next(mention for mention in told if mention.text in answered)
    return None


def _governed(pronoun: _Pronoun, text: str) -> bool:
    return not PREPOSITIONS.isdisjoint(word.lower() for word in text[:pronoun.start].split()[-1:])


def _put(bearer: Mention, pronoun: _Pronoun, text: str, talk: _Talk) -> str:
    """`text` with the bearer in the pronoun's place."""
    put = bearer.text
    before, after = text[:pronoun.start], text[pronoun.end:]
    if pronoun.stands_for == "there":
        put = f"{bearer.preposition} {put}"
    elif pronoun.possessive:
        put = bearer.head if not bearer.proper else put
        following = after.strip(" ?,.").partition(" ")[0].lower()
        if talk.language in ("no", "da") and (not following or following in talk.grammar.following):
            put = f"til {put}"
        elif talk.language == "en":
            put += "’" if put.endswith("s") else "’s"
        elif not put.endswith(("s", "x", "z")):
            put += "s"
    return before + (_capital(put) if not before.strip() else put) + after


def _without_topic(talk: _Talk) -> str:
    """"Vad hände sen?", "Tell me more": nothing but small words, so the previous question stands in front."""
    words = talk.words()
    leans = 0 < len(words) <= 5 and COURTESY.isdisjoint(words) and _is_light(talk.rest, talk.grammar)
    return talk.joined() if leans else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
