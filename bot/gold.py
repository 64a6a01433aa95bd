"""Sets whose right answers are known, read from a newsroom's own files: questions, who said what, sentence pairs.

The kind of a set is told by its fields. A row that is broken is named and left out. Knows no archive and no score.
"""

import csv
import hashlib
import io
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from index.article import ArticleError
from index.readers.encoding import load

Kind = Literal["questions", "quotes", "pairs"]

# Our names first, then those that others use for the same; compared in lower case.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "question_id", "qid"),
    "question": ("question", "query", "user_input", "fråga", "spørsmål", "spørgsmål"),
    "answerable": ("answerable",),
    "keys": ("answer_keys",),
    "expected": ("expected", "expected_answer", "ground_truth", "ground_truths", "answer", "answers", "reference",
                 "reference_answer", "svar"),
    "articles": ("relevant_articles", "article_id", "article_ids"),
    "hints": ("relevant_titles", "source", "sources", "article", "title", "url"),
    "contexts": ("context", "contexts", "reference_contexts", "retrieved_contexts"),
    "forbidden": ("forbidden",),
    "type": ("type", "kind", "category"),
    "language": ("lang", "language"),
    "sentence": ("sentence", "claim"),
    "evidence": ("evidence",),
    "supported": ("supported",),
    "article_id": ("article_id", "id"),
    "text": ("text",),
    "optional": ("optional",),
}
_LISTS = ("questions", "items", "rows", "data", "pairs", "examples")  # where a JSON object may keep its rows
_YES = frozenset({"true", "1", "yes", "ja", "y"})
_NO = frozenset({"false", "0", "no", "nej", "nei", "n"})
_WANTED = ("questions have `question` with `answer_keys` or an expected answer (`expected`, `ground_truth`, `answer`); "
           "quotes have `article_id` and `quotes`; sentence pairs have `sentence`, `evidence` and `supported`")


