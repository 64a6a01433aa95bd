"""The readers on files of our own: formats, encodings, languages, exports and every kind of bad input."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.article import Article
from index.readers import FORMATS, Skipped, dates, discover, encoding, furniture, read
from index.readers.text import parse

SV = "Kommunstyrelsen i Norrvik beslutade på måndagen att bygga en ny simhall för 84 miljoner kronor vid hamnen."
SV2 = "– Det här har vi väntat på i tjugo år, säger simklubbens ordförande Ulla Brandt, som följde mötet från läktaren."
NO = "Kommunestyret i Lauvøy vedtok mandag å bygge en ny svømmehall til 84 millioner kroner ved ferjekaia i sentrum."
DA = "Byrådet i Nørrevig besluttede mandag at bygge en ny svømmehal til 84 millioner kroner ved havnen midt i byen."
EN = "The council of Northwick decided on Monday to build a new swimming hall for 84 million kronor by the harbour."


def one(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def skipped(path: Path) -> Skipped:
    (told,) = read(path)
    assert isinstance(told, Skipped), told
    return told


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- encodings ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize(("words", "language"), [(SV, "sv"), (NO, "no"), (DA, "da"), (EN, "en")])
def test_every_encoding_and_language_reads_alike(tmp_path: Path, codec: str, words: str, language: str) -> None:
    article = one(write(tmp_path / "a.txt", f"Ny hall vid hamnen\r\n\r\n{words}\r\n".encode(codec)))
    assert (article.title, article.text, article.language) == ("Ny hall vid hamnen", words, language)


def test_cyrillic_is_not_taken_for_western(tmp_path: Path) -> None:
    words = "Городской совет принял решение построить новый бассейн у гавани. Работы начнутся весной следующего года."
    assert one(write(tmp_path / "a.txt", words.encode("cp1251"))).text == words


def test_a_page_that_claims_utf8_is_read_as_what_it_is(tmp_path: Path) -> None:
    head = '<head><meta charset="utf-8"><title>Ny hall</title></head>'
    page = f"<html>{head}<body><h1>Ny hall</h1><p>{SV}</p></body></html>"
    assert one(write(tmp_path / "a.html", page.encode("cp1252"))).text == SV
    assert one(write(tmp_path / "b.txt", b"\xef\xbb\xbf" + f"Ny hall\n\n{SV}".encode("cp1252"))).text == SV


@pytest.mark.parametrize(("raw", "why"), [
    (b"", "empty"),
    (b" \n\r\n ", "no article text"),
    (b"%PDF-1.7 ...", "not a text file"),
    (bytes(range(256)) * 40, "not a text file"),
    (("åäö " * 40).encode() + b"\xe5 och \xff", "broken at byte"),
    (b"\xff\xfea\x00b\x00c", "breaks off"),
])
def test_what_is_no_text_is_named(tmp_path: Path, raw: bytes, why: str) -> None:
    assert why in skipped(write(tmp_path / "a.txt", raw)).why


def test_single_control_characters_are_removed() -> None:
    assert parse(f"Ny hall\n\nEtt\x00 {SV}\x07").text == f"Ett {SV}"
    assert encoding.plain("a\r\nb\rc\td\x00") == "a\nb\nc\td"


# --- text: what stands where -------------------------------------------------------------------------------------

SWEDISH_EXPORT = f"""• Norrvik får en ny simhall. Bygget börjar redan i höst, och hallen ska stå klar om tre år.
Norrviks Allehanda

Simhallen blir av – till sist

Av Karin Öst och Per Lund
Publicerad 12 mars 2024 kl 10.15 | Uppdaterad 13 mars 2024

{SV}

Läs också: Badhuset stängs i juni

Dyrare än väntat

{SV2}

– Vi är nöjda, säger Brandt.

ANNONSER

Rekommenderade artiklar

Så mycket kostar badet
Här byggs nästa förskola i kommunen
Fiskaren som blev konstnär: Jag längtade hem till havet efter trettio år i huvudstaden, berättar han i vår intervju.

© 2026 Norrviks Allehanda
"""
NORWEGIAN_EXPORT = f"""Nyheter

Svømmehallen blir endelig bygd

Tekst: Kari Moe
Publisert 3. mai 2023 kl. 14:05

