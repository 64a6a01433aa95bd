"""Reading sets of known answers: what kind they are, what rows hold, and what is told of a broken one."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.gold import GoldError, GoldSet, Question, Quoted, Said, SentencePair, read


def written(folder: Path, name: str, *rows: Any) -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_questions_with_keys(tmp_path: Path) -> None:
    gold = read(written(
        tmp_path, "a.jsonl",
        {"id": 7, "question": "Vad kostar bryggan?", "answerable": True, "answer_keys": [["9 kronor", "nio kronor"], ["i år"]],
         "relevant_articles": ["b-1"], "forbidden": ["8"], "type": "factoid", "lang": "sv"},
        {"id": "b", "question": "Vem äger ön?", "answerable": False, "answer_keys": [], "relevant_articles": []}))
    assert gold == GoldSet(tmp_path / "a.jsonl", "questions", (
        Question("7", "Vad kostar bryggan?", True, keys=(("9 kronor", "nio kronor"), ("i år",)), articles=("b-1",),
                 forbidden=("8",), group="factoid", language="sv"),
        Question("b", "Vem äger ön?", False)))


def test_the_project_s_own_questions_are_all_read() -> None:
    gold = read(Path(__file__).parent.parent / "seeds" / "questions.jsonl")
    assert (gold.kind, gold.broken) == ("questions", ())
    assert any(isinstance(row, Question) and row.hints and not row.articles for row in gold.rows)


@pytest.mark.parametrize(("name", "told"), [
    ("a.json", json.dumps([{"question": "Who?", "ground_truth": "Ida Moe", "source": "Kaia åpner"}])),
    ("b.json", json.dumps({"version": 2, "questions": [{"Question": "Who?", "Answer": "Ida Moe", "Source": "Kaia åpner"}]})),
    ("c.jsonl", json.dumps({"query": "Who?", "expected": ["Ida Moe"], "article": "Kaia åpner"})),
    ("d.csv", "question,expected,source\nWho?,Ida Moe,Kaia åpner\n"),
    ("e.csv", "\ufeffSpørsmål;Svar;Source\r\n\"Who?\";\"Ida Moe\";Kaia åpner\r\n"),
    ("f.tsv", "question\tground_truth\ttitle\nWho?\tIda Moe\tKaia åpner\n"),
])
def test_questions_with_an_answer_in_words(tmp_path: Path, name: str, told: str) -> None:
    (row,) = read(written(tmp_path, name, told)).rows
    assert isinstance(row, Question)
    assert (row.text, row.answerable, row.expected, row.hints) == ("Who?", True, ("Ida Moe",), ("Kaia åpner",))


def test_a_csv_from_a_spreadsheet_in_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("fråga;svar;answerable\nVad är på ön?;En kvarn\n och ett båthus;ja\nVem äger ön?;;nej\n".replace(
        "En kvarn\n och ett båthus", '"En kvarn\n och ett båthus"').encode("cp1252"))
    first, second = read(path).rows
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    assert (first.text, first.expected) == ("Vad är på ön?", ("En kvarn\n och ett båthus",))
    assert (second.answerable, second.id) == (False, "line 4")


def test_quotes_with_and_without_offsets(tmp_path: Path) -> None:
    text = "Det går bra, säger Ola Ek. – Nu åker vi."
    gold = read(written(tmp_path, "q.json", json.dumps([
        {"article_id": "a", "lang": "sv", "text": text, "quotes": [{"quote": "Det går bra", "start": 0, "end": 11,
         "speaker": "Ola Ek"}, {"quote": "Nu åker vi.", "speaker": "Ola Ek"}], "optional": [{"quote": "bra"}]},
        {"article_id": "b", "quotes": []}], indent=1)))
    assert gold.kind == "quotes"
    assert gold.rows == (
        Quoted("a", text, "sv", (Said(0, 11, "Det går bra", "Ola Ek"), Said(29, 40, "Nu åker vi.", "Ola Ek")), ((8, 11),)),
        Quoted("b", "", "", ()))


def test_sentence_pairs(tmp_path: Path) -> None:
    gold = read(written(tmp_path, "p.jsonl", {"id": "x", "sentence": "Ön är såld.", "evidence": ["Ön såldes.", "I går."],
                                              "supported": True, "kind": "tense"}))
    assert gold.rows == (SentencePair("x", "Ön är såld.", "Ön såldes.\nI går.", True, "tense"),)


GOOD = {"id": "g", "question": "Vad heter ön?", "answer_keys": [["Trutö"]]}


@pytest.mark.parametrize(("row", "where", "why"), [
    ('{"id": "x", "question": ', "line 2", "not JSON"),
    ("[1]", "line 2", "not an object"),
    ({"id": "g", "question": "Vem?", "answer_keys": [["Ida"]]}, "line 2", "the id g stands twice"),
    ({"id": "x", "question": " ", "answer_keys": [["Ida"]]}, "line 2", "`question` is missing"),
    ({"id": "x", "question": "Vem?", "answer_keys": ["Ida"]}, "line 2", "list of groups"),
    ({"id": "x", "question": "Vem?", "answer_keys": [[]]}, "line 2", "list of groups"),
    ({"id": "x", "question": "Vem?"}, "line 2", "neither `answerable` nor an answer"),
    ({"id": "x", "question": "Vem?", "answerable": True}, "line 2", "`answerable`: false"),
    ({"id": "x", "question": "Vem?", "answerable": "kanske", "expected": "Ida"}, "line 2", "neither true nor false"),
    ({"id": "x", "question": "Vem?", "expected": {"text": "Ida"}}, "line 2", "neither a text nor a list"),
])
def test_a_broken_row_is_named_and_the_rest_goes_on(tmp_path: Path, row: Any, where: str, why: str) -> None:
    gold = read(written(tmp_path, "a.jsonl", GOOD, row, {**GOOD, "id": "h"}))
    assert [each.id for each in gold.rows] == ["g", "h"]
    (broken,) = gold.broken
    assert broken.where == where
    assert why in broken.why


def test_broken_rows_of_the_other_kinds(tmp_path: Path) -> None:
    pairs = read(written(tmp_path, "p.jsonl", {"sentence": "a b", "evidence": "a b", "supported": 1},
                         {"sentence": "a", "evidence": "b"}, {"sentence": "a", "evidence": 3, "supported": False}))
    assert [each.why for each in pairs.broken] == ["`supported` is missing", "`evidence` is missing or no text"]
    quotes = read(written(tmp_path, "q.jsonl", *({"article_id": n, "text": "Nu åker vi.", "quotes": [quote]} for n, quote in (
        ("a", {"quote": "Nu", "start": 0, "end": 2}), ("b", {"quote": "Nu", "start": 1, "end": 3}), ("c", {"quote": "Då"}),
        ("d", "Nu")))))
    assert [each.id for each in quotes.rows] == ["a"]
    assert [each.where for each in quotes.broken] == ["line 2", "line 3", "line 4"]


def test_a_csv_row_with_too_many_columns(tmp_path: Path) -> None:
    gold = read(written(tmp_path, "a.csv", "question,expected", "Vem?,Ida Moe, Bergen", "Var?,Bergen"))
    assert [row.text for row in gold.rows if isinstance(row, Question)] == ["Var?"]
    assert "more columns" in gold.broken[0].why


@pytest.mark.parametrize(("name", "told", "why"), [
    ("a.jsonl", '{"id": "a", "title": "Ön", "text": "Ön är såld."}', "articles, not questions"),
    ("a.jsonl", '{"name": "a", "points": 3}', "its fields are name, points"),
    ("a.json", "[{", "not JSON"),
    ("a.txt", "Bara text.\nOch mer.", "no set"),
    ("a.jsonl", '{"question": "Vem?"}', "line 1|row 1"),
    ("a.jsonl", "", "empty"),
    ("a.jsonl", "[]", "its fields are none"),
])
def test_what_is_no_set_is_said_to_be_none(tmp_path: Path, name: str, told: str, why: str) -> None:
    with pytest.raises(GoldError, match=why):
        read(written(tmp_path, name, told))


def test_a_sample_is_seeded_and_known_by_its_rows(tmp_path: Path) -> None:
    gold = read(written(tmp_path, "a.jsonl", *({**GOOD, "id": str(n)} for n in range(40))))
    sample = gold.sample(9)
    assert sample == gold.sample(9)
    assert [row.id for row in sample.rows] == sorted((row.id for row in sample.rows), key=int)
    assert len(sample.rows) == 9
    assert gold.sample(40) == gold.sample(99) == gold
    assert len({gold.digest, sample.digest, gold.sample(10).digest}) == 3
