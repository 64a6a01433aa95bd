"""Words that newsrooms use for one another, in Swedish, Norwegian, Danish and English. Data; general language only.

A group mixes the languages freely, so that it is a dictionary too, where a sentence and its evidence are in different ones.
Irregular forms stand in full, since no stemmer knows them; an underscore joins the words of a phrase.
"""

from functools import lru_cache

from index.language import stems
from index.words import lines_of


@lru_cache(maxsize=8)
def _table(language: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines_of("synonyms.txt")):
        for word in line.split():
            for form in {word, *([] if "_" in word else stems(word, language))}:
                found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def groups(word: str, stem: str, language: str) -> frozenset[int]:
    """Numbers of the synonym groups that hold the word or its stem."""
    table = _table(language)
    return table.get(word, frozenset()) | (table.get(stem, frozenset()) if len(stem) > 2 else frozenset())


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, line in enumerate(lines_of("synonyms.txt")):
        for word in line.split():
            if "_" in word:
                words = tuple(word.split("_"))
                found.setdefault(words[0], []).append((words, number))
    return {first: tuple(these) for first, these in found.items()}


def phrases(word: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """What begins with this word and stands in a synonym group as several words, with the group's number."""
    return _phrases().get(word, ())


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {line.split()[0]: tuple(line.split()[1:]) for line in lines_of("abbreviations.txt")}


def expansions(word: str) -> tuple[str, ...]:
    """Words that a lower-case abbreviation may stand for; empty for other words."""
    return _abbreviations().get(word, ())