class GoldError(ValueError):
    """A file that is no set at all, or a row that is broken; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that was left out. `where` is its line, or its number where the file has no lines of its own."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a known answer, or one that the archive cannot answer.

    `keys`: the answer holds one string of each group. `expected` (where there are no keys): the right answer in words,
    in one or more wordings. `articles`: ids of those that answer; `hints`: titles, addresses or names that may lead to
    them. `contexts`: passages that answer. `forbidden`: what the answer must not hold.
    """

    id: str
    text: str
    answerable: bool
    keys: tuple[tuple[str, ...], ...] = ()
    expected: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    group: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation of an article, by its place in it."""

    start: int
    end: int
    quote: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article with all its direct quotations; `text` is empty where the archive has it. What is found within the
    spans of `optional` (headlines, single quoted words) is neither right nor wrong."""

    id: str
    text: str
    language: str
    quotes: tuple[Said, ...]
    optional: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence, what it is to rest on, and whether it does. `group` is the kind of rewording or of error."""

    id: str
    sentence: str
    evidence: str
    supported: bool
    group: str = ""


Row = Question | Quoted | SentencePair


@dataclass(frozen=True, slots=True)
class GoldSet:
    """What was read of one file."""

    path: Path
    kind: Kind
    rows: tuple[Row, ...]
    broken: tuple[Broken, ...] = ()

    @property
    def digest(self) -> str:
        """Tells whether two runs were measured on the same rows. 16 hex digits."""
        return hashlib.blake2b(repr(self.rows).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def sample(self, number: int) -> "GoldSet":
        """The same so many rows each time, in their order."""
        if number >= len(self.rows):
            return self
        chosen = sorted(random.Random(0).sample(range(len(self.rows)), number))
        return replace(self, rows=tuple(self.rows[at] for at in chosen))


def read(path: Path) -> GoldSet:
    """A set from JSONL, JSON (a list, or an object that holds one) or CSV. Raises GoldError where no row can be told."""
    try:
        text = load(path)
    except (ArticleError, OSError) as error:
        raise GoldError(f"{path}: {error}") from error
    records = list(_records(path, text))
    kind = _kind(path, [record for _, record in records if not isinstance(record, GoldError)])
    rows: list[Row] = []
    broken: list[Broken] = []
    seen: set[str] = set()
    for where, record in records:
        try:
            if isinstance(record, GoldError):
                raise record
            row = _MAKERS[kind](record, where)
            if row.id in seen:
                raise GoldError(f"the id {row.id} stands twice")
            seen.add(row.id)
            rows.append(row)
        except GoldError as error:
            broken.append(Broken(where, str(error)))
    if not rows:
        raise GoldError(f"{path} holds nothing that can be measured; {broken[0].where}: {broken[0].why}")
    return GoldSet(path, kind, tuple(rows), tuple(broken))


Record = Mapping[str, Any]


def _records(path: Path, text: str) -> Iterator[tuple[str, Record | GoldError]]:
    """Each row with its place."""
    told = text.lstrip()
    if path.suffix.casefold() not in (".json", ".jsonl", ".ndjson") and told[:1] not in ("[", "{"):
        yield from _from_csv(text)
        return
    try:
        whole = json.loads(text)
    except ValueError as error:
        if told[:1] == "[":
            raise GoldError(f"{path} is not JSON: {error}") from error
        yield from _from_lines(text)
        return
    if isinstance(whole, dict):
        whole = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), [whole])
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield f"row {number}", _lowered(item)


def _from_lines(text: str) -> Iterator[tuple[str, Record | GoldError]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", _lowered(json.loads(line))
            except ValueError as error:
                yield f"line {number}", GoldError(f"this is not JSON: {error}")


def _from_csv(text: str) -> Iterator[tuple[str, Record | GoldError]]:
    head = text.lstrip().split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=max(",;\t", key=head.count))
    for row in reader:
        where = f"line {reader.line_num}"
        if None in row:
            yield where, GoldError("it has more columns than the first line has names; put quotation marks around its texts")
        else:
            yield where, _lowered({name: value for name, value in row.items() if value})


def _lowered(item: object) -> Record | GoldError:
    if not isinstance(item, dict):
        return GoldError("this is not an object with named fields")
    return {str(name).strip().casefold(): value for name, value in item.items()}


def _kind(path: Path, records: Sequence[Record]) -> Kind:
    """By the first row that tells it."""
    for record in records:
        if _has(record, "sentence") and _has(record, "evidence"):
            return "pairs"
        if isinstance(record.get("quotes"), list):
            return "quotes"
        if _has(record, "question"):
            return "questions"
    if records and any(_has(record, "text") or "content" in record for record in records):
        raise GoldError(f"{path} holds articles, not questions; put articles into the archive with `add`")
    fields = ", ".join(sorted({name for record in records[:20] for name in record})) or "none"
    raise GoldError(f"{path} is no set that can be measured: its fields are {fields}; {_WANTED}")


def _question(record: Record, where: str) -> Question:
    keys = _groups(record)
    expected = () if keys else _strings(record, "expected")
    answerable = _truth(record, "answerable", bool(keys or expected) or None)
    if answerable and not (keys or expected):
        raise GoldError("it says neither `answer_keys` nor an expected answer; where the archive cannot answer, say "
                        "`answerable`: false")
    return Question(
        id=_identity(record, where), text=_string(record, "question"), answerable=answerable,
        keys=keys if answerable else (), expected=expected if answerable else (), articles=_strings(record, "articles"),
        hints=_strings(record, "hints"), contexts=_strings(record, "contexts"), forbidden=_strings(record, "forbidden"),
        group=_string(record, "type", ""), language=_string(record, "language", ""))


def _quoted(record: Record, where: str) -> Quoted:
    text = _string(record, "text", "")
    found = record.get("quotes")  # an empty list too: an article in which nobody is quoted
    if not isinstance(found, list):
        raise GoldError("`quotes` is not a list")
    return Quoted(
        id=_string(record, "article_id"), text=text, language=_string(record, "language", ""),
        quotes=tuple(_said(item, text) for item in found),
        optional=tuple((said.start, said.end) for item in _value(record, "optional") or [] for said in [_said(item, text)]))


def _said(item: object, text: str) -> Said:
    if not isinstance(item, dict) or not isinstance(item.get("quote"), str):
        raise GoldError("a quote is an object with `quote`, `speaker`, `start` and `end`")
    quote, start, end = item["quote"], item.get("start"), item.get("end")
    if start is None and text.count(quote) == 1:
        start, end = text.index(quote), text.index(quote) + len(quote)
    if not isinstance(start, int) or not isinstance(end, int):
        raise GoldError(f"the quote {quote[:40]!r} has no `start` and `end`, and does not stand just once in a `text`")
    if text and text[start:end] != quote:
        raise GoldError(f"the quote {quote[:40]!r} does not stand at {start} to {end} of the text")
    return Said(start, end, quote, str(item.get("speaker") or ""))


def _pair(record: Record, where: str) -> SentencePair:
    evidence = _value(record, "evidence")
    if isinstance(evidence, list) and all(isinstance(item, str) for item in evidence):
        evidence = "\n".join(evidence)
    if not isinstance(evidence, str) or not evidence.strip():
        raise GoldError("`evidence` is missing or no text")
    return SentencePair(_identity(record, where), _string(record, "sentence"), evidence, _truth(record, "supported", None),
                        _string(record, "type", ""))


_MAKERS: dict[Kind, Callable[[Record, str], Row]] = {"questions": _question, "quotes": _quoted, "pairs": _pair}


def _has(record: Record, ours: str) -> bool:
    return _value(record, ours) is not None


def _value(record: Record, ours: str) -> Any:
    """The first of a field's names that says something."""
    return next((record[name] for name in _NAMES[ours] if record.get(name) not in (None, "", [])), None)


