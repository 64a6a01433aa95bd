"""The whole flow over the example articles, with the real embedder and reader; the generator is a scripted liar or helper."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Evidence, Finished, Found, Turn, Understood, Written
from bot.assistant import Assistant
from bot.generators import GeneratorError, Message, never
from bot.select import Calibration, Selector
from bot.understand import QuestionError
from bot.verify import Verdict
from index.archive import Archive
from index.article import Article, Filters
from tests.fakes import HashedGrams, Pointing, Scripted

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTIONS = [json.loads(line) for line in (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
ASKED = "Hur mycket kostar den nya bron över Tjärsundet?"


@pytest.fixture
def alone(seeded: Archive, selector: Selector) -> Assistant:
    """Evidence only."""
    return Assistant(seeded, None, selector)


def check(answer: Answer, archive: Archive) -> None:
    """What holds of every answer: sentences cited, citations letter for letter."""
    for citation in answer.citations:
        evidence = citation.evidence
        article = archive.get(evidence.article.id)
        assert article is not None
        assert article.text[evidence.start:evidence.end] == evidence.text
        assert 0 < len(evidence.text.split()) <= 80
    for sentence in answer.sentences:
        assert sentence.citations or sentence.origin == "framing"
        if sentence.origin == "quoted":
            assert sentence.text == answer.citations[sentence.citations[0] - 1].evidence.text
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_most_seed_questions_are_answered_and_what_is_absent_is_refused(alone: Assistant) -> None:
    right: dict[bool, list[bool]] = {True: [], False: []}
    for row in QUESTIONS:
        answer = alone.ask(row["question"])
        check(answer, alone.archive)
        said = " ".join(sentence.text for sentence in answer.sentences).casefold()
        if row["answerable"]:
            right[True].append(all(any(key.casefold() in said for key in group) for group in row["answer_keys"]))
        elif row["type"] == "absent":
            right[False].append(answer.status == "no_evidence")
    assert sum(right[True]) >= 0.7 * len(right[True]), f"{sum(right[True])} of {len(right[True])}"
    assert sum(right[False]) >= 0.6 * len(right[False]), f"{sum(right[False])} of {len(right[False])}"


def test_events_come_in_order_and_the_evidence_before_any_sentence(alone: Assistant) -> None:
    events = list(alone.stream(ASKED))
    assert [type(event) for event in events[:2]] == [Understood, Found]
    assert all(isinstance(event, Written) for event in events[2:-1])
    assert isinstance(events[-1], Finished)
    answer = events[-1].answer
    assert answer.status == "answered"
    assert set(answer.milliseconds) == {"retrieve", "first_sentence", "total"}
    assert json.loads(json.dumps(answer.as_json()))["answer"].count("[1]") >= 1


def lies(evidence: Evidence) -> Iterator[str]:
    """Ways in which a model may alter what it was given."""
    text = evidence.text
    yield text.replace("412", "421")
    yield text.replace("miljoner", "miljarder")
    yield text.replace("Tjärsund", "Hallvik")
    yield text.replace(" ", " inte ", 3)
    yield "Katarina Fältmo beslutade att bron ska kosta 412 miljoner kronor."
    yield "Bron invigdes av kungen i går."


def test_no_lie_reaches_the_reader(seeded: Archive, selector: Selector, alone: Assistant) -> None:
    truth = alone.ask(ASKED)
    for lie in {lie for citation in truth.citations for lie in lies(citation.evidence)}:
        if any(lie == citation.evidence.text for citation in truth.citations):
            continue
        for marks in ([1], [9], [], [1, 2, 9]):
            liar = Scripted(json.dumps([{"text": lie, "cites": marks}], ensure_ascii=False))
            answer = Assistant(seeded, liar, selector).ask(ASKED)
            check(answer, seeded)
            assert lie not in [sentence.text for sentence in answer.sentences]
            assert [sentence.text for sentence in answer.sentences] == [sentence.text for sentence in truth.sentences]


def test_a_quotation_altered_by_a_word_is_not_shown(seeded: Archive, selector: Selector) -> None:
    asked = "Vad säger Fältmo om nattakuten?"
    alone = Assistant(seeded, None, selector).ask(asked)
    quoted = next((citation.evidence for citation in alone.citations if citation.evidence.text.startswith("–")), None)
    assert quoted is not None, "the evidence holds a quotation"
    middle = quoted.text.split()
    altered = " ".join([*middle[:3], "aldrig", *middle[3:]])
    answer = Assistant(seeded, Scripted(json.dumps([{"text": altered, "cites": [1]}], ensure_ascii=False)), selector).ask(asked)
    assert altered not in [sentence.text for sentence in answer.sentences]


def test_a_sentence_that_passes_stands_in_the_place_of_its_evidence(seeded: Archive, selector: Selector) -> None:
    alone = Assistant(seeded, None, selector).ask(ASKED)
    first = alone.citations[0].evidence.text
    answer = Assistant(seeded, Scripted(json.dumps([{"text": first, "cites": [7]}], ensure_ascii=False)), selector).ask(ASKED)
    check(answer, seeded)
    assert [sentence.text for sentence in answer.sentences].count(first) == 1
    assert [sentence.origin for sentence in answer.sentences if sentence.text == first] == ["quoted"]


def test_a_true_sentence_that_does_not_answer_pushes_nothing_out(seeded: Archive, selector: Selector) -> None:
    alone = Assistant(seeded, None, selector).ask(ASKED)
    answer = Assistant(seeded, Scripted('[{"text": "Den nya bron går över Tjärsundet.", "cites": [1]}]'), selector).ask(ASKED)
    assert {sentence.text for sentence in alone.sentences} <= {sentence.text for sentence in answer.sentences}


class Broken(Scripted):
    """Breaks off in the middle of a sentence."""

    def stream(self, messages: Sequence[Message], *, limit: int, stop: Callable[[], bool] = never) -> Iterator[str]:
        yield '[{"text": "Bron ko'
        raise GeneratorError("the server went away")


def test_a_generator_that_breaks_leaves_the_evidence(seeded: Archive, selector: Selector, alone: Assistant) -> None:
    answer = Assistant(seeded, Broken(""), selector).ask(ASKED)
    assert [sentence.text for sentence in answer.sentences] == [sentence.text for sentence in alone.ask(ASKED).sentences]


def test_what_the_archive_does_not_hold(alone: Assistant) -> None:
    answer = alone.ask("Vem vann tunnelbanetävlingen i Tokyo 1987?")
    assert answer.status == "no_evidence"
    assert not answer.sentences
    assert len(answer.nearest) == 3
    assert answer.query.language == "sv"


def test_what_was_searched_is_told(alone: Assistant) -> None:
    answer = alone.ask("Vem vann tunnelbanetävlingen i Tokyo 1987?", filters=Filters(since="2025-06", languages=("sv",)))
    told = answer.as_json()["searched"]
    held = [article for article in alone.archive.articles()
            if article.language == "sv" and (article.published or "") >= "2025-06"]
    assert told == {
        "articles": len(held), "since": min(article.published or "" for article in held),
        "until": max(article.published or "" for article in held), "filters": {"since": "2025-06", "languages": ["sv"]}}
    assert len({evidence.article.id for evidence in answer.nearest}) == len(answer.nearest)


SWEDISH = Article(id="bro", title="Ny bro", language="sv", text=(
    "Bron över Ymlaren kostar 412 miljoner kronor enligt kommunens kalkyl. Den ritas av arkitekten Hanna Ekvret i Vendsta."))
ENGLISH = "How much does the bridge over Ymlaren cost?"
LED = "The archive says, in its own language:"


def asked_in_english(tmp_path: Path, generator: Scripted | None) -> Answer:
    """Of an archive with one Swedish article, by a reader that sees that the bridge costs 412."""
    archive = Archive(tmp_path, HashedGrams())
    assert len(list(archive.add([SWEDISH]))) == 1
    selector = Selector(Pointing("412"), calibration=Calibration({"reader": 1.0}, 0.0, 0.5, "nothing"))
    answer = Assistant(archive, generator, selector).ask(ENGLISH)
    check(answer, archive)
    return answer


def test_a_foreign_answer_is_the_quotation_led_by_its_language(tmp_path: Path) -> None:
    answer = asked_in_english(tmp_path, None)
    assert [(sentence.text, sentence.origin) for sentence in answer.sentences[:2]] == [
        (LED, "framing"), ("Bron över Ymlaren kostar 412 miljoner kronor enligt kommunens kalkyl.", "quoted")]
    cited = answer.as_json()["citations"][0]
    assert [SWEDISH.text[start:end] for start, end in cited["marks"]] == ["412 miljoner kronor"]


def test_a_foreign_sentence_that_does_not_pass_leaves_the_quotation(tmp_path: Path) -> None:
    lie = Scripted('[{"text": "The bridge costs 999 million kronor.", "cites": [1]}]')
    answer = asked_in_english(tmp_path, lie)
    assert [sentence.origin for sentence in answer.sentences][:2] == ["framing", "quoted"]
    assert "whatever the language of the evidence" in lie.asked[0][0].content


def test_a_foreign_sentence_that_passes_stands_for_frame_and_quotation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.assistant.verify", lambda *_, **__: Verdict())
    answer = asked_in_english(tmp_path, Scripted('[{"text": "The bridge costs 412 million kronor.", "cites": [1]}]'))
    first = answer.sentences[0]
    assert (first.text, first.origin) == ("The bridge costs 412 million kronor.", "composed")
    assert answer.citations[first.citations[0] - 1].evidence.text.startswith("Bron över Ymlaren kostar 412")


def test_a_base_model_is_not_asked_to_shorten_a_foreign_sentence(tmp_path: Path) -> None:
    base = Scripted("Bron kostar 412 miljoner kronor.", chat=False)
    assert asked_in_english(tmp_path, base).sentences[0].text == LED
    assert not base.asked


def test_a_follow_up_is_made_to_stand_alone(alone: Assistant) -> None:
    first = alone.ask("Vad säger Katarina Fältmo om nattakuten?")
    second = alone.ask("Vad sa hon mer?", history=[Turn(first.query.text, first.text)])
    assert "Katarina Fältmo" in second.query.text
    assert second.query.rewritten


def test_filters_narrow_the_evidence(alone: Assistant) -> None:
    answer = alone.ask("Vad kostar bron över Tjärsundet?", filters=Filters(until="2025-04-30"))
    assert answer.citations
    assert all((citation.evidence.article.published or "9") < "2025-05" for citation in answer.citations)


@pytest.mark.parametrize("question", ["", "   ", "?", "x" * 1001, "ord " * 25_000])
def test_questions_that_are_none(alone: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        alone.ask(question)


@pytest.mark.parametrize("question", [
    "asdf qwer zxcv", "¿Dónde está la biblioteca de Madrid?", "Где находится метро?", "🙂 🙃 a1"])
def test_nonsense_and_foreign_questions_get_an_honest_no(alone: Assistant, question: str) -> None:
    answer = alone.ask(question)
    assert answer.status == "no_evidence"


def test_an_empty_archive_answers_nothing(tmp_path: Path, seeded: Archive, selector: Selector) -> None:
    answer = Assistant(Archive(tmp_path, seeded.embedder), None, selector).ask("Vad kostar bron?")
    assert (answer.status, answer.nearest) == ("no_evidence", ())


# The time that a question names ---------------------------------------------------------------------------------------

TODAY = date(2026, 11, 24)


@pytest.fixture
def timely(seeded: Archive, selector: Selector) -> Assistant:
    """Asked on a day some months after the newest example article."""
    return Assistant(seeded, None, selector, today=lambda: TODAY)


def published(answer: Answer) -> set[str]:
    return {(citation.evidence.article.published or "")[:7] for citation in answer.citations}


@pytest.mark.parametrize(("question", "period", "when"), [
    ("Vad beräknades Tjärsundsbron kosta i mars 2025?", ("i mars 2025", "2025-03-01", "2025-03-31"), "2025-03"),
    ("Vad sa Mona Skoghede om akuten hösten 2024?", ("hösten 2024", "2024-09-01", "2024-11-30"), "2024-10"),
    ("Vad sa Katarina Fältmo om nattakuten 2024?", ("2024", "2024-01-01", "2024-12-31"), "2024-10"),
    ("Vad sa Katarina Fältmo om nattakuten i våras?", ("i våras", "2026-03-01", "2026-05-31"), "2026-03"),
])
def test_what_answers_in_its_time_goes_first(
    timely: Assistant, question: str, period: tuple[str, str, str], when: str,
) -> None:
    answer = timely.ask(question)
    check(answer, timely.archive)
    assert [tuple(each.values()) for each in answer.as_json()["periods"]] == [period]
    assert (answer.status, published(answer), answer.outside) == ("answered", {when}, "")


def test_an_answer_from_another_time_says_so(timely: Assistant) -> None:
    answer = timely.ask("Hur många anställda varslade Tallhytte Precision i mars 2026?")
    assert (answer.status, answer.outside) == ("answered", "period")
    assert [sentence.origin for sentence in answer.sentences][:2] == ["framing", "quoted"]
    assert "140" in answer.text
    without = timely.ask("Hur många anställda varslade Tallhytte Precision i mars 2026?", dismissed=["i mars 2026"])
    assert (without.query.periods, without.outside, without.sentences[0].origin) == ((), "", "quoted")


def test_the_newest_that_answers_is_told_where_it_is_asked_for(timely: Assistant) -> None:
    assert published(timely.ask("Vad är den senaste kostnaden för Tjärsundsbron?")) == {"2025-12"}
    assert "468" in timely.ask("Vad kostar bron nu?").citations[0].evidence.text
    assert published(timely.ask("Vad säger Katarina Fältmo om nattakuten nu?")) == {"2026-03"}


@pytest.mark.parametrize("question", [
    "Hur lång ska bron över Tjärsundet bli år 1938?", "Hur lång ska bron över Tjärsundet bli efter 2020?"])
def test_a_time_that_does_not_part_the_archive_does_not_count(timely: Assistant, question: str) -> None:
    assert timely.ask(question).query.periods == ()


def test_the_readers_dates_rule_out_those_of_the_question(timely: Assistant) -> None:
    answer = timely.ask("Vad beräknades Tjärsundsbron kosta i mars 2025?", filters=Filters(since="2025-06-01"))
    assert answer.query.periods == ()
    assert published(answer) <= {"2025-12"}


def test_an_answer_outside_the_readers_filters_is_told_and_not_given(timely: Assistant) -> None:
    answer = timely.ask("Hur lång ska bron över Tjärsundet bli?", filters=Filters(until="2024-12-31"))
    assert (answer.status, answer.outside, answer.sentences) == ("no_evidence", "filters", ())
    assert all((hit.article.published or "9") < "2025" for hit in answer.nearest)
    nowhere = timely.ask("Vem vann tunnelbanetävlingen i Tokyo?", filters=Filters(until="2024-12-31"))
    assert (nowhere.status, nowhere.outside) == ("no_evidence", "")
