"""Drafts against an archive: every verdict on a generated draft of 200 quotations, and small cases as data."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.check import Checker, Finding, Verdict, same_person
from index.archive import Archive
from index.article import Article, Quote
from index.language import sentences
from index.quotes import quotes
from index.wording import wording
from tests.fakes import HashedGrams

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "check.jsonl").read_text("utf-8").splitlines()]
ARTICLES = (
    Article("bron", "Bron till Tallvik byggs", "Bron till Tallvik ska byggas, beslutade nämnden på tisdagen.\n\n"
            "– Vi har väntat på bron i elva år, säger Maja Lindqvist, som bor i Tallvik.\n\n"
            "Bygget börjar i augusti och ska vara klart 2028. Äntligen får öns barn en säker väg till skolan.\n\n"
            "– Den får kosta 12 500 kronor per meter, inte mer, säger nämndens ordförande Jonas Ek.", language="sv"),
    Article("färjan", "Sista turen för färjan", "Färjan Ran gick sin sista tur på söndagen.\n\n– Det är sorgligt, säger "
            "Rut Holm, som har arbetat ombord i tjugo år.", language="sv"),
    Article("terminal", "Harbour board splits over terminal", "“We never asked for a second terminal,” said Ada Whitcombe, "
            "who chairs the harbour board. “It isn’t what Harrow’s fishermen need.”\n\nThe plan goes back to the county, "
            "said planning officer Colin Frame.", language="en"),
    Article("hytta", "Fant hytta låst", "– Hytta var låst da vi kom, sier turleder Sindre Vik. Gruppen måtte sove ute.",
            language="no"),
    Article("bibliotek", "Biblioteket bliver", "– Vi lukker ikke biblioteket, siger borgmester Karen Skov.", language="da"),
)
EACH = 50  # quotations of each kind
KEPT_BACK = 40  # articles that the archive does not get: what is said there is invented for it


@dataclass(frozen=True)
class Given:
    """A quotation as the draft has it, and what is to be found."""

    text: str
    speaker: str
    verdict: Verdict
    source: Quote | None


def _archive(folder: Path, articles: Sequence[Article]) -> Archive:
    # Quotations are found by their words: hashed n-grams do for the vectors, and embedding 150 articles takes a minute.
    archive = Archive(folder, HashedGrams())
    assert {outcome.action for outcome in archive.add(articles)} == {"added"}
    return archive


def _real(shared: Path) -> list[Article]:
    lines = (shared / "eval" / "norquad_dev.articles.jsonl").read_text("utf-8").splitlines()
    return [Article(**json.loads(line)) for line in lines]


def _sayings(articles: Sequence[Article]) -> list[Quote]:
    """Whole quotations by people with a full name, each wording once."""
    told = [quote for article in articles for quote in quotes(article)
            if quote.kind == "direct" and quote.speaker and " " in quote.speaker]
    counts = Counter(wording(quote.quote).joined for quote in told)
    return [quote for quote in told
            if counts[wording(quote.quote).joined] == 1 and 5 <= len(wording(quote.quote).keys) <= 60]


def _changed(quote: Quote, words: Sequence[str], chance: random.Random) -> str:
    """The quotation with one of its words replaced by another."""
    held = wording(quote.quote)
    at = chance.randrange(len(held.keys))
    other = chance.choice([word for word in chance.sample(words, 20) if wording(word).keys[0] != held.keys[at]])
    start, end = held.spans[at]
    return quote.quote[:start] + other + quote.quote[end:]


def _draft(kept: Sequence[Article], held_back: Sequence[Article], chance: random.Random) -> Iterator[Given]:
    sayings = chance.sample(_sayings(kept), 3 * EACH)
    words = sorted({quote.quote[a:b] for quote in sayings for a, b in wording(quote.quote).spans if b - a > 1})
    people = sorted({quote.speaker for quote in sayings if quote.speaker})
    for quote in sayings[:EACH]:
        yield Given(quote.quote, str(quote.speaker), "verbatim", quote)
    for quote in sayings[EACH:2 * EACH]:
        yield Given(_changed(quote, words, chance), str(quote.speaker), "altered", quote)
    for quote in sayings[2 * EACH:]:
        others = [name for name in people if not same_person(name, str(quote.speaker))]
        yield Given(quote.quote, chance.choice(others), "misattributed", quote)
    for quote in chance.sample(_sayings(held_back), EACH):
        yield Given(quote.quote, chance.choice(people), "not_found", None)


def _right(given: Given, finding: Finding | None) -> bool:
    if finding is None or finding.verdict != given.verdict or wording(finding.text).keys != wording(given.text).keys:
        return False
    if given.source is None:
        return True
    return finding.match is not None and finding.match.article.id == given.source.article_id


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return Checker(_archive(tmp_path_factory.mktemp("small"), ARTICLES))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_part_of_a_draft_gets_its_verdict(checker: Checker, case: dict[str, Any]) -> None:
    draft = Article("draft", "", case["draft"], language=case["language"])
    found = checker.check(draft)
    assert [[finding.kind, finding.text, finding.verdict] for finding in found] == [row[:3] for row in case["found"]]
    for finding, (*_, speaker) in zip(found, case["found"], strict=True):
        assert draft.text[finding.start:finding.end] == finding.text
        if speaker != "*":
            assert finding.match is not None
            assert finding.match.speaker == speaker
        if finding.match is not None:
            assert finding.match.article.text[finding.match.start:finding.match.end] == finding.match.quote


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_draft_of_200_quotations_gets_the_right_verdicts(shared: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    articles = _real(shared)
    chance.shuffle(articles)
    given = list(_draft(articles[KEPT_BACK:], articles[:KEPT_BACK], chance))
    chance.shuffle(given)
    draft = Article("draft", "", "\n".join(f"– {item.text}, sier {item.speaker}." for item in given), language="no")
    findings = Checker(_archive(tmp_path, articles[KEPT_BACK:])).check(draft, claims=False)
    found = {finding.start: finding for finding in findings}
    starts = [draft.text.index(f"– {item.text}, sier {item.speaker}.") + 2 for item in given]
    wrong = [(item, found.get(start)) for item, start in zip(given, starts, strict=True)
             if not _right(item, found.get(start))]
    assert len(wrong) <= 2, [(item, finding and finding.as_json()) for item, finding in wrong]
    for finding in findings:
        assert draft.text[finding.start:finding.end] == finding.text
        if finding.match:
            assert finding.match.article.text[finding.match.start:finding.match.end] == finding.match.quote


def _sentences(articles: Sequence[Article]) -> list[str]:
    """Sentences that hold a number, outside quotations."""
    told = []
    for article in articles:
        spoken = [quote for quote in quotes(article) if quote.kind == "direct"]
        told += [article.text[start:end] for start, end in sentences(article.text, article.language)
                 if end - start > 50 and article.text[end - 1] == "." and re.search(r"\b\d+\b", article.text[start:end])
                 and not any(quote.start < end and start < quote.end for quote in spoken)]
    return told


def test_claims_are_told_apart(shared: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    articles = _real(shared)
    chance.shuffle(articles)
    checker = Checker(_archive(tmp_path, articles[KEPT_BACK:]))
    said = chance.sample(_sentences(articles[KEPT_BACK:]), 20)
    changed = [re.sub(r"\b(\d+)\b", lambda number: str(int(number[1]) + 3), sentence, count=1) for sentence in said]
    absent = chance.sample(_sentences(articles[:KEPT_BACK]), 20)
    for claims, verdict, least in ((said, "supported", 20), (changed, "contradicted", 19), (absent, "not_found", 18)):
        draft = Article("draft", "", "\n".join(claims), language="no")
        assert sum(finding.verdict == verdict for finding in checker.check(draft)) >= least


SEEDED = (
    "Helgens matcher\n\n– Jag har aldrig nickat in ett mål i hela mitt liv, säger Tova Brännelid.\n\n"
    "– Hade den gått in hade vi åkt hem och bakat kakor, säger Elin Stenhage.\n\n"
    "– Mamma trodde att det var någon annan, säger Göte Lövbrant.\n\n"
    "– Vi drömmer om allsvenskan redan i vår, säger Elin Stenhage.\n\n"
    "Kommunalskatten i Hällvika höjs med 45 öre vid årsskiftet. Kommunalskatten i Hällvika höjs med 54 öre vid årsskiftet."
)


def test_the_command_prints_the_contract(seeded: Archive, tmp_path: Path) -> None:
    file = tmp_path / "utkast.txt"
    file.write_text(SEEDED, "utf-8")
    told = CliRunner().invoke(cli.app, ["--archive", str(seeded.folder), "check", str(file), "--json"])
    assert told.exit_code == 0, told.output
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(row["kind"], row["verdict"]) for row in rows] == [
        ("quotation", "verbatim"), ("quotation", "altered"), ("quotation", "misattributed"),
        ("quotation", "not_found"), ("claim", "supported"), ("claim", "contradicted")]
    for row in rows:
        assert SEEDED[row["start"]:row["end"]] == row["text"]
        assert set(row) <= {"text", "start", "end", "kind", "verdict", "speaker", "match", "diff"}
        if match := row.get("match"):
            assert set(match) <= {"article_id", "quote", "start", "end", "speaker"}
            article = seeded.get(match["article_id"])
            assert article is not None
            assert article.text[match["start"]:match["end"]] == match["quote"]
    assert [step for step in rows[1]["diff"] if step["kind"] != "same"] == [
        {"kind": "replaced", "draft": "kakor", "source": "bullar"}]
    assert rows[2]["match"]["speaker"] == "Tova Brännelid"
    plain = CliRunner().invoke(cli.app, ["--archive", str(seeded.folder), "check", str(file), "--no-claims"])
    assert "draft: kakor  archive: bullar" in plain.stdout
    assert "45 öre" not in plain.stdout
