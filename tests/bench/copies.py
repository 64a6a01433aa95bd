"""How many near copies are found, and what it costs. `python -m tests.bench.copies`; about a minute.

A hundred seeded rewrites of the example articles, as papers make them of a wire story, beside real articles that are no
copies of each other; then the time that one more article takes in an archive of many.
"""

import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from index import schema, stories
from index.archive import Archive
from index.article import Article
from index.readers import discover, read
from tests.bench.__main__ import ROOT, SHARED
from tests.bench.quotes import RandomVectors

FOUND, FALSE, COST = 0.95, 0, 3.0  # share at least; pairs and milliseconds at most
REWRITES = 100
MANY = 100_000  # passages
INTRODUCTIONS = {
    "sv": ("Nyheten berör många här i trakten, där frågan har diskuterats hela våren.",
           "På torget i Gråvika talades det om lite annat på lördagen.",
           "Redaktionen har sökt flera av de inblandade under dagen.", "Här är vad vi vet just nu.",
           "Läsare har hört av sig med frågor om vad det betyder för kommunen."),
    "en": ("The news has been met with interest in the villages along the coast.",
           "Few people in the market square spoke of anything else on Saturday.",
           "Our newsroom tried to reach several of those involved during the day.", "This is what we know at present."),
}
HEADLINES = ("Ny rapport", "Beskedet", "Detta har hänt")
BYLINES = ("Av redaktionen", "GRÅVIKA (Nordtråd).", "Nordtråd/Lokalbladet", "Text: Lokalbladets webbredaktion")
OTHERS = {"sv": ("också", "nu", "flera", "enligt", "stora", "redan", "senare", "gärna", "ofta", "kring"),
          "en": ("also", "now", "several", "reportedly", "large", "already", "later", "often", "around")}


def rewrite(original: Article, chance: random.Random, number: int) -> Article:
    """As another paper prints it; each kind of change in some of them, most in several."""
    language = "en" if original.language == "en" else "sv"
    paragraphs = [line for line in original.text.split("\n") if line.strip()]
    keep = max(1, round(len(paragraphs) * (1 - chance.choice((0, 0, .2, .4, .5, .6)))))
    kept = sorted([0, *chance.sample(range(1, len(paragraphs)), keep - 1)]) if chance.random() < .8 else sorted(
        chance.sample(range(len(paragraphs)), keep))
    told = [_reworded(paragraphs[n], chance, language) for n in kept]
    if chance.random() < .3:
        told = [re.sub(r"\. (\w)", lambda match: f", och {match[1].lower()}", line, count=1) for line in told]
    if chance.random() < .7:
        told.insert(0, " ".join(chance.sample(INTRODUCTIONS[language], chance.choice((1, 2, 3)))))
    if chance.random() < .5:
        told.insert(chance.choice((0, len(told))), chance.choice(BYLINES))
    title = original.title if chance.random() < .3 else f"{chance.choice(HEADLINES)}: {number}"
    text = "\n\n".join(told)
    return replace(original, id=f"rewrite-{number}", title=title, text=text, source=f"Blad {number % 17}", url=None)


def _reworded(paragraph: str, chance: random.Random, language: str) -> str:
    words = paragraph.split(" ")
    for _ in range(chance.choice((0, 1, 2, 3)) if len(words) > 12 else 0):
        words[chance.randrange(1, len(words))] = chance.choice(OTHERS[language])
    return " ".join(words)


def seeds() -> list[Article]:
    found = [article for path in discover([str(ROOT / "seeds")]) if isinstance(path, Path)
             for article in read(path) if isinstance(article, Article)]
    return [article for article in found if len(article.text.split()) > 80]


def joined(archive: Archive) -> dict[str, int]:
    """id -> story, of what has one."""
    with archive._db.reading() as connection:
        query = select(schema.article.c.id, schema.article.c.story).where(schema.article.c.story.is_not(None))
        rows = connection.execute(query).all()
        return {row.id: row.story for row in rows}


