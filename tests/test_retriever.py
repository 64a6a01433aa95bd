"""How scores are joined, within one language and across languages."""

from pathlib import Path

import pytest

from index.archive import Archive
from index.article import Article
from index.language import share_words
from index.retriever import Retriever, Weights, constant_words
from tests.fakes import HashedGrams


@pytest.mark.parametrize(("one", "other", "shared"), [
    ("sv", "sv", True), ("sv", "no", True), ("da", "sv", True), ("en", "sv", False), ("de", "en", False), ("", "sv", True)])
def test_which_languages_share_words(one: str, other: str, shared: bool) -> None:
    assert share_words(one, other) is shared


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path, HashedGrams())
    list(archive.add([
        Article(id="sv", title="Bron", text="Bron över Ymlaren kostar 412 miljoner kronor.", language="sv"),
        Article(id="en", title="The bridge", text="The bridge across Ymlaren costs 412 million kronor.", language="en"),
        Article(id="other", title="Skolan", text="Skolan i Gråvika stänger efter sommaren.", language="sv")]))
    return archive


def test_the_same_words_come_first_and_scores_fall(archive: Archive) -> None:
    hits = Retriever(archive).search("Vad kostar bron över Ymlaren?", language="sv")
    assert hits[0].article.id == "sv"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == 3


def test_keywords_do_not_count_across_languages(archive: Archive) -> None:
    hits = {hit.article.id: hit for hit in Retriever(archive).search("bridge Ymlaren 412", language="en")}
    foreign, own = hits["sv"], hits["en"]
    weights = Weights()
    assert foreign.score == pytest.approx(weights.cosine * foreign.parts["cosine"] + weights.foreign + weights.names)
    assert own.score == pytest.approx(sum(getattr(weights, name) * own.parts[name] for name in ("grams", "stems", "cosine")))


def test_a_paraphrase_leaves_the_word_to_the_vectors(archive: Archive) -> None:
    """What shares few words with every passage gets little from keywords, whatever is the most among them."""
    hits = Retriever(archive).search("Hur dyr blev vägen över vattnet?", language="sv")
    own = [hit for hit in hits if hit.article.language == "sv"]
    assert max(hit.parts["grams"] for hit in own) < 0.5


def test_names_and_figures_are_alike_in_most_languages() -> None:
    assert constant_words("What did Ada Lovelace build in 1843?") == ["ada", "lovela", "1843"]
    assert constant_words("Vad kostar det?") == []


def test_a_question_without_words_and_an_empty_archive(archive: Archive, tmp_path: Path) -> None:
    assert len(Retriever(archive).search("?!", language="sv")) == 3
    assert Retriever(Archive(tmp_path / "empty", HashedGrams())).search("Vad kostar bron?") == []


def test_a_share_of_the_most_that_the_words_could_give(archive: Archive) -> None:
    best = Retriever(archive).search("Bron över Ymlaren kostar 412 miljoner kronor.", language="sv")[0]
    assert 0.3 < best.parts["grams"] <= 1
    assert 0.3 < best.parts["stems"] <= 1
