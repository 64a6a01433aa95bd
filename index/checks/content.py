"""Names and content words: each has its counterpart in the evidence."""

from collections.abc import Iterator

from index.alignment import LIGHT, Token, likeness
from index.checks import Pair, Problem, is_speaker, known_name, predicate
from index.claims import CLAIMING, VOUCHING
from index.numbers import month, unit, weekday
from index.polarity import (
    REASON_FOLLOWS,
    REASON_PRECEDES,
    ROLE_MODIFIERS,
    bound,
    modality,
    negates,
)

# How many content words may lack a counterpart, as a share of all; names, numbers and turning words never may.
SPARE = 0.12


def names(pair: Pair) -> Iterator[Problem]:
    """Every name stands in the evidence, or is one of the speakers'."""
    for word, place in zip(pair.words, pair.placed, strict=True):
        if place is None and word.capital and not word.opening and not word.number and word.low not in LIGHT \
                and not is_speaker(pair, word):
            yield Problem("name", word.text)


def acronyms(pair: Pair) -> Iterator[Problem]:
    """A word all in capitals is a name, though it looks like a small word otherwise ("VAR" is not "var")."""
    capitals = {other.text for other in pair.others if other.capital}
    for word, place in zip(pair.words, pair.placed, strict=True):
        if len(word.text) > 1 and word.text.isalpha() and word.text.isupper() and word.text not in capitals \
                and not (place is not None and pair.others[place].capital) and not is_speaker(pair, word):
            yield Problem("name", word.text)


def full_names(pair: Pair) -> Iterator[Problem]:
    """First name and surname belong together in the evidence as they do in the sentence."""
    beside = {(a.low, b.low) for n, a in enumerate(pair.others) for b in pair.others[n + 1:n + 4]
              if a.capital and b.capital and a.sentence == b.sentence}
    for i in range(len(pair.words) - 1):
        first, last = pair.words[i], pair.words[i + 1]
        if not (first.capital and last.capital and last.start - first.end <= 1 and first.content and last.content) \
                or (first.opening and not known_name(pair, i)):
            continue
        if is_speaker(pair, first) and is_speaker(pair, last):
            continue
        if None not in pair.placed[i:i + 2] and not any(_names_both(pair, first, last, a, b) for a, b in beside):
            yield Problem("name", f"{first.text} {last.text}")


def _names_both(pair: Pair, first: Token, last: Token, a: str, b: str) -> bool:
    return likeness(first.low, a, pair.language) >= 0.65 and likeness(last.low, b, pair.language) >= 0.65


def content_words(pair: Pair) -> Iterator[Problem]:
    """Content words have counterparts; a few may be the writer's own."""
    content = [i for i, word in enumerate(pair.words) if word.content and not is_speaker(pair, word)]
    if not pair.hit():
        yield Problem("word", pair.sentence)  # it says nothing that could be checked
    missing = [i for i in content if pair.placed[i] is None and not _carried(pair, pair.words[i])]
    if len(missing) > SPARE * len(content) or any(predicate(pair.words, i) for i in missing):
        yield from (Problem("word", pair.words[i].text) for i in missing)


def _carried(pair: Pair, word: Token) -> bool:
    """Words that other checks answer for: claim verbs, modals, dates."""
    low = word.low
    dated = weekday(low) is not None or month(low) is not None
    turning = bool(modality(low)) or negates(low) or low in REASON_FOLLOWS or low in REASON_PRECEDES
    return dated or turning or low in CLAIMING or low in VOUCHING or bool(bound(low) or unit(low))


def titles(pair: Pair) -> Iterator[Problem]:
    """A title keeps what makes it another title: "vice", "former"."""
    hit = pair.hit()
    ours = {word.low for word in pair.words}
    own = {pair.placed[i + 1] for i, word in enumerate(pair.words[:-1]) if word.low in ROLE_MODIFIERS}
    for j, other in enumerate(pair.others[:-1]):
        if other.low in ROLE_MODIFIERS and other.low not in ours and j + 1 in hit and j not in hit and not own & {j + 1}:
            yield Problem("role", other.text)
