"""Small real classes that fulfil the contracts where a test is about the parts around a model."""

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.generators import Message, never
from bot.reader import Reader, Reading, Sheet
from index.language import grams


class HashedGrams:
    """An embedder of character n-grams hashed into 64 dimensions: near texts are near, and it loads in no time."""

    dimensions = 64

    def __init__(self, name: str = "hashed-grams") -> None:
        self.name = name
        self.embedded = 0

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for gram in grams(text):
            vector[hashlib.blake2b(gram.encode(), digest_size=1).digest()[0] % self.dimensions] += 1
        return vector / np.float32(np.linalg.norm(vector))


class Scripted:
    """A generator that says what it was told to say, piece by piece."""

    name = "scripted"

    def __init__(self, *answers: str, chat: bool = True) -> None:
        self._answers = list(answers)
        self.chat = chat
        self.asked: list[Sequence[Message]] = []

    def load(self) -> None:
        """Nothing to load."""

    def stream(self, messages: Sequence[Message], *, limit: int, stop: Callable[[], bool] = never) -> Iterator[str]:
        self.asked.append(messages)
        answer = self._answers[min(len(self.asked), len(self._answers)) - 1]
        for at in range(0, len(answer), 7):
            if stop():
                return
            yield answer[at:at + 7]


class Pointing(Reader):
    """A reader that is sure of some words wherever they stand, and of nothing else."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def load(self) -> None:
        """Nothing to load."""

    def read(self, question: str, sheets: Sequence[Sheet]) -> Reading:
        told = [[self._shares(sentence) for sentence in sheet.sentences] for sheet in sheets]
        sums = tuple(tuple(float(np.logaddexp.reduce([share for *_, share in each])) for each in row) for row in told)
        strong = tuple(tuple(tuple((a, b) for a, b, share in each if share > -3) for each in row) for row in told)
        nowhere = math.log(0.05 if any(value > -3 for row in sums for value in row) else 0.95)
        return Reading(sums, nowhere, strong, tuple(tuple(map(tuple, row)) for row in told))

    def _shares(self, sentence: str) -> list[tuple[int, int, float]]:
        return [(*match.span(), -1.0 if match.group() in self._words else -12.0) for match in re.finditer(r"\w+", sentence)] \
            or [(0, len(sentence), -12.0)]
