"""What word processors' documents have in common: blocks of words, of which the first may be a title, to an article."""

from collections.abc import Iterable

from index.article import Article
from index.readers.furniture import Notes, note
from index.readers.record import article

_NOTED = 4  # so many at the top may tell who wrote and when


def of_blocks(blocks: Iterable[tuple[bool, str]]) -> Article:
    """The article of blocks, each with whether it is a title; a block is a line of the text. Raises ArticleError where they
    hold none."""
    told = list(blocks)
    fields: dict[str, object] = {}
    if told and told[0][0]:
        fields["title"] = told.pop(0)[1]
    notes = Notes()
    noted = [note(words, notes, bare=True) for _, words in told[:_NOTED]]
    lines = [words for number, (_, words) in enumerate(told) if number >= len(noted) or not noted[number]]
    return article({**notes.as_fields(), **fields, "text": "\n".join(lines)})
