"""The log as text for a terminal, and as a table. Pure text."""

import re
from collections.abc import Iterator
from typing import Any

from bot.ledger import Affected, Rules
from index.entries import Entry

COLUMNS = ("at", "status", "question", "understood", "language", "answer", "cited", "nearest", "passages", "model", "prompt",
           "state")
_FORMULA = re.compile(r"[=+\-@\t\r]")  # what spreadsheets take for the beginning of one
_STATES = {"same": "is as it was then", "changed": "has changed since then", "withdrawn": "has been withdrawn since then",
           "gone": "is not to be seen in the archive now"}


def told(entry: Entry) -> str:
    """An entry in some lines: when, what was asked and answered, and from which articles."""
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield _head(entry)
    if entry.understood != entry.question:
        yield f"    ({entry.understood})"
    if entry.erased:
        yield f"    The answer was erased on {entry.erased[:10]}, with an article that it showed."
        return
    if entry.answer:
        yield f"    {entry.answer}"
    for each in entry.told["citations"]:
        yield f"    [{each['n']}] {each['title']} ({each['article_id']}, {each['start']}–{each['end']})"
    for each in entry.told["nearest"]:
        yield f"    nearest: {each['title']} ({each['article_id']}, {each['start']}–{each['end']})"


def cells(entry: Entry) -> dict[str, str]:
    """An entry as a row of COLUMNS. Articles and passages are told by their ids, apart by spaces."""
    ids = {name: " ".join(dict.fromkeys(each["article_id"] for each in entry.told.get(source, ())))
           for name, source in (("cited", "citations"), ("nearest", "nearest"))}
    passages = " ".join(each["passage_id"] for each in entry.told.get("passages", ()))
    row: dict[str, Any] = entry.as_json() | ids | {"passages": passages}
    return {name: _harmless(str(row[name])) for name in COLUMNS}


def affected(item: Affected) -> str:
    """An answer that an article stood behind: when, to which question, with which sentences and words, and whether those
    still stand."""
    return "\n".join(_affected(item))


def _affected(item: Affected) -> Iterator[str]:
    yield _head(item.entry)
    if item.entry.erased:
        yield f"    The answer was erased on {item.entry.erased[:10]}, with another article that it showed."
    yield f"    {'cited' if item.cited else 'shown as nearest, not cited'}; the article {_STATES[item.state]}"
    for sentence in item.sentences:
        yield f"    answer: {sentence}"
    for each in item.quotations:
        verdict = "still stands" if each.stands else "NO LONGER STANDS"
        yield f"    {verdict}: ”{each.quote}” ({each.start}–{each.end})"


def rules(now: Rules, entries: int) -> str:
    """The settings in a sentence."""
    held = f"{entries:,} {'entry' if entries == 1 else 'entries'}"
    if not now.on:
        return f"The log is off: no question is kept. It holds {held} from before, each for {_days(now.days)}."
    return f"The log is on and keeps each question for {_days(now.days)}. It holds {held}."


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _head(entry: Entry) -> str:
    return f"{entry.at[:19].replace('T', ' ')}  {entry.status.replace('_', ' '):11}  {entry.question}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
