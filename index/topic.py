"""How much of what is asked about a text says. Knows words only: no archive, no model."""

from dataclasses import dataclass

from index.alignment import likeness
from index.article import Article
from index.cues import FUNCTION
from index.language import words

_AROUND = 1200  # characters of an article on either side of a statement, at most
_LEAD = 400  # characters of an article's first paragraph, at most
_LEAST = 0.7  # likeness of two words, below which they are different ones


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that carry a topic, in lower case."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Topic":
        told = tuple(dict.fromkeys(words(text)))
        return cls(tuple(word for word in told if word not in FUNCTION) or told)

    def share(self, text: str, language: str) -> float:
        """0 where a text says nothing of the topic, 1 where it says every word; other forms and synonyms count less.

        A long word tells more than a short one.
        """
        said = set(words(text))
        found = total = 0.0
        for word in self.words:
            weight = min(max(len(word), 3), 10)
            total += weight
            found += weight * _said(word, said, language)
        return found / total if total else 0.0


def _said(word: str, said: set[str], language: str) -> float:
    if word in said:
        return 1.0
    best = max((likeness(word, other, language) for other in said), default=0.0)
    return best if best >= _LEAST else 0.0


def surroundings(article: Article, start: int, end: int) -> str:
    """What tells the topic of `article.text[start:end]`: its paragraph, the one before, the title and the lead, which in
    news names what all of it is about."""
    text = article.text
    begin = text.rfind("\n", 0, start) + 1
    before = len(text[:begin].rstrip())
    first = text.rfind("\n", 0, before) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    lead = text[:_LEAD].partition("\n")[0]
    return f"{article.title}\n{lead}\n{text[max(first, start - _AROUND):min(last, end + _AROUND)]}"