def found(folder: Path) -> None:
    originals, chance = seeds(), random.Random(7)
    rewrites = [(original, rewrite(original, chance, number)) for number in range(REWRITES)
                for original in [originals[number % len(originals)]]]
    archive = Archive(folder / "found", RandomVectors())
    real = [item for name in ("norquad_dev", "squadsv_dev")
            for item in read(SHARED / "eval" / f"{name}.articles.jsonl") if isinstance(item, Article)]
    everything = [*real, *originals, *(copy for _, copy in rewrites)]
    chance.shuffle(everything)
    for _ in archive.add(everything):
        pass
    told = joined(archive)
    right = [told.get(copy.id, -1) == told.get(original.id) for original, copy in rewrites]
    _say("rewrites found", sum(right) / len(right), f"≥ {FOUND}", sum(right) / len(right) >= FOUND)
    for (original, copy), well in zip(rewrites, right, strict=True):
        if not well:
            print(f"  missed: {copy.id} of {original.id}, {len(copy.text.split())} of {len(original.text.split())} words")  # noqa: T201
    pairs = {story: [identifier for identifier, mine in told.items() if mine == story and identifier in {
        article.id for article in real}] for story in set(told.values())}
    false = [ids for ids in pairs.values() if len(ids) > 1]
    _say(f"false pairs among {len(real)} articles", len(false), f"≤ {FALSE}", len(false) <= FALSE)
    for ids in false:
        print("  joined:", ids)  # noqa: T201
    own = {original.id for original in originals}
    for story, number in Counter(told[each] for each in own if each in told).items():
        if number > 1:
            print("  of the examples:", sorted(each for each in own if told.get(each) == story))  # noqa: T201
    archive.close()


def large() -> Iterator[Article]:
    """Invented articles of 400 words, one in ten of them a copy of another, all of a paper with the same footer."""
    chance = random.Random(1)
    words = [f"{head}{n}" for n in range(5_000) for head in ("ord", "hamn", "skog", "väg")]
    footers = [" ".join(chance.choices(words, k=40)) for _ in range(20)]
    for number in range(MANY // 5):
        body = [" ".join(chance.choices(words[:2_000] if n % 2 else words, k=18)).capitalize() + "." for n in range(20)]
        told = Article(f"a{number}", f"Artikel {number}", "\n".join([*body, footers[number % 20]]), language="sv",
                       source=f"Blad {number % 20}")
        yield told
        if number % 10 == 0:
            yield replace(told, id=f"b{number}", title="Annan rubrik", text="\n".join(body[:12]), source="Riksbladet")


def cost(folder: Path) -> None:
    """The joining of one article, alone in its transaction, with all the others there; then of all, as at a first writing."""
    from sqlalchemy import delete, insert

    from index.db import Database

    folder.mkdir(exist_ok=True)
    database = Database.in_folder(folder)
    articles = list(large())
    with database.writing() as connection:
        connection.execute(insert(schema.article), [
            {"id": item.id, "digest": item.digest, "title": item.title, "text": item.text, "language": "sv",
             "source": item.source} for item in articles])
    started, left = time.perf_counter(), True
    while left:
        with database.writing() as connection:
            left = stories.fill(connection, 512)
    seconds = time.perf_counter() - started
    each = 1000 * seconds / len(articles)
    _say(f"joining {len(articles)} articles of an archive from before, ms an article", each, f"≤ {COST}", each <= COST)
    with database.reading() as connection:
        number = connection.execute(select(schema.article.c.key).where(schema.article.c.story.is_not(None))).all()
        print(f"  in a story: {len(number)}; the file: {(folder / 'citera.db').stat().st_size / 1e6:.0f} MB")  # noqa: T201
    taken = []
    for item in articles[::len(articles) // 200]:
        with database.writing() as connection:
            connection.execute(delete(schema.band).where(schema.band.c.article_key == select(schema.article.c.key).where(
                schema.article.c.id == item.id).scalar_subquery()))
            connection.execute(schema.article.update().where(schema.article.c.id == item.id).values(story=None))
        with database.writing() as connection:
            started = time.perf_counter()
            stories.join(connection, [item.id])
            taken.append(1000 * (time.perf_counter() - started))
    _say("joining one article of 400 words among them, ms, median", statistics.median(taken), f"≤ {COST}",
         statistics.median(taken) <= COST)
    _say("… p95", statistics.quantiles(taken, n=20)[-1], "", True)


def _say(what: str, value: float, limit: str, met: bool) -> None:
    print(f"{what:70} {value:8.2f}  {limit:7} {'met' if met else 'MISSED'}", flush=True)  # noqa: T201


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found(Path(folder))
        cost(Path(folder) / "large")


if __name__ == "__main__":
    main()
