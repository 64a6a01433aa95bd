"""Figures that two articles give differently: invented articles, and the bridge of the example articles."""

import pytest

from bot.answer import Evidence, Query, Told
from bot.assistant import Assistant
from bot.disagreement import disagreement
from bot.select import Selection, Selector
from index.archive import Archive
from index.article import Article, Hit, Passage
from index.language import words

ASKED = "Vad kostar slussen i Lillmåla?"
OLD, NEW = "Slussen i Lillmåla kostar 40 miljoner kronor.", "Slussen i Lillmåla kostar 55 miljoner kronor."


def article(name: str, text: str, published: str | None = None, language: str = "sv") -> Article:
    return Article(name, "Slussen", text, published=published, language=language)


def told(question: str, answer: str, chosen: Article, *others: Article, language: str = "sv") -> Told | None:
    """With the first article's text as evidence and `answer` as the words that answer."""
    found = [Hit(Passage(each.id, 0, 0, len(each.text), each.text), each, 1.0) for each in (chosen, *others)]
    selection = Selection((Evidence(chosen, 0, len(chosen.text), chosen.text),), True, {}, (frozenset(words(answer)),))
    return disagreement(Query(question, question, language), found, selection)


@pytest.mark.parametrize("published", [("2024-03-01", "2025-02-01"), ("2024", "2025-02"), ("2024-12-31", "2025")])
def test_the_newer_comes_first_whichever_was_found_first(published: tuple[str, str]) -> None:
    old, new = article("a", OLD, published[0]), article("b", NEW, published[1])
    for answer in (told(ASKED, "40 miljoner", old, new), told(ASKED, "55 miljoner", new, old)):
        assert answer is not None
        assert [evidence.text for evidence in answer.evidence] == [NEW, OLD]
        assert [(sentence.origin, sentence.citations) for sentence in answer.sentences] == [
            ("framing", ()), ("quoted", (1,)), ("quoted", (2,))]
        assert answer.disagreement[0].as_json() == {"citations": [1, 2], "values": ["55 miljoner", "40 miljoner"]}


@pytest.mark.parametrize("published", [
    (None, None), ("2025-02-01", None), ("2025", "2025-02"), ("2025-02-01", "2025-02-01T10:00")])
def test_no_order_is_claimed_where_the_dates_do_not_tell(published: tuple[str | None, str | None]) -> None:
    answers = [told(ASKED, "40 miljoner", article("a", OLD, published[0]), article("b", NEW, published[1])),
               told(ASKED, "40 miljoner", article("a", OLD, "2024-01-01"), article("b", NEW, "2025-01-01"))]
    assert answers[0] is not None
    assert answers[1] is not None
    assert answers[0].evidence[0].text == OLD
    assert answers[0].sentences[0].text != answers[1].sentences[0].text


OTHERS = [
    ("the same figure", "Slussen i Lillmåla kostar 40 miljoner kronor, säger byggherren."),
    ("the same, rounded", "Slussen i Lillmåla kostar omkring 41 miljoner kronor."),
    ("another thing", "Bron i Lillmåla kostar 55 miljoner kronor."),
    ("another place", "Slussen i Granvik kostar 55 miljoner kronor."),
    ("another unit", "Slussen i Lillmåla kostar 55 miljoner euro."),
    ("another measure", "Slussen i Lillmåla är 55 meter lång."),
    ("another year", "Slussen i Lillmåla kostar 55 miljoner kronor 1998."),
    ("denied", "Slussen i Lillmåla kostar inte 55 miljoner kronor."),
    ("several", "Slussen i Lillmåla kostar 55 miljoner kronor, 15 miljoner kronor mer."),
]


@pytest.mark.parametrize("text", [text for _, text in OTHERS], ids=[name for name, _ in OTHERS])
def test_what_is_no_disagreement(text: str) -> None:
    assert told(ASKED, "40 miljoner", article("a", OLD), article("b", text)) is None


