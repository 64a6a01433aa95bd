"""What a check of a sentence against its evidence is: a pair goes in, problems come out. No check knows another.

The sentence is aligned with the evidence word by word (`Pair.placed`), and each check asks one question of that
alignment. When in doubt a check reports a problem: the evidence can always speak for itself.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from index.alignment import LIGHT, Token, likeness
from index.claims import claiming
from index.numbers import month, weekday
from index.polarity import negates
from index.words import words_of

_MARKS = str.maketrans(dict.fromkeys("«»“”„‟″", '"') | dict.fromkeys("–—‐‑−", "-") | dict.fromkeys("’‘`´", "'"))
PREPOSITIONS = words_of(
    "till til to av af by of från fra from mot against för for med with på on i in at hos ved vid om about över",
    "mod imod imot emot foran framför behind bak over under efter etter after før före before innan uten utan uden",
    "without mellom mellan between enn än end",
    "than",
)
AUXILIARIES = words_of(
    "er var ble blir bli blitt blev bliver är blivit har hade hadde havde haft is are was were be been being has",
    "have had kan skal ska vil vill kunne skulle ville will would can could may might should must bør bör må måste",
    "å",
)
ARTICLES = words_of("en et ett den det de the a an sin sitt sine sina hans hennes deres deras their his her")
NAME_PARTICLES = frozenset({"of", "de", "la", "le", "von", "van", "der", "del", "al", "bin"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What the evidence does not carry: a kind ("number", "name", "negation", ...) and the offending words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence beside its evidence: both as words, and for each word of the sentence its place in the evidence.

    `language` is the sentence's, `theirs` the evidence's.
    """

    sentence: str
    evidence: str
    language: str
    theirs: str
    words: Sequence[Token]
    others: Sequence[Token]
    placed: Sequence[int | None]
    speakers: frozenset[str]

    def like(self, word: Token, other: Token) -> float:
        """How surely a word of the evidence stands for a word of the sentence."""
        return likeness(word.low, other.low, self.language, self.theirs)

    def hit(self) -> set[int]:
        """Positions in the evidence that a content word or number of the sentence stands for."""
        return {j for word, j in zip(self.words, self.placed, strict=True) if j is not None and (word.content or word.number)}

    def around(self, i: int, reach: int = 4) -> list[int]:
        """Where the content neighbours of word `i` stand in the evidence."""
        near = range(max(0, i - reach), min(len(self.words), i + reach + 1))
        return [j for k in near if k != i and self.words[k].content and (j := self.placed[k]) is not None]


def typed(text: str) -> str:
    """One spelling of quotation marks, dashes and white space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


def clause_of(words: Sequence[Token], i: int) -> list[int]:
    """The content words of the clause; those of the next clause where it has none."""
    here = [k for k, word in enumerate(words) if word.clause == words[i].clause and said(word)]
    return here or [k for k, word in enumerate(words) if word.clause == words[i].clause + 1 and said(word)]


def said(word: Token) -> bool:
    """Whether a negation can be about the word: "I don't think that" is about what follows."""
    return word.content and not negates(word.low) and not claiming(word.low)


_SAME = {word: words.split()[0] for words in (
    "mot mod imot emot against", "från fra from", "till til to", "av af by", "med with", "på on", "i in", "för for", "om about",
    "över over", "efter etter after", "före før before innan", "utan uten uden without", "mellan mellom between", "hos at",
) for word in words.split()}


def governor(words: Sequence[Token], i: int) -> str:
    """The preposition before a word, articles, names and one other word between them at most; "" for none. One form stands
    for a preposition of all languages."""
    if words[i].low.endswith("s") and not words[i].capital and i + 1 < len(words) and words[i + 1].content \
            and not words[i].stem.endswith("s") and words[i].start and words[i].clause == words[i + 1].clause \
            and words[i].low.endswith(("ens", "ets", "ers", "rnas", "nes", "ans", "ns")):
        return "av"
    between = 0
    for k in range(i - 1, max(-1, i - 5), -1):
        if words[k].clause != words[i].clause:
            return ""
        if words[k].low in PREPOSITIONS:
            return _SAME.get(words[k].low, words[k].low)
        if words[k].capital and not words[i].capital and not words[k].low.endswith("s"):
            return ""
        between += words[k].content and not words[k].capital
        if between > 1 + words[i].capital or not (words[k].content or words[k].capital or words[k].low in ARTICLES):
            return ""
    return ""


def is_speaker(pair: Pair, word: Token) -> bool:
    return bool({word.low, word.low.removesuffix("s")} & pair.speakers)


def predicate(words: Sequence[Token], i: int) -> bool:
    """Whether the word stands right behind an auxiliary: then it is what the sentence says, and nothing to spare."""
    return i > 0 and words[i - 1].low in AUXILIARIES and words[i - 1].clause == words[i].clause


def known_name(pair: Pair, i: int) -> bool:
    """Whether the evidence writes the word, or the one it stands for, with a capital where no sentence opens."""
    place = pair.placed[i]
    same = pair.others[place].low if place is not None and pair.language != pair.theirs else pair.words[i].low
    return any(other.low == same and other.capital and not other.opening for other in pair.others)


def marks(words: Sequence[Token], without: Collection[int]) -> list[list[int]]:
    """Runs of names, and single numbers."""
    runs: list[list[int]] = []
    for i, word in enumerate(words):
        named = word.capital and word.low not in LIGHT and month(word.low) is None and weekday(word.low) is None
        if i in without or not (named or word.number):
            continue
        if named and not word.number and runs and not words[runs[-1][-1]].number and words[i - 1].clause == word.clause and (
                runs[-1][-1] == i - 1 or (runs[-1][-1] == i - 2 and words[i - 1].low in NAME_PARTICLES)):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


Check = Callable[[Pair], Iterator[Problem]]
