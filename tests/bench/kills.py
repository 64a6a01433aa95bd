"""Kills a process that changes an archive, by SIGKILL at a random moment, again and again, and looks at what is left.

`python -m tests.bench.kills [--kills 200] [--seed 0]`. Each round adds, updates, removes, withdraws, rebuilds or watches, in a
process of its own that tells what is stored; after the kill the archive must open, hold all that was told, nothing half, and
keyword and vector indexes that agree with it. Prints what was lost, and ends with 1 where anything was.
"""

import argparse
import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

from tqdm import tqdm

from index.archive import Archive
from index.article import Article
from index.retriever import Retriever, Weights
from index.watch import watch
from tests.fakes import HashedGrams

WORK = ("add", "update", "remove", "withdraw", "rebuild", "watch")
LONGEST = 2.0  # seconds after the first sign of life, within which the kill comes
GONE = None  # the digest of an article that is not there


def article(number: int, edition: int) -> Article:
    """An invented article, long enough for some passages."""
    said = " ".join(f"Mening {n} i nummer {number}, upplaga {edition}, handlar om fyren." for n in range(5 + number % 40))
    return Article(id=f"a{number}", title=f"Nummer {number}", text=f"{own_word(number)} {said} – Bra, säger lotsen Per Lind.",
                   language="sv", published="2026-05-01", version=edition)


def own_word(number: int) -> str:
    """A word that no other article has."""
    return "".join(chr(ord("a") + byte % 26) for byte in hashlib.blake2b(str(number).encode(), digest_size=12).digest())


# -- the process that is killed ----------------------------------------------------------------------------------------------


def say(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def work(folder: Path, what: str, seed: int) -> None:
    """Changes the archive without end. A line on standard output for what is about to be done, and one when it is stored."""
    archive, chance = Archive(folder / "archive", HashedGrams()), random.Random(seed)
    say("ready")
    held = [each.id for each in archive.articles()]
    match what:
        case "add":
            _add(archive, (article(seed * 1000 + n, 1) for n in range(10_000)))
        case "update" | "withdraw":
            while True:
                first, *others = (int(each[1:]) for each in chance.sample(held, min(6, len(held))))
                seed += 1
                fresh = article(first, seed)
                _add(archive, [replace(fresh, status="withheld") if what == "withdraw" else fresh,
                               *(article(number, seed) for number in others)])
        case "remove":
            while True:
                identifier = chance.choice(held)
                say(["about", identifier, GONE])
                archive.remove([identifier])
                say(["done", identifier, GONE])
                if chance.random() < 0.7:
                    _add(archive, [article(int(identifier[1:]), seed)])
        case "rebuild":
            while True:
                archive.repair([])
        case "watch":
            for outcome in watch(archive, folder / "in", settle=0):
                if outcome.action in ("added", "updated", "unchanged") and (stored := archive.get(outcome.where)):
                    say(["done", outcome.where, stored.digest])


def _add(archive: Archive, articles: Iterable[Article]) -> None:
    known: dict[str, str] = {}

    def noted() -> Iterator[Article]:
        for each in articles:
            known[each.id] = each.digest
            say(["about", each.id, each.digest])
            yield each

    for outcome in archive.add(noted()):
        if outcome.action in ("added", "updated"):
            say(["done", outcome.where, known[outcome.where]])


# -- the one who kills ---------------------------------------------------------------------------------------------------------


def killed(folder: Path, what: str, seed: int, chance: random.Random, allowed: dict[str, set[str | None]]) -> int:
    """Lets a process work and kills it; notes as `allowed` what may be stored then, and returns how much was told as done."""
    if what == "watch":
        (folder / "in").mkdir(exist_ok=True)
        for n in range(30):
            fresh = article(seed * 1000 + n, 1)
            (folder / "in" / f"{fresh.id}.jsonl").write_text(json.dumps({
                name: value for name, value in asdict(fresh).items() if value is not None}))
        for path in (folder / "in").iterdir():  # also what an earlier kill left behind
            allowed.setdefault(path.stem, {GONE}).add(article(int(path.stem[1:]), 1).digest)
    command = [sys.executable, "-m", "tests.bench.kills", "--work", what, "--folder", str(folder), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() ** 2 * LONGEST)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split("\n")[:-1]  # the last line may be half
    if process.returncode != -signal.SIGKILL:
        raise SystemExit(f"{what} {seed} ended by itself with {process.returncode}")
    told = [json.loads(line) for line in lines]
    for sign, identifier, digest in told:
        if sign == "about":
            allowed.setdefault(identifier, {GONE}).add(digest)
        else:
            allowed[identifier] = {digest}
    return sum(sign == "done" for sign, *_ in told)


def losses(archive: Archive, allowed: Mapping[str, set[str | None]]) -> list[str]:
    """What is wrong with the archive."""
    found = []
    for identifier, digests in allowed.items():
        mine = stored(archive, identifier)
        if mine not in digests:
            found.append(f"{identifier}: {mine} is stored, and {digests} was told")
    found += [f"{flaw.kind} {flaw.where}: {flaw.told}" for flaw in archive.flaws()]
    if damage := archive.damage():
        found.append(damage)
    if not archive.agrees():
        found.append("the indexes hold other passages than the database")
    held = list(archive.articles())
    for each in random.Random(len(held)).sample(held, min(3, len(held))):
        # The vectors of this embedder are rough: they may not outvote the word.
        hits = Retriever(archive, Weights(cosine=0)).search(own_word(int(each.id[1:])), language="sv")
        if each.id not in [hit.article.id for hit in hits]:
            found.append(f"{each.id} is not found by its own word")
    return found


def stored(archive: Archive, identifier: str) -> str | None:
    held = archive.get(identifier)
    return held.digest if held else GONE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", choices=WORK)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.work:
        work(asked.folder, asked.work, asked.seed)
        return
    chance, bad, kinds, events = random.Random(asked.seed), [], Counter[str](), 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        first = [article(n, 1) for n in range(60)]
        with closing(Archive(folder / "archive", HashedGrams())) as archive:
            list(archive.add(first))
        allowed: dict[str, set[str | None]] = {each.id: {each.digest} for each in first}
        for number in tqdm(range(1, asked.kills + 1), desc="kills"):
            what = chance.choice(WORK) if number > len(WORK) else WORK[number - 1]
            events += killed(folder, what, number + asked.seed * 1_000_000, chance, allowed)
            with closing(Archive(folder / "archive", HashedGrams())) as archive:
                bad += [f"kill {number} ({what}): {each}" for each in losses(archive, allowed)]
                allowed = {identifier: {stored(archive, identifier)} for identifier in allowed}
                if archive.stats().articles < 60:  # many were withdrawn: something must be left to work on
                    fresh = [article(number * 1000 + 500 + n, 1) for n in range(60)]
                    list(archive.add(fresh))
                    allowed |= {each.id: {each.digest} for each in fresh}
            kinds[what] += 1
    counted = ", ".join(f"{what} {count}" for what, count in sorted(kinds.items()))
    sys.stdout.write(f"{asked.kills} kills ({counted}), {events} changes told before them: {len(bad)} losses\n")
    sys.stdout.write("".join(f"{each}\n" for each in bad[:20]))
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
