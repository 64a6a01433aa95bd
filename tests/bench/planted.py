"""Errors planted in real sentences, and how many of them the verifier accepts.

`python -m tests.bench.planted articles.jsonl … [--planted 1000]`: for each file the share accepted of every kind of error,
of the sentences as they stand, and the processor time a sentence takes. Seeded; a file's language is its articles' own field,
or the one told by its commonest words.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.verify import guess, verify
from index.language import sentences

SEED = 11
ALLOWED = 0.01  # of each kind
_NOT = {"sv": "inte", "no": "ikke", "da": "ikke", "en": "not"}
_DENIALS = {"sv": "inte|aldrig", "no": "ikke|aldri", "da": "ikke|aldrig", "en": "not|never"}
_AUXILIARIES = {
    "sv": "är var har hade blir blev kan kunde ska skulle vill ville måste får fick",
    "no": "er var har hadde blir ble kan kunne skal skulle vil ville må sier sa mener får fikk",
    "da": "er var har havde bliver blev kan kunne skal skulle vil ville må siger sagde mener får fik",
    "en": "is was are were has have had can could will would may might must should",
}
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}


class Planted(NamedTuple):
    """A sentence with an error of a kind, and the evidence that does not say it."""

    kind: str
    sentence: str
    evidence: str


class Place(NamedTuple):
    """A sentence by its number in an article that is cut into sentences."""

    article: Sequence[str]
    at: int
    language: str

    @property
    def sentence(self) -> str:
        return self.article[self.at]


def articles(path: Path) -> list[str]:
    """The texts of a JSONL file of articles."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def plant(texts: Sequence[str], wanted: int, language: str = "") -> Iterator[Planted]:
    """Errors in the texts' sentences, kinds evenly drawn; the evidence is the sentence, as often as not with the next one."""
    rng = random.Random(SEED)
    language = language or guess(" ".join(texts[:20]))
    cut = [[text[a:b] for a, b in sentences(text, language) if 6 <= len(text[a:b].split()) <= 40] for text in texts]
    places = [Place(article, i, language) for article in cut for i in range(len(article))]
    rng.shuffle(places)
    each = -(-wanted // (len(PLANTS) + 1))
    strangers = [Planted("foreign", here.sentence, there.sentence)
                 for here, there in zip(places, reversed(places), strict=True) if here.article is not there.article]
    yield from strangers[:each]
    for kind, change in PLANTS.items():
        made = 0
        for place in places:
            if made == each:
                break
            changed = change(rng, place)
            if changed and changed != place.sentence:
                yield Planted(kind, changed, "\n".join(place.article[place.at:place.at + 1 + made % 2]))
                made += 1


def _negated(rng: random.Random, place: Place) -> str | None:
    words, denial = place.sentence.split(" "), _NOT[place.language]
    verbs = _AUXILIARIES[place.language].split()
    at = next((n for n, word in enumerate(words) if word in verbs), None)
    return None if at is None or denial in words else " ".join([*words[:at + 1], denial, *words[at + 1:]])


def _affirmed(rng: random.Random, place: Place) -> str | None:
    return re.sub(rf" ({_DENIALS[place.language]})\b(?! (bare|bara|kun|only|minst|least))", "", place.sentence, count=1)


def _miscounted(rng: random.Random, place: Place) -> str | None:
    text = place.sentence
    digits = [match.start() for match in re.finditer(r"\d", text)]
    if not digits:
        return None
    at = rng.choice(digits)
    return text[:at] + rng.choice([digit for digit in "123456789" if digit != text[at]]) + text[at + 1:]


def _misnamed(rng: random.Random, place: Place) -> str | None:
    pattern = r"(?<=[a-zåäöæø,] )[A-ZÅÄÖÆØ][a-zåäöæø]{3,}\b"
    here = re.findall(pattern, place.sentence)
    beside = re.findall(pattern, " ".join(place.article[place.at + 1:place.at + 2]))
    others = [name for name in beside or re.findall(pattern, " ".join(place.article)) if name[:4] not in {h[:4] for h in here}]
    return re.sub(rf"\b{rng.choice(here)}\b", rng.choice(others), place.sentence) if here and others else None


def _misdated(rng: random.Random, place: Place) -> str | None:
    months = _MONTHS[place.language].split()
    here = [month for month in months if re.search(rf"\b{month}\b", place.sentence)]
    if not here:
        return None
    return re.sub(rf"\b{here[0]}\b", rng.choice([month for month in months if month not in here]), place.sentence)


PLANTS: dict[str, Callable[[random.Random, Place], str | None]] = {
    "negation added": _negated, "negation dropped": _affirmed, "digit": _miscounted, "name": _misnamed, "month": _misdated,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--planted", type=int, default=1000)
    arguments.add_argument("--show", action="store_true", help="print what was accepted")
    told = arguments.parse_args()
    for path in told.files:
        _measure(path, told.planted, show=told.show)


def _measure(path: Path, wanted: int, *, show: bool) -> None:
    texts = articles(path)
    planted = list(plant(texts, wanted))
    total, accepted, took = Counter(p.kind for p in planted), Counter[str](), []
    for pair in planted:
        start = time.process_time()
        supported = verify(pair.sentence, pair.evidence).supported
        took.append(time.process_time() - start)
        accepted[pair.kind] += supported
        if supported and show:
            print(f"{pair.kind}: {pair.sentence}\n    {pair.evidence}")  # noqa: T201
    language = guess(" ".join(texts[:20]))
    own = [(text[a:b], text[max(0, a - 200):b]) for text in texts for a, b in sentences(text, language)
           if any(letter.isalpha() for letter in text[a:b])][:wanted]
    for kind in total:
        share = accepted[kind] / total[kind]
        print(f"{path.name}  {kind:18} {accepted[kind]:4} of {total[kind]:4} accepted  {share:6.3f}  "  # noqa: T201
              f"{'met' if share <= ALLOWED else 'MISSED'}")
    kept = sum(verify(sentence, evidence).supported for sentence, evidence in own)
    took.sort()
    print(f"{path.name}  {'verbatim':18} {kept:4} of {len(own):4} accepted")  # noqa: T201
    print(f"{path.name}  milliseconds a sentence: p50 {took[len(took) // 2] * 1000:.1f}, "  # noqa: T201
          f"p95 {took[int(len(took) * 0.95)] * 1000:.1f}")


if __name__ == "__main__":
    main()
