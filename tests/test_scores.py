"""Scoring, on small made-up lines, and against the scorer that comes with the real questions."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.gold import Question, Quoted, Said, SentencePair, read
from bot.scores import (
    Judged,
    figures,
    grounded,
    holds,
    judge_answer,
    judge_quotes,
    judge_search,
    judge_verdict,
    says,
)
from index.article import Article

BRIDGE = Article("bro", "Bron blir längre", "Bron blir 640 meter, säger Elsa Mo. Den ska stå klar i maj.", language="sv")
LONG = Question("q", "Hur lång blir bron?", True, keys=(("640 meter", "640 m"),), articles=("bro",), language="sv")
FALSE = Question("q", "Varför är bron såld?", False, group="unanswerable", language="sv")


def answer(text: str = "Bron blir 640 meter, säger Elsa Mo.", status: str = "answered", **changed: Any) -> dict[str, Any]:
    quote = BRIDGE.text[:35]
    return {"id": "q", "status": status, "answer": f"{text} [1]", "language": "sv",
            "sentences": [{"text": text, "citations": [1], "origin": "quoted"}],
            "citations": [{"n": 1, "article_id": "bro", "quote": quote, "start": 0, "end": 35}]} | changed


def judged(question: Question, told: dict[str, Any]) -> dict[str, list[float]]:
    return {name: list(map(float, values)) for name, values in judge_answer(question, told, {"bro": BRIDGE}).values.items()}


def test_a_right_answer() -> None:
    assert judged(LONG, answer()) == {"answered": [1], "correct": [1], "words": [7], "verbatim": [1], "cited": [1],
                                      "grounded": [1]}


@pytest.mark.parametrize(("told", "short"), [
    (answer("Bron blir 460 meter."), {"correct": [0], "grounded": [0], "words": [4]}),
    (answer("Den blir 640 meter."), {"words": [4]}),
    (answer("Den blir ännu längre."), {"correct": [0], "words": [4]}),
    (answer("Den blir aldrig alltför lång."), {"correct": [0], "grounded": [0], "words": [5]}),
    (answer("Bron blir 640 meter, säger Elsa Dal."), {"grounded": [0]}),
    (answer(answer="Någonting annat."), {"correct": [0]}),
    (answer(status="corrected"), {"answered": [0], "correct": [0]}),
    (answer(citations=[{"n": 1, "article_id": "bro", "quote": BRIDGE.text[:34], "start": 0, "end": 35}]),
     {"verbatim": [0], "cited": [0], "grounded": [0]}),
    (answer(citations=[{"n": 1, "article_id": "gone", "quote": BRIDGE.text[:35], "start": 0, "end": 35}]),
     {"verbatim": [0], "cited": [0], "grounded": [0]}),
])
def test_what_falls_short(told: dict[str, Any], short: dict[str, list[float]]) -> None:
    assert judged(LONG, told) == judged(LONG, answer()) | short
    assert bool(judge_answer(LONG, told, {"bro": BRIDGE}).why) == (0 in [value for row in short.values() for value in row])


def test_a_long_quote_is_not_verbatim() -> None:
    text = "ord " * 81
    long = Article("bro", "t", text)
    told = answer("ord", citations=[{"n": 1, "article_id": "bro", "quote": text, "start": 0, "end": len(text)}])
    assert judge_answer(LONG, told, {"bro": long}).values["verbatim"] == (0,)


def test_framing_is_no_answer_and_brings_no_name_of_its_own() -> None:
    framed = answer(answer="Bron blir 640 meter.", citations=[],
                    sentences=[{"text": "Bron blir 640 meter.", "citations": [], "origin": "framing"}])
    assert judged(LONG, framed) | {"words": []} == {
        "answered": [1], "correct": [0], "cited": [0], "grounded": [0], "verbatim": [], "words": []}
    for text, sound in (("Det sades inte av Elsa Mo.", 1), ("Det sades inte av Olof Ek.", 0)):
        mixed = answer()
        mixed["sentences"].insert(0, {"text": text, "citations": [], "origin": "framing"})
        assert judged(LONG, mixed)["grounded"] == [sound, 1]


@pytest.mark.parametrize(("question", "told", "right"), [
    (FALSE, answer(), 0),
    (FALSE, answer(status="corrected"), 1),
    (FALSE, {"id": "q", "status": "no_evidence", "answer": "", "sentences": [], "citations": []}, 1),
    (FALSE, {"id": "q", "error": "broken"}, 0),
    (Question("q", "Vem?", False, group="absent"), answer(status="corrected"), 0),
    (Question("q", "Vem?", False, forbidden=("Elsa Mo",)), answer(status="corrected"), 0),
])
def test_refusing(question: Question, told: dict[str, Any], right: float) -> None:
    assert judged(question, told)["refused"] == [right]


def test_what_is_forbidden_is_not_correct() -> None:
    forbidding = Question("q", "Hur lång?", True, keys=(("640 meter",),), forbidden=("Elsa",), language="sv")
    assert judged(forbidding, answer())["correct"] == [0]


@pytest.mark.parametrize(("said", "expected", "right"), [
    ("Bron blir 640 meter, säger Elsa Mo.", "640 meter", True),
    ("Bron blir 640 meter, säger Elsa Mo.", "Den nya bron blir 640 meter lång", True),
    ("Bron blir 640 meter, säger Elsa Mo.", "Den gamla hängbron är 640 meter", False),
    ("Den nya bron blir hela 640 meter lång.", "Bron blir 640 meter lång.", True),
    ("Bron blir 640 meter.", "Bron blir 460 meter.", False),
    ("Hun heter Ida.", "Ida", True),
    ("Hun heter Idar.", "Ida", False),
    ("Det säger borgmästare Elsa Mo.", "Det säger borgmästare Olof", False),
])
def test_an_answer_expected_in_words(said: str, expected: str, right: bool) -> None:
    assert says(said, expected) is right


def test_an_expected_answer_counts_by_the_best_wording() -> None:
    question = Question("q", "Hur lång blir bron?", True, expected=("480 famnar", "Hela 640 meter"), language="sv")
    values = judged(question, answer())
    assert (values["correct"], values["overlap"]) == ([0], [0.5])
    assert judged(Question("q", "?", True, expected=("480 famnar", "640 meter"), language="sv"), answer())["correct"] == [1]


@pytest.mark.parametrize(("text", "key", "held"), [
    ("I Ån-byn", "ån byn", True), ("Storbyn", "byn", False), ("Tallhyttans", "Tallhyttan", True), ("640,5", "640", True),
    ("1640", "640", False)])
def test_holding_a_key(text: str, key: str, held: bool) -> None:
    assert holds(text, [key]) is held


@pytest.mark.parametrize(("sentence", "evidence", "foreign", "sound"), [
    ("Tre båtar sjönk", "3 båtar sjönk", False, True),
    ("3 båtar sjönk", "tre båtar sjönk", False, True),
    ("13 båtar sjönk", "3 båtar sjönk", False, False),
    ("Three boats of 3 sank", "tre båtar sjönk", True, True),
    ("Three boats of 4 sank", "tre båtar sjönk", True, False)])
def test_being_grounded(sentence: str, evidence: str, foreign: bool, sound: bool) -> None:
    assert grounded(sentence, evidence, foreign=foreign) is sound


def passage(article: str, text: str) -> dict[str, str]:
    return {"article_id": article, "text": text}


@pytest.mark.parametrize(("question", "rank"), [
    (LONG, 3),
    (Question("q", "?", True, keys=(("640 meter",),)), 2),
    (Question("q", "?", True, expected=("640 meter",), articles=("bro",)), 1),
    (Question("q", "?", True, expected=("En bro på 640 meter",)), 2),
    (Question("q", "?", True, expected=("x",), contexts=("En annan bro är 640 meter hög",)), 2),
    (Question("q", "?", True, keys=(("7 meter",),)), None),
])
def test_searching(question: Question, rank: int | None) -> None:
    found = [passage("bro", "Bron ska målas"), passage("ö", "En annan bro är 640 meter"), passage("bro", "Den är 640 meter")]
    values = judge_search(question, found).values
    assert values["mrr@10"] == (1 / rank if rank else 0,)
    assert [values[f"hit@{k}"][0] for k in (1, 5, 10)] == [rank == 1, bool(rank), bool(rank)]
    assert judge_search(FALSE, found).values == {}


def test_quotes_are_matched_by_their_letters() -> None:
    text = "Vi åker nu, säger Ola Ek. Vi kommer snart. Ja. Nej tack."
    gold = Quoted("a", text, "sv", (Said(0, 10, "Vi åker nu", "Ola Ek"), Said(26, 42, "Vi kommer snart.", "Ola Ek"),
                                    Said(43, 46, "Ja.", "Ida Ek")), optional=((47, 56),))
    found = [{"quote": "Vi åker nu,", "start": 0, "end": 11, "speaker": "Ida Ek"},
             {"quote": "kommer", "start": 29, "end": 35, "speaker": "Ola Ek", "kind": "direct"},
             {"quote": "Ja.", "start": 43, "end": 46, "speaker": "Ida Ek", "kind": "indirect"},
             {"quote": "Nej tack.", "start": 47, "end": 56, "speaker": None}]
    told = judge_quotes(gold, found)
    assert {name: values[0] for name, values in told.values.items()} == {
        "wanted": 3, "predicted": 2, "matched": 1, "exact": 1, "right": 0, "surname": 1}
    assert [why.split(":")[0] for why in told.why] == ["no such quote", "Ida Ek for Ola Ek", "missed", "missed"]
    values = {figure.name: round(figure.value, 3) for figure in figures("quotes", [told])}
    assert values == {"precision": 0.5, "recall": 0.333, "f1": 0.4, "exact": 1, "speaker": 0, "surname": 1, "attributed f1": 0}


def test_figures_are_means_with_the_groups_beside_them() -> None:
    rows = [Judged("a", {"correct": (1,), "words": (9,)}, group="who"), Judged("b", {"correct": (0,)}, group="when"),
            Judged("c", {"correct": (1,)}, group="who"), Judged("d", {"refused": (1,)}, milliseconds=4)]
    told = {figure.name: (round(figure.value, 3), figure.of, figure.part) for figure in figures("questions", rows)}
    assert told == {"correct": (0.667, 3, False), "refused": (1, 1, False), "balanced": (0.833, 4, False),
                    "words": (9, 1, False), "correct: when": (0, 1, True), "correct: who": (1, 2, True),
                    "ms p50": (4, 1, False), "ms p95": (4, 1, False)}
    assert "balanced" not in {figure.name for figure in figures("questions", rows[:3])}


# -- against the scorer of the real questions -------------------------------------------------------------------------


def scored(shared: Path, *arguments: object) -> dict[str, float]:
    told = subprocess.run([sys.executable, str(shared / "eval" / "score.py"), *map(str, arguments)],
                          capture_output=True, text=True, check=True).stdout
    return {name.strip(): float(value) for name, value in re.findall(r"^(\w[\w@]*) +(\d+\.\d+)", told, re.MULTILINE)}


def ours(kind: Any, rows: Sequence[Judged]) -> dict[str, float]:
    told = {figure.name.split(" ")[0]: round(figure.value, 3) for figure in figures(kind, rows) if not figure.part}
    return {name: value for name, value in told.items() if name not in ("ms", "overlap")}


def lines(path: Path, rows: Sequence[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def printed(folder: Path, *arguments: object) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli.app, ["--archive", str(folder / "archive"), *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def loaded(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def asked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten articles and what is asked about them, some with a forbidden word, some about nothing; answered and searched."""
    folder = tmp_path_factory.mktemp("asked")
    articles = loaded(shared / "eval" / "norquad_dev.articles.jsonl")[:10]
    known = {article["id"] for article in articles}
    rows = loaded(shared / "eval" / "norquad_dev.questions.jsonl")
    chosen = [row for row in rows if known.intersection(row["relevant_articles"])][::2] + [
        row for row in rows if not row["answerable"]][:12]
    for number, row in enumerate(chosen):
        row |= {"forbidden": ["ikke", "fredag"]} if number % 5 == 0 else {}
        row |= {"type": "unanswerable"} if row["type"] == "absent" and number % 2 else {}
    lines(folder / "articles.jsonl", articles)
    lines(folder / "questions.jsonl", chosen)
    printed(folder, "add", folder / "articles.jsonl", "--json")
    batch = ("--batch", folder / "questions.jsonl", "--json")
    lines(folder / "answers.jsonl", printed(folder, "ask", *batch, "--generator", "none"))
    lines(folder / "results.jsonl", printed(folder, "search", *batch))
    return folder


