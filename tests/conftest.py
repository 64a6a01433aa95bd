"""What the tests share: the folder of real questions and articles, and the models, loaded once."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


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
