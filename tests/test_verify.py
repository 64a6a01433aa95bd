"""The verifier: own cases in four languages, lies against own evidence, and errors planted in real sentences."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.verify import Problem, Verdict, shortens, verify
from index.language import sentences
from tests.bench.planted import ALLOWED, articles, plant

DATA = Path(__file__).parent / "data" / "verify.jsonl"
CASES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
PLANTED = 1000
PAIRS = [json.loads(line) for line in
         (Path(__file__).parent / "pairs" / "verify.jsonl").read_text(encoding="utf-8").splitlines()]


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
    ("The council is building twelve flats by the harbour.", "attribution"),
    ("The council is building 14 flats by the harbour, says Karin Lind.", "number"),
    ("Kommunen bygger tolv lägenheter vid hamnen med eget garage, säger Karin Lind.", "word"),
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


@pytest.mark.parametrize(("across", "accepted", "refused"), [(False, 0.85, 0.94), (True, 0.85, 0.9)])
def test_own_pairs_reach_their_shares(across: bool, accepted: float, refused: float) -> None:
    """Rewordings accepted and errors refused, within one language and across two. A share, since no rule gets all."""
    chosen = [pair for pair in PAIRS if (pair["sentence_language"] != pair["evidence_language"]) is across]
    told = {kind: [verify(sentence, pair["evidence"]).supported for pair in chosen for sentence in pair[kind].values()]
            for kind in ("supported", "unsupported")}
    assert sum(told["supported"]) >= accepted * len(told["supported"]) > 30
    assert told["unsupported"].count(False) >= refused * len(told["unsupported"]) > 30


def test_planted_errors_are_refused(shared: Path) -> None:
    planted = list(plant(articles(shared / "eval" / "norquad_dev.articles.jsonl"), PLANTED))
    total = Counter(p.kind for p in planted)
    accepted = Counter(p.kind for p in planted if verify(p.sentence, p.evidence).supported)
    assert set(total) == {"negation added", "negation dropped", "digit", "name", "month", "foreign"}
    assert min(total.values()) >= 80
    assert {kind: accepted[kind] for kind in total if accepted[kind] > ALLOWED * total[kind]} == {}


def test_real_sentences_support_themselves(shared: Path) -> None:
    texts = articles(shared / "eval" / "norquad_dev.articles.jsonl")
    refused = [(text[a:b], verdict.problems) for text in texts for a, b in sentences(text, "no")
               if not (verdict := verify(text[a:b], text[max(0, a - 200):b])).supported]
    assert refused == []


@pytest.mark.parametrize(("sentence", "allowed"), [
    ("Bron i Hällvika kostar 14 miljoner kronor.", True), ("Bron kostar 14 miljoner och öppnas i maj.", True),
    ("I maj öppnas bron i Hällvika.", False), ("Hällvika kostar bron 14 miljoner kronor.", False), ("Bron i Hällvika.", False),
    ("Bron i Hällvika kostar 14 miljarder kronor.", False)])
def test_a_writer_on_probation_may_only_leave_out(sentence: str, allowed: bool) -> None:
    assert shortens(sentence, "Bron i Hällvika kostar 14 miljoner kronor och öppnas i maj, säger kommunen.") is allowed


def test_a_writer_on_probation_does_not_reword_what_somebody_says() -> None:
    said = "– Det blir en svår vinter för bönderna i Hällvika, säger Åsa Lind."
    assert not shortens("Det blir en svår vinter för bönderna.", said)
