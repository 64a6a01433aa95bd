"""Reads passages with the question in mind, and says for each sentence how likely it holds the answer.

The packaged E5 encoder with all but its lowest layers trained on for this, and one linear head over the tokens. A
token's share of the softmax over all tokens of all passages, against a null for "nowhere here", is how likely it
belongs to the answer; a sentence's is the sum of its tokens'. (Chen et al. 2017, "Reading Wikipedia to answer
open-domain questions", with the sum over places of Clark and Gardner 2018, "Simple and effective multi-paragraph reading
comprehension".) Knows texts only: neither archive nor answer.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).with_name("reader.safetensors")
KEPT = 3  # layers of the encoder that stay as they came; those above were trained
QUESTION, LONGEST = 64, 400  # tokens
_SCALE = ".scale"
NULL_SHARE = 50.0  # the null starts as heavy as so many tokens


@dataclass(frozen=True, slots=True)
class Sheet:
    """A passage as it is read: its title and its sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A question and a sheet as the encoder sees them. `owner` gives each token its sentence, -1 where it has none;
    `spans` its letters within that sentence."""

    ids: tuple[int, ...]
    owner: NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Log-probabilities: of each sentence of each sheet, and of the null; the letters in each sentence that weigh most; and
    the letters and the log-probability of each token of each sentence."""

    sentences: tuple[tuple[float, ...], ...]
    null: float
    answers: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]
    shares: tuple[tuple[tuple[tuple[int, int, float], ...], ...], ...]


def tokens(tokenizer: "Tokenizer", question: str, sheet: Sheet) -> Tokens:
    """At most 64 tokens of the question and 400 in all; what is cut off belongs to no sentence."""
    asked = tokenizer.encode(f"query: {question}").ids[:QUESTION]
    text, places = f"passage: {sheet.title}. ", []
    for sentence in sheet.sentences:
        places.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    told = tokenizer.encode(text)
    ids = [*asked, told.ids[-1], *told.ids[1:]][:LONGEST]
    owner = np.full(len(ids), -1)
    spans = [(0, 0)] * len(ids)
    for at, (start, end) in enumerate(told.offsets[1:], len(asked) + 1):
        if at < len(ids) and start < end:
            middle = (start + end - 1) / 2
            owner[at] = next((n for n, (a, b) in enumerate(places) if a <= middle < b), -1)
            if owner[at] >= 0:
                first = places[owner[at]][0]
                spans[at] = (max(0, start - first), end - first)
    return Tokens(tuple(ids), owner, tuple(spans))


class Reader:
    """Loads its encoder, from the folder that `encoder` gives, at the first reading. One reading at a time: threads wait."""

    def __init__(self, encoder: Callable[[], Path], weights: Path = WEIGHTS) -> None:
        self._encoder = encoder
        self._weights = weights
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def load(self) -> None:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._encoder(), self._weights)

    def read(self, question: str, sheets: Sequence[Sheet]) -> Reading:
        self.load()
        assert self._loaded is not None
        cut = [tokens(self._loaded.tokenizer, question, sheet) for sheet in sheets]
        with self._lock:
            scores = self._loaded.scores(cut)
        return _reading(cut, sheets, scores, self._loaded.null)


def _reading(cut: Sequence[Tokens], sheets: Sequence[Sheet], scores: Sequence[NDArray[np.float32]], null: float) -> Reading:
    owned = [each[part.owner >= 0] for each, part in zip(scores, cut, strict=True)]
    whole = float(np.logaddexp.reduce(np.concatenate([*owned, np.array([null])])))
    sentences, answers, shares = [], [], []
    for part, each, sheet in zip(cut, scores, sheets, strict=True):
        sums, spans, held = [], [], []
        for n in range(len(sheet.sentences)):
            here = np.flatnonzero(part.owner == n)
            sums.append(float(np.logaddexp.reduce(each[here])) - whole if len(here) else float("-inf"))
            strong = here[each[here] >= each[here].max() - 2.5] if len(here) else here  # within a factor of 12 of the best
            spans.append(tuple(part.spans[at] for at in strong))
            held.append(tuple((*part.spans[at], float(each[at]) - whole) for at in here))
        sentences.append(tuple(sums))
        answers.append(tuple(spans))
        shares.append(tuple(held))
    return Reading(tuple(sentences), null - whole, tuple(answers), tuple(shares))


