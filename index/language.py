"""What the project knows of languages: detection, sentence borders, words, stems and character n-grams.

Swedish, Norwegian, Danish and English are known for certain; any other language works without a stemmer. Knows text
only, no articles.
"""

import re
from functools import lru_cache
from typing import Any

import sentencex
import Stemmer

SCANDINAVIAN = frozenset({"sv", "no", "da"})
KNOWN = SCANDINAVIAN | {"en"}
UNKNOWN = "und"  # BCP 47: a language that is not determined, and shares words with no other
_STEMMERS = {"sv": "swedish", "no": "norwegian", "da": "danish", "en": "english"}
_CODES = {"nb": "no", "nn": "no", "nob": "no", "nno": "no", "swe": "sv", "dan": "da", "eng": "en", "nor": "no"}
# What a newsroom's archive may plausibly hold. Detection among fewer languages is surer on a short question.
_CANDIDATES = ("sv", "no", "nn", "da", "en", "de", "fr", "es", "it", "nl", "fi", "is", "pl", "pt", "ru", "uk", "ar", "tr")

WORD = re.compile(r"\w+")
# A line, in windows: sentencex takes quadratic time on a line of a million letters.
# A line without a mark that may end a sentence, but at its own end.
_PLAIN = re.compile(r"[\w ,\-–—”\"'’%]*+[.!?…]?+[”\"’]?+\s*+")
_LINE = re.compile(r"[^\n]{1,4000}(?:[^\n]{0,2000}?[.!?](?=\s)|(?=\n)|\Z|)")
# sentencex takes Swedish and Norwegian for English, where "Hon." is short for Honourable; its Danish rules fit all three.
_RULES = {"sv": "da", "no": "da", "da": "da", "en": "en"}
# What those rules do not know: after these no sentence ends, whatever follows …
_TITLE = re.compile(r"(?:^|[\s(])(?:bl\.\s?a|t\.\s?ex|f\.\s?eks|d\.\s?v\.\s?s|s\.\s?k|dvs|jfr?|[Kk]l|[Cc]a|[Nn]r|[Tt]el|[Dd]r"
                    r"|[Pp]rof|[Mm]rs?|[Mm]s|St|[A-ZÅÄÖÆØ])\.\s*$")
# … and after these none where a number follows ("5." before a month is lower case, and seen by that).
_BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:pst|mill|mrd|kap|art|sid|bd|d|max|min|\d{1,4})\.\s*$")
_OPENING = "–—-•*\"“”«»‘’'( \t"


def code(language: str | None) -> str:
    """Two letters for a language tag: `nb-NO` is `no`, `sv_SE` is `sv`; empty where there is none."""
    if not language:
        return ""
    short = re.split(r"[-_]", language.strip().lower())[0]
    return _CODES.get(short, short)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.7 s, so not at import

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_CANDIDATES))
    return identifier


def detect(text: str) -> str:
    """The language of a text as two letters (Norwegian in both forms is `no`); empty where there are no letters."""
    if not any(char.isalpha() for char in text):
        return ""
    return code(_identifier().classify(text[:5000])[0])


def words(text: str) -> list[str]:
    """Words in lower case, punctuation left out."""
    return WORD.findall(text.casefold())


def sentences(text: str, language: str = "sv", start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`, without surrounding white space. A line break is always a border."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        found.extend(_sentences_of_line(line.group(), line.start(), _RULES.get(language, language)))
    return found


def _sentences_of_line(line: str, offset: int, language: str) -> list[tuple[int, int]]:
    if _PLAIN.fullmatch(line):  # most lines of a transcript: the rules would find no border, and take a fifth of a millisecond
        told = line.strip()
        begin = offset + len(line) - len(line.lstrip())
        return [(begin, begin + len(told))] if told else []
    pieces: list[list[int]] = []
    for boundary in sentencex.get_sentence_boundaries(language, line):
        begin, stop = boundary["start_index"], boundary["end_index"]
        if pieces and not _is_border(line, begin):
            pieces[-1][1] = stop
        else:
            pieces.append([begin, stop])
    spans = []
    for begin, stop in pieces:
        piece = line[begin:stop]
        if stripped := piece.strip():
            begin += piece.index(stripped[0])
            spans.append((offset + begin, offset + begin + len(stripped)))
    return spans


def _is_border(line: str, at: int) -> bool:
    """Whether a sentence really ends before `at`: not in the middle of `kl. 10`, `5. mai` or `Dr. Berg`."""
    before, after = line[max(0, at - 24):at], line[at:].lstrip(_OPENING)
    if not after:
        return False
    if after[0].islower() and not before.rstrip().endswith(("!", "?", "”", "\"", "»")):
        return False
    if _TITLE.search(before):
        return False
    return not (after[0].isdigit() and _BEFORE_NUMBER.search(before))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(_STEMMERS[language])


def stems(text: str, language: str) -> list[str]:
    """Snowball stems of the words; the words themselves where the language has no stemmer here."""
    if language not in _STEMMERS:
        return words(text)
    stemmed: list[str] = _stemmer(language).stemWords(words(text))
    return stemmed


def grams(text: str, size: int = 4) -> list[str]:
    """Character n-grams within the words, `_` marking a word's beginning: they see through compounds and inflection.

    A word shorter than `size` stands whole. (McNamee and Mayfield 2004, "Character n-gram tokenization for European
    language text retrieval".)
    """
    found: list[str] = []
    for word in words(text):
        padded = f"_{word}"
        if len(padded) <= size:
            found.append(padded)
        else:
            found.extend(padded[i:i + size] for i in range(len(padded) - size + 1))
    return found


def share_words(one: str, other: str) -> bool:
    """Whether keywords can find a text of one language by a question in the other."""
    return one == other or {one, other} <= SCANDINAVIAN or not one or not other
