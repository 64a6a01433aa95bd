"""What a question takes for granted: "Varför avgick Berg?" says that Berg resigned. Knows words only: no archive, no model."""

from dataclasses import dataclass

from bot.grammar import GRAMMARS, MEASURES, MODALS, PERFECT, PREPOSITIONS
from index.polarity import negates
from index.words import words_of

_DO = words_of("do does did")
_DO_NOT = words_of("don't doesn't didn't don’t doesn’t didn’t")
_DEGREES = MEASURES | words_of("long old far tall high deep wide big large soon fast")
_WHY = words_of("varför hvorfor kvifor why")
_WHEN = words_of("när når hvornår when länge lenge længe long ofta ofte often")
_ADVERBIAL = _WHY | _WHEN | words_of("var hvor where vart hur hvordan korleis how")
_COUNTED = words_of("många mange many mycket meget mye much")
# What stands between the question word and what is asked about: "er det som", "what kind of".
_FILLING = tuple(tuple(phrase.split()) for phrase in (
    "er det som", "är det som", "var det som", "er det at", "är det att", "var det at", "var det att", "is it that",
    "was it that", "er det", "är det", "var det", "slags", "slag av", "for noe", "for noen", "for en", "for et", "för",
    "kind of", "sort of"))


@dataclass(frozen=True, slots=True)
class Premise:
    """A question as a statement without its answer. `timed`: it asks when, so that another time may be meant."""

    text: str
    timed: bool


def premise(question: str, language: str) -> Premise | None:
    """What the question says by being asked; None where it has no question word at its beginning, or may ask for its own
    subject ("Who won?"), or for the place or time of what did not happen: those take less for granted.

    A subject that is a name stands before its verb, any other stays behind it: "Why did Brann beat Viking?" gives "Brann
    beat Viking", "Varför sänkte kommunen skatten?" gives "sänkte kommunen skatten".
    """
    grammar = GRAMMARS.get(language)
    words = question.rstrip(" ?!.").replace(", ", " ").split()
    low = [word.lower() for word in words]
    at = next((n for n in range(len(low[:2])) if grammar and low[n] in grammar.asking), None)
    if at is None or any(word not in PREPOSITIONS for word in low[:at]):
        return None
    asking, rest = low[at], words[at + 1:]
    if asking not in _WHY and any(map(negates, low)):
        return None
    filling = next((phrase for phrase in _FILLING if tuple(low[at + 1:][:len(phrase)]) == phrase), ())
    rest = rest[len(filling):]
    timed, adverbial = asking in _WHEN, asking in _ADVERBIAL
    if adverbial and rest and rest[0].lower() in _DEGREES:
        timed, adverbial = rest[0].lower() in _WHEN, rest[0].lower() not in _COUNTED
        rest = rest[1:]
    first = rest[0].lower() if rest else ""
    if first in _DO | _DO_NOT:
        claim = [*rest[1:], *(["not"] if first in _DO_NOT else [])]
    elif adverbial or (first in MODALS | PERFECT and rest[1:2] and rest[1][:1].isupper()):
        claim = _ordered(rest)
    else:
        claim = []
    return Premise(" ".join(claim), timed) if claim else None


def _ordered(rest: list[str]) -> list[str]:
    """The name behind the verb before it."""
    last = 1
    while last < len(rest) and rest[last][:1].isupper():
        last += 1
    return [*rest[1:last], rest[0], *rest[last:]] if last > 1 and rest[0][:1].islower() else rest
