"""Quotations, numbers and dates: what must stand in the evidence as it is."""

import re
from collections.abc import Iterator, Sequence

from index.alignment import Token
from index.checks import Pair, Problem, typed
from index.claims import claiming
from index.numbers import VERBS_TOO, Quantity, days, month, quantities, unit, weekday
from index.polarity import (
    bound,
)

_QUOTED = re.compile(r"\"([^\"]+)\"")


def quotations(pair: Pair) -> Iterator[Problem]:
    """Every word between quotation marks stands in the evidence, in one piece."""
    spoken = " ".join(re.findall(r"\w+", pair.evidence.casefold()))
    for match in _QUOTED.finditer(typed(pair.sentence)):
        wanted = " ".join(re.findall(r"\w+", match.group(1).casefold()))
        if wanted and f" {wanted} " not in f" {spoken} ":
            yield Problem("quotation", match.group(1))
    if typed(pair.sentence)[:2] == "- ":
        yield from _dashed(pair, spoken)


def _dashed(pair: Pair, spoken: str) -> Iterator[Problem]:
    """What follows a dash is a quotation, up to the comma before "says X"."""
    cue = next((i for i, word in enumerate(pair.words) if claiming(word.low) and i and (
        "," in pair.sentence[pair.words[i - 1].end:word.start])), len(pair.words))
    wanted = " ".join(re.findall(r"\w+", pair.sentence[:pair.words[cue - 1].end].casefold())) if pair.words else ""
    if wanted and f" {wanted} " not in f" {spoken} ":
        yield Problem("quotation", wanted)


def numbers(pair: Pair) -> Iterator[Problem]:
    """Every number stands in the evidence with its unit and its bound; "en" may stand for 1."""
    ours, theirs = quantities(pair.sentence, pair.language), quantities(pair.evidence, pair.theirs)
    for quantity in ours:
        if quantity.loose:
            continue
        same = [other for other in theirs if quantity.agrees(other)]
        shown = pair.sentence[quantity.start:quantity.end]
        if not same:
            yield Problem("number", shown)
        elif not _year(quantity) and _bound_before(pair.words, quantity) not in {_bound_before(pair.others, o) for o in same}:
            yield Problem("bound", shown)


def _year(quantity: Quantity) -> bool:
    if quantity.unit:
        return quantity.unit == "era"
    return any(value.isdigit() and 1000 <= int(value) <= 2100 for value in quantity.values)


def _bound_before(words: Sequence[Token], quantity: Quantity) -> str:
    before = [word for word in words if word.end <= quantity.start][-3:]
    if not before or quantity.start - before[-1].end > 3:
        return ""
    if found := bound(before[-1].low):
        return found
    if len(before) > 1 and before[-1].low in ("än", "enn", "end", "than", "mot", "til", "till", "to"):
        return bound(before[-2].low)
    return ""


def heads(pair: Pair) -> Iterator[Problem]:
    """A number keeps company with the word that it counts: the same value beside another noun is another fact."""
    ours, theirs = quantities(pair.sentence, pair.language), quantities(pair.evidence, pair.theirs)
    strict = [q for q in theirs if not q.loose]
    for quantity in ours:
        if quantity.loose and "1" in quantity.values:
            continue
        head = _head(pair.words, quantity)
        if head is None or pair.placed[head] is None:
            continue
        same = [q for q in strict if quantity.agrees(q)]
        places = [j for j, other in enumerate(pair.others) if pair.like(pair.words[head], other) >= 0.8]
        places = places or [pair.placed[head] or 0]
        if any(abs(_position(pair.others, q) - place) <= 4 for q in same for place in places):
            continue
        counting = [q for place in places if (q := _counting(pair.others, place, strict))]
        others = [q for q in same if _counts(pair.others, q) and not _year(q)]
        if (counting and not any(quantity.values & q.values for q in counting)) or (
                not counting and same and len(others) == len(same) and _counts(pair.words, quantity)):
            yield Problem("number", pair.sentence[quantity.start:quantity.end] + " " + pair.words[head].text)


def _counts(words: Sequence[Token], quantity: Quantity) -> bool:
    """Whether a noun of no name and no unit stands right behind the number."""
    following = next((word for word in words if word.start >= quantity.end), None)
    return following is not None and following.content and not following.capital and not unit(following.low) \
        and following.start - quantity.end < 2 and month(following.low) is None


def _head(words: Sequence[Token], quantity: Quantity) -> int | None:
    """The word right after the number, a light word between them at most."""
    following = [i for i, word in enumerate(words) if word.start >= quantity.end][:2]
    return next((i for i in following if words[i].content and words[i].start - quantity.end < 12), None)


def _counting(words: Sequence[Token], place: int, found: Sequence[Quantity]) -> Quantity | None:
    """The number right before a word, if there is one."""
    return next((q for q in found if 0 < words[place].start - q.end < 12 and _head(words, q) == place), None)


def _position(words: Sequence[Token], quantity: Quantity) -> int:
    return next((i for i, word in enumerate(words) if word.end > quantity.start), len(words))


def dates(pair: Pair) -> Iterator[Problem]:
    """Dates agree as far as they go; months and weekdays stand in the evidence."""
    theirs = days(pair.evidence, pair.theirs)
    for day in days(pair.sentence, pair.language):
        if not any(day.agrees(other) for other in theirs):
            yield Problem("date", pair.sentence[day.start:day.end])
    weekdays = {weekday(word.low) for word in pair.others}
    months = {other.month for other in theirs} | {month(word.low) for word in pair.others}
    for word in pair.words:
        if (wanted := weekday(word.low)) is not None and wanted not in weekdays:
            yield Problem("date", word.text)
        if (wanted := month(word.low)) is not None and wanted not in months and (word.capital or word.low not in VERBS_TOO):
            yield Problem("date", word.text)
