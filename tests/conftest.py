"""What the tests share: the folder of real questions and articles, and the models, loaded once."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app

if TYPE_CHECKING:
    from bot.select import Selector
    from index.archive import Archive

ROOT = Path(__file__).parent.parent
app.settle()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles and questions, which are not part of the project: `CITERA_SHARED`, by default the folder beside it."""
    folder = Path(os.environ.get("CITERA_SHARED", ROOT.parent / "shared"))
    if not (folder / "eval").is_dir():
        pytest.skip(f"no real articles and questions in {folder}: set CITERA_SHARED to the folder that holds eval/")
    return folder


@pytest.fixture(scope="session")
def models() -> Path:
    """Where the packaged models are kept once they are converted."""
    return Path(os.environ.get("CITERA_MODELS", ROOT / "models"))


@pytest.fixture(scope="session")
def seeded(models: Path, tmp_path_factory: pytest.TempPathFactory) -> "Archive":
    """The example articles, embedded by the real model. Not to be changed by a test."""
    from index.archive import Archive
    from index.embed import embedder
    from index.readers import discover, read

    archive = Archive(tmp_path_factory.mktemp("seeded"), embedder(None, models))
    paths = [path for path in discover([str(ROOT / "seeds")]) if isinstance(path, Path)]
    outcomes = list(archive.add([item for path in paths for item in read(path)]))
    assert {outcome.action for outcome in outcomes} == {"added"}
    return archive


@pytest.fixture(scope="session")
def selector(models: Path) -> "Selector":
    """The real reader, loaded once."""
    from bot.reader import Reader
    from bot.select import Selector
    from index.e5 import NAME
    from index.embed import converted

    return Selector(Reader(lambda: converted(models / NAME)))
