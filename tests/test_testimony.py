"""Who said what, over the example articles in real SQLite and tantivy; the search for the whole question is set aside."""

from pathlib import Path

import pytest

from bot import testimony
from bot.answer import Evidence, Query, Told
from bot.saying import asked_saying
from bot.select import Selection
from bot.testimony import NOBODY
from index.archive import Archive
from index.article import Article
from index.readers import discover, read
from index.retriever import Retriever
from tests.fakes import HashedGrams

ROOT = Path(__file__).parent.parent
EMPTY = Selection((), True, {})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive(tmp_path_factory.mktemp("testimony"), HashedGrams())
    paths = [path for path in discover([str(ROOT / "seeds")]) if isinstance(path, Path)]
    list(archive.add([item for path in paths for item in read(path)]))
    return archive


def told(archive: Archive, question: str, selection: Selection = EMPTY) -> Told | None:
    retriever = Retriever(archive)
    saying = asked_saying(question)
    assert saying is not None
    language = "en" if question.split()[0] in ("What", "Who", "Did", "Why") else "sv"
    query = Query(question, question, language)
    answer = testimony.Testimony(archive, retriever).told(query, saying, selection, retriever.search(question))
    if answer is not None:
        check(answer)
    return answer


def check(answer: Told) -> None:
    """What holds of every one: verbatim, whole, cited; and a framing never is the answer."""
    for evidence in answer.evidence:
        assert evidence.article.text[evidence.start:evidence.end] == evidence.text
        assert 0 < len(evidence.text.split()) <= 80
    for sentence in answer.sentences:
        if sentence.origin == "quoted":
            assert sentence.text == answer.evidence[sentence.citations[0] - 1].text
        else:
            assert (sentence.origin, sentence.citations) == ("framing", ())
    assert (answer.status == "no_evidence") is (not answer.sentences)


ANSWERED = [
    ("Vad säger Katarina Fältmo om nattakuten?", {"Katarina Fältmo"}, "Jag hade fel om nattakuten"),
    ("vad säger fältmo om nattakuten", {"Katarina Fältmo"}, "Jag hade fel om nattakuten"),
    ("Vad sa Fältmo om nattakuten i oktober 2024?", {"Katarina Fältmo"}, "Den som vill behålla nattakuten"),
    ("Vem sade att kommunen hade borrat för lite vid de norra brostöden?", {"Sofia Rislund"}, "Det är för lite"),
    ("Who said that a promise is not an order book?", {"Vendela Kroksmed"}, "A promise is not an order book"),
    ("What did Tomas Sandvret say in 2026?", {"Tomas Sandvret"}, "It is the other way round"),
    ("Sa Henrik Tjernhed att de litade för mycket på de gamla kartorna?", {"Henrik Tjernhed"}, "Vi litade för mycket"),
]


@pytest.mark.parametrize(("question", "speakers", "said"), ANSWERED)
def test_answered_by_their_own_words(archive: Archive, question: str, speakers: set[str], said: str) -> None:
    answer = told(archive, question)
    assert answer is not None
    assert answer.status == "answered"
    assert {evidence.speaker for evidence in answer.evidence} - {None} == speakers
    assert any(said in sentence.text for sentence in answer.sentences)


CORRECTED = [
    ("Sa Rolf Svanmyr att kommunen litade för mycket på de gamla kartorna?", "Henrik Tjernhed",
     "Det sa inte Rolf Svanmyr; Henrik Tjernhed sa:"),
    ("Varför erkände Mona Skoghede att hon hade haft fel om nattakuten?", "Katarina Fältmo",
     "Det sa inte Mona Skoghede; Katarina Fältmo sa:"),
    ("Did Tomas Sandvret say that a promise is not an order book?", "Vendela Kroksmed",
     "Tomas Sandvret did not say that; Vendela Kroksmed said:"),
]


@pytest.mark.parametrize(("question", "speaker", "frame"), CORRECTED)
def test_when_another_said_it_that_is_said(archive: Archive, question: str, speaker: str, frame: str) -> None:
    answer = told(archive, question)
    assert answer is not None
    assert answer.status == "corrected"
    assert [sentence.origin for sentence in answer.sentences] == ["framing", "quoted"]
    assert answer.sentences[0].text == frame
    assert answer.evidence[0].speaker == speaker
    cited = " ".join(answer.evidence[n - 1].text for n in answer.sentences[1].citations)
    assert speaker in cited, "the name in the frame stands in what is cited"


@pytest.mark.parametrize("question", [
    "What did Tomas Sandvret say in 2013?", "Vad säger Anders Borgström om nattakuten?",
    "Vad säger Rolf Svanmyr om kvantdatorer?", "Sa Rolf Svanmyr att pingviner kan flyga?",
    "Vem har uttalat sig om kvantdatorer?",
])
def test_when_nobody_said_it_there_is_no_evidence(archive: Archive, question: str) -> None:
    assert told(archive, question, Selection((), False, {})) is NOBODY


@pytest.mark.parametrize("question", [
    "Varför sa Henrik Tjernhed att de litade för mycket på de gamla kartorna?", "Vem sa att månen är av ost?",
    "Vad säger nämnden om nattakuten?",
])
def test_what_quotes_cannot_answer_is_left_to_the_search(archive: Archive, question: str) -> None:
    assert told(archive, question) is None


def test_statements_come_in_order_of_time_over_several_articles(archive: Archive) -> None:
    answer = told(archive, "Vad säger Katarina Fältmo om nattakuten?")
    assert answer is not None
    dates = [answer.evidence[sentence.citations[0] - 1].article.published or "" for sentence in answer.sentences]
    assert dates == sorted(dates)
    assert len(set(dates)) == 2
    assert len(answer.sentences) <= 6


def test_a_pronoun_is_backed_by_the_words_that_introduce_the_person(archive: Archive) -> None:
    answer = told(archive, "Vad säger Fältmo om nattakuten?")
    assert answer is not None
    resolved = [sentence for sentence in answer.sentences if sentence.text.endswith("säger hon.")]
    assert resolved
    for sentence in resolved:
        said, introduced = (answer.evidence[n - 1] for n in sentence.citations)
        assert "Fältmo" not in said.text
        assert "Katarina Fältmo" in introduced.text
        assert said.article == introduced.article


def test_who_has_spoken_gives_each_person_once_and_by_name(archive: Archive) -> None:
    answer = told(archive, "Vem har uttalat sig om bron?")
    assert answer is not None
    spoken = [answer.evidence[sentence.citations[0] - 1] for sentence in answer.sentences]
    speakers = [evidence.speaker for evidence in spoken if evidence.speaker]
    assert len(speakers) == len(set(speakers)) >= 4
    whole = " ".join(sentence.text for sentence in answer.sentences)
    assert all(speaker.split()[-1] in whole for speaker in speakers)


def test_evidence_gets_the_speaker_in_whose_words_it_lies(archive: Archive) -> None:
    article = archive.get("haverland-2025-12-03-bron-dyrare")
    assert article is not None
    spoken, told_by_the_paper = (_evidence(article, start) for start in ("– Vi litade", article.text[:10]))
    selection = testimony.Testimony(archive, Retriever(archive)).attributed(Selection((spoken, told_by_the_paper), True, {}))
    assert [evidence.speaker for evidence in selection.evidence] == ["Henrik Tjernhed", None]


def _evidence(article: Article, begins: str) -> Evidence:
    start = article.text.index(begins)
    end = article.text.index(".", start) + 1
    return Evidence(article, start, end, article.text[start:end])
