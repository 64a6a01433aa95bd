"""How much of what is asked about a text says. Knows words only: no archive, no model."""

from dataclasses import dataclass

from index.article import Article
from index.cues import FUNCTION
from index.language import grams, words

_AROUND = 1200  # characters of an article on either side of a statement, at most
_SHORT = 4  # letters of a word that has too few grams to be told by them
_LEAST = 0.5  # of a word's grams: below that the word is another one


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that carry a topic, each also cut into grams: a long word tells more than a short one."""

    words: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, text: str) -> "Topic":
        told = [word for word in dict.fromkeys(words(text)) if word not in FUNCTION]
        return cls(tuple((word, frozenset(grams(word))) for word in told or words(text)))

    def share(self, text: str) -> float:
        """0 where a text says nothing of the topic, 1 where it says every word (in whatever form)."""
        said, cut_up = set(words(text)), set(grams(text))
        found = total = 0.0
        for word, cut in self.words:
            weight = min(max(len(word), 3), 10)
            total += weight
            if len(word) <= _SHORT:
                found += weight * _inflected(word, said)
            elif len(cut & cut_up) >= _LEAST * len(cut):
                found += weight * _likeness(word, cut, said)
        return found / total if total else 0.0


def _inflected(word: str, said: set[str]) -> bool:
    """Whether a short word is said in some form: one of the two begins the other."""
    return word in said or any(
        other.startswith(word) or word.startswith(other) for other in said
        if min(len(word), len(other)) > 2 and abs(len(word) - len(other)) <= 2)


def _likeness(word: str, cut: frozenset[str], said: set[str]) -> float:
    """The share of a word's grams in the word that has most of them, and its beginning; 0 where that is another word."""
    begun = [other for other in said if word[:_SHORT] in other]
    share = max((len(cut.intersection(grams(other))) / len(cut) for other in begun), default=0.0)
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
