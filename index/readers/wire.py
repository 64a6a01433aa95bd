"""What the formats of news agencies share: an item's status, embargo, version and correction, made into an article."""

import re
from collections.abc import Mapping

from index import correction, language
from index.article import WITHDRAWN, Article, ArticleError
from index.readers import furniture, record

_LABEL = 60  # characters of a line that only names the subject and the agency
_USABLE = "usable"
_REPLACED = {"replaced": "withdrawn"}  # TT's word for what another item stands for now
_ALONE = ("id", "title", "version", "language", "source", "section", "copyright")  # what a notice of withdrawal may say


def article(fields: Mapping[str, object], *, note: object = None, corrects: bool = False) -> Article:
    """An article of one item's fields under our names.

    `status` may be a code with its scheme (`stat:usable`); `note` is the desk's note, kept only where it tells of a
    correction or a signal says so (`corrects`). Of a withdrawn item nothing counts but who it is, so that no fault elsewhere
    keeps it from being withdrawn. Raises ArticleError, also for a status that is unknown: it may not be for publication.
    """
    status = _status(fields.get("status"))
    told: dict[str, object] = {name: value for name, value in fields.items() if value is not None} | {"status": status}
    if isinstance(title := told.get("title"), str):
        told["title"] = record.first_line(" ".join(title.split()))
    if not re.fullmatch(r"\d{1,9}", str(told.get("version", ""))):
        told.pop("version", None)
    if status in WITHDRAWN:
        return record.article({name: told[name] for name in _ALONE if isinstance(told.get(name), str | int)}
                              | {"status": status, "text": told.get("text"), "correction": _said(note)})
    if isinstance(byline := told.get("byline"), str):
        told["byline"] = furniture.names(byline) or byline
    if told.get("updated") == told.get("published"):
        told.pop("updated", None)
    text = told.get("text")
    if not text:
        raise ArticleError("this item holds no words; have it delivered with its text in it")
    if isinstance(text, str):
        text = _without_heading(text, told.get("title"), told.get("source"))
        told["text"] = text = _without_last(text, fields.get("byline"))
    told["correction"] = told.get("correction") or _correction(
        note, corrects, text if isinstance(text, str) else "", told.get("language"))
    return record.article(told)


def _status(told: object) -> str | None:
    """The code alone, in lower case; None for what may be used."""
    if told is None or told == "":
        return None
    if not isinstance(told, str):
        raise ArticleError(f"the status is {told!r}, which is not text; write usable, withheld or canceled")
    code = re.split(r"[:/]", told.strip())[-1].lower()
    code = _REPLACED.get(code, code)
    if code not in WITHDRAWN | {_USABLE}:
        raise ArticleError(f"the status is {told[:60]!r}, and only what is usable is added; it is usable, withheld or canceled "
                           "in what may be published or is taken back")
    return None if code == _USABLE else code


def _without_heading(text: str, title: object, source: object) -> str:
    """The text without its headline and the line below it that names the subject and the agency ("Badhus Byrån")."""
    first, _, rest = text.partition("\n")
    if not rest.strip() or " ".join(first.split()) != title:
        return text
    text = rest.lstrip("\n")
    first, _, rest = text.partition("\n")
    is_label = isinstance(source, str) and first.strip().endswith(source) and len(first) <= _LABEL
    return rest.lstrip("\n") if is_label and rest.strip() and not furniture.is_sentence(first) else text


def _without_last(text: str, byline: object) -> str:
    """The text without the line at its end that only repeats the byline."""
    rest, _, last = text.rstrip().rpartition("\n")
    return rest.rstrip() if rest.strip() and isinstance(byline, str) and last.strip() == byline.strip() else text


def _said(note: object) -> str | None:
    return note.strip() or None if isinstance(note, str) else None


def _correction(note: object, corrects: bool, text: str, tongue: object) -> str | None:
    said = _said(note)
    if said and (found := correction.told(said)):
        return found
    if not corrects:
        return None
    return said or correction.noted(text) or correction.word(language.code(tongue if isinstance(tongue, str) else None))
