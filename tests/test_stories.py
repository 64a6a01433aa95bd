"""Copies as they come in, are changed, removed and hidden, on a real archive; and what a search and an answer make of them."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from bot import terminal
from bot.answer import Answer, Query
from bot.assistant import Assistant
from bot.background import Piece, chosen
from bot.disagreement import disagreement
from bot.people import people
from bot.render import Shown, plain, turn
from bot.select import Calibration, Selection, Selector
from index import schema, stories
from index.archive import Archive
from index.article import Article, Filters
from index.db import Database
from index.retriever import Retriever
from index.stories import said_once
from tests.fakes import HashedGrams, Pointing
from tests.test_copies import FOOTER, LOCAL, MARKET, PARAGRAPHS, SCHOOL, TRANSLATED, WIRE

FIRST = Article("tråd", "Slussen byggs om", WIRE, language="sv", source="Nordtråd", published="2026-03-01T09:00:00+01:00")
SECOND = replace(FIRST, id="blad", title="Beslutet är fattat", source="Granviks Blad",
                 published="2026-03-01T12:00:00+01:00", text="\n\n".join([LOCAL, *PARAGRAPHS[:3]]))
THIRD = replace(FIRST, id="post", title="Båtar får vänta", source=None, url="https://www.posten.example/1",
                published="2026-03-02", text="\n\n".join(PARAGRAPHS[i] for i in (0, 1, 3)))
OTHER = Article("skola", "Matsalen", SCHOOL, language="sv", source="Nordtråd", published="2026-03-01")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", HashedGrams())


def database(archive: Archive) -> Database:
    return Database.in_folder(archive.folder)


def add(archive: Archive, *articles: Article) -> None:
    for outcome in archive.add(articles):
        assert outcome.action in ("added", "updated", "unchanged")


def joined(archive: Archive) -> list[set[str]]:
    """The ids of each story."""
    found: dict[int, set[str]] = {}
    with database(archive).reading() as connection:
        query = select(schema.article.c.id, schema.article.c.story).where(schema.article.c.story.is_not(None))
        for row in connection.execute(query):
            found.setdefault(row.story, set()).add(row.id)
        keys = select(schema.article.c.story, func.min(schema.article.c.key)).where(
            schema.article.c.story.is_not(None)).group_by(schema.article.c.story)
        assert all(story == first for story, first in connection.execute(keys)), "a story is the key of its first copy"
    return list(found.values())


@pytest.mark.parametrize("together", [True, False])
def test_copies_are_one_story_whether_they_come_together_or_not(archive: Archive, together: bool) -> None:
    articles = (OTHER, SECOND, FIRST, THIRD)
    for batch in ([articles] if together else [(each,) for each in articles]):
        add(archive, *batch)
    assert joined(archive) == [{"tråd", "blad", "post"}]
    told = archive.stories(["post", "tråd", "skola", "okänd"])
    assert set(told) == {"post", "tråd"}
    story = told["post"]
    assert (story.first, story.others, story.sources) == (FIRST, 2, ("Nordtråd", "Granviks Blad", "posten.example"))


def test_two_halves_are_one_story_when_the_whole_comes(archive: Archive) -> None:
    long = "\n\n".join([WIRE, MARKET, FOOTER])
    add(archive, replace(FIRST, id="a", text=WIRE), replace(FIRST, id="b", text=f"{MARKET}\n\n{FOOTER}", source="B"))
    assert joined(archive) == []
    add(archive, replace(FIRST, id="hel", text=long, source="C"))
    assert joined(archive) == [{"a", "b", "hel"}]


def test_an_update_joins_anew_and_a_removal_leaves_the_rest(archive: Archive) -> None:
    add(archive, FIRST, SECOND, THIRD)
    add(archive, replace(FIRST, title="Slussen byggs om (uppdaterad)"))
    assert joined(archive) == [{"tråd", "blad", "post"}]
    add(archive, replace(SECOND, text=MARKET))
    assert joined(archive) == [{"tråd", "post"}]
    add(archive, SECOND)
    assert archive.remove(["tråd"]) == ["tråd"]
    assert joined(archive) == [{"blad", "post"}]
    archive.remove(["post"])
    assert joined(archive) == []
    assert archive.stories(["blad"]) == {}
    archive.remove(["blad"])
    with database(archive).reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.band)).scalar_one() == 0


def test_neither_a_version_nor_a_translation_is_a_copy(archive: Archive) -> None:
    add(archive, FIRST, replace(FIRST, text=f"{WIRE}\n\nTexten är rättad."))
    add(archive, replace(FIRST, id="en", text=TRANSLATED, language="en"))
    assert joined(archive) == []


def test_a_publisher_that_carries_a_story_twice_is_one(archive: Archive) -> None:
    add(archive, FIRST, replace(SECOND, id="utökad", source="Nordtråd"))
    assert joined(archive) == [{"tråd", "utökad"}]
    assert archive.stories(["tråd", "utökad"]) == {}
    add(archive, *(replace(FIRST, id=f"okänd {n}", source=None, published=None) for n in range(2)))
    story = archive.stories(["tråd"])["tråd"]
    assert (story.others, story.sources) == (2, ("Nordtråd", "Slussen byggs om", "Slussen byggs om"))


def test_what_is_embargoed_or_withdrawn_does_not_count(archive: Archive) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    add(archive, replace(FIRST, embargo=later.isoformat()), SECOND, replace(THIRD, status="withdrawn"))
    assert archive.stories(["blad"]) == {}
    add(archive, replace(THIRD, status="usable"))
    assert archive.stories(["blad"])["blad"].first.id == "blad"
    with database(archive).reading() as connection:
        then = stories.stories(connection, ["blad"], int(time.time()) + 7200)["blad"]
    assert (then.first.id, then.others) == ("tråd", 2)


def test_the_footer_of_a_paper_joins_nothing(archive: Archive) -> None:
    texts = [SCHOOL, MARKET, *(f"{paragraph} {LOCAL}" for paragraph in PARAGRAPHS)]
    add(archive, *(Article(f"{n}", "Nyhet", f"{text}\n\n{FOOTER}", language="sv") for n, text in enumerate(texts)))
    assert [ids for ids in joined(archive) if {"0", "1"} & ids] == []


def test_articles_from_before_are_joined_at_the_next_writing_a_part_at_a_time(archive: Archive) -> None:
    add(archive, OTHER, FIRST, SECOND, THIRD)
    with database(archive).writing() as connection:
        connection.execute(delete(schema.band))
        connection.execute(update(schema.article).values(story=None))
        connection.execute(delete(schema.setting))
        assert stories.behind(connection)
    for left in (True, True):  # killed after this: each part is whole
        with database(archive).writing() as connection:
            assert stories.fill(connection, 2) is left
    with database(archive).writing() as connection:
        connection.execute(delete(schema.band).where(schema.band.c.article_key == 1))  # to see that it is not made again
    archive.close()
    again = Archive(archive.folder, HashedGrams())
    assert list(again.add([])) == []
    assert joined(again) == [{"tråd", "blad", "post"}]
    with database(again).reading() as connection:
        assert not stories.behind(connection)
        keys = set(connection.execute(select(schema.band.c.article_key)).scalars())
    assert keys == {2, 3, 4}


def test_what_another_version_of_the_rules_joined_is_joined_anew(archive: Archive) -> None:
    add(archive, FIRST, SECOND, OTHER)
    with database(archive).writing() as connection:
        connection.execute(update(schema.setting).values(value="0"))
        connection.execute(update(schema.article).values(story=1))
    add(archive, OTHER)
    assert joined(archive) == [{"tråd", "blad"}]


def test_a_band_that_many_share_is_stored_for_some_and_finds_them_still(archive: Archive) -> None:
    add(archive, *(replace(FIRST, id=str(n), source=f"Blad {n}") for n in range(70)))
    assert len(joined(archive)[0]) == 70
    with database(archive).reading() as connection:
        most = connection.execute(select(func.count()).select_from(schema.band).group_by(schema.band.c.value)).scalars().all()
    assert max(most) == 50
    assert archive.stories(["3"])["3"].others == 69


# -- searching and answering ------------------------------------------------------------------------------------------


def copies(number: int) -> list[Article]:
    return [replace(FIRST, id=f"blad {n}", source=f"Blad {n}", published=f"2026-03-{2 + n:02}",
                    text=f"{WIRE}\n\n{LOCAL}" if n == 3 else WIRE) for n in range(number)]


def test_copies_do_not_flood_a_search_and_a_local_addition_is_found(archive: Archive) -> None:
    add(archive, *copies(11), OTHER, FIRST)
    found = Retriever(archive).search("Vad kostar slussen i Lillmåla?", k=10, language="sv")
    assert [hit.article.id for hit in found if hit.article.id != "skola"] == ["tråd"] * (len(found) - 1)
    assert any(hit.article.id == "skola" for hit in found)
    local = Retriever(archive).search("Vad tror handlaren Siv Holm?", k=3, language="sv")
    assert local[0].article.id == "blad 3"


def test_more_is_looked_at_where_copies_fill_what_was_found(archive: Archive) -> None:
    rest = [Article(f"annan {n}", f"Slussen {n}", f"{n} båtar gick genom slussen i Lillmåla. {SCHOOL[n:]}", language="sv")
            for n in range(12)]
    add(archive, *(replace(FIRST, id=f"kopia {n}", source=f"Blad {n}") for n in range(120)), *rest)
    found = Retriever(archive).search("Slussen i Lillmåla byggs om för 40 miljoner kronor", k=10, language="sv")
    assert len(found) == 10
    assert len({hit.article.id for hit in found}) > 5


def assistant(archive: Archive, *words: str) -> Assistant:
    return Assistant(archive, None, Selector(Pointing(*words), calibration=Calibration({"reader": 1.0}, 0.0, 0.5, "nothing")))


def ask(archive: Archive, question: str, *words: str, **filters: tuple[str, ...]) -> Answer:
    return assistant(archive, *words).ask(question, filters=Filters(**filters))  # type: ignore[arg-type]


def test_an_answer_cites_a_story_once_and_tells_who_carries_it(
    archive: Archive, capsys: pytest.CaptureFixture[str],
) -> None:
    add(archive, THIRD, SECOND, FIRST, OTHER)
    answer = ask(archive, "Vad kostar slussen i Lillmåla?", "40", "miljoner")
    cited = [citation.evidence.article.id for citation in answer.citations]
    assert cited.count("tråd") >= 1
    assert not {"blad", "post"} & set(cited)
    told = answer.as_json()["citations"][cited.index("tråd")]
    assert told["story"] == {
        "first": {"article_id": "tråd", "title": "Slussen byggs om", "source": "Nordtråd", "published": FIRST.published},
        "others": 2, "sources": ["Nordtråd", "Granviks Blad", "posten.example"]}
    assert all("story" not in each for each in answer.as_json()["citations"] if each["article_id"] == "skola")
    terminal.show_answer(answer.as_json())
    line = "First published by Nordtråd, 2026-03-01; carried by 2 others"
    assert f"\n    {line}\n" in capsys.readouterr().out
    assert "First published by Nordtråd, 1 March 2026; carried by 2 others" in plain(answer, "en")
    shown = turn(Shown(answer.query.asked, sentences=answer.sentences, answer=answer), "sv")
    assert ('title="Nordtråd, Granviks Blad, posten.example">'
            "Först publicerat av Nordtråd, 1 mars 2026; finns även hos 2 andra<") in shown


def test_the_nearest_are_of_different_stories(archive: Archive) -> None:
    add(archive, FIRST, SECOND, OTHER)
    answer = ask(archive, "Vad anser facket om lönerna?")
    assert answer.status == "no_evidence"
    near = [evidence.article.id for evidence in answer.nearest]
    assert "skola" in near
    assert len({"tråd", "blad"} & set(near)) == 1


def test_a_copy_that_is_cited_names_the_first_publisher(archive: Archive) -> None:
    add(archive, FIRST, SECOND)
    answer = ask(archive, "Vad kostar slussen i Lillmåla?", "40", "miljoner", sources=("Granviks Blad",))
    (story,) = {citation.story for citation in answer.citations}
    assert story is not None
    assert (story.first.id, story.others) == ("tråd", 1)
    assert terminal.carried(story.as_json()) == "First published by Nordtråd, 2026-03-01; carried by 1 other"


@pytest.mark.parametrize(("published", "shown"), [("2026-03-01T12:00:00+01:00", True), ("2026-03-01", False), (None, False)])
def test_copies_differ_only_where_the_later_corrects(archive: Archive, published: str | None, shown: bool) -> None:
    fixed = replace(SECOND, text=SECOND.text.replace("40 miljoner", "55 miljoner"), published=published)
    add(archive, FIRST, fixed)
    question = "För hur många kronor byggs slussen i Lillmåla om?"
    answer = ask(archive, question, "40", "55", "miljoner")
    assert joined(archive) == [{"tråd", "blad"}]
    told = [sentence.text for sentence in answer.sentences]
    if shown:
        assert [each.values for each in answer.disagreement] == [("55 miljoner", "40 miljoner")]
    else:
        assert not answer.disagreement
        assert sum("miljoner" in text for text in told) == 1


def test_independent_articles_still_differ(archive: Archive) -> None:
    hits = Retriever(archive).search("?")
    assert disagreement(Query("?", "?", "sv"), hits, Selection((), False, {})) is None
    add(archive, replace(OTHER, id="a", text="Slussen i Lillmåla kostar 40 miljoner kronor.", published=None),
        replace(OTHER, id="b", text="Slussen i Lillmåla kostar 55 miljoner kronor.", published=None))
    assert ask(archive, "Vad kostar slussen i Lillmåla?", "40", "miljoner").disagreement


def test_what_somebody_said_in_all_copies_is_one_statement(archive: Archive) -> None:
    add(archive, SECOND, FIRST)
    found = archive.quotes("Rönnfors")
    assert len(found) == 2
    (said,) = said_once(found)
    assert said.article.id == "tråd"
    assert [person.statements for person in people(said_once(found))] == [1]
    answer = ask(archive, "Vad har Disa Rönnfors sagt?")
    assert [citation.evidence.article.id for citation in answer.citations] == ["tråd"]


def test_an_overview_has_no_more_of_a_story_than_of_an_article() -> None:
    def piece(article: Article, n: int, story: int | None) -> Piece:
        return Piece(article, 0, len(article.text), 0.9, frozenset({f"{article.id}{n}", f"{n}"}), story=story)

    short = [replace(FIRST, id=name, text=f"Slussen {name} byggs om i år.") for name in "abcdef"]
    apart = [piece(article, n, None) for article in short[:4] for n in range(4)]
    copies = [piece(article, n, 1) for article in short[:2] for n in range(4)] + [
        piece(article, n, None) for article in short[2:4] for n in range(4)]
    for found, most in ((apart, 4), (copies, 2)):
        told = chosen(found, dict.fromkeys({gram for each in found for gram in each.grams}, 1.0))
        assert sum(each.article.id in "ab" for each in told) <= most
        assert len(told) > 2
