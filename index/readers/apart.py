"""Reading in a process of its own, within limits of time and memory: no broken file may hang or end the program.

Parsers of others' formats take quadratic time, or all memory, over some files, and some end the process. The process is
kept for the next file, and started anew after one that it did not survive. Nothing comes back but articles and reasons.
"""

import atexit
import json
import os
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.article import Article, ArticleError
from index.readers.columns import Columns
from index.readers.record import Read, Skipped

SECONDS, SECONDS_PER_MEGABYTE = 8.0, 1.0  # until the next article
MEMORY = 900_000_000  # bytes beyond what the process takes to start
_STARTING = 120.0  # seconds
_ORPHANED = 120  # seconds of processor time, more than any file is given
_ROOT = Path(__file__).parent.parent.parent
_TOO_MUCH = "reading it takes more memory than any article needs; split it, or save its text as .txt"
_CANNOT = "the file is broken in a way that nothing can be read of it; open it in its program and save it anew"


class Reader:
    """One process. Not to be shared by two that read at once."""

    def __init__(self) -> None:
        # The allocator that Arrow brings along reserves more addresses than the limit leaves.
        settings = os.environ | {"PYTHONPATH": str(_ROOT), "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.readers"], env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        self._held = bytearray()
        if not self._line(_STARTING):
            self.close()
            raise OSError("the process that reads files did not start")

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, path: Path, columns: Columns) -> Iterator[Read]:
        """As the format's reader. Raises what that raises, and ArticleError for time, memory and a process that ended."""
        told = os.path.abspath(path)
        seconds = SECONDS + SECONDS_PER_MEGABYTE * path.stat().st_size / 1e6
        done = False
        try:
            self._ask({"path": told, "columns": dict(columns)})
            while answer := self._answer(seconds):
                if "end" in answer:
                    done = True
                    return
                if "error" in answer:
                    done = True
                    raise ArticleError(answer["error"])
                if "refused" in answer:
                    done = True
                    raise OSError(*answer["refused"])
                yield _item(answer, told, str(path))
        finally:
            if not done:
                self.close()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, question: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise ArticleError(_CANNOT) from None

    def _answer(self, seconds: float) -> dict[str, Any]:
        line = self._line(seconds)
        if line is None:
            raise ArticleError(f"reading it takes longer than {seconds:.0f} seconds; split it, or save its text as .txt")
        if not line:
            raise ArticleError(_CANNOT)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _line(self, seconds: float) -> bytes | None:
        """The next line of the process's answer, b"" where it has ended, None where it takes longer."""
        assert self._process.stdout is not None
        pipe = select.poll()
        pipe.register(self._process.stdout, select.POLLIN)
        until = time.monotonic() + seconds
        searched = 0
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held)
            if not pipe.poll(1000 * max(0.0, until - time.monotonic())):
                return None
            held = os.read(self._process.stdout.fileno(), 1 << 20)
            if not held:
                return b""
            self._held += held
        line = bytes(self._held[:end + 1])
        del self._held[:end + 1]
        return line


def _item(answer: dict[str, Any], told: str, path: str) -> Read:
    if "article" in answer:
        return Article(**answer["article"])
    where, why = answer["skipped"]
    return Skipped(where.replace(told, path, 1), why)


_idle: list[Reader] = []


def read(path: Path, columns: Columns) -> Iterator[Read]:
    """The articles of a file, read by a process that has nothing else to do."""
    reader = None
    while _idle and (reader is None or not reader.alive):
        reader = _idle.pop()
    if reader is None or not reader.alive:
        reader = Reader()
    try:
        yield from reader.read(path, columns)
    finally:
        if reader.alive:
            _idle.append(reader)


@atexit.register
def close() -> None:
    """Ends the processes that wait for files."""
    while _idle:
        _idle.pop().close()


def serve(read: Callable[[Path, Columns], Iterator[Read]]) -> None:
    """The process's own part: answers each line with a path by lines, until there are no more."""
    with os.fdopen(os.dup(1), "w", encoding="ascii") as out:
        os.dup2(2, 1)  # what a library prints is no answer
        limit = _addresses() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        def tell(answer: dict[str, Any]) -> None:
            out.write(json.dumps(answer) + "\n")
            out.flush()
            # Should the program be gone by then, nobody else would end this process.
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + _ORPHANED, hard))

        tell({"ready": True})
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                for item in read(Path(asked["path"]), asked["columns"]):
                    tell({"skipped": [item.where, item.why]} if isinstance(item, Skipped) else {"article": asdict(item)})
                tell({"end": True})
            except ArticleError as error:
                tell({"error": str(error)})
            except MemoryError:
                tell({"error": _TOO_MUCH})
            except OSError as error:
                tell({"refused": [error.errno, error.strerror or str(error)]})
            except Exception:  # noqa: BLE001 - a library may raise anything over a broken file
                tell({"error": _CANNOT})


def _addresses() -> int:
    """How many bytes of addresses the process has now."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