{NO}

Annonse

– Dette har vi ventet på, sier Siri Hauge.

Les også

Ferja innstilt på ubestemt tid
Mest lest

Torsken er tilbake
"""
DANISH_EXPORT = f"""Vi bruger cookies for at give dig en bedre oplevelse. Læs mere om cookies og dine valg her.

Nørrevig Tidende

Svømmehallen bliver til noget

Af Mette Lind

{DA}

Relaterede artikler
Havnen udvides til foråret
Copyright Nørrevig Tidende
"""
ENGLISH_EXPORT = f"""By John Marsh
Published: March 3, 2026

Swimming hall gets the go-ahead

{EN}

Advertisement

Related articles
The fisherman who painted
Why the ferry was late
© 2026 Northwick Post. All rights reserved.
"""


@pytest.mark.parametrize(("export", "expected"), [
    (SWEDISH_EXPORT, {
        "title": "Simhallen blir av – till sist", "section": "Norrviks Allehanda", "byline": "Karin Öst, Per Lund",
        "published": "2024-03-12T10:15:00", "updated": "2024-03-13", "language": "sv",
        "text": f"{SV}\n\nDyrare än väntat\n\n{SV2}\n\n– Vi är nöjda, säger Brandt.",
    }),
    (NORWEGIAN_EXPORT, {
        "title": "Svømmehallen blir endelig bygd", "section": "Nyheter", "byline": "Kari Moe",
        "published": "2023-05-03T14:05:00", "language": "no",
        "text": f"{NO}\n\n– Dette har vi ventet på, sier Siri Hauge.",
    }),
    (DANISH_EXPORT, {
        "title": "Svømmehallen bliver til noget", "section": "Nørrevig Tidende", "byline": "Mette Lind",
        "published": None, "language": "da", "text": DA,
    }),
    (ENGLISH_EXPORT, {
        "title": "Swimming hall gets the go-ahead", "byline": "John Marsh", "published": "2026-03-03", "text": EN,
    }),
], ids=["sv", "no", "da", "en"])
def test_web_exports_are_told_apart(export: str, expected: Mapping[str, str | None]) -> None:
    article = parse(export)
    assert {name: getattr(article, name) for name in expected} == expected


@pytest.mark.parametrize(("content", "title", "text"), [
    (f"Hallen byggs i vår\n\n{SV}\n\nBakgrund\n\n{SV2}", "Hallen byggs i vår", f"{SV}\n\nBakgrund\n\n{SV2}"),
    (f"Hallen byggs i vår\n{SV}\n{SV2}", "Hallen byggs i vår", f"{SV}\n{SV2}"),
    (f"{SV}\n\nBakgrund\n\n{SV2}", SV, f"{SV}\n\nBakgrund\n\n{SV2}"),
    ("Skolan brann. Ingen skadades.", "Skolan brann. Ingen skadades.", "Skolan brann. Ingen skadades."),
    ("Brand i skolan\n\nIngen skadades.", "Brand i skolan", "Ingen skadades."),
    ("Bara en rad", "Bara en rad", "Bara en rad"),
    (f"Hallen byggs\n\n{SV} Läs mer på nätet.\n\n{SV2}", "Hallen byggs", f"{SV} Läs mer på nätet.\n\n{SV2}"),
    (f"Hallen byggs\n\n{SV}\n\nKommentarer\n\n{SV2}", "Hallen byggs", f"{SV}\n\nKommentarer\n\n{SV2}"),
    (f"Varför byggs ingen hall?\n\n{SV}", "Varför byggs ingen hall?", SV),
    (f"Hallen byggs i vår för miljoner\n\nBara en röstade emot förslaget\n\n{SV}",
     "Hallen byggs i vår för miljoner", f"Bara en röstade emot förslaget\n\n{SV}"),
    (f"<script>alert(1)</script>\n\n{SV}", "<script>alert(1)</script>", SV),
])
def test_ordinary_text_keeps_what_it_says(content: str, title: str, text: str) -> None:
    article = parse(content)
    assert (article.title, article.text) == (title, text)


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "Hallen byggs i vår\n\nKommunstyrelsen i Norrvik beslutade på måndagen att bygga en ny\n"
        "simhall för 84 miljoner kronor vid hamnen, efter en debatt som varade i\nsex timmar.\n\n"
        "– Det var på tiden att någon gjorde någonting åt saken, säger Ulla\nBrandt.\n"
    )
    assert parse(wrapped).text == (
        "Kommunstyrelsen i Norrvik beslutade på måndagen att bygga en ny simhall för 84 miljoner kronor vid hamnen, "
        "efter en debatt som varade i sex timmar.\n\n"
        "– Det var på tiden att någon gjorde någonting åt saken, säger Ulla Brandt."
    )


def test_a_headline_alone_above_a_tail_is_still_an_article() -> None:
    assert parse(f"Mest läst\n\nHallen byggs i vår\n\n{SV}\n\nMest läst\n\nKatten i trädet").text == SV


@pytest.mark.parametrize(("line", "byline"), [
    ("Av Karin Öst", "Karin Öst"), ("AV KARIN ÖST", "Karin Öst"), ("Text: Karin Öst  Foto: Per Lund", "Karin Öst"),
    ("Text och foto: Karin Öst", "Karin Öst"), ("By Jean de la Cour and Ann O'Hara", None),
    ("By Ann O'Hara and Tim Fox", "Ann O'Hara, Tim Fox"), ("Text: TT", "TT"), ("Tekst: Kari Moe", "Kari Moe"),
    ("Av alla hus i staden är rådhuset äldst", None), ("Foto: Per Lund", None),
    ("By Ann Fox, March 3, 2026", "Ann Fox"), ("Av Anna Berg slår rekord", None), ("Karin Öst | 12 mars 2024", None),
])
def test_bylines(line: str, byline: str | None) -> None:
    notes = furniture.Notes()
    furniture.note(line, notes)
    assert notes.byline == byline


def test_the_first_newsrooms_own_export(shared: Path) -> None:
    (path,) = sorted((shared / "articles").glob("*.txt"))
    article = one(path)
    lines = encoding.load(path).split("\n")
    assert article.title == lines[3]
    assert article.section == lines[1]
    assert article.published is None
    assert article.language == "sv"
    last = max(n for n, line in enumerate(lines) if len(line) > 60)
    assert article.text == "\n".join(lines[5:last + 1])


# --- dates -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("told", "expected"), [
    ("1935", "1935"), ("1935-04", "1935-04"), ("2026-03-01", "2026-03-01"), ("20260301", "2026-03-01"),
    ("2026-03-01T10:15:00Z", "2026-03-01T10:15:00+00:00"), ("2026-03-01 10:15", "2026-03-01T10:15:00"),
    ("2026-03-01 kl. 10.15", "2026-03-01T10:15:00"), ("12 mars 2024 kl 10.15", "2024-03-12T10:15:00"),
    ("tisdag 12 mars 2024", "2024-03-12"), ("3. mai 2023 kl. 14:05", "2023-05-03T14:05:00"),
    ("5. maj 2023", "2023-05-05"),
    ("March 3, 2026", "2026-03-03"), ("3rd of March 2026", "2026-03-03"), ("12.03.2024", "2024-03-12"),
    ("25/12/2024", "2024-12-25"), ("mars 2024", "2024-03"),
    ("03/04/2026", None), ("2026-13-01", None), ("2026-02-30", None), ("12 mars", None), ("i går", None),
    ("snart", None), ("", None), ("0000", None), ("9" * 400, None),
])
def test_dates(told: str, expected: str | None) -> None:
    assert dates.iso(told) == expected


# --- Markdown ----------------------------------------------------------------------------------------------------

def test_markdown_is_read_as_prose_with_its_front_matter(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.md", f"""---
id: 0042
title: "Hallen: nu byggs den"
author: [Karin Öst, Per Lund]
date: 2024-03-12
section: null
lang: sv-SE
tags: [bad]
---
# Hallen: nu byggs den

