"""The view of an article's versions as HTML: what each said differently from the one after it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from bot.render import reader, said
from bot.texts import date
from index.article import Article
from index.correction import correction
from index.store import Version

LONGEST = 4_000  # words of a changed piece that are compared one by one; a longer one is shown as a whole
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


def versions(current: Article, earlier: Sequence[Version], language: str) -> str:
    """The changes, the latest first; `earlier` likewise. What is the same is left out but for a line around it."""
    parts = []
    newer = current
    for version in earlier:
        when = date(version.replaced, language) or version.replaced
        told = correction(newer) if newer.correction else None
        note = f'<p class="correction">{escape(told)}</p>' if told else ""
        parts.append(f'<section class="change"><h3>{said("versions.changed", language, date=when)}</h3>{note}'
                     f"{_difference(version.article, newer, language)}</section>")
        newer = version.article
    title = said("versions.title", language, title=current.title)
    body = "".join(parts) or f'<p class="note">{said("versions.none", language)}</p>'
    return reader(f'<article lang="{escape(current.language)}"><h2 tabindex="-1">{title}</h2>{body}</article>', language)


def _difference(old: Article, new: Article, language: str) -> str:
    shown = [f"<p>{each}</p>" for each in _paragraphs(_lines(old), _lines(new), language)]
    return f'<div class="diff">{"".join(shown)}</div>' if shown else f'<p class="note">{said("versions.same", language)}</p>'


def _lines(article: Article) -> list[str]:
    return [article.title, *(line for line in article.text.split("\n") if line.strip())]


def _paragraphs(old: Sequence[str], new: Sequence[str], language: str) -> Iterator[str]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = old[a:b], new[c:d]
        if len(before) == len(after):
            yield from (_words(one, other, language) for one, other in zip(before, after, strict=True))
        else:
            yield _words("\n".join(before), "\n".join(after), language)


def _words(old: str, new: str, language: str) -> str:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return _gone(old, language) + _come(new, language)
    told = ""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            told += escape("".join(before[a:b]))
        else:
            told += _gone("".join(before[a:b]), language) + _come("".join(after[c:d]), language)
    return told


def _gone(words: str, language: str) -> str:
    return f'<del><span class="unseen">{said("versions.gone", language)}: </span>{escape(words)}</del>' if words else ""


def _come(words: str, language: str) -> str:
    return f'<ins><span class="unseen">{said("versions.come", language)}: </span>{escape(words)}</ins>' if words else ""
