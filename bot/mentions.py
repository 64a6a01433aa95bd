"""What a question or an answer speaks of: the names in it, and its definite things ("bron över Ymlaren", "the school").

A hint for making a follow-up stand alone, read from capitals, endings and prepositions. Knows no conversation.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.grammar import PLACING, PREPOSITIONS
from index import cues, names, numbers
from index.tokens import Token, tokens

Kind = Literal["person", "role", "name", "thing", "body", "place"]  # "name": a proper name of somebody or something


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words("von van de der den da di del la le el al bin ibn af ter zu dos du")
_ATTACHED = _words("över over i på mellan mellom mellem till til vid ved in at of between from")
_BETWEEN = re.compile(r" (?:mellan|mellom|mellem|between) (?:(?! och | og | and ).)+$")
_DEFINITE = re.compile(r".{2,}(?:[aeiouyåäöæø]n|et|orna|arna|erna|ene|erne)")
_PLURAL = re.compile(r".{2,}(?:orna|arna|erna|ene|erne)")
# Words that end like a definite noun and are none.
_LOOKALIKES = _words(
    "någon ingen annan annat annet anden andet igen även redan sedan siden liten litet egen eget öppen "
    "öppet vilken vilket hvilken hvilket mycket meget noget något inget intet mellan innan inden utan "
    "uten uden varken hverken sådan denne sen sin hen men den han kun man hon hun din min lagen så vatten "
    "tecken människan ellen alltid bland eneste ene alene allerede tjene mene regne stjæle igenom gen "
    "hvordan korleis hvornår egentligen egentlig oven neden näten kunnet villet måttet skullet fået været "
    "heten året åren dagen veckan månaden uken ugen gangen gången stedet stället måten sättet"
)
_AUXILIARIES = _words(
    "har hade hadde havde have has had blir ble blev bliver blitt blevet er är var was were is are been "
    "fått får fikk fik fick"
)
_ASKING_FIRST = _words(
    "vad hva hvad kva vem hvem kven när når hvornår var hvor kor varför hvorfor kvifor hur hvordan "
    "korleis vart"
)
_SUPPORT = _words("do does did will would can could should may might must shall has have had is are was were")
_BEING = _words("is are was were has have had")
_PREDICATES = _words(
    "built made held said done shut put sold found won lost paid left met set cut hit read open ready "
    "safe new old big small large long tall high wide deep expensive cheap true important called worth "
    "like there closed going doing"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """What stands at `start:end` of a question or an answer.

    `preposition` is the one that governs it, `head` leaves out what is attached, `proper` tells a name from a noun.
    """

    text: str
    start: int
    end: int
    kind: Kind
    proper: bool = False
    preposition: str = ""
    head: str = ""
    gender: cues.Gender | None = None
    plural: bool = False
    neuter: bool = False


def topic_names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The proper names of a text, each once, in order. `known` ones are seen at a sentence's start and in small letters too."""
    return tuple(dict.fromkeys(mention.text for mention in _proper(text, tokens(text), known)))


def mentions(text: str, language: str, known: Collection[str] = (), attached: bool = True) -> list[Mention]:
    """Names and definite things in the order of the text. `attached`: with the place that follows ("skolan i Gråvika")."""
    found = tokens(text)
    proper = _proper(text, found, known)
    taken = [(mention.start, mention.end) for mention in proper]
    common = _english(text, found) if language == "en" else _northern(text, found)
    things = [thing for thing in common if not any(start < thing.end and thing.start < end for start, end in taken)]
    every = sorted([*proper, *things], key=lambda mention: mention.start)
    return _with_attached(text, every) if attached else every


def _proper(text: str, found: list[Token], known: Collection[str]) -> list[Mention]:
    if text.isupper():
        return []
    wanted = {name.casefold() for name in known}
    made, at = [], 0
    while at < len(found):
        if _opens_name(found, at, wanted):
            last = _run_end(found, at)
            made.append(_name(text, found, at, last))
            at = last
        at += 1
    made = _with_district(text, made)
    seen = [(mention.start, mention.end) for mention in made]
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.I):
            if not any(start < match.end() and match.start() < end for start, end in seen):
                seen.append(match.span())
                made.append(_named(name, match.start(), match.end(), text[:match.start()].split()[-1:]))
    return sorted(made, key=lambda mention: mention.start)


