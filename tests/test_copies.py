"""Which articles are copies of each other, and which passages of copies are told once. Invented wire stories."""

import subprocess
import sys
from datetime import date

import pytest

from index.article import Article, Hit, Passage
from index.copies import Sketch, alike, bands, published_first, says_again, told_once
from index.span import Span, Timing

WIRE = """\
Slussen i Lillmåla byggs om för 40 miljoner kronor. Det beslutade kommunens tekniska nämnd på torsdagen efter två års arbete.

Arbetet börjar i mars och beräknas vara klart till sommaren 2027. Så länge får båtar från Granvik gå långa vägen runt Stenön.

– Vi har väntat på det här i tjugo år, säger hamnkaptenen Disa Rönnfors, som har lett arbetet sedan starten.

Kritik kommer från båtklubben i Granvik, som vill ha en provisorisk led. Ordföranden Ture Ekvall kallar beslutet förhastat.

Nämnden ska ta ställning till ledens kostnad i april, när konsultfirman Vattrum har lämnat sin rapport."""
FOOTER = ("Lillmåla Allehanda är en lokal och oberoende tidning för hela bygden. Läs mer om hur vi arbetar med källor och "
          "rättelser. Har du tips på nyheter, ring vår redaktion dygnet runt eller skriv till oss. Ansvarig utgivare är "
          "Måns Hedvall. Ingen del av texten får återges utan vårt tillstånd, varken på papper eller på nätet.")
SCHOOL = ("Skolan i Granvik får en ny matsal till hösten, sedan den gamla dömdes ut vid en besiktning i våras. Eleverna äter "
          "så länge i gymnastiksalen, som ligger på andra sidan gården. Rektorn hoppas att bygget är klart före lovet.")
MARKET = ("Torgdagen i Lillmåla drog fler besökare än på länge, trots att regnet föll från morgonen. Handlarna sålde slut på "
          "både honung och ull, och föreningen bakom dagen planerar redan för nästa år. Parkeringen räckte inte till.")
TRANSLATED = """\
The lock at Lillmåla is to be rebuilt at a cost of 40 million kronor. The technical committee decided so on Thursday.

Work begins in March and is expected to be done by the summer of 2027. Boats from Granvik must go around Stenön until then.

"We have waited for this for twenty years," says the harbour master Disa Rönnfors. The boat club is critical."""
PARAGRAPHS = WIRE.split("\n\n")


def share(one: str, other: str, house: bool = False) -> float:
    return alike(Sketch.of(one), Sketch.of(other), house=house)


@pytest.mark.parametrize("other", [
    WIRE, "\n\n".join(PARAGRAPHS[:3]), "\n\n".join(PARAGRAPHS[i] for i in (0, 2, 4)),
    f"GRANVIK (Nordtråd). Nyheten har tagits emot med glädje i hamnen.\n\n{WIRE}",
    WIRE.replace("efter två års arbete", "efter långt arbete").replace("förhastat", "olyckligt").replace("hela", "stora"),
    " ".join(PARAGRAPHS).upper(), f"{WIRE}\n\n{FOOTER}",
], ids=["same", "end cut", "paragraphs cut", "introduced", "reworded", "capitals, no paragraphs", "with a footer"])
def test_copies_share_most_of_the_shorter_one(other: str) -> None:
    assert share(WIRE, other) == share(other, WIRE) > 0.6
    assert share(WIRE, other, house=True) > 0.6
    assert set(bands([Sketch.of(WIRE)])[0]) & set(bands([Sketch.of(other)])[0])


ACCIDENT = ("Två personer skadades i en olycka på E18 vid Granvik på fredagen. Polis, ambulans och räddningstjänst larmades "
            "klockan 14.30. Vägen var avstängd i en timme.")
BALANCE = ("Lillmålabörsen öppnade med stigande kurser på måndagen. Mest steg aktien i {0}, som gick upp {1} procent efter sin "
           "rapport. Handeln var livlig under förmiddagen, och omsättningen låg över det vanliga. Bland förlorarna fanns {2}, "
           "som backade {3} procent. Räntorna var i stort sett oförändrade, liksom kronan mot dollarn. Index stod på {4} vid "
           "lunchtid.")


@pytest.mark.parametrize(("one", "other"), [
    (WIRE, TRANSLATED), (SCHOOL, MARKET),
    (ACCIDENT, ACCIDENT.replace("E18", "E20").replace("14.30", "09.15")),
    (ACCIDENT, ACCIDENT.replace("Granvik", "Lillmåla")),
    (BALANCE.format("Vattrum", 4, "Kvarnbolaget", 3, 812), BALANCE.format("Segelfabriken", 7, "Hedlunds", 2, 840)),
    (WIRE, "\n".join([WIRE, *(" ".join(f"{word}{n}" for word in MARKET.split()) for n in range(40))])),
    ("Svaret är nej.", "Svaret är nej."), ("", ""),
], ids=["translation", "nothing shared", "a notice of another road", "a notice of another place", "a template",
        "one item of a round-up", "three words", "nothing"])