def test_the_same_article_does_not_disagree_with_itself() -> None:
    assert told(ASKED, "40 miljoner", article("a", OLD), article("a", NEW)) is None


def test_a_figure_that_does_not_answer_is_left_alone() -> None:
    assert told("Var ligger slussen i Lillmåla?", "Lillmåla", article("a", OLD), article("b", NEW)) is None


@pytest.mark.parametrize(("question", "differ"), [
    ("Hur lång blir slussen i Lillmåla?", False), ("Hur djup är slussen i Lillmåla?", False), (ASKED, True)])
def test_a_sum_of_money_is_no_length(question: str, differ: bool) -> None:
    assert (told(question, "40 miljoner", article("a", OLD), article("b", NEW)) is not None) is differ


def test_a_length_that_differs_is_told() -> None:
    old, new = ("Slussen i Lillmåla blir 40 meter lång.", "Slussen i Lillmåla blir 55 meter lång.")
    assert told("Hur lång blir slussen i Lillmåla?", "40", article("a", old), article("b", new)) is not None


def test_without_a_name_two_things_of_a_kind_may_be_meant() -> None:
    assert told("Vad kostar slussen?", "40 miljoner", article("a", OLD), article("b", NEW)) is None


@pytest.mark.parametrize(("one", "other"), [
    ("Berit Sandmo är i 60-årsåldern.", "Berit Sandmo är i 30-årsåldern."),
    ("Berit Sandmo är 54 år.", "Berit Sandmo är 55 år."),
])
def test_ages_are_no_disagreement(one: str, other: str) -> None:
    assert told("Hur gammal är Berit Sandmo?", "60 54", article("a", one), article("b", other)) is None


def test_a_question_about_a_certain_time_is_left_alone() -> None:
    assert told("Vad kostade slussen i Lillmåla i mars 2024?", "40 miljoner", article("a", OLD), article("b", NEW)) is None


def test_what_the_newer_corrects_itself_is_compared_too() -> None:
    new = article("b", "Slussen i Lillmåla kostar 55 miljoner kronor, inte 40 miljoner kronor.", "2025-01-01")
    answer = told(ASKED, "40 miljoner", article("a", OLD, "2024-01-01"), new)
    assert answer is not None
    assert answer.disagreement[0].values == ("55 miljoner", "40 miljoner")


@pytest.mark.parametrize(("language", "question", "one", "other", "answer"), [
    ("no", "Når åpner slusen i Tindvik?", "Slusen i Tindvik åpner 4. mai 2026.", "Slusen i Tindvik åpner 9. juni 2026.",
     "4. mai"),
    ("da", "Hvor mange ansatte har værftet i Tranlund?", "Værftet i Tranlund har 210 ansatte.",
     "Værftet i Tranlund har 180 ansatte.", "210"),
    ("en", "How tall is the Harrow tower?", "The Harrow tower is 90 metres tall.", "The Harrow tower is 84 metres tall.",
     "90 metres"),
])
def test_dates_and_counts_in_other_languages(language: str, question: str, one: str, other: str, answer: str) -> None:
    chosen, second = article("a", one, language=language), article("b", other, language=language)
    found = told(question, answer, chosen, second, language=language)
    assert found is not None
    assert [evidence.text for evidence in found.evidence] == [one, other]


def test_the_bridge_costs_what_the_newer_article_says(seeded: Archive, selector: Selector) -> None:
    answer = Assistant(seeded, None, selector).ask("Vad kostar bron över Tjärsundet?")
    assert answer.status == "answered"
    assert [(citation.evidence.article.published or "")[:7] for citation in answer.citations] == ["2025-12", "2025-03"]
    assert answer.as_json()["disagreement"] == [{"citations": [1, 2], "values": ["468 miljoner", "412 miljoner"]}]


def test_nothing_is_told_where_nothing_disagrees(seeded: Archive, selector: Selector) -> None:
    assert "disagreement" not in Assistant(seeded, None, selector).ask("Hur lång ska bron över Tjärsundet bli?").as_json()
