"""Which words tell of a correction, in a desk's note and in an article, and which only look alike."""

import pytest

from index import correction


@pytest.mark.parametrize("note", [
    "Rättelse av beloppet i andra stycket.", "RÄTTAD VERSION. Namnet på ordföranden är Ulla Brandt.", "Korrigerat årtal",
    "Rettelse: Riktig navn er Siri Hauge", "Presisering i tredje avsnitt", "Rettet stavemåte", "Berigtigelse: beløbet er 84",
    "CORRECTS spelling of name in paragraph 3", "Eds: Correction, the sum is 84 million.",
])
def test_a_note_that_corrects(note: str) -> None:
    assert correction.told(f" {note}\n") == note


@pytest.mark.parametrize("note", [
    "", "Bild finns", "Embargo till kl 18", "Picture available. Contact the corrections desk at 555.", "UPPDATERAD med citat",
    "Ersätter tidigare version", "The correctional facility is in Northwick", "Rättelsen kommer senare",
])
def test_any_other_note_is_dropped(note: str) -> None:
    assert correction.told(note) is None


@pytest.mark.parametrize("paragraph", [
    "Rättelse: I en tidigare version av artikeln stod fel belopp.", "RÄTTELSE – Hallen kostar 84 miljoner.",
    "Rättelse 2025-03-01: Hallen kostar 84 miljoner.", "Rättelse i efterhand: Hon heter Brandt.",
    "Rättelse (kl 14.30): Hon heter Brandt.", "**Rättelse:** Hon heter Brandt.",
    "I en tidigare version av artikeln angavs fel belopp.", "Förtydligande: Beslutet gäller från hösten.",
    "Rettelse: Det riktige beløpet er 84 millioner.", "I en tidligere versjon av saken sto det feil beløp.",
    "Presisering: Vedtaket gjelder fra høsten.", "Præcisering: Beslutningen gælder fra efteråret.",
    "I en tidligere version af artiklen stod der et forkert beløb.",
    "Correction: The sum is 84 million.", "Correction, March 3, 2025: The sum is 84 million.",
    "Clarification: The decision is from the autumn.", "An earlier version of this article gave the wrong sum.",
    "This story has been corrected: the sum is 84 million.", "Artikeln är rättad. Hon heter Brandt.",
    "Artikkelen er rettet: Hun heter Hauge.", "Rättad version: Hallen kostar 84 miljoner.",
    "Rettet versjon: Hallen koster 84 millioner.", "Corrected version: The sum is 84 million.",
    "I en tidigare version uppgavs fel belopp.",
])
def test_a_paragraph_that_corrects(paragraph: str) -> None:
    assert correction.noted(f"Kommunen bygger en hall.\n\n{paragraph}\nSist.") == paragraph


def test_a_heading_takes_the_paragraph_below() -> None:
    assert correction.noted("Text.\n\nRättelse\n\nRätt belopp är 84.\nMer.") == "Rättelse\nRätt belopp är 84."
    assert correction.noted("Text.\nRättelse") is None


@pytest.mark.parametrize("text", [
    "", "Rättelsen kostade kommunen 84 miljoner: det är för mycket.", "Rättelse av bygglov tar tid, säger hon.",
    "Correction officers in Northwick – all forty – are on strike.", "Korrigeringen gjordes i maj: för sent.",
    "Hon begärde rättelse: kommunen vägrade.", "Corrections to the budget: a long story.",
    "Den tidigare versionen av artikeln var bättre.", "Rättad version av boken kommer i höst, säger hon.",
    "I en tidigare version av planen fanns två broar.",
])
def test_what_only_looks_alike(text: str) -> None:
    assert correction.noted(f"Först.\n{text}\nSist.") is None


def test_an_endless_line_takes_no_time() -> None:
    assert correction.noted("Rättelse " + "(1 " * 200_000) is None
