"""Broken files of every format: nothing may come out of `read` but articles and reasons, within time and memory.

`python -m tests.bench.fuzz [--seed N] [--each 200] [--only .pdf]` reads so many mutations of good files of each format, and
a list of bombs, in a child process; prints a table, and exits with 1 where anything crashed, hung or ate memory. What is
printed as `SEED:NUMBER` is repeated by `--seed SEED --only SUFFIX --number NUMBER`, which keeps the file in build/.
"""

import argparse
import io
import json
import os
import random
import resource
import select
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests import formats, test_feed, test_wire
from tests.bench import bombs

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("CITERA_SHARED", ROOT.parent / "shared"))
SECONDS = 10.0  # for one file, and one more for each megabyte that it takes on disk
MEMORY = 1_000_000_000  # bytes of resident memory
_RESTART = 5.0  # seconds to start the process that reads apart, where the last file ended it
_STARTING = 60.0  # seconds for a child to import everything
_ADDRESSES = 6_000_000_000  # bytes of addresses: a child that runs away dies before the machine suffers
_ZIPPED = {".docx", ".odt", ".zip"}
_SPECIAL = (b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b"\r", b'"', b"'", b"<", b">", b"&", b"%", b"\\", b"{", b"[",
            b"]]>", b"<!--", b"\x1a", b"\xed\xa0\x80", b"---\n", b"\n\nFrom ", b"PK\x03\x04", b"endobj", b"-1", b"99999999999")


@dataclass
class Tally:
    """What became of the files of one format."""

    files: int = 0
    articles: int = 0
    skipped: int = 0
    failed: Counter[str] = field(default_factory=Counter)  # crash, hang, memory
    slowest: float = 0.0
    largest: int = 0


class Child:
    """A process that reads files one by one, started anew after one that it did not survive."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> dict[str, float | int | str]:
        """What reading this file came to: `articles`, `skipped`, `seconds`, `memory` (peak, in bytes), or `failed` and why."""
        process = self._started()
        assert process.stdin is not None
        process.stdin.write(f"{path}\n".encode())
        process.stdin.flush()
        told = self._line(SECONDS + _RESTART + path.stat().st_blocks * 512 / 1e6)
        if told is None:
            died = process.poll()
            self.stop()
            return {"failed": "hang" if died is None else "crash", "why": "no answer" if died is None else f"died: {died}"}
        answer: dict[str, float | int | str] = json.loads(told)
        if "failed" not in answer and int(answer["memory"]) > MEMORY:
            answer |= {"failed": "memory", "why": f"{int(answer['memory']) / 1e6:.0f} MB"}
        if answer.get("failed"):
            self.stop()
        return answer

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.fuzz", "--child"], cwd=ROOT, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if self._line(_STARTING) is None:
                raise RuntimeError("the reading process did not start; run python -m tests.bench.fuzz --child by hand")
        return self._process

    def _line(self, seconds: float) -> bytes | None:
        assert self._process is not None
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        return self._process.stdout.readline() or None if ready else None


def serve() -> None:
    """The child's part: reads each path that comes in, and answers with a line of JSON."""
    from index.readers import Skipped, read

    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    with tempfile.TemporaryDirectory() as folder:  # everything is imported before time is taken
        for suffix, makers in formats.MADE.items():
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(makers[0]())
            list(read(path))
    print("ready", file=out, flush=True)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        answer: dict[str, object] = {"articles": 0, "skipped": 0, "why": ""}
        for process in _processes():
            (process / "clear_refs").write_text("5")  # the peak of memory counts from here
        begun = time.perf_counter()
        try:
            for item in read(path):
                kind = "skipped" if isinstance(item, Skipped) else "articles"
                answer[kind] = int(str(answer[kind])) + 1
                if isinstance(item, Skipped):
                    answer["why"] = item.why[:200]
        except BaseException as error:  # noqa: BLE001 - any is what is looked for
            answer |= {"failed": "crash", "why": f"{type(error).__name__}: {error}"[:300]}
        answer |= {"seconds": time.perf_counter() - begun, "memory": _peak()}
        print(json.dumps(answer), file=out, flush=True)


