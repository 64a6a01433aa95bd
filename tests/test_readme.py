"""What the documentation says exists: commands and their options, variables, files and packages."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md", "THIRD_PARTY.md")
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
SOURCES = [ROOT / "app.py", ROOT / "tests" / "conftest.py", *(ROOT / "bot").rglob("*.py"), *(ROOT / "index").rglob("*.py")]

_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VARIABLE = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)\b")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_MODULE = re.compile(r"`((?:bot|index|tests|seeds)/[\w/.]+\.(?:py|md|html|css|js|jsonl))`")
_PIN = re.compile(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", re.MULTILINE)


def _lines() -> Iterator[list[str]]:
    for block in _BLOCK.findall(README):
        for line in block.splitlines():
            if line.startswith("python app.py"):
                yield shlex.split(line, comments=True)[2:]


def _named(arguments: list[str]) -> str | None:
    return next((argument for argument in arguments if argument in COMMANDS), None)


LINES = list(_lines())


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_a_command_line_parses(arguments: list[str]) -> None:
    told = CliRunner().invoke(app, [*arguments, "--help"])
    assert told.exit_code == 0, told.output
    assert f"Usage: root {_named(arguments) or '[OPTIONS]'}" in told.output


def test_an_option_that_does_not_exist_would_be_seen() -> None:
    assert CliRunner().invoke(app, ["ask", "--no-such-option", "--help"]).exit_code == 2


def test_every_command_has_an_example() -> None:
    assert {_named(arguments) for arguments in LINES} >= COMMANDS


def test_every_variable_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = set(_VARIABLE.findall(README))
    assert [name for name in sorted(named) if f'"{name}"' not in code] == []
    assert set(re.findall(r'envvar="(\w+)"', code)) <= named


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_exists(document: str) -> None:
    text = _COMMENT.sub("", (ROOT / document).read_text(encoding="utf-8"))
    named = set(_LINK.findall(text)) | set(_MODULE.findall(text))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("requirements", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_named_with_its_licence(requirements: str) -> None:
    pins = _PIN.findall((ROOT / requirements).read_text(encoding="utf-8"))
    told = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert [name for name, version in pins if f"| {name} | {version} |" not in told] == []
