"""Bytes to text: UTF-8, UTF-16, Windows-1252 and what else can be recognised. Knows nothing of articles' formats."""

import codecs
import re
from pathlib import Path

from index.article import ArticleError

LARGEST = 50_000_000  # bytes of one file, or of one line of JSONL
_SAMPLE = 65_536
_CHUNK = 1_000_000
# PDF, ZIP with Word's formats, PNG, GIF, JPEG, programs, gzip, RTF, old Word
_BINARY = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"\x1f\x8b", b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
_NO_TEXT = "this is not a text file; save it as text, Markdown, HTML, Word (.docx) or JSONL"
_CONTROLS = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
# UTF-8 read as Windows-1252 shows as "Ã¥" and "â€“": then it is UTF-8 with a broken spot, not Windows-1252.
_GARBLED = re.compile(r"[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")


def load(path: Path) -> str:
    """The text of a file. Raises ArticleError where it is over 50 MB, empty or no text, OSError where it won't open."""
    return decode(contents(path))


def contents(path: Path) -> bytes:
    """The bytes of a file of at most 50 MB. Raises ArticleError where it is larger, OSError where it won't open."""
    check_size(path)
    with path.open("rb") as file:
        return file.read(LARGEST)


def check_size(path: Path) -> None:
    """Raises ArticleError where the file holds more than 50 MB."""
    size = path.stat().st_size
    if size > LARGEST:
        limit = f"the limit is {LARGEST // 10**6} MB"
        raise ArticleError(f"the file holds {size / 1e6:.1f} MB, and {limit}; split it, or use JSONL")


def codec(path: Path) -> str:
    """The encoding of a text file of any size, told without holding the file. Raises ArticleError as `decode` does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        decode(_whole(sample))
        if wide := utf16(sample):
            return wide
        held = sample
        try:
            while held:
                decoder.decode(held)
                held = file.read(_CHUNK)
        except UnicodeDecodeError:
            return _codec(_whole(sample) + b"\n" + _whole(held), None)
    return "utf-8-sig"


def _whole(sample: bytes) -> bytes:
    """A sample without the line that it breaks off in, so that no character is cut."""
    if utf16(sample):
        return sample[:len(sample) // 4 * 4]
    first, last = sample.find(b"\n"), sample.rfind(b"\n")
    return sample[:last + 1] if first >= 0 else sample[:-8] if len(sample) > _SAMPLE // 2 else sample


def decode(raw: bytes, declared: str | None = None) -> str:
    """Text of bytes without their byte order mark. Valid UTF-8 is always UTF-8.

    `declared` is the encoding that the document names, believed only where the bytes agree. Raises ArticleError for
    bytes that are no text, or that are UTF-8 with a broken spot.
    """
    if not raw:
        raise ArticleError("the file is empty")
    if raw.startswith(_BINARY):
        raise ArticleError(_NO_TEXT)
    if wide := utf16(raw):
        text = _strictly(raw, wide)
        if text is None:
            raise ArticleError("the file is UTF-16 but breaks off in the middle of a character; save it as UTF-8")
    else:
        text = raw.decode(_codec(raw, declared))
    sample = text[:_SAMPLE]
    controls = len(sample) - len(sample.translate(_CONTROLS))
    if controls > 8 and controls > len(sample) // 50:
        raise ArticleError(_NO_TEXT)
    return text.removeprefix("\ufeff")


def plain(text: str) -> str:
    """Line ends as `\\n`, and no control characters, which no article needs and no page can show."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").translate(_CONTROLS)


def utf16(raw: bytes) -> str | None:
    """The form of UTF-16 or UTF-32, by the byte order mark or, without one, by where the NUL bytes stand."""
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = raw[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 20 and not even:
        return "utf-16-le"
    if even > len(sample) // 20 and not odd:
        return "utf-16-be"
    return None


def _codec(raw: bytes, declared: str | None) -> str:
    """The encoding of bytes that are not UTF-16: one that reads all of them."""
    if _strictly(raw, "utf-8-sig") is not None:
        return "utf-8-sig"
    western = _strictly(raw, "cp1252")
    if _GARBLED.search(raw.decode("cp1252", "replace")):
        raise ArticleError(f"the file is UTF-8 but broken at byte {_broken_at(raw)}; save it anew as UTF-8")
    if declared and _may_be(declared) and _strictly(raw, declared) is not None:
        return declared
    if western is not None and _is_western(western):
        return "cp1252"
    guess = _guessed(raw)
    if guess is None and western is None:
        raise ArticleError(_NO_TEXT)
    return guess or "cp1252"


def _may_be(declared: str) -> bool:
    """Whether a declared encoding is worth a try: not those tried already, and none that is for names of hosts or slow."""
    return not declared.lower().replace("_", "-").startswith(("utf", "ucs", "idna", "punycode", "unicode", "raw-unicode"))


def _guessed(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE]).best()
    return best.encoding if best and _strictly(raw, best.encoding) is not None else None


def _is_western(text: str) -> bool:
    """Whether the letters are mostly a to z: Cyrillic or Greek read as Windows-1252 is nearly all accents."""
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    return sum(not char.isascii() for char in letters) * 3 <= len(letters)


def _broken_at(raw: bytes) -> int:
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (ValueError, LookupError):
        return None
