"""How much of what is asked about a text says. Knows words only: no archive, no model."""

from dataclasses import dataclass

from index.article import Article
from index.cues import FUNCTION
from index.language import grams, words

_AROUND = 1200  # characters of an article on either side of a statement, at most
_LEAST = 0.5  # of a word's grams: below that the word is another one


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that carry a topic, each cut into grams, with their weights: a long word tells more than a short one."""

    words: tuple[tuple[frozenset[str], float], ...]

    @classmethod
    def of(cls, text: str) -> "Topic":
        told = [word for word in dict.fromkeys(words(text)) if word not in FUNCTION]
        return cls(tuple((frozenset(grams(word)), float(min(max(len(word), 3), 10))) for word in told or words(text)))

    def share(self, text: str) -> float:
        """0 where a text says nothing of the topic, 1 where it says every word (in whatever form)."""
        said = set(grams(text))
        total = sum(weight for _, weight in self.words)
        return sum(weight * _found(cut, said) for cut, weight in self.words) / total if total else 0.0


def _found(cut: frozenset[str], said: set[str]) -> float:
    share = len(cut & said) / len(cut)
    return share if share >= _LEAST else 0.0


def surroundings(article: Article, start: int, end: int) -> str:
    """What tells the topic of `article.text[start:end]`: its paragraph, the one before, and the title."""
    text = article.text
    begin = text.rfind("\n", 0, start) + 1
    before = len(text[:begin].rstrip())
    first = text.rfind("\n", 0, before) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    return f"{article.title}\n{text[max(first, start - _AROUND):min(last, end + _AROUND)]}"
