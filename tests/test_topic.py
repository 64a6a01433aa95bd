import pytest

from index.article import Article
from index.topic import Topic, surroundings

# A topic, what is said, and whether that says the topic's words.
CASES = [
    ("nattakuten", "Vi stänger nattakuten i mars.", True),
    ("att arbetet inte räcker", "Jag tycker inte att det nuvarande arbetet räcker.", True),
    ("bron", "Vi behöver en bro.", True),
    ("vargen", "Vargarna kom i går.", True),
    ("bron", "My brother was broken.", False),
    ("vargarna", "Galningarna bytte varje timme.", False),
    ("vargarna", "Vargen kom i går.", True),
    ("skolmaten", "Skolmat är viktigt.", True),
    ("hamnen i Norrvik", "Det regnar.", False),
]


@pytest.mark.parametrize(("topic", "said", "holds"), CASES)
def test_how_much_of_a_topic_is_said(topic: str, said: str, holds: bool) -> None:
    assert (Topic.of(topic).share(said, "sv") >= 0.5) is holds


def test_a_topic_of_small_words_alone_is_still_one() -> None:
    assert Topic.of("det här").share("Det här blir bra.", "sv") == 1
    assert Topic.of("").share("Det här blir bra.", "sv") == 0


def test_surroundings_are_the_title_the_paragraph_and_the_one_before() -> None:
    article = Article("a", "Titel", "Första.\n\nAndra.\n\n– Tredje, säger hon.\n\nFjärde.")
    at = article.text.index("Tredje")
    assert surroundings(article, at, at + 6) == "Titel\nFörsta.\nAndra.\n\n– Tredje, säger hon."
    assert surroundings(article, 0, 3) == "Titel\nFörsta.\nFörsta."