def spoiled(answers: Sequence[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The same with every sort of fault, so that each rule of the scoring is met."""
    for row in answers:
        fault = chance.randrange(11)
        said, cited = row["sentences"], row["citations"]
        if fault == 0:
            row = {"id": row["id"], "error": "it broke"}
        elif fault == 1:
            row["status"] = chance.choice(["corrected", "no_evidence", "answered"])
        elif said and fault == 2:
            said[0]["text"] += " Det sa Kari Nord, 47, i går."
        elif said and fault == 3:
            said[0]["origin"] = "framing"
        elif cited and fault == 4:
            cited[0]["start"] += 1
        elif cited and fault == 5:
            cited.append(dict(cited[0]))
        elif said and fault == 6:
            said[0]["text"] = "En helt annen setning om noe annet enn artikkelen forteller."
        elif said and fault == 7:
            said[0]["citations"] = [9]
        elif said and fault == 8:
            said.insert(0, {"text": f"Det ble ikke sagt av {chance.choice(['Kari Nord', 'noen'])}.", "citations": [],
                            "origin": "framing"})
        if said and fault != 9 and "answer" in row:
            row["answer"] = " ".join(sentence["text"] for sentence in said)
        yield row


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_answers_are_scored_as_the_real_scorer_does(shared: Path, asked: Path, tmp_path: Path, seed: int | None) -> None:
    told = loaded(asked / "answers.jsonl")
    if seed is not None:
        told = list(spoiled(told, random.Random(seed)))
    articles = {row["id"]: Article(**row) for row in loaded(asked / "articles.jsonl")}
    by_id = {row["id"]: row for row in told}
    gold = read(asked / "questions.jsonl")
    mine = [judge_answer(row, by_id[row.id], articles) for row in gold.rows if isinstance(row, Question)]
    theirs = scored(shared, "answers", asked / "articles.jsonl", asked / "questions.jsonl",
                    lines(tmp_path / "answers.jsonl", told))
    assert ours("questions", mine) == theirs
    assert len(theirs) == 8


def test_searches_are_scored_as_the_real_scorer_does(shared: Path, asked: Path) -> None:
    found = {row["id"]: row["passages"] for row in loaded(asked / "results.jsonl")}
    gold = read(asked / "questions.jsonl")
    mine = [judge_search(row, found[row.id]) for row in gold.rows if isinstance(row, Question)]
    assert ours("questions", mine) == scored(shared, "search", asked / "questions.jsonl", asked / "results.jsonl")


@pytest.mark.parametrize("seed", [1, 2])
def test_quotes_are_scored_as_the_real_scorer_does(shared: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = shared / "eval" / "quotes_dev.json"
    found = []
    for article in json.loads(path.read_text("utf-8")):
        for said in [*article["quotes"], *article["optional"]]:
            start, end = said["start"] + chance.choice([0, 0, 3, 30]), said["end"] - chance.choice([0, 0, 1, 40])
            if end > start and chance.random() < 0.9:
                found.append({"article_id": article["article_id"], "start": start, "end": end,
                              "quote": article["text"][start:end], "kind": chance.choice(["direct", "direct", "indirect"]),
                              "speaker": chance.choice([said["speaker"], said["speaker"], "Kari Nord", None])})
    mine = [judge_quotes(row, [each for each in found if each["article_id"] == row.id])
            for row in read(path).rows if isinstance(row, Quoted)]
    assert ours("quotes", mine) == scored(shared, "quotes", path, lines(tmp_path / "quotes.jsonl", found))


def test_verdicts_are_scored_as_the_real_scorer_does(shared: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    path = shared / "eval" / "verify_dev.jsonl"
    verdicts = [{"id": row.id, "supported": chance.random() < 0.6} for row in read(path).rows]
    mine = [judge_verdict(row, verdict) for row, verdict in zip(read(path).rows, verdicts, strict=True)
            if isinstance(row, SentencePair)]
    assert ours("pairs", mine) == scored(shared, "verify", path, lines(tmp_path / "verdicts.jsonl", verdicts))
