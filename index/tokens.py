"""Text cut in words and marks, each with its place, its sentence and its line. Knows no languages and no articles.

`language.sentences` cuts prose for citing; here a sentence is what a frame may not reach across, which must also hold
inside quotation marks and at 100 times the speed.
"""

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Lt|Col|Sgt|Capt|Prof|St|Jr|Sr|Rev|kl|ca|nr|bl|dvs)\.(?=\s)"
    r"|(?:[A-ZÅÄÖÆØ]\.)+(?=\s\w|\S)|\w+(?:[-'’./&]\w+)*|``|''|\.{2,}|[^\w\s]|\n"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TERMINAL = frozenset({".", "!", "?", "…", "...", ".."})
CLOSING = frozenset({"”", '"', "»", "“", "’", "'", "''", ")", "«"})
DASHES = frozenset({"–", "—", "-", "―", "‒"})


class Token(NamedTuple):
    """One word or mark: `text[start:end]`; `sentence` and `line` count up through the text."""

    text: str
    lower: str
    start: int
    end: int
    sentence: int
    line: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or self.text[1:2].isupper()  # iFinnmark

    @property
    def word(self) -> bool:
        return self.text[0].isalnum()


def visible(text: str) -> tuple[str, list[int] | None]:
    """The text without zero-width and direction marks, and for each letter kept its offset in `text` (None: all kept)."""
    if not _INVISIBLE.search(text):
        return text, None
    kept = [at for at, char in enumerate(text) if not _INVISIBLE.match(char)]
    return "".join(text[at] for at in kept), kept


def tokens(text: str) -> list[Token]:
    """Words and marks in order. Hyphens, apostrophes and slashes inside a word are part of it; so is an initial's dot.

    `line` counts the lines that hold something; in prose that is folded at a width, the paragraphs.
    """
    found: list[Token] = []
    sentence = line = 0
    ended = False  # a terminal mark, and perhaps its closing marks, have just been seen
    wrapped = _is_wrapped(text)
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word == "\n":
            if not found or found[-1].line != line or (wrapped and text[match.end() : match.end() + 1] != "\n"):
                continue
            line += 1
            sentence += 1
            ended = False
            continue
        if ended and _opens_sentence(word):
            sentence += 1
            ended = False
        found.append(Token(word, word.lower(), match.start(), match.end(), sentence, line))
        if word in TERMINAL:
            ended = True
        elif word not in CLOSING:
            ended = False
    return found


def _is_wrapped(text: str) -> bool:
    """Whether single line breaks only fold the prose, so that a blank line alone ends a paragraph."""
    if "\n\n" not in text:
        return False
    lines = [len(line) for line in text[:5000].split("\n")[:-1] if line]
    folded = [size for size in lines if size > 45]
    return len(lines) > 3 and max(lines) <= 100 and len(folded) * 2 > len(lines) and text.count("\n") > 3 * text.count("\n\n")


def _opens_sentence(word: str) -> bool:
    first = word[0]
    return first.isupper() or first.isdigit() or first in "“„«–—" or unicodedata.category(first) == "Lo"
