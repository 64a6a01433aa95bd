"""Word lists: the text files beside this one, and lists short enough to stand in the code."""

from pathlib import Path


def words_of(*lines: str) -> frozenset[str]:
    """The words of some lines, parted by white space."""
    return frozenset(word for line in lines for word in line.split())


def lines_of(name: str) -> list[str]:
    """The lines of a file beside this one, without comments and empty lines."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
