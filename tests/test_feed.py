"""RSS and Atom, all invented: what an entry becomes, and what is broken."""

from pathlib import Path

import pytest

from index.article import Article
from index.readers import Skipped, read

WHOLE = "Kommunstyrelsen i Norrvik beslutade på måndagen att bygga en simhall.\nDen ska stå klar om två år."
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Norrviks Allehanda</title><link>https://allehanda.example/</link><language>sv-se</language>
<copyright>Norrviks Tryckeri</copyright>
<item><title>Simhall &amp;amp; bad <![CDATA[<b>blir</b> av]]></title><guid isPermaLink="false">42</guid>
<link>https://allehanda.example/simhall</link><pubDate>Sun, 02 Mar 2025 00:30:00 +0100</pubDate>
<dc:creator>Karin Öst</dc:creator><category>Sport</category><category>Norrvik</category>
<description>En &lt;b&gt;kort&lt;/b&gt; ingress.</description>
<content:encoded><![CDATA[<p>Kommunstyrelsen i Norrvik beslutade på måndagen att&nbsp;bygga en <a href="/">simhall</a>.</p>
<figure><img src="https://allehanda.example/x.png"/><figcaption>Bild</figcaption></figure><script>spana()</script>
<p>Den ska stå klar om två år.</p>]]></content:encoded></item>
<item><title>Bron stängs</title><link>https://allehanda.example/bron</link>
<description>Bron vid hamnen stängs i maj.</description></item>
<item><title>Utan ord</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nb"><title>Lauvøy Avis</title><id>tag:lauvoy.example,2025:1</id>
<rights>Lauvøy Trykkeri</rights><entry><id>tag:lauvoy.example,2025:2</id><title type="html">Ny &lt;i&gt;hall&lt;/i&gt;</title>
<author><name>Kari Moe</name></author><author><name>Per Lund</name></author><link href="https://lauvoy.example/2"/>
<published>2025-03-01T10:00:00+01:00</published><updated>2025-03-02T10:00:00+01:00</updated>
<category term="spt" label="Sport"/><summary>Kort.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Kommunestyret vedtok å bygge en ny hall.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://nw.example/"><title>Northwick Post</title><link>https://nw.example/</link></channel>
<item rdf:about="https://nw.example/1"><title>New hall</title><link>https://nw.example/1</link>
<description>The council of Northwick decided to build a hall.</description></item></rdf:RDF>"""

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Norrviksbloggen</title><language>sv-SE</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[bo]]></wp:author_login><wp:author_display_name>Bo Ek</wp:author_display_name></wp:author>
<wp:author><wp:author_login><![CDATA[koest]]></wp:author_login><wp:author_email>k@norrvik.example</wp:author_email>
<wp:author_display_name><![CDATA[Karin &amp; Öst]]></wp:author_display_name></wp:author>
<item><title>Bron stängs</title><link>https://blogg.example/bron</link><pubDate>Sun, 02 Mar 2025 09:30:00 +0000</pubDate>
<dc:creator><![CDATA[koest]]></dc:creator><guid isPermaLink="false">https://blogg.example/?p=7</guid>
<content:encoded><![CDATA[[dropcap]B[/dropcap]ron vid hamnen stängs i maj.

Den är [sic] <strong>sliten</strong>.
Så säger chefen.
<h2>Lång väg</h2>
[caption id="a" width="3"]<img src="a.png"
 alt=""> Bron i går[/caption]

[contact_form]

[gallery ids="3,4"]
<!-- wp:paragraph -->
Omvägen är 4 km.
<!-- /wp:paragraph -->]]></content:encoded>
<wp:post_modified_gmt>2025-03-02 10:00:00</wp:post_modified_gmt><wp:status><![CDATA[publish]]></wp:status>
<wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="post_tag" nicename="bro"><![CDATA[bro]]></category>
<category domain="category" nicename="trafik"><![CDATA[Trafik]]></category></item></channel></rss>"""


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(path: Path) -> list[Article]:
    return [each for each in read(path) if isinstance(each, Article)]


def skipped(path: Path) -> list[Skipped]:
    return [each for each in read(path) if isinstance(each, Skipped)]


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rss_tells_all_in_every_encoding(tmp_path: Path, name: str, codec: str) -> None:
    whole, summary = articles(write(tmp_path / name, RSS.encode(codec)))
    assert whole == Article(
        id="https://allehanda.example/#42", title="Simhall & bad blir av", text=WHOLE, byline="Karin Öst",
        published="2025-03-02T00:30:00+01:00", url="https://allehanda.example/simhall", section="Sport",
        source="Norrviks Allehanda", language="sv", copyright="Norrviks Tryckeri")
    assert (summary.id, summary.text) == ("https://allehanda.example/bron", "Bron vid hamnen stängs i maj.")


def test_atom_tells_all(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.atom", ATOM)) == [Article(
        id="tag:lauvoy.example,2025:2", title="Ny hall", text="Kommunestyret vedtok å bygge en ny hall.",
        byline="Kari Moe, Per Lund", published="2025-03-01T10:00:00+01:00", updated="2025-03-02T10:00:00+01:00",
        url="https://lauvoy.example/2", section="Sport", source="Lauvøy Avis", language="no", copyright="Lauvøy Trykkeri")]