class _Loaded:
    """The encoder, its trained layers and the head, in torch."""

    def __init__(self, tokenizer: "Tokenizer", embeddings: Any, layers: Any, head: "torch.nn.Linear", null: float) -> None:
        self.tokenizer = tokenizer
        self.null = null
        self._embeddings = embeddings
        self._layers = layers
        self._head = head

    def scores(self, cut: Sequence[Tokens]) -> list[NDArray[np.float32]]:
        """One logit for each token of each sheet."""
        import torch

        with torch.inference_mode():
            ids, mask = padded([part.ids for part in cut])
            hidden = self._embeddings(input_ids=ids)
            hidden = through(self._layers, hidden, mask)
            logits = self._head(hidden.float()).squeeze(-1).numpy()
        return [row[:len(part.ids)] for row, part in zip(logits, cut, strict=True)]


def padded(rows: Sequence[Sequence[int]]) -> tuple["torch.Tensor", "torch.Tensor"]:
    """Ids of shape (rows, longest) filled with the padding token, and a mask that is true where there is a token."""
    import torch

    longest = max(map(len, rows))
    ids = torch.full((len(rows), longest), 1)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for n, row in enumerate(rows):
        ids[n, :len(row)] = torch.tensor(row)
        mask[n, :len(row)] = True
    return ids, mask


def through(layers: Any, hidden: "torch.Tensor", mask: "torch.Tensor") -> "torch.Tensor":
    """Hidden states of shape (rows, tokens, width) through encoder layers; what the mask leaves out is not seen."""
    import torch

    unseen = torch.zeros(mask.shape, dtype=hidden.dtype).masked_fill(~mask, -1e9)[:, None, None, :]
    for layer in layers:
        told = layer(hidden, unseen)
        hidden = told[0] if isinstance(told, tuple) else told
    return hidden


def packed(state: Mapping[str, "torch.Tensor"]) -> dict[str, "torch.Tensor"]:
    """Weights for a file: matrices as one byte a weight with a scale for each row, the rest as it is."""
    import torch

    told = {}
    for name, value in state.items():
        value = value.detach().float()
        if value.dim() < 2 or len(value) < 2:
            told[name] = value.contiguous()
            continue
        scale = value.abs().amax(dim=1).clamp(min=1e-12) / 127
        told[name] = (value / scale[:, None]).round().to(torch.int8).contiguous()
        told[name + _SCALE] = scale.contiguous()
    return told


def unpacked(state: Mapping[str, "torch.Tensor"]) -> dict[str, "torch.Tensor"]:
    """The weights of such a file in fp32; those of a file that holds them as they are, too."""
    return {name: value.float() * state[name + _SCALE][:, None] if name + _SCALE in state else value.float()
            for name, value in state.items() if not name.endswith(_SCALE)}


def _load(encoder: Path, weights: Path) -> _Loaded:
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertModel

    kind = torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
    model = BertModel.from_pretrained(encoder, dtype=kind, add_pooling_layer=False, local_files_only=True)
    model.train(False)
    trained = unpacked(load_file(weights))
    upper = {name.removeprefix("layers."): value.to(kind) for name, value in trained.items() if name.startswith("layers.")}
    model.encoder.layer[KEPT:].load_state_dict(upper)
    head = torch.nn.Linear(model.config.hidden_size, 1)
    head.load_state_dict({"weight": trained["head.weight"], "bias": trained["head.bias"]})
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Loaded(tokenizer, model.embeddings, model.encoder.layer, head, float(trained["null"]) + float(np.log(NULL_SHARE)))