def _processes() -> list[Path]:
    """This process and those that it reads in."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [Path("/proc/self"), *(Path("/proc") / number for number in mine)]


def _peak() -> int:
    """The most memory that one of the processes has taken, in bytes."""
    return max(int((process / "status").read_text().split("VmHWM:")[1].split()[0]) * 1024 for process in _processes())


def originals(suffix: str) -> list[bytes]:
    """Good files of a format: those made in code, and what real articles and test data there are."""
    held = [make() for make in formats.MADE[suffix]]
    for folder in (SHARED / "articles", ROOT / "seeds"):
        found = sorted(folder.glob(f"*{suffix}")) if folder.exists() else []
        held += [path.read_bytes() for path in found[:5] if path.stat().st_size < 500_000]
    if suffix == ".xml":
        held += [words.encode() for words in (test_feed.RSS, test_feed.ATOM, test_feed.RDF, test_wire.NITF, test_wire.ITEM)]
    if suffix in (".json", ".jsonl"):
        held += [json.dumps(item).encode() for item in (test_wire.NINJS_1, test_wire.NINJS_3, test_wire.NINJS_TT)]
    if suffix in (".md", ".html"):  # the same words under another suffix
        held += [path.read_bytes() for path in sorted((SHARED / "articles").glob("*.txt"))[:2]]
    return held


def mutated(original: bytes, suffix: str, chance: random.Random) -> bytes:
    """A broken variant; of zipped formats as often as not one whose parts are broken and whose checksums are right."""
    if suffix in _ZIPPED and chance.random() < 0.6:
        with zipfile.ZipFile(io.BytesIO(original)) as packed:
            entries = {name: packed.read(name) for name in packed.namelist()}
        name = chance.choice(sorted(entries))
        entries[name] = _broken(entries[name], chance)
        return formats.packed(entries)
    if suffix == ".pdf" and chance.random() < 0.5:
        return _repacked(original, chance)
    return _broken(original, chance)


def _repacked(original: bytes, chance: random.Random) -> bytes:
    """A PDF whose streams are compressed, one of them broken before that."""
    head, mark, rest = original.partition(b"stream\n")
    stream, end, tail = rest.partition(b"\nendstream")
    if not mark or not end:
        return _broken(original, chance)
    held = zlib.compress(_broken(stream, chance))
    head = head[:head.rfind(b"<<")] + f"<< /Length {len(held)} /Filter /FlateDecode >>\n".encode()
    return head + mark + held + end + tail


def _broken(held: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        held = chance.choice(_WAYS)(held, chance)
    return held[:5_000_000]


def _place(held: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(held) + 1)
    return start, min(len(held), start + chance.choice((1, 4, 30, 300, 3000)))


def _flip(held: bytes, chance: random.Random) -> bytes:
    changed = bytearray(held)
    for _ in range(chance.choice((1, 3, 30))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(held: bytes, chance: random.Random) -> bytes:
    return held[:chance.randrange(len(held) + 1)]


def _drop(held: bytes, chance: random.Random) -> bytes:
    start, end = _place(held, chance)
    return held[:start] + held[end:]


def _double(held: bytes, chance: random.Random) -> bytes:
    start, end = _place(held, chance)
    return held[:end] + held[start:end] * chance.choice((1, 2, 100)) + held[end:]


def _swap(held: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_place(held, chance), _place(held, chance)))
    return held[:a] + held[c:d] + held[b:c] + held[a:b] + held[d:] if b <= c else held


def _insert(held: bytes, chance: random.Random) -> bytes:
    start, _ = _place(held, chance)
    return held[:start] + chance.choice(_SPECIAL) * chance.choice((1, 1, 3, 1000, 100_000)) + held[start:]


def _number(held: bytes, chance: random.Random) -> bytes:
    """A field of four bytes, as binary formats count in, set to an extreme."""
    start, _ = _place(held, chance)
    return held[:start] + struct.pack("<I", chance.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))) + held[start + 4:]


_WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (_flip, _cut, _drop, _double, _swap, _insert, _number)


def cases(suffix: str, seed: int, each: int) -> Iterator[tuple[int, bytes]]:
    """The mutations of a format, each the same for the same seed and number."""
    held = originals(suffix)
    for number in range(each):
        chance = random.Random(f"{seed}:{suffix}:{number}")
        yield number, mutated(chance.choice(held), suffix, chance)


def judge(tally: Tally, name: str, answer: dict[str, float | int | str]) -> None:
    tally.files += 1
    tally.articles += int(answer.get("articles", 0))
    tally.skipped += int(answer.get("skipped", 0))
    tally.slowest = max(tally.slowest, float(answer.get("seconds", SECONDS)))
    tally.largest = max(tally.largest, int(answer.get("memory", 0)))
    if failed := answer.get("failed"):
        tally.failed[str(failed)] += 1
        sys.stdout.write(f"{failed:7} {name}: {answer.get('why')}\n")
        sys.stdout.flush()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.fuzz")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--each", type=int, default=200)
    options.add_argument("--only", action="append", help="a suffix, or `bombs`")
    options.add_argument("--number", type=int)
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.child:
        serve()
        return
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    tallies: dict[str, Tally] = {}
    child = Child()
    with tempfile.TemporaryDirectory(prefix="citera-fuzz-") as folder:
        for suffix in formats.MADE:
            if told.only and suffix not in told.only:
                continue
            tally = tallies.setdefault(suffix, Tally())
            for number, held in cases(suffix, told.seed, told.each if told.number is None else told.number + 1):
                if told.number not in (None, number):
                    continue
                path = Path(folder) / f"case{suffix}"
                if told.number is not None:
                    path = ROOT / "build" / f"fuzz-{told.seed}-{number}{suffix}"
                    path.parent.mkdir(exist_ok=True)
                path.write_bytes(held)
                judge(tally, f"{suffix} {told.seed}:{number}", child.read(path))
        if not told.only or "bombs" in told.only:
            for name, path in bombs.laid(Path(folder)):
                answer = child.read(path)
                judge(tallies.setdefault("bombs", Tally()), name, answer)
                if told.verbose:
                    sys.stdout.write(f"        {name}: {answer}\n")
                path.unlink()
    child.stop()
    if not show(tallies):
        raise SystemExit(1)


def show(tallies: dict[str, Tally]) -> bool:
    """Prints the table; whether nothing failed."""
    line = "{:10} {:>6} {:>9} {:>8} {:>7} {:>6} {:>7} {:>9} {:>8}\n"
    names = ("format", "files", "articles", "skipped", "crashes", "hangs", "memory", "slowest", "peak MB")
    sys.stdout.write("\n" + line.format(*names))
    for name, tally in tallies.items():
        failed = [tally.failed[kind] for kind in ("crash", "hang", "memory")]
        sys.stdout.write(line.format(name, tally.files, tally.articles, tally.skipped, *failed, f"{tally.slowest:.1f} s",
                                     f"{tally.largest / 1e6:.0f}"))
    return not any(tally.failed for tally in tallies.values())


if __name__ == "__main__":
    main()
