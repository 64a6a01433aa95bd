"""The verifier: own cases in four languages, lies against own evidence, and errors planted in real sentences."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.verify import Problem, Verdict, shortens, verify
from index.language import sentences

DATA = Path(__file__).parent / "data" / "verify.jsonl"
CASES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
PLANTED = 1000
MONTHS = re.findall(r"\w+", "januar februar mars april mai juni juli august september oktober november desember")
AUXILIARIES = re.findall(r"\w+", "er var har hadde blir ble kan kunne skal skulle vil ville må sier sa mener får fikk")


class Planted(NamedTuple):
    kind: str
    sentence: str
    evidence: str


@pytest.mark.parametrize("case", CASES, ids=[f"{i:03}-{case['kind']}" for i, case in enumerate(CASES)])
def test_own_cases(case: dict[str, object]) -> None:
    speakers = case.get("speakers", [])
    assert isinstance(speakers, list)
    verdict = verify(str(case["sentence"]), str(case["evidence"]), speakers=speakers)
    assert verdict.supported is case["supported"], verdict.problems


@pytest.mark.parametrize(("sentence", "kind"), [
    ("Kommunen bygger 14 lägenheter vid hamnen.", "number"),
    ("Kommunen bygger tolv lägenheter vid hamnen, säger Olle Frank.", "name"),
    ("Kommunen bygger inte tolv lägenheter vid hamnen, säger Karin Lind.", "negation"),
    ("”Kommunen bygger tolv stugor vid hamnen”, säger Karin Lind.", "quotation"),
    ("Kommunen bygger tolv lägenheter vid hamnen i mars, säger Karin Lind.", "date"),
    ("The council is building twelve flats by the harbour.", "language"),
])
def test_a_problem_names_its_kind(sentence: str, kind: str) -> None:
    verdict = verify(sentence, "– Kommunen bygger tolv lägenheter vid hamnen, säger Karin Lind.")
    assert kind in {problem.kind for problem in verdict.problems}


def test_a_verdict_without_problems_is_supported() -> None:
    assert Verdict().supported
    assert not Verdict((Problem("number", "3"),)).supported


@pytest.mark.parametrize("text", ["", "Fotnot:", "Det var det.", "1–0", "??!", "Ωmega", "Wer hat das gesagt?"])
def test_odd_text_is_supported_by_itself_alone(text: str) -> None:
    assert verify(text, f"Något annat stod här.\n{text}").supported is bool(text)
    assert not verify(text, "Något annat stod här.").supported


def test_planted_errors_are_refused(shared: Path) -> None:
    planted = list(_planted(shared, PLANTED))
    total = Counter(p.kind for p in planted)
    accepted = Counter(p.kind for p in planted if verify(p.sentence, p.evidence).supported)
    assert set(total) == {"negation added", "negation dropped", "digit", "name", "month", "foreign"}
    assert min(total.values()) >= 80
    assert {kind: accepted[kind] for kind in total if accepted[kind] > 0.01 * total[kind]} == {}


def test_real_sentences_support_themselves(shared: Path) -> None:
    refused = [(text[a:b], verdict.problems) for text in _texts(shared) for a, b in sentences(text, "no")
               if not (verdict := verify(text[a:b], text[max(0, a - 200):b])).supported]
    assert refused == []


def _texts(shared: Path) -> list[str]:
    with (shared / "eval" / "norquad_dev.articles.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _planted(shared: Path, wanted: int) -> Iterator[Planted]:
    """Errors in real sentences, kinds evenly drawn; the evidence is the sentence, as often as not with the next one."""
    rng = random.Random(11)
    cut = [[text[a:b] for a, b in sentences(text, "no") if 6 <= len(text[a:b].split()) <= 40] for text in _texts(shared)]
    places = [(article, i) for article in cut for i in range(len(article))]
    rng.shuffle(places)
    each = -(-wanted // (len(PLANTS) + 1))
    strangers = [(article[i], other[k]) for (article, i), (other, k) in zip(places, reversed(places), strict=True)
                 if article is not other]
    yield from (Planted("foreign", sentence, evidence) for sentence, evidence in strangers[:each])
    for kind, plant in PLANTS.items():
        made = 0
        for article, i in places:
            if made == each:
                break
            evidence = "\n".join(article[i:i + 1 + (made % 2)])
            changed = plant(rng, article, i)
            if changed and changed != article[i]:
                made += 1
                yield Planted(kind, changed, evidence)


def _negated(rng: random.Random, article: list[str], i: int) -> str | None:
    words = article[i].split(" ")
    at = next((n for n, word in enumerate(words) if word in AUXILIARIES), None)
    return None if at is None or "ikke" in words else " ".join([*words[:at + 1], "ikke", *words[at + 1:]])


def _affirmed(rng: random.Random, article: list[str], i: int) -> str | None:
    changed = re.sub(r" (ikke|aldri)\b(?! (bare|minst))", "", article[i], count=1)
    return changed if changed != article[i] else None


def _miscounted(rng: random.Random, article: list[str], i: int) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", article[i])]
    if not digits:
        return None
    at = rng.choice(digits)
    return article[i][:at] + rng.choice([d for d in "123456789" if d != article[i][at]]) + article[i][at + 1:]


def _misnamed(rng: random.Random, article: list[str], i: int) -> str | None:
    pattern = r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]{3,}\b"
    here = re.findall(pattern, article[i])
    beside = re.findall(pattern, article[i + 1]) if i + 1 < len(article) else []
    others = [name for name in beside or re.findall(pattern, " ".join(article)) if name[:4] not in {h[:4] for h in here}]
    return re.sub(rf"\b{rng.choice(here)}\b", rng.choice(others), article[i]) if here and others else None


def _misdated(rng: random.Random, article: list[str], i: int) -> str | None:
    here = [month for month in MONTHS if re.search(rf"\b{month}\b", article[i])]
    if not here:
        return None
    return re.sub(rf"\b{here[0]}\b", rng.choice([month for month in MONTHS if month not in here]), article[i])


PLANTS = {
    "negation added": _negated, "negation dropped": _affirmed, "digit": _miscounted, "name": _misnamed, "month": _misdated,
}


@pytest.mark.parametrize(("sentence", "allowed"), [
    ("Bron i Hällvika kostar 14 miljoner kronor.", True), ("Bron kostar 14 miljoner och öppnas i maj.", True),
    ("I maj öppnas bron i Hällvika.", False), ("Hällvika kostar bron 14 miljoner kronor.", False), ("Bron i Hällvika.", False),
    ("Bron i Hällvika kostar 14 miljarder kronor.", False)])
def test_a_writer_on_probation_may_only_leave_out(sentence: str, allowed: bool) -> None:
    assert shortens(sentence, "Bron i Hällvika kostar 14 miljoner kronor och öppnas i maj, säger kommunen.") is allowed


def test_a_writer_on_probation_does_not_reword_what_somebody_says() -> None:
    said = "– Det blir en svår vinter för bönderna i Hällvika, säger Åsa Lind."
    assert not shortens("Det blir en svår vinter för bönderna.", said)
