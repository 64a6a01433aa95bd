"""How soon a new article is found, and how fast a large archive comes in: `python -m tests.bench.living [ARTICLES.jsonl]`.

One article is added to 100,000 passages and looked for by another reader, which has the archive open; then the articles of the
file, where one is given, are taken in from nothing, against the encoder by itself on the same passages in the same run.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np

import app
from tests.bench.__main__ import MODELS, Figure, RandomVectors

PASSAGES = 100_000


def main() -> None:
    app.settle()
    with tempfile.TemporaryDirectory() as place:
        wanted = [one_more(Path(place) / "large"), *(intake(Path(place) / "new", Path(file)) for file in sys.argv[1:2])]
        for figure in chain.from_iterable(wanted):
            sign = "≥" if figure.least else "≤"
            sys.stdout.write(f"{figure.name:70} {figure.value:9.3f} {figure.unit:3} {sign} {figure.limit:6.2f}  "
                             f"{'met' if figure.met else 'MISSED'}\n")
            sys.stdout.flush()


def one_more(folder: Path) -> Iterator[Figure]:
    from index.archive import Archive
    from index.article import Article
    from index.embed import embedder
    from index.retriever import Retriever

    chance = np.random.default_rng(1)
    words = np.array([f"ord{n}" for n in range(20_000)])

    def article(number: int) -> Article:
        text = " ".join(" ".join(chance.choice(words, 14)).capitalize() + "." for _ in range(72))
        return Article(id=str(number), title=f"Artikel {number}", text=text, language="sv")

    archive = Archive(folder, RandomVectors())
    while (held := archive.stats().passages) < PASSAGES:
        list(archive.add([article(held + n) for n in range(2_000)]))
    archive.close()
    real = embedder(None, MODELS)
    real.query("varm")
    writer, reader = Archive(folder, real), Retriever(Archive(folder, real))
    reader.search("ord17 och ord42", language="sv")
    taken = []
    for n in range(5):
        name = f"Havsörnsholmen{n}"
        fresh = Article(id=name, title=f"Ny fyr på {name}", text=f"Fyren på {name} tändes i går kväll. " * 12, language="sv")
        started = time.perf_counter()
        list(writer.add([fresh]))
        assert reader.search(f"När tändes fyren på {name}?", language="sv")[0].article.id == name
        taken.append(time.perf_counter() - started)
    yield Figure(f"one article more on {held} passages, until found (worst of 5)", max(taken), 1.0, "s")
    yield Figure("  median", statistics.median(taken), 1.0, "s")


def intake(folder: Path, file: Path) -> Iterator[Figure]:
    from index.archive import Archive
    from index.embed import embedder
    from index.readers import read
    from index.split import split
    from index.store import embedded_text

    ours = embedder(None, MODELS)
    ours.passages(["varm"] * 64)
    archive = Archive(folder, ours)
    started = time.perf_counter()
    for _ in archive.add(read(file)):
        pass
    whole = time.perf_counter() - started
    texts = list(dict.fromkeys(
        embedded_text(article, passage.text) for article in archive.articles() for passage in split(article)))
    started = time.perf_counter()
    for at in range(0, len(texts), 4096):
        ours.passages(texts[at:at + 4096])
    alone = time.perf_counter() - started
    sys.stdout.write(f"{archive.stats().articles} documents, {len(texts)} passages: {whole:.0f} s, "
                     f"encoding alone {alone:.0f} s\n")
    yield Figure("taken in from nothing, against encoding alone", alone / whole, 0.85, "x", least=True)


if __name__ == "__main__":
    main()
