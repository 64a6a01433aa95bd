"""Trains the reader on questions whose answers are known. Used by a command, never while answering.

The embeddings and the lowest layers of the encoder stay as they are, so their output is computed once; the others run
in bf16 beside a master copy in fp32. What is kept is the running mean of the weights over the steps (Polyak and Juditsky
1992), one byte a weight. On two cores 1,800 searches take about 20 minutes.
"""

import copy
import logging
import math
import random
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.reader import KEPT, NULL_SHARE, Sheet, Tokens, packed, padded, through, tokens
from index.article import Hit
from index.split import units

log = logging.getLogger(__name__)

EPOCHS, BATCH, RATE, HEAD_RATE = 3, 4, 5e-5, 1e-3
DROPOUT = 0.1  # between layers; within the attention it would cost a third of the speed
MEMORY = 0.995  # share that a step leaves of the mean of the weights so far
SHEETS = 3  # of a question in a step: where its answer stands, and others that were found for it


@dataclass(frozen=True)
class Example:
    """A question with what was found for it. For each sheet: the letters of each sentence that are the answer."""

    question: str
    answerable: bool
    sheets: tuple[Sheet, ...]
    answers: tuple[Mapping[int, tuple[tuple[int, int], ...]], ...]


def example(row: Mapping[str, Any], hits: Sequence[Hit]) -> Example:
    """From a row of a question set (`question`, `answerable`, `answer_keys`, `relevant_articles`) and its hits."""
    sheets, answers = [], []
    for hit in hits:
        text = hit.article.text
        sentences = tuple(text[a:b] for a, b in units(text, hit.article.language, hit.passage.start, hit.passage.end))
        sheets.append(Sheet(hit.article.title, sentences))
        relevant = hit.article.id in row["relevant_articles"]
        answers.append({n: spans for n, sentence in enumerate(sentences) if relevant
                        and (spans := _places(sentence, row["answer_keys"]))})
    return Example(row["question"], bool(row["answerable"]), tuple(sheets), tuple(answers))


def without_its_articles(row: Mapping[str, Any], hits: Sequence[Hit]) -> tuple[dict[str, Any], list[Hit]]:
    """The same question as if its articles had never been in the archive: what an honest no is learned from."""
    relevant = set(row["relevant_articles"])
    return {**row, "answerable": False}, [hit for hit in hits if hit.article.id not in relevant]


def _places(sentence: str, groups: Sequence[Sequence[str]]) -> tuple[tuple[int, int], ...]:
    """Where the answer stands; nowhere unless each group has one of its strings in the sentence."""
    found: list[tuple[int, int]] = []
    for group in groups:
        spans = [match.span() for key in group if (parts := re.findall(r"\w+", key))
                 for match in re.finditer(r"\W+".join(map(re.escape, parts)), sentence, re.IGNORECASE)]
        if not spans:
            return ()
        found += spans
    return tuple(found)


def fold(row: Mapping[str, Any], folds: int) -> int:
    """In which part of a cross-validation a question lies: all questions of one article in the same."""
    owner = row["relevant_articles"][0] if row["relevant_articles"] else row["id"]
    return zlib.crc32(str(owner).encode()) % folds


def train(examples: Sequence[Example], encoder: Path, output: Path, *, seed: int = 0) -> None:
    """Trains and writes the weights (about 16 MB). Deterministic for a seed on one machine."""
    import torch
    from safetensors.torch import save_file
    from tokenizers import Tokenizer
    from transformers import BertModel

    torch.manual_seed(seed)
    model = BertModel.from_pretrained(encoder, dtype=torch.bfloat16, add_pooling_layer=False, local_files_only=True)
    model.train(False)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lessons = [_lesson(each, tokenizer, model) for each in examples]
    upper = _Upper(model)
    _learn(upper, [lesson for lesson in lessons if lesson.useful], random.Random(seed))
    save_file(upper.state(), output)


@dataclass(frozen=True)
class _Lesson:
    """An example with the lower layers' output for each sheet, and which of its tokens lie in the answer's sentence
    and in the answer."""

    answerable: bool
    cut: tuple[Tokens, ...]
    hidden: tuple[Any, ...]
    right: tuple[NDArray[np.bool_], ...]
    exact: tuple[NDArray[np.bool_], ...]

    @property
    def useful(self) -> bool:
        return any(row.any() for row in self.right) or not self.answerable


def _lesson(each: Example, tokenizer: Any, model: Any) -> _Lesson:
    import torch

    cut = tuple(tokens(tokenizer, each.question, sheet) for sheet in each.sheets)
    with torch.inference_mode():
        ids, mask = padded([part.ids for part in cut])
        hidden = through(model.encoder.layer[:KEPT], model.embeddings(input_ids=ids), mask)
    right = tuple(np.isin(part.owner, list(answers)) for part, answers in zip(cut, each.answers, strict=True))
    exact = tuple(np.array([any(a < stop and b > start for start, stop in answers.get(int(owner), ()))
                            for owner, (a, b) in zip(part.owner, part.spans, strict=True)])
                  for part, answers in zip(cut, each.answers, strict=True))
    return _Lesson(each.answerable, cut, tuple(row[:len(part.ids)].clone() for row, part in zip(hidden, cut, strict=True)),
                   right, exact)


