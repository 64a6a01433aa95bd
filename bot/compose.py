"""From evidence to drafted sentences: what a model is told, and how its text is read. The only reader of prompts/.

Whether a draft is true is decided elsewhere; nothing here trusts the model, its marks or its format.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from string import Template

from bot.answer import Evidence, Query
from bot.generators import Generator, Message, never
from index.language import sentences

PROMPTS = Path(__file__).parent.parent / "prompts"
LANGUAGES = frozenset({"sv", "no", "da", "en"})
MOST = 2  # sentences in an answer, as a rule
_TOKENS = 120  # room for one sentence with its JSON
_LINE_TOKENS = 60  # a base model that has not ended its sentence by then has lost the thread

_MARK = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*\]")
_MARK_AFTER = re.compile(rf"([.!?…]+)((?:{_MARK.pattern})+)")
_NUMBER = re.compile(r"\d{1,4}")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE = re.compile(r"```\w*")
_ENDED = re.compile(r"[.!?…][\"”»’')]*$")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence of a model. `cites` are evidence numbers from 1 as the model gave them: none, or invented ones."""

    text: str
    cites: tuple[int, ...]


def compose(
    query: Query, evidence: Sequence[Evidence], generator: Generator, *, most: int = MOST,
    stop: Callable[[], bool] = never,
) -> Iterator[Draft]:
    """At most `most` drafted sentences, each as soon as the model has finished it; none where it has nothing to say.

    Instructions go in the question's language (English where there is no file for it). A base model is given examples
    to continue instead, and writes one sentence from the first piece of evidence alone. Raises GeneratorError.
    """
    if not evidence:
        return
    if generator.chat:
        messages = _instructions(query, evidence, most)
        drafts = _read_answer(generator.stream(messages, limit=_TOKENS * most, stop=stop), query.language)
    else:
        # From the best piece alone the packaged model answered 24 of 80 questions, from five numbered ones 18.
        messages = [Message("user", _filled("continue", query, evidence=" ".join(evidence[0].text.split())))]
        drafts = _read_line(generator.stream(messages, limit=_LINE_TOKENS, stop=stop), query.language)
    yield from islice(drafts, most)


def prompts(query: Query, generator: Generator) -> str:
    """Digest of the prompts by which a generator composes in the question's language. 32 hex digits."""
    purposes = ("instruct", "ask") if generator.chat else ("continue",)
    told = "\0".join(_prompt(purpose, _language(query)).template for purpose in purposes)
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _instructions(query: Query, evidence: Sequence[Evidence], most: int) -> list[Message]:
    return [
        Message("system", _filled("instruct", query, most=str(most))),
        Message("user", _filled("ask", query, evidence=_as_data(evidence))),
    ]


def _filled(purpose: str, query: Query, **values: str) -> str:
    return _prompt(purpose, _language(query)).substitute(values, question=" ".join(query.text.split()))


def _language(query: Query) -> str:
    return query.language if query.language in LANGUAGES else "en"


@cache
def _prompt(purpose: str, language: str) -> Template:
    return Template((PROMPTS / f"{purpose}.{language}.txt").read_text(encoding="utf-8").rstrip())


def _as_data(evidence: Sequence[Evidence]) -> str:
    """One JSON object a line. What an article says cannot close the delimiters around it or begin a line."""
    lines = []
    for number, piece in enumerate(evidence, start=1):
        told = {"id": number, "published": piece.article.published, "speaker": piece.speaker, "text": piece.text}
        lines.append(json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False))
    return "\n".join(lines).replace("<", "\\u003c")


def _read_answer(pieces: Iterator[str], language: str) -> Iterator[Draft]:
    """JSON objects, each as soon as it is closed; where there was none, the plain sentences with their marks."""
    written, at, found = "", 0, False
    for piece in pieces:
        written += piece
        if "}" not in piece:
            continue
        objects, at = _objects(_THOUGHT.sub("", written), at)
        for text, cites in objects:
            found = True
            yield from _drafts(" ".join(text.split()), cites, language)
    plain = _FENCE.sub("", _THOUGHT.sub("", written))
    if not found and '"text"' not in plain:
        yield from _ended(_drafts(plain, (), language))


def _read_line(pieces: Iterator[str], language: str) -> Iterator[Draft]:
    """The first sentence that a base model continues with; the line after it would be a new example."""
    written = ""
    for piece in pieces:
        written += piece
        if "\n" in written.lstrip():
            break
    line = written.strip().partition("\n")[0]
    yield from islice(_ended(_drafts(line, (1,), language)), 1)


def _objects(text: str, at: int) -> tuple[list[tuple[str, tuple[int, ...]]], int]:
    """Text and cites of each whole JSON object with a text, from offset `at` on, and the offset behind the last."""
    found = []
    brace = text.find("{", at)
    while brace >= 0:
        try:
            value, end = _DECODER.raw_decode(text, brace)
        except (ValueError, RecursionError):  # not closed yet, or no JSON; or endless digits or brackets
            value, end = {}, brace + 1
        if isinstance(value.get("text"), str):
            text_only = value["text"].encode(errors="ignore").decode()  # JSON can name halves of characters
            found.append((text_only, _numbers(json.dumps(value.get("cites")))))
            at = end
        else:
            end = brace + 1  # a wrapper, perhaps, with the objects inside
        brace = text.find("{", end)
    return found, at


def _drafts(text: str, cites: tuple[int, ...], language: str) -> Iterator[Draft]:
    """The sentences of a text without their marks; one that has none is cited as `cites` says."""
    text = _MARK_AFTER.sub(r"\2\1", text)  # a mark behind the full stop belongs to the sentence before it
    for start, end in sentences(text, language):
        marked = text[start:end]
        plain = " ".join(_MARK.sub("", marked).replace("**", "").split()).lstrip("-*• ")
        if any(char.isalnum() for char in plain):
            marks = _numbers(" ".join(_MARK.findall(marked)))
            yield Draft(plain, marks or cites)


def _ended(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Only whole sentences: the limit may have cut the last one off."""
    return (draft for draft in drafts if _ENDED.search(draft.text))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(text)))
