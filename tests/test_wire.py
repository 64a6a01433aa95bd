"""Items of news agencies, all invented: ninjs, NewsML-G2 and NITF, with their versions, embargoes and withdrawals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive
from index.article import Article
from index.readers import Skipped, read
from tests.fakes import HashedGrams

BODY = "Kommunstyrelsen i Norrvik beslutade på måndagen att bygga en simhall."
SECOND = "– Det har vi väntat på, säger Ulla Brandt."
WRITTEN, CHANGED = "2025-03-01T10:00:00+01:00", "2025-03-01T12:30:00+01:00"
RELEASE = "2025-03-02T06:00:00+01:00"
EXPECTED = Article(
    id="urn:norrvik:1", title="Simhallen blir av", text=f"{BODY}\n{SECOND}", byline="Karin Öst", published=WRITTEN,
    updated=CHANGED, section="Sport", source="Norrviks Nyhetsbyrå", language="sv", copyright="Norrviks Tryckeri", version=3)

NINJS_1 = {
    "uri": "urn:norrvik:1", "type": "text", "version": "3", "headline": "Simhallen blir av", "byline": "Av Karin Öst",
    "firstcreated": WRITTEN, "versioncreated": CHANGED, "language": "sv-SE", "pubstatus": "usable",
    "subject": [{"code": "1"}, {"name": "Sport"}], "infosource": [{"name": "Norrviks Nyhetsbyrå"}],
    "copyrightholder": "Norrviks Tryckeri", "body_text": "den kortare",
    "body_html": f"<section><p>{BODY}</p><figure><figcaption>Bild</figcaption></figure><p>{SECOND}</p></section>",
}
NINJS_3 = {
    "uri": "urn:norrvik:1", "type": "text", "version": "3", "by": "Karin Öst", "standard": {"name": "ninjs", "version": "3.2"},
    "headlines": [{"role": "sub", "value": "Bygget börjar i höst"}, {"role": "main", "value": "Simhallen &nbsp;blir av"}],
    "bodies": [{"role": "caption", "value": "Bild"},
               {"role": "main", "contentType": "text/html", "value": f"<p>{BODY}</p><p>{SECOND}</p>"}],
    "firstCreated": WRITTEN, "versionCreated": CHANGED, "language": "sv", "pubStatus": "usable",
    "subjects": [{"name": "Sport"}], "infoSources": [{"name": "Norrviks Nyhetsbyrå"}], "copyrightHolder": "Norrviks Tryckeri",
}
NINJS_TT = {
    "uri": "urn:norrvik:1-v3", "type": "text", "profile": "PUBL", "headline": "Simhallen blir av", "sector": "SPT",
    "bylines": [{"firstname": "Karin", "lastname": "Öst"}, {"initials": "xx", "internal": "true"}],
    "firstcreated": WRITTEN, "versioncreated": CHANGED, "language": "sv", "source": "Norrviks Nyhetsbyrå",
    "copyrightholder": "Norrviks Tryckeri", "body_html5": f"<p>{BODY}</p><p>{SECOND}</p>", "signals": {"version": 3},
}
NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="sv"><head><title>hall</title><tobject><tobject.subject tobject.subject.type="Sport"/></tobject>
<docdata management-status="usable"><doc-id id-string="urn:norrvik:1"/><du-key version="3"/>
<date.issue norm="20250301T100000+0100"/><doc.copyright holder="Norrviks Tryckeri"/></docdata></head>
<body><body.head><hedline><hl1>Simhallen <em>blir</em> av</hl1><hl2>Bygget</hl2></hedline>
<byline>Av <person>Karin Öst</person><byttl>reporter</byttl></byline>
<distributor>Norrviks Nyhetsbyr&aring;</distributor></body.head>
<body.content><p>{BODY}</p><note type="npa"><p>Ring desken</p></note><media><media-caption>Bild</media-caption></media>
<p>{SECOND}</p></body.content></body></nitf>"""
ITEM = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:norrvik:1" version="3" xml:lang="sv">
<catalogRef href="http://catalog.invalid/none.xml"/>
<rightsInfo><copyrightHolder qcode="x:nt"><name>Norrviks Tryckeri</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:NN"><name>Norrviks Nyhetsbyrå</name></provider>
<versionCreated>{CHANGED}</versionCreated><firstCreated>{WRITTEN}</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><by>Av Karin Öst</by><language tag="sv"/><subject qcode="x:1"><name>Bad</name></subject>
<subject qcode="medtop:15000000"><name>Sport</name></subject>
<headline>Simhallen <!-- så --> <b>blir</b> av</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>{BODY}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>"""


def write(path: Path, content: str | bytes | object) -> Path:
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return path


def skipped(path: Path) -> str:
    (told,) = read(path)
    assert isinstance(told, Skipped), told
    return told.why


def one(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


# --- the same story in every format ------------------------------------------------------------------------------

@pytest.mark.parametrize("item", [NINJS_1, NINJS_3, NINJS_TT], ids=["1", "3", "TT"])
def test_ninjs_tells_all(tmp_path: Path, item: dict[str, Any]) -> None:
    assert one(write(tmp_path / "a.json", item)) == EXPECTED
    assert list(read(write(tmp_path / "a.jsonl", f"{json.dumps(item)}\n{json.dumps(item)}\n"))) == [EXPECTED, EXPECTED]


@pytest.mark.parametrize("name", ["a.xml", "a.nitf"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_nitf_tells_all_in_every_encoding(tmp_path: Path, name: str, codec: str) -> None:
    expected = EXPECTED.__dict__ | {"updated": None}
    assert one(write(tmp_path / name, NITF.encode(codec))) == Article(**{
        name: value for name, value in expected.items() if name in Article.__dataclass_fields__})


@pytest.mark.parametrize(("told", "byline"), [
    ("Av Karin Öst, <byttl>reporter</byttl>", "Karin Öst"), ("<byttl>Norrviks Nyhetsbyrå</byttl>", "Norrviks Nyhetsbyrå"),
    ("Av <person>Karin Öst</person> och <person>Per Lund</person>", "Karin Öst, Per Lund"), ("", None),
])
def test_a_byline_is_its_names(tmp_path: Path, told: str, byline: str | None) -> None:
    start, end = NITF.index("<byline>") + 8, NITF.index("</byline>")
    assert one(write(tmp_path / "a.nitf", NITF[:start] + told + NITF[end:])).byline == byline


def test_a_lead_that_stands_in_the_abstract_is_the_first_paragraph_and_given_once(tmp_path: Path) -> None:
    lead = "Simhallen i Norrvik får tre bassänger."
    whole = NITF.replace("</distributor>", f"</distributor><abstract><p>{lead}</p><p>{BODY}</p></abstract>")
    assert one(write(tmp_path / "a.nitf", whole)).text == f"{lead}\n{BODY}\n{SECOND}"


def test_a_frame_of_another_site_written_as_text_is_left_out(tmp_path: Path) -> None:
    frame = '&lt;div class="x"&gt;&lt;/div&gt;&lt;script src="https://x.invalid/a.js"&gt;&lt;/script&gt;'
    whole = NITF.replace("<body.content>", f"<body.content><p>{frame}</p><p>&lt;3 sa hon.</p>")
    assert one(write(tmp_path / "a.nitf", whole)).text == f"<3 sa hon.\n{BODY}\n{SECOND}"


@pytest.mark.parametrize(("told", "name"), [
    ('<doc-id id-string="NTBhall_02" regsrc="NTB"/><du-key key="hall" version="3"/>', "NTBhall"),
    ('<doc-id id-string="ab-12_2"/><du-key key="ab-12" version="3"/>', "ab-12"),
    ('<doc-id id-string="hall_2"/><du-key key="bad" version="3"/>', "hall_2"),
    ('<doc-id id-string="NTBhall_07" regsrc="NTB"/><du-key key="hall" version="3"/>', "NTBhall_07"),
    ('<doc-id id-string="NTBhall_02" regsrc="NTB"/><du-key key="hall" version="x"/>', "NTBhall_02"),
])
def test_the_version_at_the_end_of_an_id_is_no_part_of_it(tmp_path: Path, told: str, name: str) -> None:
    whole = NITF.replace('<doc-id id-string="urn:norrvik:1"/><du-key version="3"/>', told)
    assert one(write(tmp_path / "a.nitf", whole)).id == name


def test_the_body_names_the_holder_and_the_type_the_section_where_the_head_does_not(tmp_path: Path) -> None:
    whole = (NITF.replace('<doc.copyright holder="Norrviks Tryckeri"/>', "").replace(
        "<byline>", "<rights><rights.owner>Norrviks Tryckeri</rights.owner></rights><byline>")
        .replace('<tobject><tobject.subject tobject.subject.type="Sport"/>', '<tobject tobject.type="Innenriks">'))
    article = one(write(tmp_path / "a.nitf", whole))
    assert (article.copyright, article.section) == ("Norrviks Tryckeri", "Innenriks")
    assert one(write(tmp_path / "b.nitf", whole.replace("Innenriks", "News"))).section is None


def test_newsml_tells_all(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.xml", ITEM)) == EXPECTED
    latin = f'<?xml version="1.0" encoding="iso-8859-1"?>\n{ITEM}'.replace("–", "-").encode("latin-1")
    assert one(write(tmp_path / "b.xml", latin)).byline == "Karin Öst"


def test_newsml_holds_nitf_and_plain_text_as_well(tmp_path: Path) -> None:
    start, end = ITEM.index("<inlineXML"), ITEM.index("</contentSet>")
    nitf = f"<inlineXML>{NITF[NITF.index('<nitf'):]}</inlineXML>".replace("&aring;", "å")
    assert one(write(tmp_path / "a.xml", ITEM[:start] + nitf + ITEM[end:])) == EXPECTED
    plain = f'<inlineData contenttype="text/plain">{BODY}\n{SECOND}\n</inlineData>'
    assert one(write(tmp_path / "b.xml", ITEM[:start] + plain + ITEM[end:])) == EXPECTED
    remote = '<remoteContent href="http://content.invalid/1"/>'
    assert "holds no words" in skipped(write(tmp_path / "c.xml", ITEM[:start] + remote + ITEM[end:]))


def test_a_message_holds_many_items_and_names_the_others(tmp_path: Path) -> None:
    picture = ITEM.replace("ninat:text", "ninat:picture")
    others = "<packageItem/><conceptItem/><knowledgeItem/>"
    message = (f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{ITEM}{picture}{others}'
               f'{ITEM.replace("norrvik:1", "norrvik:2")}</itemSet></newsMessage>')
    path = write(tmp_path / "a.xml", message)
    first, *named, last = read(path)
    assert first == EXPECTED
    assert isinstance(last, Article)
    assert last.id == "urn:norrvik:2"
    assert [(told.where, told.why) for told in named if isinstance(told, Skipped)] == [
        (f"{path}:item 2", "this is an item of the class picture; only texts become articles"),
        (f"{path}:item 3", "this is a package, which only refers to other items; add those"),
        (f"{path}:item 4", "this is a conceptItem, which holds no article; news items (newsItem) do"),
        (f"{path}:item 5", "this is a knowledgeItem, which holds no article; news items (newsItem) do"),
    ]


# --- ninjs and our own JSON --------------------------------------------------------------------------------------

def test_our_own_json_is_not_taken_for_ninjs(tmp_path: Path) -> None:
    ours = {"id": "1", "uri": "urn:x", "headline": "Hall", "text": BODY, "version": 2}
    assert one(write(tmp_path / "a.json", ours)).id == "1"
    assert one(write(tmp_path / "b.json", {"headline": "Hall", "content": BODY, "uri": "urn:x"})).text == BODY


def test_a_list_or_a_servers_answer_holds_many(tmp_path: Path) -> None:
    broken = NINJS_1 | {"firstcreated": "i fjol"}
    for name, value in (("a", [NINJS_1, broken, NINJS_3]), ("b", {"total": 3, "hits": [NINJS_1, broken, NINJS_3]})):
        path = write(tmp_path / f"{name}.json", value)
        first, told, last = read(path)
        assert (first, last) == (EXPECTED, EXPECTED)
        assert isinstance(told, Skipped)
        assert told.where.endswith(":item 2")
        assert "i fjol" in told.why


def test_only_the_main_item_is_the_article_and_of_a_package_its_texts(tmp_path: Path) -> None:
    other = NINJS_1 | {"uri": "urn:norrvik:2"}
    picture = {"uri": "urn:norrvik:3", "type": "picture", "headline": "Bild"}
    assert one(write(tmp_path / "a.json", NINJS_1 | {"associations": {"a": other, "b": picture}})) == EXPECTED
    package = {"uri": "urn:norrvik:9", "type": "composite", "headline": "Allt om hallen"}
    for associations in ({"a": NINJS_1, "b": picture, "c": other}, [NINJS_1, picture, other]):
        found = list(read(write(tmp_path / "b.json", package | {"associations": associations})))
        assert [each.id for each in found if isinstance(each, Article)] == ["urn:norrvik:1", "urn:norrvik:2"]
    assert "type picture" in skipped(write(tmp_path / "c.json", picture))


@pytest.mark.parametrize(("changed", "why"), [
    ({"pubstatus": "commissioned"}, "commissioned"), ({"profile": "INFO"}, "not to be published"),
    ({"pubstatus": 4}, "not text"), ({"body_html": None, "body_text": ""}, "holds no words"), ({"headline": ["Hall"]}, "title"),
])
def test_what_may_not_be_published_or_is_broken_is_named(tmp_path: Path, changed: dict[str, Any], why: str) -> None:
    assert why in skipped(write(tmp_path / "a.json", NINJS_1 | changed))


@pytest.mark.parametrize("version", ["1.2", "tre", None, "12345678901"])
def test_a_version_that_is_no_number_is_left_out(tmp_path: Path, version: str | None) -> None:
    assert one(write(tmp_path / "a.json", NINJS_1 | {"version": version})).version is None


def test_the_rendition_with_the_most_paragraphs_counts_and_plain_text_keeps_the_dash(tmp_path: Path) -> None:
    spoken = SECOND.removeprefix("– ")
    page = f"<h1>Simhallen blir av</h1><div><span>Bad</span><span>TB</span></div><p>{BODY}</p><blockquote>{spoken}</blockquote>"
    plain = f"Simhallen blir av\nBad TB\n{BODY}\n{SECOND}"
    item = NINJS_TT | {"source": "TB", "body_html5": page, "body_text": plain}
    assert one(write(tmp_path / "a.json", item)).text == f"{BODY}\n{SECOND}"
    assert one(write(tmp_path / "b.json", item | {"body_text": f"{BODY} {SECOND}"})).text.endswith(f"{BODY}\n{SECOND}")
    bodies = [{"role": "text", "contentType": "text/plain", "value": plain},
              {"role": "html5", "contentType": "text/html", "value": page},
              {"role": "other", "contentType": "application/xml", "value": "<A>1\n2\n3\n4\n5\n6\n</A>"}]
    told = NINJS_3 | {"bodies": bodies, "headlines": [{"value": "Simhallen blir av"}], "infoSources": [{"name": "TB"}]}
    assert one(write(tmp_path / "c.json", told)).text == f"{BODY}\n{SECOND}"


def test_a_sector_is_the_section(tmp_path: Path) -> None:
    sector = [{"name": "Artikel"}, {"name": "Inrikes", "uri": "http://spec.invalid/sector/INR"}]
    assert one(write(tmp_path / "a.json", NINJS_3 | {"genres": sector})).section == "Inrikes"


def test_a_sector_without_a_name_is_known_by_its_code(tmp_path: Path) -> None:
    item = NINJS_TT | {"sector": "PRM", "genre": [{"code": "PRM", "scheme": "http://spec.invalid/sector/1.0/"}]}
    assert one(write(tmp_path / "a.json", item)).section == "Pressmeddelanden"


def test_a_last_line_that_repeats_the_byline_is_no_paragraph(tmp_path: Path) -> None:
    item = NINJS_TT | {"byline": "Karin Öst/NN", "body_html5": f"<h1>Simhallen blir av</h1><p>{BODY}</p><p>{SECOND}</p>"
                       '<div class="byline">Karin Öst/NN</div>'}
    assert one(write(tmp_path / "a.json", item)).text == f"{BODY}\n{SECOND}"
    assert one(write(tmp_path / "a.json", item | {"body_html5": "<p>Karin Öst/NN</p>"})).text == "Karin Öst/NN"


def test_a_quotation_that_leaves_its_dash_to_style_gets_one_in_the_dialect_alone(tmp_path: Path) -> None:
    for quoted in (f"<blockquote>{SECOND[2:]}</blockquote>", f"<blockquote><p>{SECOND}</p></blockquote>"):
        item = dict(NINJS_TT, body_html5=f"<p>{BODY}</p>{quoted}")
        assert one(write(tmp_path / "a.json", item)).text == f"{BODY}\n{SECOND}"
    item = dict(NINJS_1, body_html=f"<p>{BODY}</p><blockquote>{SECOND[2:]}</blockquote>", body_text="")
    assert one(write(tmp_path / "a.json", item)).text == f"{BODY}\n{SECOND[2:]}"


def test_superdesks_service_is_the_section_and_its_writers_the_byline(tmp_path: Path) -> None:
    authors = [{"name": "Per Lund", "role": "editor"}, {"name": "Karin Öst", "role": "writer"}, {"name": "Bo Ek"}]
    item = NINJS_1 | {"byline": "", "authors": authors, "service": [{"code": "n", "name": "Nyheter"}]}
    article = one(write(tmp_path / "a.json", {"total": 1, "item": [item]}))
    assert (article.byline, article.section) == ("Karin Öst, Bo Ek", "Nyheter")
    desk = item | {"subject": [{"name": "bad"}, {"name": "Inrikes", "scheme": "category"}]}
    assert one(write(tmp_path / "a.json", desk)).section == "Inrikes"
    assert one(write(tmp_path / "b.json", item | {"byline": "Av Karin Öst"})).byline == "Karin Öst"


def test_the_elements_of_another_markup_are_paragraphs_too(tmp_path: Path) -> None:
    start, end = ITEM.index("<inlineXML"), ITEM.index("</contentSet>")
    inner = (f'<inlineXML><idf xmlns="urn:idf"><group><element type="headline">Simhallen blir av</element>'
             f"<element>{BODY}</element><object><data>bild</data></object><element>{SECOND}</element></group></idf></inlineXML>")
    assert one(write(tmp_path / "a.xml", ITEM[:start] + inner + ITEM[end:])) == EXPECTED


def content(inner: str) -> str:
    start, end = ITEM.index("<inlineXML"), ITEM.index("</contentSet>")
    return ITEM[:start] + inner + ITEM[end:]


def test_a_header_within_the_page_is_left_out_and_html_that_calls_itself_plain_is_read(tmp_path: Path) -> None:
    header = "<header><ul><li>Bad</li></ul><time>1.3.2025 10:00</time><h1>Simhallen blir av</h1></header>"
    page = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{header}<p>{BODY}</p><p>{SECOND}</p></body></html></inlineXML>'
    assert one(write(tmp_path / "a.xml", content(page))) == EXPECTED
    plain = f'<inlineData contenttype="text/plain"><![CDATA[\n<p>{BODY}</p><p>{SECOND}</p>]]></inlineData>'
    assert one(write(tmp_path / "b.xml", content(plain))) == EXPECTED


def test_the_dialect_of_newsml_marks_quotations_and_facts_beside(tmp_path: Path) -> None:
    told = f"""<inlineXML contenttype="application/ttnitf+xml"><BODY xmlns="">
