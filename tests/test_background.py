"""Overviews of the example articles, found and weighed by the real embedder."""

import pytest

from bot.answer import Told
from bot.assistant import Assistant
from bot.background import MOST, NOBODY, ROOM, Background, Piece, alone, chosen
from bot.overview import asked_overview
from bot.select import Selector
from bot.understand import understand
from index.archive import Archive
from index.article import Article, Filters
from index.language import grams
from index.retriever import Retriever


def told(archive: Archive, question: str) -> Told:
    topic = asked_overview(question)
    assert topic is not None
    query = understand(question, languages=archive.stats().languages)
    background = Background(archive, Retriever(archive))
    answer = background.told(query, topic, background.find(query, topic))
    check(answer)
    return answer


def check(answer: Told) -> None:
    """What holds of every one: verbatim, cited, short, in order of time, nothing twice."""
    for evidence in answer.evidence:
        assert evidence.article.text[evidence.start:evidence.end] == evidence.text
        assert 0 < len(evidence.text.split()) <= 80
    assert len(answer.sentences) == len(answer.evidence) <= MOST
    assert sum(len(sentence.text.split()) for sentence in answer.sentences) <= ROOM
    for n, sentence in enumerate(answer.sentences, 1):
        assert (sentence.origin, sentence.citations) == ("quoted", (n,))
        assert sentence.text == answer.evidence[n - 1].text
    known = [evidence.article.published for evidence in answer.evidence if evidence.article.published]
    assert known == sorted(known)
    places = [(evidence.article.id, evidence.start) for evidence in answer.evidence]
    assert len(set(places)) == len(places)


ANSWERED = [
    ("Vad har hänt med Tjärsundsbron?", {"haverland-2025-03-11-tjarsundsbron", "haverland-2025-12-03-bron-dyrare"},
     "468 miljoner"),
    ("Berätta om nattakuten i Hällvika", {"haverland-2024-10-17-nattakuten", "haverland-2026-03-14-faltmo-andrar-sig"},
     "nattakuten"),
    ("Fortæl om Gråvika skole", {"haverland-2025-05-20-gravika-skola"}, "Gråvika skola stänger"),
    ("What happened with the gear factory in Tallhyttan?", set(), "165 million"),
    ("Vad vet vi om siklöjan i Ymlaren?", set(), "Siklöjan"),
]


@pytest.mark.parametrize(("question", "articles", "says"), ANSWERED)
def test_tells_of_the_subject_from_the_articles_about_it(
    seeded: Archive, question: str, articles: set[str], says: str,
) -> None:
    answer = told(seeded, question)
    assert answer.status == "answered"
    assert articles <= {evidence.article.id for evidence in answer.evidence}
    assert says in " ".join(sentence.text for sentence in answer.sentences)
    assert len(answer.sentences) >= 3


@pytest.mark.parametrize("question", [
    "Vad har hänt med Vasaloppet?", "Berätta om kärnkraftverket i Vendsta", "Hur har kriget i Ukraina utvecklats?",
    "What do we know about the earthquake in Haverland?", "Vad har hänt med flygplatsen på Tjärön?",
    "Hva vet vi om månelandingen?",
])
def test_of_what_the_archive_does_not_know_it_tells_nothing(seeded: Archive, question: str) -> None:
    assert told(seeded, question) is NOBODY


def test_a_filter_narrows_what_is_told(seeded: Archive) -> None:
    query = understand("Vad har hänt med Tjärsundsbron?", filters=Filters(since="2025-06-01"), languages=["sv"])
    background = Background(seeded, Retriever(seeded))
    answer = background.told(query, "Tjärsundsbron", background.find(query, "Tjärsundsbron"))
    assert {evidence.article.id for evidence in answer.evidence} == {"haverland-2025-12-03-bron-dyrare"}


def test_the_assistant_answers_an_overview_without_a_model(seeded: Archive, selector: Selector) -> None:
    assistant = Assistant(seeded, None, selector)
    answer = assistant.ask("Vad har hänt med Tjärsundsbron?")
    assert answer.status == "answered"
    assert len({citation.evidence.article.id for citation in answer.citations}) >= 2
    refused = assistant.ask("Vad har hänt med Vasaloppet?")
    assert refused.status == "no_evidence"
    assert refused.nearest


def piece(text: str, article: str, relevance: float = 1.0) -> Piece:
    return Piece(Article(article, article, text), 0, len(text), relevance, frozenset(grams(text)), alone(text))


def rarity(found: list[Piece]) -> dict[str, float]:
    return {gram: 1.0 for each in found for gram in each.grams}


def test_what_another_article_repeats_is_told_once() -> None:
    found = [piece("Hamnen i Norrvik ska byggas ut för nittio miljoner kronor.", "a"),
             piece("Hamnen i Norrvik ska byggas ut för nittio miljoner kronor, enligt planen.", "b", 0.9),
             piece("Fiskarna fruktar att muddringen grumlar vattnet i viken.", "c", 0.8)]
    assert [each.article.id for each in chosen(found, rarity(found))] in (["a", "c"], ["b", "c"])


def test_a_sentence_far_from_the_subject_is_left_out() -> None:
    found = [piece("Hamnen i Norrvik ska byggas ut för nittio miljoner kronor.", "a"),
             piece("Damlaget vann bortamatchen med tre mål mot två i söndags.", "b", 0.2)]
    assert [each.article.id for each in chosen(found, rarity(found))] == ["a"]


def test_a_leaning_sentence_is_told_with_the_one_before_it(seeded: Archive) -> None:
    answer = told(seeded, "Berätta om nattakuten i Hällvika")
    assert any(start in evidence.text for evidence in answer.evidence for start in (". Nu vill hon", ". Det föreslår"))
    assert not any(evidence.text.startswith(("Nu vill hon", "Det föreslår")) for evidence in answer.evidence)
    assert not any("\n\n" in evidence.text for evidence in answer.evidence), "paragraphs are kept apart"


def test_nothing_found_is_nothing_chosen() -> None:
    assert chosen([], {}) == []


def test_what_is_no_sentence_counts_least() -> None:
    headline, leaning, whole = (alone(text) for text in (
        "Hamnen i Norrvik byggs ut", "Den ska byggas ut.", "Hamnen i Norrvik ska byggas ut."))
    assert headline < leaning < whole


@pytest.mark.parametrize("text", [
    "Hon har lett skolan i sex år.", "Men det räcker inte.", "Vad ska vi göra?", "HAMNEN BYGGS UT I NORRVIK", "Fakta: hamnen",
    "– Det är för dyrt.", "Ho har leidd skulen i seks år.", "Han har arbejdet der i ti år.", "But that is not enough.",
    "Enligt henne är det för dyrt.",
])
def test_what_does_not_stand_alone(text: str) -> None:
    assert alone(text) < 1


@pytest.mark.parametrize("text", [
    "Hamnen i Norrvik ska byggas ut.", "Rektor Hanna Ek har lett skolan i sex år.", "The harbour will be rebuilt in 2027.",
    "Skolen i Nordby lukker til sommer.", "År 2025 stängde skolan.",
])
def test_what_stands_alone(text: str) -> None:
    assert alone(text) == 1
