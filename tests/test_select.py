"""What becomes evidence, which of its words are marked, and what comes nearest, by a reader that points at words."""

from bot.answer import Query
from bot.select import Calibration, Selector
from index.article import Article, Hit, Passage
from tests.fakes import Pointing

BRIDGE = Article(id="bro", title="Ny bro", language="sv", text=(
    "Kommunen i Hallvika vill bygga nytt nästa år. Bron över Ymlaren kostar 412 miljoner kronor enligt kalkylen. "
    "Den ritas av arkitekten Hanna Ekvret i Vendsta."))
FERRY = Article(id="färja", title="Färjan", language="sv", text=(
    "Färjan över Ymlaren går varje timme. Biljetten kostar 40 kronor för den som går ombord till fots."))
SCHOOL = Article(id="skola", title="Skolan", language="sv", text="Skolan i Gråvika har 48 elever i år.")
ASKED = Query("Vad kostar bron över Ymlaren?", "Vad kostar bron över Ymlaren?", "sv")


def hit(article: Article, score: float, start: int = 0) -> Hit:
    text = article.text[start:]
    parts = {"cosine": score, "grams": score}
    return Hit(Passage(article.id, start, start, len(article.text), text), article, score, parts)


HITS = (hit(BRIDGE, 0.9), hit(BRIDGE, 0.8, 46), hit(FERRY, 0.5), hit(SCHOOL, 0.2))


def selector(*words: str) -> Selector:
    return Selector(Pointing(*words), calibration=Calibration({"reader": 1.0}, 0.0, 0.5, "nothing"))


def test_the_words_that_answer_are_marked_whole_at_their_place() -> None:
    chosen = selector("412").select(ASKED, HITS)
    assert chosen.answers
    (evidence,) = [each for each in chosen.evidence if each.marks]
    ((start, end),) = evidence.marks
    assert evidence.text[start:end] == "412 miljoner kronor"
    assert BRIDGE.text[evidence.start + start:evidence.start + end] == "412 miljoner kronor"


def test_what_the_reader_does_not_believe_in_is_not_marked() -> None:
    assert not any(evidence.marks for evidence in selector().select(ASKED, HITS).evidence)


def test_in_another_language_numbers_and_names_have_to_stay() -> None:
    chosen = selector("412", "Ekvret", "arkitekten").select(ASKED, HITS)
    cost, drawn = ([evidence.text for evidence in chosen.evidence].index(text) for text in (
        "Bron över Ymlaren kostar 412 miljoner kronor enligt kalkylen.", "Den ritas av arkitekten Hanna Ekvret i Vendsta."))
    assert chosen.keeps_answer("The bridge costs 412 million.", cost, translated=True)
    assert not chosen.keeps_answer("The bridge costs a lot.", cost, translated=True)
    assert chosen.keeps_answer("The architect is Hanna Ekvret.", drawn, translated=True)
    assert not chosen.keeps_answer("The architect is from Vendsta.", drawn, translated=True)
    assert not chosen.keeps_answer("The architect is Hanna Ekvret.", drawn)


def test_the_nearest_are_one_sentence_an_article_the_best_article_first() -> None:
    near = selector().nearest(ASKED, HITS, 2)
    assert [evidence.article.id for evidence in near] == ["bro", "färja"]
    assert near[0].text == "Bron över Ymlaren kostar 412 miljoner kronor enligt kalkylen."
    for evidence in near:
        assert evidence.article.text[evidence.start:evidence.end] == evidence.text
        assert not evidence.marks
    assert selector().nearest(ASKED, (), 3) == ()


def test_the_nearest_in_the_questions_own_language_come_first() -> None:
    english = Article(id="en", title="Bridge", text="The bridge across Ymlaren costs 412 million.", language="en")
    near = selector().nearest(ASKED, (hit(english, 0.95), *HITS), 2)
    assert [evidence.article.id for evidence in near] == ["bro", "färja"]
    assert [evidence.article.id for evidence in selector().nearest(ASKED, (hit(english, 0.95),), 2)] == ["en"]