def test_the_older_rss_is_read(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.xml", RDF))
    assert (article.id, article.source, article.language) == ("https://nw.example/1", "Northwick Post", "en")


def test_an_entry_without_words_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rss", RSS)
    assert skipped(path) == [Skipped(f"{path}:item 3", "this entry has neither a text nor a summary")]


@pytest.mark.parametrize("date", ["i fjol", "32 Mar 2025", "99999-01-01", "Sun, 02 Mar 2025 99:99:99 +9999", ""])
def test_a_date_that_nobody_can_read_is_left_out(tmp_path: Path, date: str) -> None:
    assert articles(write(tmp_path / "a.rss", RSS.replace("Sun, 02 Mar 2025 00:30:00 +0100", date)))[0].published is None


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rss", RSS[:RSS.index("<title>Utan")])
    assert [article.title for article in articles(path)] == ["Simhall & bad blir av", "Bron stängs"]
    assert any(told.where == str(path) and "broken" in told.why for told in skipped(path))


def test_the_names_of_html_for_characters_break_no_feed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rss", RSS.replace("Bron stängs", "Bron&nbsp;st&auml;ngs"))
    assert articles(path)[1].title == "Bron stängs"
    assert [told.where for told in skipped(path)] == [f"{path}:item 3"]


@pytest.mark.parametrize(("content", "why"), [
    ("<rss><channel><title>Tom</title></channel></rss>", "no entries"),
    ("<rss><chan", "broken"), ("<feed/>", "no entries"),
    ('<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
     "entities"),
    (RSS.replace("<description>En", "<description>" + "&lt;div&gt;" * 3000 + "En", 1), "nested over 256"),
])
def test_broken_and_hostile_feeds_are_named(tmp_path: Path, content: str, why: str) -> None:
    assert why in skipped(write(tmp_path / "a.xml", content))[0].why


@pytest.mark.parametrize("line", [
    "The post &lt;a href='/'&gt;Bron stängs&lt;/a&gt; appeared first on Norrviks Allehanda.",
    "Inlägget Bron stängs dök först upp på Norrviks Allehanda.",
])
def test_what_blogs_put_under_an_entry_is_left_out(tmp_path: Path, line: str) -> None:
    whole = RSS.replace("stängs i maj.", f"stängs i maj.&lt;p&gt;{line}&lt;/p&gt;")
    assert articles(write(tmp_path / "a.rss", whole))[1].text == "Bron vid hamnen stängs i maj."


def test_an_enormous_title_is_cut(tmp_path: Path) -> None:
    assert len(articles(write(tmp_path / "a.rss", RSS.replace("Bron stängs", "Bron stängs " * 100_000)))[1].title) <= 201


def test_an_export_of_wordpress_tells_its_paragraphs_writers_and_categories(tmp_path: Path) -> None:
    assert list(read(write(tmp_path / "a.xml", EXPORT))) == [Article(
        id="https://blogg.example/?p=7", title="Bron stängs", byline="Karin & Öst", published="2025-03-02T09:30:00+00:00",
        text="Bron vid hamnen stängs i maj.\nDen är [sic] sliten.\nSå säger chefen.\nLång väg\nOmvägen är 4 km.",
        updated="2025-03-02T10:00:00+00:00", url="https://blogg.example/bron", section="Trafik", source="Norrviksbloggen",
        language="sv")]


def test_the_lines_within_marked_paragraphs_are_not_paragraphs(tmp_path: Path) -> None:
    whole = EXPORT.replace("Den är [sic] <strong>sliten</strong>.\nSå", "<p>Den är sliten.\nSå")
    assert "Den är sliten. Så säger chefen." in articles(write(tmp_path / "a.xml", whole))[0].text.split("\n")


@pytest.mark.parametrize(("told", "changed", "why"), [
    ("CDATA[publish]", "CDATA[draft]", "draft"), ("CDATA[publish]", "CDATA[future]", "future"),
    (">post<", ">page<", "type page"), (">post<", ">attachment<", "type attachment"), (">post<", ">wp_block<", "type wp_block"),
    ("<wp:post_password>", "<wp:post_password>hemligt", "password"),
])
def test_what_an_export_holds_unpublished_is_named(tmp_path: Path, told: str, changed: str, why: str) -> None:
    (item,) = read(write(tmp_path / "a.xml", EXPORT.replace(told, changed)))
    assert isinstance(item, Skipped)
    assert why in item.why


@pytest.mark.parametrize("status", ["trash", "private"])
def test_what_an_export_took_back_is_withdrawn_under_its_id(tmp_path: Path, status: str) -> None:
    (article,) = articles(write(tmp_path / "a.xml", EXPORT.replace("CDATA[publish]", f"CDATA[{status}]")))
    assert (article.id, article.withdrawn, article.text) == ("https://blogg.example/?p=7", True, "Bron stängs")
