"""The time that a question asks about, in four languages, and the numbers that are no years."""

from datetime import date

import pytest

from bot.period import periods

TODAY = date(2026, 11, 24)  # a Tuesday

# language | question | its words = since..until, or `newest`; several parted by `;`, nothing where no time is told.
ASKED = """
sv | Vad hände i Norrskär under 1938? | under 1938 = 1938-01-01..1938-12-31
sv | Vem vann cupen 1952? | 1952 = 1952-01-01..1952-12-31
sv | När hamnfesten hölls i Sund 1949, vem talade? | 1949 = 1949-01-01..1949-12-31
sv | Vad byggdes på 1950-talet? | på 1950-talet = 1950-01-01..1959-12-31
sv | Vad byggdes på femtiotalet? | på femtiotalet = 1950-01-01..1959-12-31
sv | Vad användes kranen till under 1940- och 1950-talen? | under 1940- och 1950-talen = 1940-01-01..1959-12-31
sv | Vad hände i slutet av 1940-talet? | i slutet av 1940-talet = 1945-12-01..1949-12-31
sv | Vart fördes båtarna hösten 1939? | hösten 1939 = 1939-09-01..1939-11-30
sv | Hur gick det vintern 1939–40? | vintern 1939–40 = 1939-12-01..1940-02-29
sv | Vad sa hon i januari? | i januari = 2026-01-01..2026-01-31
sv | Vad sa hon i december? | i december = 2025-12-01..2025-12-31
sv | Vad sa hon i januari 1947? | i januari 1947 = 1947-01-01..1947-01-31
sv | Vad beslutades den 3 maj 2024? | den 3 maj 2024 = 2024-05-03..2024-05-03
sv | Vad beslutades 3/5 2024? | 3/5 2024 = 2024-05-03..2024-05-03
sv | Vad beslutades 2024-05-03? | 2024-05-03 = 2024-05-03..2024-05-03
sv | Vad hände förra året i Sund? | förra året = 2025-01-01..2025-12-31
sv | Vad hände förra veckan? | förra veckan = 2026-11-16..2026-11-22
sv | Vem avgick i våras? | i våras = 2026-03-01..2026-05-31
sv | Vem avgick i vintras? | i vintras = 2025-12-01..2026-02-28
sv | Vad sa hon i måndags? | i måndags = 2026-11-23..2026-11-23
sv | Vad sa hon i tisdags? | i tisdags = 2026-11-17..2026-11-17
sv | Vad hände för tre år sedan? | för tre år sedan = 2023-01-01..2023-12-31
sv | Vad har byggts de senaste tio åren? | de senaste tio åren = 2016-11-24..2026-11-24
sv | Vad har byggts sedan 2020? | sedan 2020 = 2020-01-01..
sv | Vad har byggts sedan i våras? | sedan i våras = 2026-03-01..
sv | Vem ledde partiet före valet 2010? | före valet 2010 = ..2010-12-31
sv | Vem ledde partiet före 2010? | före 2010 = ..2009-12-31
sv | Vad hände efter branden 1956? | efter branden 1956 = 1956-01-01..
sv | Vad hände efter mars 2020? | efter mars 2020 = 2020-04-01..
sv | Vad hände mellan 1940 och 1945? | mellan 1940 och 1945 = 1940-01-01..1945-12-31
sv | Vad hände åren 1939-45? | åren 1939-45 = 1939-01-01..1945-12-31
sv | Vad hände mellan november och mars 2025? | mellan november och mars 2025 = 2024-11-01..2025-03-31
sv | Hur många minor togs upp fram till början av oktober 1940? | fram till början av oktober 1940 = ..1940-10-13
sv | Hur var det 2015 och 2016? | 2015 = 2015-01-01..2015-12-31; 2016 = 2016-01-01..2016-12-31
sv | Vad hände omkring 1950? | omkring 1950 = 1949-01-01..1951-12-31
sv | Vem vann 2010 års val? | 2010 = 2010-01-01..2010-12-31
sv | Vad står i 2024-budgeten? | i 2024-budgeten = 2024-01-01..2024-12-31
sv | Hur gick det i Paris 1900? | 1900 = 1900-01-01..1900-12-31
sv | Vem sprang 1500 meter snabbast 1952? | 1952 = 1952-01-01..1952-12-31
sv | Vad är det senaste om bron? | det senaste = newest
sv | Vad kostar bron nu? | nu = newest
sv | Hur har det gått de senaste åren? | de senaste = newest
no | Hva skjedde i 1952? | i 1952 = 1952-01-01..1952-12-31
no | Hva skjedde på 1950-tallet? | på 1950-tallet = 1950-01-01..1959-12-31
no | Hva skjedde i 1950-årene? | i 1950-årene = 1950-01-01..1959-12-31
no | Hva skjedde høsten 1939? | høsten 1939 = 1939-09-01..1939-11-30
no | Kva skjedde hausten 2023? | hausten 2023 = 2023-09-01..2023-11-30
no | Hva skjedde i fjor sommer? | i fjor sommer = 2025-06-01..2025-08-31
no | Kva skjedde førre veke? | førre veke = 2026-11-16..2026-11-22
no | Hva skjedde forrige måned? | forrige måned = 2026-10-01..2026-10-31
no | Hva er bygd siden 2020? | siden 2020 = 2020-01-01..
no | Hva har skjedd siden valget i 2017? | siden valget i 2017 = 2017-01-01..
no | Hvem ledet partiet før valget i 2010? | før valget i 2010 = ..2010-12-31
no | Hva skjedde mellom 1940 og 1945? | mellom 1940 og 1945 = 1940-01-01..1945-12-31
no | Hva skjedde 17. mai 2024? | 17. mai 2024 = 2024-05-17..2024-05-17
no | Hva skjedde for to måneder siden? | for to måneder siden = 2026-09-01..2026-09-30
no | Hvor mange var det frem til midten av 1942? | frem til midten av 1942 = ..1942-09-30
no | Hva koster broen nå? | nå = newest
no | Kva skjer no? | no = newest
da | Hvad skete der i 1950'erne? | i 1950'erne = 1950-01-01..1959-12-31
da | Hvad skete der efteråret 1939? | efteråret 1939 = 1939-09-01..1939-11-30
da | Hvad skete der i sidste uge? | i sidste uge = 2026-11-16..2026-11-22
da | Hvem gik af sidste år? | sidste år = 2025-01-01..2025-12-31
da | Hvad skete der for to år siden? | for to år siden = 2024-01-01..2024-12-31
da | Hvor mange var der indtil begyndelsen af oktober 1940? | indtil begyndelsen af oktober 1940 = ..1940-10-13
da | Hvad er bygget de sidste ti år? | de sidste ti år = 2016-11-24..2026-11-24
da | Hvad skete der mellem 1940 og 1945? | mellem 1940 og 1945 = 1940-01-01..1945-12-31
da | Hvad koster broen nu? | nu = newest
da | Hvad er det seneste om broen? | det seneste = newest
en | What happened in 1952? | in 1952 = 1952-01-01..1952-12-31
en | What was built in the late 1940s? | in the late 1940s = 1945-12-01..1949-12-31
en | What was built in the fifties? | in the fifties = 1950-01-01..1959-12-31
en | What happened in autumn 1939? | in autumn 1939 = 1939-09-01..1939-11-30
en | What did she say in January 1947? | in January 1947 = 1947-01-01..1947-01-31
en | How many were there in May 1945? | in May 1945 = 1945-05-01..1945-05-31
en | What was decided on May 3, 2024? | on May 3, 2024 = 2024-05-03..2024-05-03
en | What was decided on the 3rd of May 2024? | on the 3rd of May 2024 = 2024-05-03..2024-05-03
en | Who resigned last year? | last year = 2025-01-01..2025-12-31
en | What happened last week? | last week = 2026-11-16..2026-11-22
en | What happened three years ago? | three years ago = 2023-01-01..2023-12-31
en | What has been built since 2020? | since 2020 = 2020-01-01..
en | Who led the party before the 2010 election? | before the 2010 = ..2010-12-31
en | Who led the party after 2010? | after 2010 = 2011-01-01..
en | What happened between 1940 and 1945? | between 1940 and 1945 = 1940-01-01..1945-12-31
en | How many mines had been lifted by the beginning of October 1940? | by the beginning of October 1940 = ..1940-10-13
en | What does the December 2025 review say? | December 2025 = 2025-12-01..2025-12-31
en | What happened in mid-1942? | in mid-1942 = 1942-04-01..1942-09-30
en | How many came in the last ten years? | the last ten years = 2016-11-24..2026-11-24
en | What is the latest on the bridge? | the latest = newest
en | Who runs the factory now? | now = newest
"""
# What looks like a time and is none, or none that can be told.
NONE = """
sv | Vem fick 1500 kronor i böter?
sv | Hur mår de 1 900 anställda?
sv | Hur mår de 1900 anställda?
sv | Vad säger paragraf 1938?
sv | Vad säger lagen 1938:274?
sv | Vad står på sidan 1938?
sv | Vad kostar en biljett till Studio 1900?
sv | Vem drev Hos Greta 1900?
sv | Vem flög Boeing 747 till Sund?
sv | Vad handlar boken ”1984” om?
sv | Vem är poeten, född 1938?
sv | Vem var Anna Berg (1938–2001)?
sv | Vad hände klockan 1945?
sv | Vem ledde partiet efter kriget?
sv | Vad hände i vår stad?
sv | Vad gör vi i fall det händer?
sv | Vem är Maj Sund?
sv | Kan man resa till Mars?
sv | Vad byggdes på 20-talet?
sv | Hur många år tog det?
sv | Vad skriver NU om bron?
no | Hvem er mannen i 50-årene?
no | Hva gjør de 1900 ansatte?
no | Hva skjedde i krigens siste år?
no | Når er den siste skoledagen?
da | Hvad skete der i krigens sidste år?
da | Hvem er manden i 50'erne?
en | May she march on?
en | What did Theresa May say?
en | Who is the man in his fifties?
en | How many of the 1900 employees left?
en | What happened in 1900 cases?
en | What happened in the last year of the war?
en | Who was born in 1938?
en | What happened after the war?
fi | Mitä tapahtui vuonna 1952?
"""


def _rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(" | ")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "question", "told"), _rows(ASKED))
def test_the_time_of_a_question(language: str, question: str, told: str) -> None:
    found = periods(question, TODAY, language)
    worded = [f"{each.words} = " + ("newest" if each.newest else f"{each.since or ''}..{each.until or ''}") for each in found]
    assert "; ".join(worded) == told
    assert all(question[each.start:each.end] == each.words for each in found)


@pytest.mark.parametrize(("language", "question"), _rows(NONE))
def test_what_is_no_time(language: str, question: str) -> None:
    assert periods(question, TODAY, language) == ()