<TEXT><RUBRIK>Simhallen blir av</RUBRIK><DAT><ORT>Norrvik</ORT><SOURCE>TT</SOURCE></DAT><INGRESS><P>{BODY}</P></INGRESS>
<BRODTEXT><CITAT>{SECOND[2:]}</CITAT><CITAT>{SECOND}</CITAT><MELLIS>Väntan</MELLIS><P/></BRODTEXT>
<BYLINE EPOST="k@norrvik.example">Karin Öst/TT</BYLINE><BILD><BILDTEXT><P>Bild</P></BILDTEXT></BILD></TEXT>
<TEXT><RUBRIK>Fakta: Hallen</RUBRIK><BRODTEXT><UL><LI>Tre bassänger</LI><LI>En bastu</LI></UL></BRODTEXT></TEXT>
</BODY></inlineXML>"""
    article = one(write(tmp_path / "a.xml", content(told).replace("<by>Av Karin Öst</by>", "")))
    assert article.byline == "Karin Öst/TT"
    assert article.text.split("\n") == [BODY, SECOND, SECOND, "Väntan", "Fakta: Hallen", "Tre bassänger", "En bastu"]


def test_a_login_is_no_byline_and_a_dash_no_part_of_a_credit(tmp_path: Path) -> None:
    creator = "<creator><name>oest.karin</name></creator><creditline>NN–</creditline>"
    article = one(write(tmp_path / "a.xml", ITEM.replace("<by>Av Karin Öst</by>", creator)))
    assert (article.byline, article.source) == (None, "NN")


def test_what_the_editor_writer_shows_later_waits_until_then(tmp_path: Path) -> None:
    def item(shown: str) -> Article:
        return one(write(tmp_path / "a.xml", ITEM.replace("<pubStatus", f"""
            <itemMetaExtProperty type="imext:pubstart" value="{shown}"/><links xmlns="urn:writer">
            <link type="x-im/section" title="Lokalt"/><link type="x-im/mainsection" title="Nyheter"/></links><pubStatus""")
            .replace("<provider", '<provider literal="Karin Öst"/><provider')
            .replace("<by>", "<creator><name>Karin Öst</name></creator><by>")))

    later = item(RELEASE)
    assert (later.published, later.updated, later.embargo) == (RELEASE, None, RELEASE)
    assert (later.section, later.source) == ("Nyheter", "Norrviks Nyhetsbyrå")
    before = item(WRITTEN)
    assert (before.published, before.updated, before.embargo) == (WRITTEN, CHANGED, None)


# --- embargo, withdrawal, correction: in each format the same ----------------------------------------------------

def ninjs(name: str, value: str) -> str:
    names = {"status": "pubstatus", "embargo": "embargoed", "note": "ednote", "headline": "headline"}
    return json.dumps(NINJS_1 | {names[name]: value})


def ninjs_3(name: str, value: str) -> str:
    names = {"status": "pubStatus", "embargo": "embargoedUntil", "note": "edNote"}
    told = {"headlines": [{"value": value}]} if name == "headline" else {names[name]: value}
    return json.dumps(NINJS_3 | told)


def newsml(name: str, value: str) -> str:
    if name == "headline":
        return ITEM[:ITEM.index("<headline>") + 10] + value + ITEM[ITEM.index("</headline>"):]
    if name == "status":
        return ITEM.replace("stat:usable", f"stat:{value}")
    tag = "embargoed" if name == "embargo" else "edNote"
    return ITEM.replace("<pubStatus", f"<{tag}>{value}</{tag}><pubStatus")


def nitf(name: str, value: str) -> str:
    if name == "headline":
        return NITF[:NITF.index("<hl1>") + 5] + value + NITF[NITF.index("</hl1>"):]
    if name == "status":
        return NITF.replace('"usable"', f'"{value}"')
    tag = f'<date.release norm="{value}"/>' if name == "embargo" else f'<ed-msg info="{value}"/>'
    return NITF.replace("<date.issue", f"{tag}<date.issue")


Made = Callable[[str, str], str]
FORMS = pytest.mark.parametrize(("made", "suffix"), [(ninjs, "json"), (ninjs_3, "json"), (newsml, "xml"), (nitf, "nitf")])


@FORMS
def test_an_embargo_holds_its_moment(tmp_path: Path, made: Made, suffix: str) -> None:
    assert one(write(tmp_path / f"a.{suffix}", made("embargo", RELEASE))).embargo == RELEASE


@FORMS
def test_an_embargo_that_cannot_be_read_keeps_the_item_out(tmp_path: Path, made: Made, suffix: str) -> None:
    for number, told in enumerate(("efter mötet", "2025-13-01T00:00:00Z", "18.00")):
        assert "embargo" in skipped(write(tmp_path / f"{number}.{suffix}", made("embargo", told)))


@FORMS
@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_withdrawn_item_is_withdrawn_whatever_else_is_wrong(
    tmp_path: Path, made: Made, suffix: str, status: str,
) -> None:
    whole = made("status", status)
    article = one(write(tmp_path / f"a.{suffix}", whole))
    assert (article.id, article.withdrawn, article.version) == ("urn:norrvik:1", True, 3)
    without = whole.replace(BODY, "").replace(SECOND, "").replace("den kortare", "").replace(WRITTEN, "i fjol")
    assert one(write(tmp_path / f"b.{suffix}", without.replace("20250301T100000+0100", "i fjol"))).withdrawn


@FORMS
def test_an_unknown_status_keeps_the_item_out(tmp_path: Path, made: Made, suffix: str) -> None:
    assert "draft" in skipped(write(tmp_path / f"a.{suffix}", made("status", "draft")))


@FORMS
def test_a_note_that_corrects_is_kept_and_others_are_not(tmp_path: Path, made: Made, suffix: str) -> None:
    note = "Rättelse: hallen kostar 84 miljoner."
    assert one(write(tmp_path / f"a.{suffix}", made("note", note))).correction == note
    assert one(write(tmp_path / f"b.{suffix}", made("note", "Bild finns. Embargo kl 18."))).correction is None


@FORMS
def test_an_enormous_headline_is_cut(tmp_path: Path, made: Made, suffix: str) -> None:
    title = one(write(tmp_path / f"a.{suffix}", made("headline", "Simhallen blir av " * 50_000))).title
    assert title.startswith("Simhallen blir av Simhallen")
    assert len(title) <= 201


def test_a_release_that_is_the_issue_is_no_embargo(tmp_path: Path) -> None:
    for number, release in enumerate(("20250301T100000+0100", "20250301T090000Z", "20250301T080000Z")):
        assert one(write(tmp_path / f"{number}.nitf", nitf("embargo", release))).embargo is None


def test_an_embargo_without_an_end_keeps_the_item_out(tmp_path: Path) -> None:
    assert "without an end" in skipped(write(tmp_path / "a.nitf", nitf("status", "embargoed")))
    assert "without an end" in skipped(write(tmp_path / "a.xml", newsml("embargo", "")))
    released = nitf("status", "embargoed").replace("<date.issue", f'<date.release norm="{RELEASE}"/><date.issue')
    assert one(write(tmp_path / "b.nitf", released)).embargo == RELEASE


def test_a_signal_tells_of_a_correction_too(tmp_path: Path) -> None:
    signal = '<signal qcode="sig:correction"/>'
    assert one(write(tmp_path / "a.xml", ITEM.replace("</itemMeta>", f"{signal}</itemMeta>"))).correction == "Rättelse"
    noted = newsml("note", "Beloppet var fel<br/>i ingressen.").replace("</itemMeta>", f"{signal}</itemMeta>")
    assert one(write(tmp_path / "b.xml", noted)).correction == "Beloppet var fel\ni ingressen."
    inner = NITF.replace("<date.issue", '<correction info="Rätt belopp är 84."/><date.issue')
    assert one(write(tmp_path / "a.nitf", inner)).correction == "Rätt belopp är 84."


@pytest.mark.parametrize(("update", "told"), [("RÄ", "Rättelse"), ("KORR", None), ("UV", None)])
def test_the_dialects_signal_of_a_corrected_fact(tmp_path: Path, update: str, told: str | None) -> None:
    item = NINJS_TT | {"signals": {"version": 3, "updatetype": update}}
    assert one(write(tmp_path / "a.json", item)).correction == told


@pytest.mark.parametrize("changed", [{"pubstatus": "replaced"}, {"signals": {"version": 3, "updatetype": "AVPUB"}}])
def test_the_dialects_ways_to_withdraw(tmp_path: Path, changed: dict[str, Any]) -> None:
    article = one(write(tmp_path / "a.json", NINJS_TT | changed))
    assert (article.id, article.withdrawn) == ("urn:norrvik:1", True)


def test_what_the_dialect_writes_anew_under_a_new_uri_is_the_same_article_and_the_last_one_counts(tmp_path: Path) -> None:
    def take(number: int, **more: Any) -> dict[str, Any]:
        revisions = [{"uri": f"http://nn.invalid/text/{each}"} for each in range(1, number + 1)]
        told = {"uri": f"http://nn.invalid/text/{number}", "headline": f"Hallen {number}", "revisions": revisions}
        return NINJS_TT | told | more

    first, last = take(1, replacedby="http://nn.invalid/text/2", signals={"version": 9}), take(2, signals={"version": 1})
    for number, order in enumerate(([first, last], [last, first], [take(1), take(2)])):
        archive = Archive(tmp_path / str(number), HashedGrams())
        list(archive.add(read(write(tmp_path / "a.json", order))))
        article = archive.get("http://nn.invalid/text/1")
        assert article is not None
        assert (article.title, article.withdrawn) == ("Hallen 2", False)
        assert archive.get("http://nn.invalid/text/2") is None
        archive.close()
    assert one(write(tmp_path / "a.json", first)).withdrawn


def test_in_the_archive_a_version_replaces_the_one_before_and_a_notice_takes_it_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", HashedGrams())

    def add(**changed: object) -> list[str]:
        return [outcome.action for outcome in archive.add(read(write(tmp_path / "a.json", NINJS_1 | changed)))]

    def held() -> tuple[str, bool, int | None]:
        article = archive.get("urn:norrvik:1")
        assert article
        return article.title, article.withdrawn, article.version

    assert add() == ["added"]
    assert add(version="4", headline="Simhallen dröjer") == ["updated"]
    assert held() == ("Simhallen dröjer", False, 4)
    assert add(version="2", headline="Simhallen utreds") != ["updated"]
    assert held() == ("Simhallen dröjer", False, 4)
    notice = {"version": "5", "pubstatus": "canceled", "body_html": None, "body_text": None, "headline": "STRYK: Simhallen"}
    assert add(**notice) == ["updated"]
    assert held() == ("STRYK: Simhallen", True, 5)
    archive.close()


# --- broken and hostile ------------------------------------------------------------------------------------------

BOMB = ('<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<nitf><body><body.content><p>&b;</p></body.content></body></nitf>")
OUTSIDE = '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]><nitf><body><body.content>&a;</body.content></body></nitf>'


@pytest.mark.parametrize(("content", "why"), [
    (BOMB, "entities"), (OUTSIDE, "entities"), (BOMB.replace("nitf", "rss"), "entities"),
    (ITEM[:900], "not XML"), (NITF.replace("</p>", "</q>", 1), "at line"), ("hej", "begins with no element"),
    ("<!-- ", "breaks off"), ("", "empty"), (b"\x89PNG\r\n", "not a text file"),
    (NITF.replace("&aring;", "&inte;"), "inte"),
    ("<html><body><p>x</p></body></html>", "save it as .html"), ("<NewsML/>", "NewsML 1"),
    ('<x:article xmlns:x="urn:x"/>', "outermost element is article"),
    ("<newsMessage/>", "no items"),
    (NITF.replace(BODY, "<em>" * 500 + BODY + "</em>" * 500), "nested over 256"),
])
def test_broken_and_hostile_xml_is_named(tmp_path: Path, content: str | bytes, why: str) -> None:
    assert why in skipped(write(tmp_path / "a.xml", content))


def test_deep_markup_within_json_is_named(tmp_path: Path) -> None:
    deep = NINJS_1 | {"body_html": "<div>" * 5000 + BODY}
    assert "nested over 256" in skipped(write(tmp_path / "a.json", deep))
    assert "cannot be read" in skipped(write(tmp_path / "b.json", '{"uri": "x", "associations":' + '{"a":' * 100_000))


def test_many_comments_before_the_root_take_no_time(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.xml", "<!-- <nitf> -->\n" * 20_000 + ITEM)) == EXPECTED