**Kommunstyrelsen** i [Norrvik](https://norrvik.example) sa *ja* till
hallen på måndagen &amp; det med `19` röster.

## Bakgrund

{SV2}

- 84 miljoner
- 25 meter

> Citat ur protokollet.

<script>alert("x")</script>

![Bild](x.png)

| År | Besök |
|----|-------|
| 2023 | 9 000 |
"""))
    assert (article.id, article.title, article.byline, article.section) == (
        "0042", "Hallen: nu byggs den", "Karin Öst, Per Lund", None)
    assert (article.published, article.language) == ("2024-03-12", "sv")
    assert article.text == "\n".join([
        "Kommunstyrelsen i Norrvik sa ja till hallen på måndagen & det med 19 röster.", "Bakgrund", SV2,
        "- 84 miljoner", "- 25 meter", "Citat ur protokollet.", '<script>alert("x")</script>',
        "År | Besök", "2023 | 9 000",
    ])


def test_markdown_without_front_matter_keeps_its_rules_and_takes_its_heading(tmp_path: Path) -> None:
    body = f"# Hallen byggs\n\n*Av Karin Öst*\n\n{SV}\n\n---\n\n{SV2}\n\n---\n\n- Ja.\n"
    article = one(write(tmp_path / "a.markdown", body))
    assert (article.title, article.byline, article.text) == ("Hallen byggs", "Karin Öst", f"{SV}\n{SV2}\n- Ja.")


@pytest.mark.parametrize(("front", "why"), [
    ("title: Hallen: nu byggs den", "front matter is not YAML"), ("title: [a, b]", "title is ['a', 'b']"),
    ("date: i våras", "published is 'i våras'"),
])
def test_front_matter_that_cannot_be_read_is_named(tmp_path: Path, front: str, why: str) -> None:
    assert why in skipped(write(tmp_path / "a.md", f"---\n{front}\n---\n{SV}\n")).why


# --- HTML --------------------------------------------------------------------------------------------------------

PAGE = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html lang="nn-NO"><head>
<title>Svømmehallen blir bygd – Lauvøy Avis</title><meta property="og:site_name" content="Lauvøy Avis">
<meta property="og:url" content="https://lauvoy.example/hall">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebPage"}}, {{"@type": ["NewsArticle"],
"headline": "Svømmehallen blir bygd", "datePublished": "2023-05-03T14:05:00+02:00", "dateModified": "2023-05-04",
"articleSection": ["Nyheter"], "author": [{{"@type": "Person", "name": "Kari Moe"}}, "Ola Lien"]}}]}}
</script></head><body>
<div class="cookie-banner"><p>Vi bruker informasjonskapsler for å gi deg en bedre opplevelse.</p></div>
<nav><ul><li><a href="/">Hjem</a></li><li><a href="/sport">Sport</a></li></ul></nav><main><article><p>Nyheter</p>
<h1>Svømmehallen blir bygd</h1><p class="byline">Av Kari Moe og Ola Lien</p><p>{NO}</p>
<aside class="related"><h3>Les også</h3><ul><li><a href="/x">Ferja er innstilt på ubestemt tid</a></li></ul></aside>
<h2>Dyrere enn planlagt</h2><p>– Dette er en stor dag for øya, sier ordfører Siri Hauge. Hun har ventet i ni år.</p>
</article></main>
<section class="recommended"><h2>Anbefalte artikler</h2><ul><li><a href="/y">Skolen får nytt tak</a></li></ul></section>
<script>alert(1)</script><footer>© 2021 Lauvøy Avis</footer></body></html>"""


def test_a_page_is_read_without_what_stands_around_the_article(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.html", PAGE))
    assert (article.title, article.section) == ("Svømmehallen blir bygd", "Nyheter")
    assert article.byline == "Kari Moe, Ola Lien"
    assert (article.published, article.updated) == ("2023-05-03T14:05:00+02:00", "2023-05-04")
    assert (article.source, article.url, article.language) == ("Lauvøy Avis", "https://lauvoy.example/hall", "no")
    assert article.text == "\n".join([
        NO, "Dyrere enn planlagt", "– Dette er en stor dag for øya, sier ordfører Siri Hauge. Hun har ventet i ni år.",
    ])


@pytest.mark.parametrize("page", [
    f"<html><title>Ny hall</title><body><h1>Ny hall</h1><p>{SV}</p><footer>© 2024 Bladet</footer></body></html>",
    f"<h1>Ny hall</h1>\n<p>{SV}</p>",
])
def test_bare_pages_and_fragments(tmp_path: Path, page: str) -> None:
    article = one(write(tmp_path / "a.htm", page))
    assert (article.title, article.text, article.published) == ("Ny hall", SV, None)


@pytest.mark.parametrize("page", [
    "<html></html>", "<html><body><nav><a href='/'>Hem</a></nav></body></html>", "<", "<!-- x -->",
])
def test_a_page_without_an_article_is_named(tmp_path: Path, page: str) -> None:
    assert "no article text" in skipped(write(tmp_path / "a.html", page)).why


# --- JSON --------------------------------------------------------------------------------------------------------

FULL = {
    "id": "a1", "title": "Hallen", "text": f" {SV}\r\n\x00{SV2} ", "byline": "Karin Öst", "published": 1935,
    "updated": "2026-03-01", "url": "https://x.example", "section": "Bad", "source": "NA", "language": "nb-NO",
    "status": "usable", "embargo": None, "unknown": {"a": [1]},
}
DEWEY = {"headline": "Hallen", "content": SV, "authors": ["Karin Öst", "Per Lund"], "publish_date": "2024-03-12"}


def test_our_schema_keeps_the_text_as_given(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.jsonl", json.dumps(FULL)))
    assert article == Article(
        id="a1", title="Hallen", text=f" {SV}\r\n\x00{SV2} ", byline="Karin Öst", published="1935",
        updated="2026-03-01", url="https://x.example", section="Bad", source="NA", language="no", status="usable",
    )


def test_only_the_text_is_needed(tmp_path: Path) -> None:
    told = [{"text": f"Hallen byggs.\n{SV}"}, {"text": SV}, {"text": SV2, "id": 7}]
    lines = [json.dumps(told[0]), "", *map(json.dumps, told[1:])]
    first, second, third = read(write(tmp_path / "a.jsonl", "\r\n".join(lines)))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, Article)
    assert (first.title, first.language, third.id) == ("Hallen byggs.", "sv", "7")
    assert first.id != second.id
    assert first.id == one(write(tmp_path / "b.json", lines[0])).id


@pytest.mark.parametrize("content", [
    json.dumps(DEWEY), json.dumps([DEWEY]), json.dumps(DEWEY, indent=2), json.dumps([DEWEY], indent=2),
    "\ufeff" + json.dumps(DEWEY, ensure_ascii=False), f"[\n{json.dumps(DEWEY)}\n]",
])
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".JSON"])
def test_one_object_a_list_and_lines(tmp_path: Path, content: str, suffix: str) -> None:
    article = one(write(tmp_path / f"a{suffix}", content))
    assert (article.title, article.text, article.byline, article.published) == (
        "Hallen", SV, "Karin Öst, Per Lund", "2024-03-12")


