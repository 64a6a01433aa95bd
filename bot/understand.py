"""A question as it was typed, made into a Query: white space folded, language told, a follow-up made to stand alone.

Knows words and the conversation only: no archive, no model.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.answer import Query, Turn
from bot.followup import standalone
from bot.period import periods
from index import language as languages_of
from index.article import Filters
from index.span import Span

LONGEST = 1000  # characters of a question
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff0-\uffff]")
_RECENT = 4     # earlier questions that may tell the language of a short one

# Small words that tell the four languages apart where a statistical guess has too little to go by.
_SMALL = {
    "sv": "vad vem vems när var varför hur vart vilken vilket vilka varifrån är och inte ej också mig dig "
          "honom henne hon han av till från för om med på efter blev blir sade säger säg många mycket någon "
          "något några nu då sen ska skulle måste fick får gick kostar heter finns fanns hände händer gör "
          "gjorde låg ligger den det de en ett som att i berätta mer",
    "no": "hva hvem når hvor hvorfor hvordan hvilken hvilket hvilke er og ikke også meg deg ham henne hun han "
          "av til fra for om med på etter ble blir sa sier mange mye noen noe nå da så skal skulle må fikk "
          "får gikk koster heter finnes fantes skjedde skjer gjør gjorde lå ligger den det de en ei et som at "
          "i var kva kven kvifor korleis ikkje eg ein eit fortell mer hvis dere fins jobber hadde mellom mot "
          "siden uke uken året vant",
    "da": "hvad hvem hvornår hvor hvorfor hvordan hvilken hvilket hvilke er og ikke også mig dig ham hende "
          "hun han af til fra for om med på efter blev bliver sagde siger mange meget nogen noget nogle nu da "
          "så skal skulle må fik får gik koster hedder findes fandtes skete sker gør gjorde lå ligger den det "
          "de en et som at i var fortæl mere når havde mellem mod siden uge vandt",
    "en": "what who whom whose when where why how which is are was were be the of and not also me him her she "
          "he they it its their there by to from for about with on after became said says say many much some "
          "any now then shall should must got get costs cost did does do happened happens a an that at in "
          "tell more have has had will would can could his this these those",
}
_ALIKE = frozenset({"is", "nl"})  # what a short Scandinavian question with a compound is taken for
_LETTERS = {"sv": "ä", "no": "æø", "da": "æø"}


class QuestionError(ValueError):
    """A question that cannot be searched for. `reason` is `empty` or `long`; the caller has the words for it."""

    def __init__(self, reason: Literal["empty", "long"]) -> None:
        super().__init__(f"the question is empty or longer than {LONGEST} characters: {reason}")
        self.reason: Literal["empty", "long"] = reason


def understand(
    asked: str, history: Sequence[Turn] = (), filters: Filters | None = None, *, languages: Collection[str] = (),
    held: Span | None = None, today: date | None = None, dismissed: Collection[str] = (),
) -> Query:
    """What is asked, in words that need no conversation, and in which language.

    `history` has the earlier exchanges, the latest last, each question as it was understood. `languages` are those of
    the archive, the most frequent first where an order is known: they decide where a short question could be several.
    `held` are the archive's dates: of the periods that the question names those count that part them, which are not the
    words in `dismissed`. Without it none does.
    Raises QuestionError for a question without a letter or figure, and for one of more than 1,000 characters.
    """
    question = _folded(asked)
    spoken = _language(question, history, languages)
    text = question
    if history:
        earlier = _candidates(history[-1].question, languages)
        text = standalone(question, spoken, history, alike=not earlier or spoken in earlier)
    query = Query(question, text if len(text) <= LONGEST else question, spoken, filters or Filters())
    return _timed(query, held or Span(), today or date.today(), {words.casefold() for words in dismissed})


def _timed(query: Query, held: Span, today: date, dismissed: Collection[str]) -> Query:
    """With the periods that matter: a date that the reader has set rules out every other, except what is newest."""
    dated = bool(query.filters.since or query.filters.until)
    return replace(query, periods=tuple(
        period for period in periods(query.text, today, query.language) if period.words.casefold() not in dismissed
        and (held.since != held.until if period.newest else not dated and period.span.divides(held))))


def _folded(asked: str) -> str:
    text = unicodedata.normalize("NFC", _BLANK.sub(" ", _UNSEEN.sub("", asked)).strip())
    if not any(char.isalnum() for char in text):
        raise QuestionError("empty")
    if len(text) > LONGEST:
        raise QuestionError("long")
    return text


def _language(question: str, history: Sequence[Turn], languages: Collection[str]) -> str:
    """What the question shows, then what the talk was in, then a guess among what is left."""
    left = _candidates(question, languages)
    if len(left) == 1:
        return left[0]
    for turn in reversed(history[-_RECENT:]):
        earlier = _candidates(turn.question, languages)
        if len(earlier) == 1 and (not left or earlier[0] in left):
            return earlier[0]
    among = left or tuple(languages)
    detected = languages_of.detect(question)
    return detected if detected in among or not among else among[0]


def _candidates(question: str, languages: Collection[str]) -> tuple[str, ...]:
    """The languages that a question may be in by its small words; none where it is too short to tell."""
    detected = languages_of.detect(question)
    if _is_foreign(question):
        return (detected,)
    words = [word for at, word in enumerate(re.findall(r"[^\W\d_]+", question)) if at == 0 or word.islower()]
    marks = {code: _marks(words, code) for code in _SMALL}
    most = max(marks.values())
    telling = 4 if most and detected in _ALIKE else 2
    if detected and detected not in languages_of.KNOWN and 2 * most < len(words) and len(words) > telling:
        return (detected,)
    if most == 0:
        return (detected,) if len(words) > 3 else ()
    best = [code for code in _SMALL if marks[code] == most]
    return tuple([code for code in best if code in languages] or best)


def _marks(words: list[str], code: str) -> int:
    small = set(_SMALL[code].split())
    letters = _LETTERS.get(code, "")
    return sum((word.lower() in small) + any(letter in word.lower() for letter in letters) for word in words)


def _is_foreign(question: str) -> bool:
    """Whether most letters belong to another script."""
    letters = [char for char in question if char.isalpha()]
    return 2 * sum(ord(char) > 0x24F for char in letters) > len(letters)
