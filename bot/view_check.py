"""The view of a checked draft as HTML: the draft with its marks, each opening its source with the difference."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from bot.check import Finding, Match, same_person
from bot.render import headline, place, said, when
from bot.texts import number
from index.article import Article
from index.wording import Change

_QUOTATION = ("verbatim", "altered", "misattributed", "not_found")
_CLAIM = ("supported", "contradicted", "open")
_SILENT = ("supported", "open")  # claims that are only underlined: their labels would drown the rest


def checked(draft: Article, findings: Sequence[Finding], language: str) -> str:
    """The whole result: what was found, in figures, and the draft with its marks."""
    if not findings:
        summary = f'<p class="nothing" role="status">{said("check.nothing", language)}</p>'
    else:
        summary = _summary(findings, language)
    pieces, notes, at = [], [], 0
    for n, finding in enumerate(findings):
        if finding.start < at:
            continue
        pieces.append(escape(draft.text[at:finding.start]))
        pieces.append(_mark(n, finding, language))
        notes.append(f'<template id="note-{n}">{_note(finding, language)}</template>')
        at = finding.end
    pieces.append(escape(draft.text[at:]))
    body = f'<div class="draft" lang="{escape(draft.language)}">{"".join(pieces)}</div>'
    return f'{summary}{body}<p class="software">{said("check.software", language)}</p>{"".join(notes)}'


def _sort(finding: Finding) -> str:
    """How a verdict is called: a claim that is not found is left open."""
    return "open" if finding.kind == "claim" and finding.verdict == "not_found" else finding.verdict


def _summary(findings: Sequence[Finding], language: str) -> str:
    counts = Counter(_sort(finding) for finding in findings)
    parts = []
    for title, sorts in (("check.quotations", _QUOTATION), ("check.claims.title", _CLAIM)):
        rows = "".join(_counted(sort, counts[sort], language) for sort in sorts if counts[sort])
        if rows:
            parts.append(f'<div><h3 class="over">{said(title, language)}</h3><ul>{rows}</ul></div>')
    return f'<div class="summary">{"".join(parts)}</div>'


def _counted(sort: str, count: int, language: str) -> str:
    return (f'<li><span class="amount">{number(count, language)}</span>{_label(sort, language)}'
            f'<span class="why">{said(f"check.{sort}.why", language)}</span></li>')


def _label(sort: str, language: str) -> str:
    return f'<span class="verdict {sort}">{said(f"check.{sort}", language)}</span>'


def _mark(n: int, finding: Finding, language: str) -> str:
    sort, match = _sort(finding), finding.match
    address = place(match.article, match.start, match.end, language) if match else f"#note-{n}"
    hidden = f'<span class="unseen"> ({said(f"check.{sort}", language)}) </span>'
    label = hidden if sort in _SILENT else _label(sort, language)
    return (f'<a class="finding {finding.kind} {sort}" href="{address}" data-note="note-{n}" '
            f'title="{said(f"check.{sort}.why", language)}">{escape(finding.text)}{label}</a>')


def _note(finding: Finding, language: str) -> str:
    """What is told above the source's words."""
    sort = _sort(finding)
    verdict = f'<p class="found">{_label(sort, language)} {said(f"check.{sort}.why", language)}</p>'
    parts = [verdict, _speakers(finding, language)]
    if finding.diff:
        parts.append(f'<p class="diff">{"".join(_change(change, language) for change in finding.diff)}</p>')
    elif finding.verdict != "verbatim":
        parts.append(f'<p class="drafted"><span class="over">{said("check.in_draft", language)}</span> '
                     f"<q>{escape(finding.text)}</q></p>")
    if finding.problems:
        words = ", ".join(dict.fromkeys(problem.text for problem in finding.problems))
        parts.append(f'<p>{said("check.differs", language, words=words)}</p>')
    if finding.verdict == "not_found" and finding.match:
        parts.append(_nearest(finding.match, language))
    return f'<div class="checked-note">{"".join(parts)}</div>'


def _speakers(finding: Finding, language: str) -> str:
    """Who says it: one name where draft and archive agree, both where they don't."""
    ours, theirs = finding.speaker, finding.match.speaker if finding.match else None
    if finding.kind == "claim" or finding.verdict == "not_found" or not theirs:
        return ""
    if not ours or same_person(ours, theirs):
        return f'<p class="facts">{said("turn.speaker", language, name=theirs)}</p>'
    rows = (("check.in_draft", ours), ("check.in_archive", theirs))
    told = "".join(f"<dt>{said(key, language)}</dt><dd>{escape(name)}</dd>" for key, name in rows)
    return f'<dl class="speakers">{told}</dl>'


def _nearest(match: Match, language: str) -> str:
    facts = f"<span>{escape(headline(match.article, language))}</span>{when(match.article.published, language)}"
    return f'<p><span class="over">{said("check.nearest", language)}</span> <span class="facts">{facts}</span></p>'


def _change(change: Change, language: str) -> str:
    if change.kind == "same":
        return f"{escape(change.source)} "
    gone = f'<del><span class="unseen">{said("check.in_draft", language)}: </span>{escape(change.quoted)}</del> '
    come = f'<ins><span class="unseen">{said("check.in_archive", language)}: </span>{escape(change.source)}</ins> '
    return (gone if change.quoted else "") + (come if change.source else "")