def test_json_lines_in_utf16_and_windows_1252(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(DEWEY, ensure_ascii=False)] * 2)
    for codec in ("utf-16", "cp1252"):
        found = list(read(write(tmp_path / "a.jsonl", lines.encode(codec))))
        assert [getattr(article, "text", None) for article in found] == [SV, SV]


@pytest.mark.parametrize(("broken", "why"), [
    ("{not json", "not JSON"), ('"text"', "an article is a JSON object"), ("[" * 100_000, "cannot be read"),
    ("{}", "text is missing"),
    ('{"text": "  "}', "missing or empty"), ('{"text": 7}', "text is 7"),
    ('{"text": "a", "title": ["b"]}', "title is ['b']"),
    ('{"text": "a", "published": "i våras"}', "published is 'i våras'"),
    ('{"text": "a", "published": true}', "published is True"),
    ('{"text": "a", "publish_date": "03/04/2026"}', "publish_date is '03/04/2026'"),
    ('{"text": "a", "authors": [1]}', "authors holds 1"), ('{"text": "a", "id": {"b": 1}}', "id is {'b': 1}"),
    ('{"text": "a\\ud83d"}', "U+D83D"), ("1" * 5000, "cannot be read"),
])
def test_a_broken_line_is_named_and_the_rest_goes_in(tmp_path: Path, broken: str, why: str) -> None:
    good = json.dumps({"text": SV})
    path = write(tmp_path / "a.jsonl", f"{good}\n{broken}\n{good}\n")
    first, second, third = read(path)
    assert isinstance(first, Article)
    assert isinstance(second, Skipped)
    assert isinstance(third, Article)
    assert second.where == f"{path}:2"
    assert why in second.why


