"""Imports point one way, and each engine has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the bottom up. A module may import what stands in a lower row, and nothing of its own row.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("index.article", "index.language", "index.e5", "index.tokens", "index.words", "index.cues",
     "index.span"),
    ("index.correction", "index.names", "index.cognates", "index.numbers", "index.polarity", "index.synonyms", "index.marks",
     "index.wording", "index.split", "index.schema", "index.embed", "index.engines"),
    ("index.alignment", "index.people", "index.db", "index.store", "index.copies", "index.engines.keywords",
     "index.engines.vectors", "index.readers.dates", "index.readers.encoding", "index.readers.names"),
    ("index.integrity", "index.claims", "index.entries", "index.frames", "index.stories", "index.topic",
     "index.engines.embedded", "index.readers.record", "index.readers.furniture", "index.readers.zipfiles"),
    ("index.checks", "index.statements", "index.readers.blocks", "index.readers.markup",
     "index.readers.columns", "index.readers.parts", "index.readers.fetch", "index.readers.wordpress"),
    ("index.checks.content", "index.checks.figures", "index.checks.places", "index.checks.turns", "index.checks.voices",
     "index.voices", "index.readers.text", "index.readers.markdown", "index.readers.html", "index.readers.docx",
     "index.readers.feed", "index.readers.wire", "index.readers.odt", "index.readers.table", "index.readers.parquet",
     "index.readers.zipped", "index.readers.apart"),
    ("index.quotes", "index.readers.ninjs", "index.readers.nitf", "index.readers.ttnitf", "index.backup",
     "index.readers.mail", "index.readers.pdf"),
    ("index.readers.jsonl", "index.readers.newsml"),
    ("index.readers.xml",),
    ("index.readers",),
    ("index.readers.__main__",),
    ("index.archive",),
    ("index.retriever", "index.watch", "index.follow"),
    ("bot.calendar",),
    ("bot.moments",),
    ("bot.period",),
    ("bot.answer", "bot.texts", "bot.draft", "bot.generators", "bot.grammar", "bot.reader"),
    ("bot.generators.openai", "bot.generators.transformers", "bot.highlight", "bot.mentions", "bot.verify", "bot.compose",
     "bot.doctor", "bot.training"),
    ("bot.followup", "bot.framing", "bot.gold", "bot.overview", "bot.saying", "bot.select", "bot.check", "bot.people",
     "bot.premise"),
    ("bot.background", "bot.chips", "bot.contradiction", "bot.disagreement", "bot.finder", "bot.scores", "bot.testimony"),
    ("bot.render",),
    ("bot.understand", "bot.ledger", "bot.runs", "bot.view_check", "bot.view_quotes", "bot.view_versions", "bot.terminal"),
    ("bot.assistant", "bot.calibrate", "bot.logbook", "bot.report"),
    ("bot.page", "bot.evaluate", "bot.intake"),
    ("bot.cli",),
    ("app",),
)
# A foreign package and the only module that may import it.
HOMES = {
    "sentence_transformers": "index.embed", "tantivy": "index.engines.keywords", "faiss": "index.engines.vectors",
    "gradio": "bot.page", "typer": "bot.cli bot.intake bot.terminal", "openai": "bot.generators.openai",
    "sqlalchemy": "index.db index.entries index.schema index.store index.integrity index.stories",
    "datasketch": "index.copies",
    "trafilatura": "index.readers.html", "frontmatter": "index.readers.markdown", "Stemmer": "index.language",
    "sentencex": "index.language", "py3langid": "index.language", "dateparser": "index.readers.dates",
    "docx": "index.readers.docx", "lxml": "index.readers.markup", "feedparser": "index.readers.feed",
    "pypdf": "index.readers.pdf", "odfdo": "index.readers.odt", "pyarrow": "index.readers.parquet",
    "httpx2": "index.readers.fetch bot.generators.openai", "httpcore2": "index.readers.fetch",
    "rapidfuzz": "index.wording", "watchfiles": "index.watch",
}
# Chosen by name at run time: the contract's own function loads the engine beside it.
FACTORIES = {("bot.generators", "bot.generators.openai"), ("bot.generators", "bot.generators.transformers")}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted([ROOT / "app.py", *(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inside)


MODULES = dict(modules())
ROWS = {name: row for row, names in enumerate(LAYERS) for name in names}


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("index", "bot")])
def test_imports_point_down(name: str) -> None:
    assert name in ROWS, f"{name} has no layer: give it one in LAYERS"
    for other in set(imported(MODULES[name])):
        if other in ROWS and other != name and (name, other) not in FACTORIES:
            assert ROWS[other] < ROWS[name], f"{name} imports {other}, which is not below it"


@pytest.mark.parametrize("name", list(MODULES))
def test_each_engine_has_one_home(name: str) -> None:
    for other in imported(MODULES[name]):
        home = HOMES.get(other.split(".")[0])
        assert home is None or name in home.split(), f"{name} imports {other}, whose home is {home}"


def test_every_layer_exists() -> None:
    assert set(ROWS) <= set(MODULES), f"no such module: {set(ROWS) - set(MODULES)}"
