"""The interface's strings: complete in both languages, and dates, numbers and languages named as each writes them."""

import re
from pathlib import Path
from string import Formatter

import pytest

from bot import texts

_KEYS = sorted(texts._TEXTS)
_SOURCES = [Path(texts.__file__).parent / name
            for name in ("page.py", "render.py", "view_quotes.py", "view_check.py", "page.js", "views.js")]


def _fields(worded: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(worded) if name}


@pytest.mark.parametrize("key", _KEYS)
def test_every_key_has_both_languages_with_the_same_fields(key: str) -> None:
    worded = texts._TEXTS[key]
    assert set(texts.INTERFACE) <= set(worded)
    assert all(worded[code].strip() for code in worded)
    if key not in ("archive.size.one", "quotes.count.one"):
        assert len({frozenset(_fields(wording)) for wording in worded.values()}) == 1


@pytest.mark.parametrize("source", _SOURCES, ids=lambda path: path.name)
def test_every_key_that_is_asked_for_exists(source: Path) -> None:
    asked = set(re.findall(r"""["'`]((?:answer|page|archive|start|ask|turn|article|filter|add|views|quotes|check)"""
                           r"""\.[a-z._]+)["'`]""", source.read_text("utf-8")))
    assert asked - {"page.html", "page.css", "page.js", "views.js", "quotes.csv"} <= set(_KEYS)


@pytest.mark.parametrize(("published", "language", "told"), [
    ("2026-03-01", "sv", "1 mars 2026"), ("2026-03-01T10:15:00+01:00", "en", "1 March 2026"),
    ("2026-05", "no", "mai 2026"), ("1938", "sv", "1938"), ("2026-12-24", "fr", "24 December 2026"),
    (None, "sv", None), ("", "sv", None),
])
def test_dates(published: str | None, language: str, told: str | None) -> None:
    assert texts.date(published, language) == told


@pytest.mark.parametrize(("value", "language", "told"), [
    (12, "sv", "12"), (12345, "sv", "12\N{NO-BREAK SPACE}345"), (1234567, "en", "1,234,567"),
])
def test_numbers(value: int, language: str, told: str) -> None:
    assert texts.number(value, language) == told


@pytest.mark.parametrize(("accept", "language"), [
    (None, "sv"), ("", "sv"), ("sv-SE,sv;q=0.9,en;q=0.8", "sv"), ("en-GB,en;q=0.9,sv;q=0.8", "en"),
    ("en;q=0.5,sv;q=0.9", "sv"), ("de-DE,de;q=0.9", "en"), ("nb-NO,nb;q=0.9", "sv"), ("de,en;q=0.7,sv;q=0.2", "en"),
    ("sv;q=nonsense,en", "en"), ("sv;q=0", "en"), ("*", "en"),
])
def test_the_browser_decides_the_language(accept: str | None, language: str) -> None:
    assert texts.preferred(accept) == language


@pytest.mark.parametrize(("language", "like"), [("no", "no"), ("da", "da"), ("fi", "en"), ("", "en")])
def test_an_answer_is_framed_in_the_nearest_language(language: str, like: str) -> None:
    assert texts.text("answer.none", language) == texts._TEXTS["answer.none"][like]


def test_what_only_the_interface_says_falls_back() -> None:
    assert texts.text("turn.sources", "da") == "Källor"
    assert texts.text("turn.sources", "de") == "Sources"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"turn\.nothing"):
        texts.text("turn.nothing", "sv")


@pytest.mark.parametrize(("code", "told"), [("da", "Danska"), ("xx", "xx")])
def test_languages_are_named(code: str, told: str) -> None:
    assert texts.language_name(code, "sv") == told
