"""A draft to be checked: from a file or from what was pasted, to the article that it wants to become. Knows no archive."""

from collections.abc import Callable, Mapping
from pathlib import Path

from index.article import Article, ArticleError
from index.language import detect
from index.readers import encoding, read
from index.readers.record import Skipped

_NAME = "draft"


class DraftError(ValueError):
    """A draft that cannot be read; the message says what to do."""


def pasted(text: str) -> Article:
    """A draft of a text as it is, line ends and control characters aside: offsets count its letters.

    Nothing is taken off as headline or byline, as a reader of articles would: a draft is checked whole.
    """
    text = encoding.plain(text)
    if not text.strip():
        raise DraftError("the draft is empty; write or paste its text")
    return Article(id=_NAME, title="", text=text, language=detect(text))


def from_file(path: Path) -> Article:
    """A draft from a text, Markdown or Word file. Markdown and Word are read as prose, a paragraph a line, the title first.

    Raises DraftError with the reason and the remedy.
    """
    reader = DRAFTS.get(path.suffix.lower())
    if reader is None:
        raise DraftError(f"{path.name} is no draft that can be read; known are {', '.join(DRAFTS)}")
    try:
        return reader(path)
    except ArticleError as error:
        raise DraftError(f"{path.name}: {error}") from error
    except OSError as error:
        raise DraftError(f"{path.name} cannot be opened: {error.strerror or error}") from error


def _plain(path: Path) -> Article:
    return pasted(encoding.load(path))


def _marked_up(path: Path) -> Article:
    for item in read(path):
        if isinstance(item, Skipped):
            raise DraftError(f"{path.name}: {item.why}")
        return pasted(item.text if item.text.startswith(item.title) else f"{item.title}\n{item.text}")
    raise DraftError(f"{path.name} holds no text")


DRAFTS: Mapping[str, Callable[[Path], Article]] = {
    ".txt": _plain, ".md": _marked_up, ".markdown": _marked_up, ".docx": _marked_up,
}