class _Upper:
    """The layers that are trained, with the head and the null, and the mean of all of them over the steps."""

    def __init__(self, model: Any) -> None:
        import torch

        self.layers = copy.deepcopy(model.encoder.layer[KEPT:])
        for layer in self.layers:
            for part in layer.modules():
                if isinstance(part, torch.nn.Dropout):
                    part.p = DROPOUT
            layer.attention.self.dropout.p = 0.0
        self.layers.train(True)
        self.head = torch.nn.Linear(model.config.hidden_size, 1)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        self.null = torch.nn.Parameter(torch.zeros(1))
        self.live = list(self.layers.parameters())
        self.master = [parameter.detach().float().clone() for parameter in self.live]
        self.small = [*self.head.parameters(), self.null]
        self._steps = 0
        self._mean = [parameter.detach().clone() for parameter in [*self.master, *self.small]]

    def state(self) -> dict[str, Any]:
        """The mean weights by name, as `bot.reader` reads them."""
        names = [f"layers.{name}" for name, _ in self.layers.named_parameters()] + ["head.weight", "head.bias", "null"]
        return packed(dict(zip(names, self._mean, strict=True)))

    def step(self, optimiser: Any) -> None:
        """One update: gradients to the fp32 copy, the result back to bf16."""
        import torch

        for master, live in zip(self.master, self.live, strict=True):
            master.grad = live.grad.float()
        torch.nn.utils.clip_grad_norm_([*self.master, *self.small], 1.0)
        optimiser.step()
        self._steps += 1
        kept = min(MEMORY, (1 + self._steps) / (10 + self._steps))  # the first steps are soon forgotten
        with torch.no_grad():
            for master, live in zip(self.master, self.live, strict=True):
                live.copy_(master)
                live.grad = None
            for parameter in self.small:
                parameter.grad = None
            for mean, now in zip(self._mean, [*self.master, *self.small], strict=True):
                mean.mul_(kept).add_(now, alpha=1 - kept)


def _learn(upper: _Upper, lessons: list[_Lesson], chance: random.Random) -> None:
    import torch
    from tqdm import tqdm

    optimiser = torch.optim.AdamW([{"params": upper.master, "lr": RATE}, {"params": upper.small, "lr": HEAD_RATE}],
                                  weight_decay=0.01)
    rates = [RATE, HEAD_RATE]
    steps = EPOCHS * math.ceil(len(lessons) / BATCH)
    for done, batch in enumerate(tqdm(_batches(lessons, chance), total=steps, desc="training", mininterval=10)):
        warm = min(1.0, (done + 1) / (0.1 * steps)) * max(0.02, 1 - done / steps)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * warm
        _loss(upper, batch, chance).backward()
        upper.step(optimiser)


def _batches(lessons: list[_Lesson], chance: random.Random) -> Iterator[list[_Lesson]]:
    for _ in range(EPOCHS):
        chance.shuffle(lessons)
        for at in range(0, len(lessons), BATCH):
            yield lessons[at:at + BATCH]


def _loss(upper: _Upper, batch: Sequence[_Lesson], chance: random.Random) -> Any:
    """Of all tokens that a question's sheets have, those of the right sentence should hold the weight (and, half as
    much, those of the answer itself); the null where there is no answer."""
    import torch

    used = [_used(lesson, chance) for lesson in batch]
    rows = [lesson.hidden[n] for lesson, each in zip(batch, used, strict=True) for n in each]
    longest = max(len(row) for row in rows)
    hidden = torch.zeros(len(rows), longest, rows[0].shape[1], dtype=rows[0].dtype)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for n, row in enumerate(rows):
        hidden[n, :len(row)] = row
        mask[n, :len(row)] = True
    logits = upper.head(through(upper.layers, hidden, mask).float()).squeeze(-1)
    total, at = torch.zeros(()), 0
    for lesson, each in zip(batch, used, strict=True):
        total = total + _loss_of(lesson, each, logits[at:at + len(each)], upper.null + math.log(NULL_SHARE))
        at += len(each)
    return total / len(batch)


def _used(lesson: _Lesson, chance: random.Random) -> list[int]:
    good = [n for n, row in enumerate(lesson.right) if row.any()][:2]
    rest = [n for n in range(len(lesson.cut)) if n not in good]
    chance.shuffle(rest)
    return (good + rest)[:SHEETS]


def _loss_of(lesson: _Lesson, used: Sequence[int], logits: Any, null: Any) -> Any:
    import torch

    owned = [torch.from_numpy(lesson.cut[n].owner >= 0) for n in used]
    scores = torch.cat([row[:len(keep)][keep] for row, keep in zip(logits, owned, strict=True)])
    right = torch.cat([torch.from_numpy(lesson.right[n])[keep] for n, keep in zip(used, owned, strict=True)])
    exact = torch.cat([torch.from_numpy(lesson.exact[n])[keep] for n, keep in zip(used, owned, strict=True)])
    whole = torch.cat([scores, null]).logsumexp(0)
    if not right.any():
        return 0.5 * (whole - null[0])
    loss = whole - scores[right].logsumexp(0)
    return loss + 0.5 * (whole - scores[exact].logsumexp(0)) if exact.any() else loss