def _with_district(text: str, made: list[Mention]) -> list[Mention]:
    """A place with the wider one that it is named by: "i Mo i Rana"."""
    joined: list[Mention] = []
    for mention in made:
        before = joined[-1] if joined else None
        if before and before.kind == "place" and text[before.end:mention.start] == " i ":
            whole = text[before.start:mention.end]
            joined[-1] = replace(before, text=whole, head=whole, end=mention.end)
        else:
            joined.append(mention)
    return joined


def _opens_name(found: list[Token], at: int, known: Collection[str]) -> bool:
    token = found[at]
    if not token.word or not token.capital or numbers.month(token.lower) or numbers.weekday(token.lower) is not None:
        return False
    initial = at == 0 or found[at - 1].sentence != token.sentence or found[at - 1].text in "–—-:”\"»“«("
    if not initial:
        return token.text not in ("I", "A", "The", "X")
    words = {token.lower}
    if any(name == token.lower or name.startswith(token.lower + " ") for name in known):
        return True
    if token.lower in cues.FUNCTION or cues.role_head(token.lower):
        return False
    if names.gender(token.lower) or not words.isdisjoint(known) or (token.text[1:] != token.text[1:].lower()):
        return True
    following = found[at + 1:at + 3]
    asks = any(other.text == "?" for other in found[at:] if other.sentence == token.sentence)
    if asks or not following or not following[0].capital:  # a question opens with its verb: "Sade Anna Berg …?"
        return False
    return not (len(following) > 1 and names.gender(following[0].lower) and following[1].capital)


def _run_end(found: list[Token], at: int) -> int:
    """The last token of the name that begins at `at`."""
    last = at
    while last + 1 < len(found):
        here, following = found[last], found[last + 1]
        if following.sentence != here.sentence or here.text.endswith(("'s", "’s")):
            break
        if (following.word and following.capital) or (following.text.isdigit() and len(following.text) < 4):
            last += 1
        elif beyond := _beyond_particles(found, last, found[at].lower):
            last = beyond
        elif last == at and following.word and cues.is_body(following.lower) and not names.gender(here.lower):
            return last + 1      # "Gråvika skola"
        else:
            break
    return last


def _beyond_particles(found: list[Token], last: int, first: str) -> int:
    """Where a name goes on behind "von der", "af" or "of"; 0 where it ends."""
    given = names.gender(first)
    at = last + 1
    while at < len(found) and at < last + 4 and found[at].lower in (_PARTICLES if given else _PARTICLES - {"af", "av"}):
        at += 1
    if at == last + 1 and found[at].lower == "of" and not given:
        at += 1
    return at if last + 1 < at < len(found) and found[at].word and found[at].capital else 0


def _name(text: str, found: list[Token], first: int, last: int) -> Mention:
    start, end = found[first].start, found[last].end
    following = found[last + 1].lower if last + 1 < len(found) else ""
    owning = _owns(found[last], first == last, following)
    end -= owning
    before = [found[first - 1].lower] if first and found[first - 1].sentence == found[first].sentence else []
    if owning:
        before = []
    return _named(text[start:end], start, end, before)


def _owns(token: Token, single: bool, following: str) -> int:
    """How many letters of a name are its possessive ending."""
    if token.text.endswith(("'s", "’s")):
        return 2
    noun = following.isalpha() and following.islower() and following not in cues.FUNCTION | PREPOSITIONS
    given = single and names.gender(token.lower)      # Mats, Anders
    ends = token.text[-1] == "s" and token.text[-2:] != "ss" and len(token.text) > 3 and not token.text.isupper()
    return int(noun and ends and not given)


