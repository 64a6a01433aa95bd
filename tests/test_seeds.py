"""The example articles: well-formed, of a news article's length, our own words, and their questions answerable."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import frontmatter
import pytest

SEEDS = Path(__file__).parents[1] / "seeds"
QUESTIONS = [json.loads(line) for line in (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
NOT_ARTICLES = {"README.md", "questions.jsonl"}
FILES = [path for path in sorted(SEEDS.iterdir()) if path.is_file() and path.name not in NOT_ARTICLES]
RUN = 12  # words in a row that would be copying


class _Page(HTMLParser):
    """The headline, and all the text of the `article` element."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.title, self.text = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("article", "h1"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if "h1" in self.inside:
            self.title += data
        if "article" in self.inside:
            self.text += data


def _from_markdown(raw: str) -> list[tuple[str, str, str]]:
    post = frontmatter.loads(raw)
    return [(str(post["id"]), str(post["title"]), post.content)]


def _from_lines(raw: str) -> list[tuple[str, str, str]]:
    return [(row["id"], row["title"], row["text"]) for row in map(json.loads, raw.splitlines())]


def _from_dewey(raw: str) -> list[tuple[str, str, str]]:
    row = json.loads(raw)
    return [("", row["headline"], row["content"])]


def _from_page(raw: str) -> list[tuple[str, str, str]]:
    page = _Page()
    page.feed(raw)
    return [("", page.title, page.text)]


def _from_text(raw: str) -> list[tuple[str, str, str]]:
    body = raw.split("\nANNONSER\n")[0]
    head = body.split("\n")
    return [("", head[3] if head[0].startswith("•") else head[0], body)]


PARSERS = {".md": _from_markdown, ".jsonl": _from_lines, ".json": _from_dewey, ".html": _from_page, ".txt": _from_text}


def _articles() -> list[tuple[str, str, str]]:
    """(id or empty, title, text) of every example article, read without the project's own readers."""
    return [found for path in FILES for found in PARSERS[path.suffix](path.read_text(encoding="utf-8"))]


ARTICLES = _articles()
TEXT_OF = {key: f"{title}\n{text}" for id_, title, text in ARTICLES for key in (id_, title) if key}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(text: str) -> set[str]:
    words = _words(text)
    return {" ".join(words[i:i + RUN]) for i in range(len(words) - RUN + 1)}


def test_there_are_enough_in_every_format() -> None:
    assert len(ARTICLES) >= 13
    assert {path.suffix for path in FILES} == set(PARSERS)


def test_ids_and_titles_stand_once() -> None:
    ids, titles = [id_ for id_, _, _ in ARTICLES if id_], [title for _, title, _ in ARTICLES]
    assert len(set(ids)) == len(ids)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(("id_", "title", "text"), ARTICLES, ids=[title for _, title, _ in ARTICLES])
def test_length_is_a_news_articles(id_: str, title: str, text: str) -> None:
    assert 2000 <= len(text) <= 5000
    assert 10 <= len(title.strip()) <= 110
    assert "\n" not in title


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_file_says_that_it_is_invented_or_retold(path: Path) -> None:
    told = path.read_text(encoding="utf-8").casefold()
    lines = told.splitlines() if path.suffix == ".jsonl" else [told]
    assert all(re.search("påhitt|invented|citera återger uppgifter ur", line) for line in lines)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_addresses_are_reserved_ones(path: Path) -> None:
    hosts = re.findall(r"https?://([^/\s\"]+)", path.read_text(encoding="utf-8"))
    assert all(host.endswith(".example") or host in ("example.org", "schema.org") for host in hosts)


def test_the_retelling_quotes_nobody() -> None:
    text = TEXT_OF["aterberattat-landets-fria-varmland"]
    assert not re.search(r"^\s*[–—-]\s", text, re.MULTILINE)
    assert "Landets Fria" in text
    assert all(name in text for name in ("Isabel Persson", "Stefan Wickberg", "Ann-Karin Bohl"))


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_question_is_answered_by_its_articles(question: dict[str, object]) -> None:
    relevant = [*_strings(question["relevant_articles"]), *_strings(question.get("relevant_titles", []))]
    told = "\n".join(TEXT_OF[key] for key in relevant).casefold()
    groups = question["answer_keys"]
    assert isinstance(groups, list)
    assert bool(groups) == bool(relevant) == question["answerable"]
    missing = [key for group in groups for key in group if key.casefold() not in told]
    assert not missing


def _strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


def test_questions_are_of_every_sort() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 40
    assert {question["lang"] for question in QUESTIONS} == {"sv", "en"}
    assert sum(not question["answerable"] for question in QUESTIONS) >= 8


@pytest.fixture(scope="module")
def own_runs() -> dict[str, str]:
    """Each run of words of the articles and questions, and where it is from."""
    runs = {run: title for _, title, text in ARTICLES for run in _runs(f"{title}\n{text}")}
    return runs | {run: question["id"] for question in QUESTIONS for run in _runs(question["question"])}


def test_nothing_is_copied_from_the_shared_material(shared: Path, own_runs: dict[str, str]) -> None:
    for path in shared.rglob("*"):
        if path.is_file() and path.suffix in (".txt", ".json", ".jsonl", ".md"):
            raw = path.read_text(encoding="utf-8").replace("\\n", " ").replace('\\"', '"')
            copied = [run for run in _runs(raw) if run in own_runs]
            assert not copied, f"{path.name}: {copied[:3]} in {own_runs[copied[0]]}"
