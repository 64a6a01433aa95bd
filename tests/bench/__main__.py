"""Prints each figure beside its limit, and keeps them as JSON in build/bench.json.

Needs the real questions and articles (CITERA_SHARED). Takes about five minutes on two cores.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import app

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("CITERA_SHARED", ROOT.parent / "shared"))
MODELS = Path(os.environ.get("CITERA_MODELS", ROOT / "models"))
PORT = 7899


@dataclass(frozen=True)
class Figure:
    """One measurement and what it should be at most (or at least, where `least` is set)."""

    name: str
    value: float
    limit: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit


class RandomVectors:
    """Stands for the packaged embedder where only the number of passages matters: same name, same dimensions."""

    name, dimensions = "multilingual-e5-small", 384

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.random.default_rng(0).standard_normal((len(texts), self.dimensions)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self.passages([text])[0], dtype=np.float32)


def main() -> None:
    app.settle()
    if not (SHARED / "eval").is_dir():
        raise SystemExit(f"no questions in {SHARED}: set CITERA_SHARED")
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for measure in (indexing, evidence, cold, memory):
            for figure in measure(Path(folder)):
                sign = "≥" if figure.least else "≤"
                print(f"{figure.name:58} {figure.value:9.2f} {figure.unit:4} {sign} {figure.limit:6.2f}  "  # noqa: T201
                      f"{'met' if figure.met else 'MISSED'}", flush=True)
                figures.append(figure)
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    out.write_text(json.dumps({"machine": machine, "figures": [asdict(figure) for figure in figures]}, indent=1))


def indexing(folder: Path) -> Iterator[Figure]:
    """Passages a second into a fresh archive, keywords and disk included, against plain fp32 encoding of the same."""
    import torch
    from sentence_transformers import SentenceTransformer

    from index.archive import Archive
    from index.embed import converted, embedder
    from index.readers import read
    from index.split import split
    from index.store import embedded_text

    articles = list(read(SHARED / "eval" / "norquad_dev.articles.jsonl"))
    ours = embedder(None, MODELS)
    ours.passages(["warm"])
    archive = Archive(folder / "norquad", ours)
    started = time.perf_counter()
    list(archive.add(articles))
    seconds = time.perf_counter() - started
    count = archive.stats().passages
    texts = [embedded_text(article, passage.text) for article in archive.articles() for passage in split(article)]
    plain = SentenceTransformer(str(converted(MODELS / "multilingual-e5-small")), model_kwargs={"dtype": torch.float32})
    plain.encode(["warm"])
    started = time.perf_counter()
    plain.encode(texts, batch_size=32)
    peer = time.perf_counter() - started
    yield Figure("indexing, passages a second", count / seconds, 0, "/s", least=True)
    ratio = (count / seconds) / (len(texts) / peer)
    yield Figure("indexing against SentenceTransformer.encode in fp32", ratio, 1.5, "x", least=True)


def evidence(folder: Path) -> Iterator[Figure]:
    """Question to evidence, warm, over all questions of the Norwegian set."""
    from bot.answer import Found
    from bot.assistant import Assistant
    from bot.reader import Reader
    from bot.select import Selector
    from index.archive import Archive
    from index.e5 import NAME
    from index.embed import converted, embedder

    assistant = Assistant(Archive(folder / "norquad", embedder(None, MODELS)), None,
                          Selector(Reader(lambda: converted(MODELS / NAME))))
    lines = (SHARED / "eval" / "norquad_dev.questions.jsonl").read_text(encoding="utf-8").splitlines()
    assistant.ask("Hva er klokka?")
    taken = []
    for line in lines:
        started = time.perf_counter()
        next(event for event in assistant.stream(json.loads(line)["question"]) if isinstance(event, Found))
        taken.append(time.perf_counter() - started)
    yield Figure(f"evidence on the screen, p50 of {len(taken)}, warm", statistics.median(taken), 0.15, "s")
    yield Figure("evidence on the screen, p95", float(np.quantile(taken, 0.95)), 0.4, "s")


def cold(folder: Path) -> Iterator[Figure]:
    """A fresh process until its evidence is printed: the median of three, since the first may have to read the disk."""
    command = [sys.executable, str(ROOT / "app.py"), "--archive", str(folder / "norquad"), "--models", str(MODELS),
               "ask", "Hvem er statsminister?", "--generator", "none", "--json"]
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(time.perf_counter() - started)
    yield Figure("ask, cold start to first evidence (median of 3)", statistics.median(taken), 6, "s")


def memory(folder: Path) -> Iterator[Figure]:
    """The chat with 10,000 passages, after a question, its generator loaded."""
    from index.archive import Archive
    from index.article import Article

    archive = Archive(folder / "large", RandomVectors())
    chance = np.random.default_rng(1)
    words = np.array([f"ord{n}" for n in range(20_000)])

    def article(number: int) -> Article:
        text = " ".join(" ".join(chance.choice(words, 14)).capitalize() + "." for _ in range(70))
        return Article(id=str(number), title=f"Artikel {number}", text=text, language="sv")

    list(archive.add([article(number) for number in range(1_000)]))
    count = archive.stats().passages
    archive.close()
    with chat(folder / "large") as process:
        question = json.dumps({"data": ["Vad säger ord17 om ord42?", [], {}, "sv", "bench"]}).encode()
        base = f"http://127.0.0.1:{PORT}/gradio_api/call/ask"
        request = urllib.request.Request(base, question, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as reply:
            event = json.load(reply)["event_id"]
        with urllib.request.urlopen(f"{base}/{event}", timeout=180) as stream:
            assert b"complete" in stream.read()
        time.sleep(20)  # until the generator, which loads behind the page, is there
        status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024 / 1024
    yield Figure(f"memory of the chat with {count} passages", peak, 2.5, "GB")


@contextmanager
def chat(archive: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, str(ROOT / "app.py"), "--archive", str(archive), "--models", str(MODELS),
               "chat", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.5)
            yield process
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
