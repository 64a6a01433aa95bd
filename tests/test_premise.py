"""What a question takes for granted, and what contradicts it: invented people, clubs and towns in four languages."""

import json
from pathlib import Path

import pytest

from bot.answer import Query
from bot.assistant import Assistant
from bot.contradiction import contradicted
from bot.premise import premise
from bot.select import Selector
from index.archive import Archive
from index.article import Article, Hit, Passage


@pytest.mark.parametrize(("question", "language", "claim"), [
    ("Varför sänkte kommunen skatten?", "sv", "sänkte kommunen skatten"),
    ("Hvorfor tapte Tindvik mot Myrvoll?", "no", "Tindvik tapte mot Myrvoll"),
    ("Hvorfor har Kari Tveitnes sagt opp?", "no", "Kari Tveitnes har sagt opp"),
    ("Hvorfor er det at Kari Tveitnes har sagt opp?", "no", "Kari Tveitnes har sagt opp"),
    ("Hvornår lukkede biblioteket?", "da", "lukkede biblioteket"),
    ("Why didn't the mayor resign?", "en", "the mayor resign not"),
    ("How long did the strike last?", "en", "the strike last"),
    ("Hur länge var bron stängd?", "sv", "var bron stängd"),
    ("What did Ellen Marsh sell?", "en", "Ellen Marsh sell"),
])
def test_the_premise_of_a_question(question: str, language: str, claim: str) -> None:
    found = premise(question, language)
    assert found is not None
    assert found.text == claim
    assert found.timed is question.startswith(("Hvornår", "How long", "Hur länge"))


@pytest.mark.parametrize(("question", "language"), [
    ("Vem vann matchen?", "sv"), ("Hvem stemte ikke for forslaget?", "no"), ("Which party lost?", "en"),
    ("Hur många röstade nej?", "sv"), ("Var regnar det inte?", "sv"), ("Sänkte kommunen skatten?", "sv"), ("Skatten", "sv"),
    ("Pourquoi est-il parti ?", "fr"), ("?", "sv"), ("", "en"), ("Why?", "en"),
])
def test_a_question_that_may_ask_for_its_own_subject_takes_nothing_for_granted(question: str, language: str) -> None:
    assert premise(question, language) is None


def hits(language: str, *texts: str, title: str = "Nytt") -> list[Hit]:
    found = []
    for n, text in enumerate(texts):
        article = Article(f"a{n}", title, text, language=language)
        found.append(Hit(Passage(article.id, 0, 0, len(text), text), article, 1.0 - n / 10))
    return found


def quoted(question: str, language: str, found: list[Hit]) -> str | None:
    told = contradicted(Query(question, question, language), found)
    if told is None:
        return None
    (evidence,) = told.evidence
    frame, sentence = told.sentences
    assert told.status == "corrected"
    assert (frame.origin, frame.citations, sentence.origin, sentence.citations) == ("framing", (), "quoted", (1,))
    assert sentence.text == evidence.text == evidence.article.text[evidence.start:evidence.end]
    return evidence.text


CONTRADICTED = [
    ("sv", "Varför sänkte Lillmåla kommun skatten?", "Lillmåla kommun höjde skatten i går."),
    ("no", "Hvorfor tapte Tindvik mot Myrvoll?", "Tindvik vant 3–1 mot Myrvoll søndag."),
    ("da", "Hvorfor lukkede biblioteket i Tranlund?", "Biblioteket i Tranlund åbnede mandag."),
    ("en", "Why did the Harrow Mill close in May?", "The Harrow Mill opened in May."),
    ("sv", "Varför avgick Berit Sandmo som ordförande?", "Berit Sandmo avgick inte som ordförande."),
    ("no", "Når solgte Kari Tveitnes hytta?", "Kari Tveitnes solgte aldri hytta."),
    ("da", "Hvorfor stoppede Jens Kragh som træner?", "Jens Kragh stoppede ikke som træner."),
    ("en", "Why was the Harrow Mill sold to Ellen Marsh?", "The Harrow Mill was not sold to Ellen Marsh."),
    ("sv", "Varför röstade Berit Sandmo nej till förslaget?", "Berit Sandmo röstade ja till förslaget."),
    ("sv", "Varför är Berit Sandmo för slussen?", "Berit Sandmo är emot slussen."),
    ("sv", "Varför byggdes inte slussen i Lillmåla?", "Slussen i Lillmåla byggdes på fyra år."),
    ("en", "Why did the Harrow bridge cost 900 million pounds?", "The Harrow bridge cost 640 million pounds."),
    ("no", "Hvorfor ble 80 ansatte i Tindvik permittert?", "Fabrikken i Tindvik permitterte 30 ansatte."),
    ("no", "Hvorfor slo Myrvoll Tindvik?", "Tindvik slo Myrvoll i finalen."),
]


