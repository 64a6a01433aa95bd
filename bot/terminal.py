"""What the command line prints: rows of JSON, and the same for people."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.render import searched
from bot.texts import text
from index.article import Coverage, Filters

if TYPE_CHECKING:
    from bot.check import Finding
    from index.archive import Outcome
    from index.backup import Manifest
    from index.store import StoredQuote

QUOTE = ("article_id", "title", "published", "quote", "start", "end", "speaker", "role", "cue", "kind")


def quote_row(item: "StoredQuote") -> dict[str, Any]:
    quote, article = item.quote, item.article
    values = (article.id, article.title, article.published, quote.quote, quote.start, quote.end, quote.speaker, quote.role,
              quote.cue, quote.kind)
    return dict(zip(QUOTE, values, strict=True))


def show_quote(row: Mapping[str, Any]) -> None:
    who = ", ".join(filter(None, (row["speaker"] or "?", row["role"])))
    said = f"”{row['quote']}”" if row["kind"] == "direct" else row["quote"]
    place = f"{row['article_id']}, {row['start']}–{row['end']}"
    typer.echo(f"{who}: {said}\n    {row['title']}, {row['published'] or text('article.undated', 'en')}  ({place})\n")


def outcome_row(outcome: "Outcome") -> dict[str, Any]:
    return {"id": outcome.where, "title": outcome.title, "action": outcome.action, "why": outcome.why or None}


def show_manifest(manifest: "Manifest", place: Path, *, as_json: bool) -> None:
    """What a backup holds, and where it is or was put."""
    if as_json:
        print_row(asdict(manifest))
    else:
        typer.echo(f"{manifest.articles} articles, {manifest.passages} passages, {manifest.size / 1e6:.1f} MB, as of "
                   f"{manifest.made}, in {place}")


def show_outcome(outcome: "Outcome", begun: str = "") -> None:
    if outcome.action == "skipped":
        say(f"{begun}skipped {outcome.where}: {outcome.why}")
    else:
        why = f": {outcome.why}" if outcome.why else ""
        typer.echo(f"{begun}{outcome.action:10} {outcome.title}  ({outcome.where}){why}")


def show_answer(answer: Mapping[str, Any]) -> None:
    language = answer["language"]
    if answer["understood"] != answer["question"]:
        typer.echo(f"({answer['understood']})")
    typer.echo(answer["answer"] or text("answer.none", language))
    if not answer["answer"] and answer["outside"]:
        typer.echo(text("answer.beyond", language))
    for citation in answer["citations"]:
        typer.echo(f"\n[{citation['n']}] {citation['title']}, {citation['published'] or text('article.undated', language)}"
                   f"\n    {citation['quote']}")
        if "correction" in citation:
            typer.echo(f"    {text('article.correction', language)} {citation['correction']}")
        if "story" in citation:
            typer.echo(f"    {carried(citation['story'])}")
    if answer["nearest"]:
        typer.echo(f"\n{text('answer.nearest', language)}:")
    for near in answer["nearest"]:
        typer.echo(f"\n– {near['title']}, {near['published'] or text('article.undated', language)}\n    {near['text']}")
    gone_through = answer["searched"]
    limits: dict[str, Any] = {
        name: value if isinstance(value, str) else tuple(value) for name, value in gone_through["filters"].items()}
    coverage = Coverage(gone_through["articles"], gone_through["since"], gone_through["until"])
    typer.echo(f"\n({searched(coverage, Filters(**limits), language)})")


def carried(story: Mapping[str, Any]) -> str:
    first = ", ".join(part for part in (story["sources"][0], (story["first"]["published"] or "")[:10]) if part)
    return f"First published by {first}; carried by {story['others']} other{'s' if story['others'] != 1 else ''}"


def show_finding(finding: "Finding") -> None:
    typer.echo(f"{finding.verdict.replace('_', ' '):14} {finding.text}" + (f"  ({finding.speaker})" if finding.speaker else ""))
    for change in finding.diff:
        if change.kind != "same":
            typer.echo(f"{'':14} draft: {change.quoted or '–'}  archive: {change.source or '–'}")
    for problem in finding.problems:
        typer.echo(f"{'':14} {problem.kind}: {problem.text}")
    if finding.match:
        speaker = f"{finding.match.speaker}, " if finding.match.speaker else ""
        typer.echo(f"{'':14} {speaker}{finding.match.article.title} ({finding.match.article.id}): {finding.match.quote}")


def print_row(row: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(line: str) -> None:
    typer.echo(line, err=True)