def test_a_broken_first_line_and_a_broken_document(tmp_path: Path) -> None:
    good = json.dumps({"text": SV})
    kinds = [type(told) for told in read(write(tmp_path / "a.jsonl", f'{{"text": "cut\n{good}\n{good}'))]
    assert kinds == [Skipped, Article, Article]
    assert "line 3" in skipped(write(tmp_path / "b.json", '{\n"text": "a",\n}\n')).why
    assert "empty" in skipped(write(tmp_path / "c.jsonl", "\n\n")).why
    items = list(read(write(tmp_path / "d.json", json.dumps([{"text": SV}, 5]))))
    assert isinstance(items[1], Skipped)
    assert items[1].where.endswith("d.json:1:item 2")


# --- finding files -----------------------------------------------------------------------------------------------

def test_discover_walks_folders_globs_and_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "a.md", "b/c.html", "b/questions.jsonl", "README.md", ".hidden.txt", ".git/x.txt", "[1].txt"):
        write(tmp_path / name, SV)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)

    def names(*paths: str) -> list[str]:
        return [str(p.relative_to(tmp_path)) if isinstance(p, Path) else p.why for p in discover(paths)]

    assert names(str(tmp_path)) == ["[1].txt", "a.md", "z.txt", "b/c.html"]
    twice = str(tmp_path / "z.txt")
    assert names(str(tmp_path / "**" / "*.html"), twice, twice) == ["b/c.html", "z.txt"]
    assert names(str(tmp_path / "[1].txt"), str(tmp_path / ".hidden.txt")) == ["[1].txt", ".hidden.txt"]
    assert "no file or folder" in names(str(tmp_path / "*.pdf"))[0]
    assert "no file or folder" in names(str(tmp_path / "none"))[0]
    assert "rename it" in names(str(tmp_path / "README.md"))[0]
    assert "not a path" in names("a\0b")[0]


