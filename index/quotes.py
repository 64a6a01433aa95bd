"""Who said what in an article: quotations and indirect statements with their speakers. Rules only, no model.

First every statement is found with the frame beside it (`statements`), then the frames' subjects are resolved in reading
order to the people whom the article introduces (`voices`). Where that leaves more than one, or none, the speaker is None.
"""

from index.article import Article, Quote
from index.people import Cast, place
from index.statements import Finder, Statement
from index.tokens import visible
from index.voices import Speaker, Voices

VERSION = 1  # of the rules: an archive whose quotes an earlier version found is read anew


def quotes(article: Article) -> tuple[Quote, ...]:
    """Every statement of the article in order of its place, direct and indirect, each with the speaker it names.

    `quote` leaves out the marks, the dash, the frame and the comma before it. Time is linear in the article's length.
    """
    text, origin = visible(article.text)
    cast = Cast(text)
    found = Finder(cast).statements()
    voices = Voices(cast, found)
    told = []
    for statement in found:
        speaker = voices.speaker(statement)
        if speaker.name is None and not _may_be_left_open(statement):
            continue
        told.append(_as_quote(article, cast, origin, statement, speaker))
    return tuple(sorted(told, key=lambda quote: (quote.start, quote.end)))


def _as_quote(article: Article, cast: Cast, origin: list[int] | None, statement: Statement, speaker: Speaker) -> Quote:
    start, end = cast.tokens[statement.first].start, cast.tokens[statement.last - 1].end
    if origin is not None:
        start, end = origin[start], origin[end - 1] + 1
    words: tuple[int, int] | None = None
    if speaker.introduced is not None:
        words = place(cast, speaker.introduced, origin)
    elif speaker.words is not None:
        words = cast.tokens[speaker.words[0]].start, cast.tokens[speaker.words[1] - 1].end
        words = words if origin is None else (origin[words[0]], origin[words[1] - 1] + 1)
    cue = cast.tokens[statement.frame.cue].text if statement.frame and statement.frame.cue is not None else None
    return Quote(article.id, start, end, article.text[start:end], speaker.name, speaker.role, cue, statement.kind,
                 *(words or (None, None)))


def _may_be_left_open(statement: Statement) -> bool:
    """A statement without a speaker is worth keeping where it is a quotation, or where the article has somebody in mind."""
    if statement.kind == "direct" and not statement.fragment:
        return True
    return (
        statement.frame is not None
        and statement.frame.subject is not None
        and statement.frame.subject.kind in ("pronoun", "name")
    )
