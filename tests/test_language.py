"""Detection, sentence borders, stems and n-grams in four languages."""

import pytest

from index.language import code, detect, grams, sentences, stems

SENTENCES = [
    ("sv", ["Dr. Lind kom kl. 10.", "Hon åt bl.a. fisk.", "Sedan gick hon."]),
    ("sv", ["– Nej, säger hon.", "Det blev 3,5 procent."]),
    ("sv", ["”Vi är klara!” sa han.", "Ingen svarade."]),
    ("no", ["Den 17. mai 2025 regnet det.", "Ca. 30 pst. ble hjemme."]),
    ("no", ["«Kom nå!» ropte hun.", "De kom."]),
    ("da", ["Mødet begynder d. 3. juni kl. 19.", "Alle er velkomne."]),
    ("en", ["Mr. Berg met J. K. Holt at 9 a.m. in the hall.", "They talked."]),
]


@pytest.mark.parametrize(("language", "expected"), SENTENCES)
def test_sentences_end_where_a_reader_would_end_them(language: str, expected: list[str]) -> None:
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text, language)] == expected


def test_a_line_break_is_a_border_and_offsets_are_of_the_whole_text() -> None:
    text = "Rubrik utan punkt\n\n  Första meningen.  Andra.\r\n"
    assert [text[start:end] for start, end in sentences(text, "sv")] == ["Rubrik utan punkt", "Första meningen.", "Andra."]
    assert [text[start:end] for start, end in sentences(text, "sv", start=19)] == ["Första meningen.", "Andra."]


@pytest.mark.parametrize(("text", "language"), [
    ("Kommunen bygger en ny bro över sjön nästa år.", "sv"),
    ("Kommunen bygger ei ny bru over fjorden neste år, sier ordføreren.", "no"),
    ("Kommunen bygger en ny bro over søen næste år, siger borgmesteren.", "da"),
    ("The council will build a new bridge across the lake.", "en"),
    ("Der Stadtrat baut nächstes Jahr eine neue Brücke über den See.", "de"),
    ("1234 — 99 %", ""),
])
def test_detection(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(("tag", "expected"), [("nb-NO", "no"), ("nn", "no"), ("sv_SE", "sv"), ("EN", "en"), (None, "")])
def test_language_tags(tag: str | None, expected: str) -> None:
    assert code(tag) == expected


def test_stems_and_words_without_a_stemmer() -> None:
    assert stems("Polisens bilar byggdes", "sv") == stems("polisen bilen byggde", "sv")
    assert stems("Broarna byggdes", "xx") == ["broarna", "byggdes"]


def test_grams_stay_within_words_and_mark_their_beginning() -> None:
    assert grams("Polisen i") == ["_pol", "poli", "olis", "lise", "isen", "_i"]
    assert set(grams("polis")) & set(grams("trafikpolisen"))