def _named(name: str, start: int, end: int, before: list[str]) -> Mention:
    words = name.split()
    gender = names.gender(words[0])
    governed = before[0] if before and before[0] in PREPOSITIONS else ""
    kind: Kind = "name"
    if "-" in words[-1] and words[-1].rpartition("-")[2].islower():     # "Ymlaren-avtalen"
        kind = "role" if cues.role_head(words[-1]) else "thing"
    elif any(cues.is_body(word, surname=gender is not None) for word in words):
        kind = "body"
    elif gender:
        kind = "person"
    elif governed in PLACING:
        kind = "place"
    return Mention(name, start, end, kind, True, governed, name, gender if kind == "person" else None)


def _northern(text: str, found: list[Token]) -> Iterator[Mention]:
    """The definite nouns of a Scandinavian question, with the article and adjective before them."""
    helped = any(token.lower in _AUXILIARIES for token in found)
    for at in range(1, len(found)):
        if _is_definite_noun(found, at, helped):
            first = at
            while first and found[first - 1].lower.endswith(("a", "e")) and found[first - 1].lower not in cues.FUNCTION \
                    and first > 1 and found[first - 2].lower in ("den", "det", "de"):
                first -= 1
            if first and found[first - 1].lower in ("den", "det", "de") and first < at:
                first -= 1
            yield _thing(text, found, first, at)


def _is_definite_noun(found: list[Token], at: int, helped: bool) -> bool:
    word, before = found[at].lower, found[at - 1].lower
    if not _DEFINITE.fullmatch(word) or word in _LOOKALIKES or word in cues.FUNCTION or found[at].capital:
        return False
    if at == 1 and before in _ASKING_FIRST:   # the verb: "Hva kostet broen?"
        return False
    if before in ("en", "ett", "et", "ei", "å", "att", "at"):
        return False
    return not (word.endswith("et") and helped and before not in _AUXILIARIES | PREPOSITIONS
                and not before.endswith(("a", "e")))


def _english(text: str, found: list[Token]) -> Iterator[Mention]:
    """The definite nouns of an English question: "the", and what follows up to a word of another kind."""
    for at, token in enumerate(found):
        if token.lower != "the":
            continue
        last = at
        while last + 1 < len(found) and last - at < 4 and found[last + 1].word and _goes_on(found[last + 1].lower):
            last += 1
        if last - at > 1 and at and found[at - 1].lower in _SUPPORT and _ends_in_verb(found, at, last):
            last -= 1
        if last > at and not found[last].capital:
            yield _thing(text, found, at, last)


def _goes_on(word: str) -> bool:
    return word not in PREPOSITIONS and (word not in cues.FUNCTION or word in ("new", "old", "first", "second", "last", "next"))


def _ends_in_verb(found: list[Token], at: int, last: int) -> bool:
    """Whether the last word behind "did the …" is the verb and no noun."""
    word = found[last].lower
    if found[at - 1].lower in _BEING:
        return word in _PREDICATES or word.endswith("ed")
    rest = [token for token in found[last + 1:] if token.word]
    later = [token for token in rest if token.lower not in cues.FUNCTION | PREPOSITIONS and not token.capital]
    return not (rest and rest[0].lower in _ATTACHED and later)


def _thing(text: str, found: list[Token], first: int, last: int) -> Mention:
    start, end, head = found[first].start, found[last].end, found[last].lower
    before = found[first - 1].lower if first else ""
    kind: Kind = "thing"
    if cues.role_head(head) or cues.is_epithet(head):
        kind = "role"
    elif cues.is_body(head):
        kind = "body"
    whole = text[start:end]
    return Mention(whole, start, end, kind, False, before if before in PREPOSITIONS else "", whole, cues.role_gender(head),
                   bool(_PLURAL.fullmatch(head)), head.endswith("et"))


def _with_attached(text: str, every: list[Mention]) -> list[Mention]:
    """Each thing with the place behind it: "skolan" + "i" + "Gråvika" is one thing."""
    joined: list[Mention] = []
    for mention in every:
        before = joined[-1] if joined else None
        between = text[before.end:mention.start].strip().lower() if before else ""
        if before and not before.proper and mention.kind not in ("person", "role") and (
                (between in _ATTACHED and before.text == before.head)
                or (between in ("och", "og", "and") and _BETWEEN.search(before.text))):
            joined[-1] = replace(before, text=text[before.start:mention.end], end=mention.end)
        else:
            joined.append(mention)
    return joined