def test_what_is_no_file_of_ours_is_named(tmp_path: Path) -> None:
    assert ".rtf is no known format" in skipped(write(tmp_path / "a.rtf", SV)).why
    assert "cannot be opened" in skipped(tmp_path / "gone.txt").why
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in skipped(tmp_path / "pipe.txt").why


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SV)
    path.chmod(0)
    assert "permissions" in skipped(path).why


# --- size --------------------------------------------------------------------------------------------------------

def test_the_limit_is_named_and_json_lines_pass_over_a_line_beyond_it(tmp_path: Path) -> None:
    big = tmp_path / "a.txt"
    with big.open("wb") as file:
        file.truncate(encoding.LARGEST + 1)
    assert "limit is 50 MB" in skipped(big).why
    good = json.dumps({"text": SV}).encode()
    lines = write(tmp_path / "a.jsonl", good + b'\n{"text": "' + b"a" * encoding.LARGEST + b'"}\n' + good)
    found = list(read(lines))
    assert [type(told) for told in found] == [Article, Skipped, Article]
    assert isinstance(found[1], Skipped)
    assert found[1].where.endswith(":2")
    assert "50 MB" in found[1].why


@pytest.mark.parametrize(("suffix", "joint"), [
    (".txt", "\n\n"), (".txt", " "), (".txt", "\nKort\n"), (".md", "\n\n"), (".html", "</p>\n<p>"),
])
def test_two_million_characters(tmp_path: Path, suffix: str, joint: str) -> None:
    text = joint.join([SV] * (2_000_000 // len(SV + joint)))
    page = f"<html><body><p>{text}</p></body></html>"
    path = write(tmp_path / f"a{suffix}", page if suffix == ".html" else f"Ny hall\n\n{text}")
    began = time.perf_counter()
    article = one(path)
    assert time.perf_counter() - began < 10  # a second on an idle machine: what this rules out is quadratic time
    assert article.text.count(SV) == text.count(SV)


def test_every_format_is_known_by_its_suffix() -> None:
    assert set(FORMATS) == {
        ".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".odt", ".pdf", ".jsonl", ".json", ".csv", ".tsv", ".parquet",
        ".eml", ".mbox", ".zip", ".xml", ".nitf", ".rss", ".atom",
    }
