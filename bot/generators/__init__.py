"""What a generator is, and how one is chosen by name. The engines stand beside this file, one each.

A generator turns messages into text, and is told nothing of articles, evidence or citations.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]
NO_KEY = "not-needed"


class GeneratorError(RuntimeError):
    """A model that cannot be had or broke off; the message names the model or server, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Role
    content: str


def never() -> bool:
    """The `stop` of somebody who waits to the end."""
    return False


class Generator(Protocol):
    """Writes text. One instance serves many threads."""

    @property
    def name(self) -> str:
        """The model, as shown to the reader."""

    @property
    def chat(self) -> bool:
        """Whether it follows instructions; otherwise it is a base model, which continues the text of the messages."""

    def load(self) -> object:
        """Makes ready what the first answer would wait for. Raises GeneratorError."""

    def stream(self, messages: Sequence[Message], *, limit: int, stop: Callable[[], bool] = never) -> Iterator[str]:
        """The text in pieces, at most `limit` tokens; ends soon after `stop()` is true or the iterator is dropped.

        Raises GeneratorError.
        """


def generator(name: str | None, *, models: Path, key: str = NO_KEY) -> Generator | None:
    """The generator that a setting names; nothing is loaded or connected to before it is used.

    `none` is no generator; None and `default` the packaged Gemma 3, whose converted copy lives in the folder `models`;
    an http(s) URL an OpenAI-compatible server (`#model` or `?model=` names its model, and `key` is sent to it); all
    else a model for transformers by hub name or path. Raises GeneratorError where a URL cannot be one.
    """
    # Imported here since the engines take their contract from this file, and only the chosen one is needed.
    if name == "none":
        return None
    if name and name.startswith(("http://", "https://")):
        from bot.generators.openai import Server

        return Server(name, key=key)
    from bot.generators.transformers import Transformers, packaged

    return packaged(models) if name in (None, "", "default") else Transformers(str(name))