@pytest.mark.parametrize(("language", "question", "told"), CONTRADICTED, ids=[case[1] for case in CONTRADICTED])
def test_a_false_premise_is_contradicted_in_the_articles_words(language: str, question: str, told: str) -> None:
    assert quoted(question, language, hits(language, f"Dagen var lång. {told}")) == told


GOOD = [
    ("sv", "Varför höjde Lillmåla kommun skatten?", "Lillmåla kommun höjde skatten i går."),
    ("sv", "Varför sänkte Lillmåla kommun skatten?", "Lillmåla kommun höjde inte skatten i går."),
    ("sv", "Varför sänkte Lillmåla kommun skatten?", "Granvik kommun höjde skatten i går."),
    ("sv", "Varför avgick Berit Sandmo som ordförande?", "Berit Sandmo avgick inte bara som ordförande."),
    ("sv", "Varför avgick Berit Sandmo som ordförande?", "Berit Sandmo lovade att aldrig avgå som ordförande."),
    ("sv", "Varför avgick Berit Sandmo som ordförande?", "Om Berit Sandmo inte avgår som ordförande blir det val."),
    ("sv", "Varför avgick Berit Sandmo som ordförande?", "Berit Sandmo avgick. Hon är inte längre ordförande."),
    ("no", "Hvorfor fikk ikke Kari Tveitnes selge hytta?", "Kari Tveitnes solgte hytta."),
    ("no", "Når er det tillatt å bade i Tindvik?", "Det er forbudt å bade i Tindvik på andre dager enn søndag."),
    ("en", "Why did the Harrow bridge cost 600 million pounds?", "The Harrow bridge cost over 590 million pounds."),
    ("en", "When did the Harrow bridge cost 900 million pounds?",
     "The Harrow bridge cost 640 million pounds. Before the war it had been 900 million."),
    ("sv", "När öppnade biblioteket i Lillmåla?", "Biblioteket i Lillmåla stängde i maj."),
    ("sv", "När kostade en biljett till Lillmåla 40 kronor?", "En biljett till Lillmåla kostar 90 kronor."),
    ("sv", "Varför behöver inte Berit Sandmo fler båtar?", "– Det behövs fler båtar, säger Berit Sandmo."),
    ("no", "Hvorfor møtte Tindvik Myrvoll?", "Myrvoll møtte Tindvik i finalen."),
    ("no", "Hvorfor slo Tindvik Myrvoll?", "Tindvik slo Myrvoll i finalen."),
    ("no", "Hvor lenge har Kari Tveitnes ledet Folkelisten?", "Folkelisten-leder Kari Tveitnes sa tirsdag nei."),
]


@pytest.mark.parametrize(("language", "question", "told"), GOOD)
def test_a_premise_that_may_hold_is_left_alone(language: str, question: str, told: str) -> None:
    assert quoted(question, language, hits(language, told)) is None


def test_what_another_article_bears_out_is_not_contradicted() -> None:
    denied, borne_out = "Berit Sandmo avgick inte som ordförande.", "Berit Sandmo avgick som ordförande i går."
    question = "Varför avgick Berit Sandmo som ordförande?"
    assert quoted(question, "sv", hits("sv", denied)) == denied
    assert quoted(question, "sv", hits("sv", denied, borne_out)) is None


def test_the_sentence_before_comes_along_where_it_holds_the_name() -> None:
    told = "Berit Sandmo är ordförande i Lillmåla. Hon sänkte avgiften för båtar."
    assert quoted("Varför höjde Berit Sandmo avgiften för båtar?", "sv", hits("sv", told)) == told
    assert quoted("Varför höjde Maj Furu avgiften för båtar?", "sv", hits("sv", told)) is None


def test_another_language_contradicts_nothing() -> None:
    assert quoted("Why did Berit Sandmo cut the fee?", "en", hits("sv", "Berit Sandmo höjde avgiften.")) is None


def test_false_premises_are_corrected_in_the_flow_and_good_ones_answered(seeded: Archive, selector: Selector) -> None:
    assistant = Assistant(seeded, None, selector)
    lines = (Path(__file__).parent.parent / "seeds" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    corrected: dict[bool, list[str]] = {True: [], False: []}
    for row in map(json.loads, lines):
        if assistant.ask(row["question"]).status == "corrected":
            corrected[row["type"] == "false_premise"].append(row["question"])
    assert len(corrected[True]) >= 5, corrected
    assert all("Skoghede" in question for question in corrected[False]), corrected  # who said what has its own


def test_the_correction_is_framed_and_quotes_what_is_so(seeded: Archive, selector: Selector) -> None:
    answer = Assistant(seeded, None, selector).ask("Varför sänks kommunalskatten i Hällvika?")
    assert [sentence.origin for sentence in answer.sentences] == ["framing", "quoted"]
    assert "höjs" in answer.sentences[1].text
