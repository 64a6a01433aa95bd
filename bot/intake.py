"""Files, folders and feeds into the archive, as the command line takes them in."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from tqdm import tqdm

from bot.terminal import say
from index.article import Article
from index.readers import Skipped, discover, read
from index.readers.record import NAMES

if TYPE_CHECKING:
    from index.archive import Archive, Outcome
    from index.follow import Feed


def columns_of(told: Iterable[str]) -> dict[str, str]:
    """The columns that hold our fields, from FIELD=COLUMN each."""
    columns = {}
    for pair in told:
        name, given, column = pair.partition("=")
        if not given or not column or name not in NAMES:
            raise typer.BadParameter(f"{pair!r} is not FIELD=COLUMN with one of the fields {', '.join(NAMES)}")
        columns[name] = column
    return columns


def take_in(
    archive: "Archive", paths: Iterable[str], columns: Mapping[str, str] | None = None,
) -> Iterator["Outcome"]:
    """What became of each article, as it is stored, under a progress bar over the bytes read."""
    found = list(discover(paths))
    total = sum(_size(path) for path in found if isinstance(path, Path))
    with tqdm(total=total, unit="B", unit_scale=True, desc="adding", disable=None, file=sys.stderr) as bar:
        for number, outcome in enumerate(archive.add(_reading(found, columns, bar)), 1):
            bar.set_postfix_str(f"{number} articles")
            yield outcome


def feeds_of(paths: Iterable[str], follow: bool, allow_private: bool) -> tuple[list["Feed"], list[str]]:
    """What is an address, and what is a path. Only where there is one, what reaches for the network is loaded."""
    paths = list(paths)
    addresses = [path for path in paths if re.match(r"[a-z][a-z0-9+.-]*://", path, re.IGNORECASE)]
    if follow and not addresses:
        raise typer.BadParameter("--follow asks feeds, and no address (https://…) is given; for a folder there is `watch`")
    if not addresses:
        return [], paths
    from index.follow import Feed

    feeds = [Feed(address, allow_private=allow_private) for address in dict.fromkeys(addresses)]
    return feeds, [path for path in paths if path not in addresses]


def polled(archive: "Archive", feeds: Sequence["Feed"], every: float | None) -> Iterator["Outcome"]:
    """What became of the feeds' articles, once, or from now on every so many seconds until Ctrl-C."""
    if every is None:
        for feed in feeds:
            yield from archive.add(feed.poll())
        return
    from index.follow import follow

    say(f"Following {', '.join(feed.name for feed in feeds)}. Ctrl-C ends it.")
    try:
        yield from follow(archive, feeds, every)
    except KeyboardInterrupt:
        say("\nStopped. What was reported is stored.")


def _size(path: Path) -> int:
    """In bytes; 0 for what is gone by now, which the reader will name."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _reading(
    found: Iterable[Path | Skipped], columns: Mapping[str, str] | None, bar: Any,
) -> Iterator[Article | Skipped]:
    for item in found:
        if isinstance(item, Skipped):
            yield item
            continue
        left = _size(item)
        for each in read(item, columns):
            yield each
            told = min(left, len(each.text.encode("utf-8", "replace")) if isinstance(each, Article) else 0)
            left -= told
            bar.update(told)
        bar.update(left)