def _identity(record: Record, where: str) -> str:
    value = _value(record, "id")
    return where if value is None else str(value)


def _string(record: Record, ours: str, otherwise: str | None = None) -> str:
    value = _value(record, ours)
    if value is None and otherwise is not None:
        return otherwise
    if not isinstance(value, str) or not value.strip():
        raise GoldError(f"`{_NAMES[ours][0]}` is missing or no text")
    return value


def _strings(record: Record, ours: str) -> tuple[str, ...]:
    """One text or a list of them; in CSV a list is written as JSON."""
    value = _unfolded(_value(record, ours))
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if any(isinstance(item, (dict, list, bool)) or item is None for item in values):
        raise GoldError(f"`{_NAMES[ours][0]}` is neither a text nor a list of texts")
    return tuple(str(item).strip() for item in values if str(item).strip())


def _groups(record: Record) -> tuple[tuple[str, ...], ...]:
    value = _unfolded(_value(record, "keys"))
    if value is None:
        return ()
    if not isinstance(value, list) or not all(
            isinstance(group, list) and group and all(isinstance(key, str) and key for key in group) for group in value):
        raise GoldError('`answer_keys` is a list of groups, each a list of texts that mean the same: [["412", "four hundred"]]')
    return tuple(map(tuple, value))


def _unfolded(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _truth(record: Record, ours: str, otherwise: bool | None) -> bool:
    value = _value(record, ours)
    told = str(value).strip().casefold()
    if value is None and otherwise is not None:
        return otherwise
    if told in _YES or told in _NO:
        return told in _YES
    raise GoldError(f"`{ours}` is {value!r}, which is neither true nor false" if value is not None else
                    f"`{ours}` is missing" if ours == "supported" else
                    "it says neither `answerable` nor an answer (`answer_keys`, `expected`, `ground_truth`)")