def test_what_is_no_copy(one: str, other: str) -> None:
    assert share(one, other) == 0.0


def test_a_notice_is_a_copy_where_it_is_nearly_the_same() -> None:
    assert share(ACCIDENT, ACCIDENT.replace("larmades", "larmades dit")) > 0.85
    assert share(ACCIDENT, f"{ACCIDENT} Nordtråd.") > 0.85
    assert share(ACCIDENT, ACCIDENT.replace("larmades", "var på plats")) == 0.0


def test_a_papers_footer_joins_nothing() -> None:
    one, other = f"{SCHOOL}\n\n{FOOTER}", f"{MARKET}\n\n{FOOTER}"
    assert len(FOOTER.split()) > len(SCHOOL.split())
    assert share(one, other, house=True) == 0.0


def test_importing_brings_nothing_heavy() -> None:
    code = "import sys, index.stories; assert not {'datasketch', 'scipy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_bands_are_the_same_in_every_run_and_fit_a_database() -> None:
    code = "import tests.test_copies as t; print(*t.bands([t.Sketch.of(t.WIRE)])[0])"
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    (mine,) = bands([Sketch.of(WIRE)])
    assert list(map(int, other.split())) == mine
    assert all(-2 ** 63 <= value < 2 ** 63 for value in mine)
    assert bands([Sketch.of("Nej.")]) == [[]]


def test_dates_in_order() -> None:
    dates = ["2026", "2026-03-01", "2026-03-01T10:00:00+01:00", "2026-03-01T09:30:00+00:00", "2026-03-02", None]
    assert sorted(set(dates), key=published_first) == dates


def hit(name: str, text: str, score: float, published: str | None = None, story: int | None = 1, place: int = 0) -> Hit:
    article = Article(name, "Slussen", text, published=published, language="sv")
    return Hit(Passage(name, place, 0, len(text), text), article, score, {}, story)


def test_the_first_to_publish_stands_for_its_copies_with_their_best_score() -> None:
    late, first = hit("sen", WIRE, 1.1, "2026-03-02"), hit("först", WIRE, 1.0, "2026-03-01")
    undated, alone = hit("odaterad", WIRE, 0.9), hit("ensam", WIRE, 0.5, story=None)
    told = told_once([late, undated, alone, first], "Vad kostar slussen?", Timing())
    assert {(each.article.id, each.score) for each in told} == {("först", 1.1), ("ensam", 0.5)}


LOCAL = "Handlaren Siv Holm på kajen tror att sommarens gäster uteblir."


@pytest.mark.parametrize(("text", "question", "score", "stays"), [
    (f"{LOCAL} {PARAGRAPHS[0]} {PARAGRAPHS[1]}", "Vad kostar slussen?", 1.0, False),
    (f"{LOCAL} {PARAGRAPHS[0]} {PARAGRAPHS[1]}", "Vad tror handlaren om gästerna?", 1.0, True),
    (f"{LOCAL} {PARAGRAPHS[0]} {PARAGRAPHS[1]}", "Hur går det för affärerna?", 1.4, True),
    (LOCAL, "Vad kostar slussen?", 1.0, True),
    (PARAGRAPHS[0].replace("40", "55"), "Vad kostar slussen?", 1.0, True),
    (PARAGRAPHS[0].replace("byggs", "byggs inte"), "Byggs slussen om?", 1.0, True),
    (PARAGRAPHS[2].replace("tjugo", "trettio"), "Hur länge har de väntat?", 1.0, True),
], ids=["aside", "asked about", "scores better", "local alone", "corrected", "denied", "a numeral"])
def test_what_a_copy_adds_stays_where_it_matters(text: str, question: str, score: float, stays: bool) -> None:
    told = told_once([hit("först", WIRE, 1.0, "2026-03-01"), hit("sen", text, score, "2026-03-02")], question, Timing())
    assert [each.article.id for each in told] == (["först", "sen"] if stays else ["först"])


def test_passages_of_one_article_do_not_stand_for_each_other() -> None:
    told = told_once([hit("först", WIRE, 1.0), hit("först", WIRE, 0.9, place=1)], "Vad kostar slussen?", Timing())
    assert len(told) == 2


def test_a_copy_of_the_time_that_is_asked_about_goes_before_an_earlier_one() -> None:
    hits = [hit("mars", WIRE, 1.0, "2026-03-31"), hit("maj", WIRE, 1.0, "2026-05-02"), hit("maj sen", WIRE, 1.0, "2026-05-20")]
    may = Timing((Span(date(2026, 5, 1), date(2026, 5, 31)),))
    assert [each.article.id for each in told_once(hits, "Vad kostar slussen?", may)] == ["maj"]


def test_sentences_that_say_the_same() -> None:
    assert says_again(PARAGRAPHS[3], PARAGRAPHS[3].replace("provisorisk", "tillfällig"))
    assert not says_again(PARAGRAPHS[3], PARAGRAPHS[4])
    assert not says_again("", "")
