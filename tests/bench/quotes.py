"""How long `quotes` takes over 100,000 of them. `python -m tests.bench.quotes`; two minutes, most of them for making them.

Invented articles in which invented people speak; 1,600 names, so that each surname is shared by forty.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.archive import Archive
from index.article import Article, Filters
from index.retriever import Retriever

LIMIT = 50.0  # milliseconds, p95
WANTED = 100_000
FIRST = """
Anna Berit Carin Disa Ebba Frida Greta Hanna Ingrid Johanna Karin Lena Maja Nora Olga Pia Rut Sara Tove Ulla
Anders Bengt Carl David Erik Fredrik Gustav Hans Ivar Johan Karl Lars Mats Nils Olof Per Rolf Sven Tomas Viktor
"""
LAST = [f"{head}{tail}" for head in ("Al", "Berg", "Dal", "Ek", "Fors", "Gran", "Hag", "Lind") for tail in
        ("ström", "kvist", "hult", "mark", "stedt")]
TOPICS = ("bron", "skolan", "färjan", "sjukhuset", "skatten", "hamnen", "biblioteket", "isbanan", "vattenverket", "torget",
          "spårvägen", "älgjakten", "simhallen", "reningsverket", "arkivet", "flygplatsen", "kyrkogården", "odlingslotterna")
SAID = ("Vi måste tala om {} innan vintern kommer hit", "Ingen har frågat oss vad {} ska kosta de närmaste åren",
        "Jag har alltid trott på {} och det gör jag än", "Det är för sent att ändra {} nu när allt är bestämt",
        "Barnen kommer att minnas {} längre än vi andra gör")


class RandomVectors:
    """Stands for the packaged embedder, whose time for a question (9 ms) is not measured here."""

    name, dimensions = "random", 384

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), self.dimensions)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self.passages([text])[0], dtype=np.float32)


def name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST.split())} {chance.choice(LAST)}"


def articles(chance: random.Random, number: int) -> Iterator[Article]:
    """Articles of twenty statements each, by four people who are introduced by name."""
    for n in range(number):
        people = [name(chance) for _ in range(4)]
        subjects = chance.sample(TOPICS, 3)
        said = [f"– {chance.choice(SAID).format(chance.choice(subjects))}, säger {people[line % 4]}." for line in range(20)]
        yield Article(f"a{n}", f"Striden om {subjects[0]} nummer {n}", "\n\n".join(said), language="sv",
                      published=f"{2000 + n % 25}-{1 + n % 12:02}-11", section="Nyheter")


def p95(ask: Callable[[int], object], times: int = 60) -> float:
    """Milliseconds."""
    taken = []
    for n in range(times):
        started = time.perf_counter()
        ask(n)
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), RandomVectors())
        for _ in archive.add(articles(chance, WANTED // 20)):
            pass
        retriever = Retriever(archive)
        names = [name(chance) for _ in range(60)]
        print(f"{len(archive.quotes())} quotes in {archive.stats().articles} articles")  # noqa: T201
        measures: dict[str, Callable[[int], object]] = {
            "by full name": lambda n: archive.quotes(names[n]),
            "by last name, shared by forty people, the first 200": lambda n: archive.quotes(LAST[n % 40], limit=200),
            "by article": lambda n: archive.quotes(articles=[f"a{n}"]),
            "by full name and year": lambda n: archive.quotes(names[n], filters=Filters(since="2010", until="2012")),
            "the first 200": lambda n: archive.quotes(limit=200),
            "about a topic": lambda n: retriever.quotes(f"kostnaden för {TOPICS[n % len(TOPICS)]}", limit=50),
            "by full name, about a topic": lambda n: retriever.quotes(TOPICS[n % len(TOPICS)], speaker=names[n]),
        }
        for what, ask in measures.items():
            ask(0)
            value = p95(ask)
            print(f"quotes {what:52} p95 {value:7.1f} ms  ≤ {LIMIT:.0f}  {'met' if value <= LIMIT else 'MISSED'}")  # noqa: T201


if __name__ == "__main__":
    main()
