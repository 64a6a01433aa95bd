"""What the reader is taught, and that teaching changes it."""

from pathlib import Path

from bot.reader import Reader, Sheet, packed, unpacked
from bot.training import Example, example, fold, train, without_its_articles
from index.article import Article, Hit
from index.embed import converted
from index.split import split

TEXT = "Kommunen vill bygga nytt. Bron kostar 412 miljoner kronor. Den blir klar i maj."
ROW = {"id": "q", "question": "Vad kostar bron?", "answerable": True, "relevant_articles": ["bro"],
       "answer_keys": [["412 miljoner", "412 mkr"]]}


def hits() -> list[Hit]:
    articles = [Article(id=name, title="Ny bro", text=TEXT, language="sv") for name in ("bro", "kopia")]
    return [Hit(split(article)[0], article, 1.0) for article in articles]


def test_the_answer_is_marked_where_the_relevant_article_says_it() -> None:
    made = example(ROW, hits())
    assert [len(sheet.sentences) for sheet in made.sheets] == [3, 3]
    ((sentence, spans),) = made.answers[0].items()
    assert [made.sheets[0].sentences[sentence][a:b] for a, b in spans] == ["412 miljoner"]
    assert made.answers[1] == {}, "the same words in another article are not the answer"


def test_as_if_its_articles_were_not_there() -> None:
    row, rest = without_its_articles(ROW, hits())
    assert row["answerable"] is False
    assert [hit.article.id for hit in rest] == ["kopia"]
    assert ROW["answerable"] is True


def test_all_questions_of_an_article_lie_in_one_fold() -> None:
    assert fold(ROW, 2) == fold({**ROW, "id": "another"}, 2)
    assert {fold({"id": str(n), "relevant_articles": []}, 2) for n in range(20)} == {0, 1}


def test_weights_are_kept_in_a_byte_each_and_come_back_nearly_as_they_were() -> None:
    import torch

    state = {"layers.0.w": torch.randn(40, 30) * torch.logspace(-3, 1, 40)[:, None], "head.bias": torch.randn(3)}
    kept = packed(state)
    assert kept["layers.0.w"].dtype == torch.int8
    back = unpacked(kept)
    assert back.keys() == state.keys()
    for name, value in state.items():
        largest = value.abs().amax(dim=-1, keepdim=True)
        assert ((back[name] - value).abs() <= largest / 250).all(), name


def test_a_little_training_moves_weight_to_the_answer(models: Path, tmp_path: Path) -> None:
    """Eight times the same question: not what is learned is tested, but that something is, and can be loaded."""
    encoder = converted(models / "multilingual-e5-small")
    sheets = (Sheet("Ny bro", ("Kommunen vill bygga nytt.", "Bron kostar 412 miljoner kronor.", "Den blir klar i maj.")),)
    taught = [Example("Vad kostar bron?", True, sheets, ({1: ((12, 24),)},))] * 8
    train(taught, encoder, tmp_path / "reader.safetensors")
    reading = Reader(lambda: encoder, tmp_path / "reader.safetensors").read("Vad kostar bron?", sheets)
    assert max(reading.sentences[0]) == reading.sentences[0][1]
    assert (tmp_path / "reader.safetensors").stat().st_size < 25_000_000
