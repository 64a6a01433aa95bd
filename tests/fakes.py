"""Small real classes that fulfil the contracts where a test is about the parts around a model."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.generators import Message, never
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
