"""What the interface says between the sentences of an answer: in which language the archive speaks, where it is not the
question's. Fixed words before the quotation, which itself stays as it is."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answer import Evidence, Sentence
from bot.texts import text
from index.language import share_words


def foreign(language: str, evidence: Evidence) -> bool:
    """Whether the evidence's language shares no words with the question's; the Scandinavian ones share theirs."""
    return not share_words(language, evidence.article.language)


def framed(sentences: Iterable[Sentence], evidence: Sequence[Evidence], language: str) -> Iterator[Sentence]:
    """The sentences of an answer, and before each run of quotations in a foreign language one that leads to them. It does
    not name the language: a framing sentence has no name of its own.

    `language` is the question's; citations index `evidence` from 1. Where a framing sentence leads to the quotation
    already, no second one does.
    """
    before, led = language, False
    for sentence in sentences:
        spoken = _spoken(sentence, evidence, language)
        if spoken not in (before, language) and not led:
            yield Sentence(text("answer.foreign", language), (), "framing")
        before, led = spoken, sentence.origin == "framing"
        yield sentence


def _spoken(sentence: Sentence, evidence: Sequence[Evidence], language: str) -> str:
    """The language of a quotation that is foreign to the question; of everything else, the question's."""
    if sentence.origin != "quoted":
        return language
    source = evidence[sentence.citations[0] - 1]
    return source.article.language if foreign(language, source) else language
