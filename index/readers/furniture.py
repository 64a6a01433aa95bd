"""What stands around an article on a newspaper's page: bylines, dates, notices, and the tail. Pure, line by line.

The words are those of Swedish, Norwegian, Danish and English newspapers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers import dates

LONGEST = 120  # characters of a line of furniture
LONG_PROSE = 80  # characters from which a sentence is a paragraph of an article rather than a caption or a link
_CLOSERS = "\"'”’»)]"

_FIRST = r"(?-i:[A-ZÅÄÖÆØÉÜ])[\w'’.-]*"
_REST = rf"(?:\s+(?:(?:van|von|de|af|av|der|den|bin|al)\s+)?{_FIRST})"
_AND = r"(?:\s*,\s*|\s*/\s*|\s*&\s*|\s+(?:och|og|and)\s+)"
_FULL, _ANY = rf"{_FIRST}{_REST}{{1,3}}", rf"{_FIRST}{_REST}{{0,3}}"
_WRITER = (
    r"text\s*(?:och|og|&|/|\+)\s*(?:foto|bild)|tekst\s*(?:og|&|/|\+)\s*(?:foto|bilde)|text|tekst|skribent|reporter"
    r"|journalist|written by|words"
)
_BYLINE = re.compile(
    rf"(?:(?:av|af|by)\s*:?\s+(?P<full>{_FULL}(?:{_AND}{_FULL})*)|(?:{_WRITER})\s*:\s*(?P<any>{_ANY}(?:{_AND}{_ANY})*))"
    r"\s*[,(]?\s*(?:\S+@\S+)?\)?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?:arkiv)?foto(?:graf)?|bilde?|photo(?:graph)?|grafik|illustration)\s*(?:by|av|af)?\s*[:/].{2,}", re.IGNORECASE
)
_PUBLISHED = (
    r"(?:(?:först|først|first)\s+)?"
    r"(?:publicera(?:d|t|des)|publi[cs]eret|publisert|offentliggjort|udgivet|published|posted)"
)
_UPDATED = r"(?:(?:senast|sist|senest|last)\s+)?(?:uppdatera(?:d|t|des)|oppdatert|opdateret|updated|modified)"
_DATED = re.compile(
    rf"(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?:\s+(?:on|den))?\s*:?\s+", re.IGNORECASE
)
_PIECES = re.compile(
    rf"\s*[|•·]\s*|[,\s]+(?=(?:{_PUBLISHED}|{_UPDATED})\b)|(?<!\boch)(?<!\bog)(?<![&/+])[,\s]+(?=(?:foto|bild|photo)\s*:)",
    re.IGNORECASE,
)


def _phrases(told: str) -> str:
    """An alternation of the phrases, one a line."""
    return "(?:" + "|".join(line.strip() for line in told.strip().splitlines()) + ")"


# Lines that may stand between two paragraphs of an article: an advertisement, a button, a pointer elsewhere.
_PASSING = re.compile(_phrases(r"""
    annons(?:er|e|ør|ørinnhold)?|annonce(?:r)?|reklam(?:e)?|advertise?ments?|sponsrat innehåll|sponsored content
    artikeln fortsätter (?:efter|under) annonsen|artikkelen fortsetter (?:etter|under) annonsen
    artiklen fortsætter (?:efter|under) annoncen|story continues below(?: advertisement)?
    dela(?: artikeln| artikel)?|del(?: artikkelen| artiklen| saken)?|share(?: this)?(?: article| story)?
    skriv ut|print|tipsa(?: en vän| oss)?|tips en venn|kopiera länk(?:en)?|kopier lenke|copy link
    facebook|twitter|x|linkedin|e-?post|e-?mail|mejla|whatsapp|bluesky
    läs (?:mer|också|även|vidare)\s*[:–→>].+|les (?:mer|også|saken)\s*[:–→>].+
    læs (?:mere|også|videre)\s*[:–→>].+|(?:read (?:more|also|next)|see also)\s*[:–→>].+
    ©.*
""") + r"\s*[.:…]?", re.IGNORECASE)
# Headings of a list of other articles.
_POINTER = re.compile(
    r"(?:läs (?:mer|också|även|vidare)|les (?:mer|også|saken)|læs (?:mere|også|videre)|read (?:more|also|next)"
    r"|see also)\s*[.:…→>]*",
    re.IGNORECASE,
)
# Words that end a page, but may head a part of an article as well.
_PERHAPS = re.compile(_phrases(r"""
    kommentarer|comments|kontakta? oss|kontakt|contact us|nyckelord|nøkkelord|emneord|ämnen
    nyhetsbrev|nyhedsbrev|newsletter
    om cookies|cookies?|andre artikler|related|trending|kommentera|kommenter|prenumerera|rekommenderat
""") + r"\s*[.:…]?", re.IGNORECASE)
# The end of the page: what follows is not the article.
_END = re.compile(_phrases(r"""
    rekommendera(?:d|de)(?: artiklar| för dig| läsning)
    relatera(?:d|de|t)(?: artiklar| artikel| innehåll| nyheter)?
    anbefalte? (?:artikler|saker|for deg|artikel)|relaterte? (?:artikler|saker|innhold)
    anbefalede? (?:artikler|til dig)|relaterede? (?:artikler|indhold)|flere saker|flere nyheter
    related (?:articles|stories|content|news)|recommended(?: articles| stories| for you)?
    more (?:from|stories|news).{0,40}
    you (?:may|might) also like|trending now|most (?:read|popular|viewed)
    mest (?:läst|lest|læst)[ae]?(?: artiklar| just nu)?|senaste nytt|senaste nyheterna|siste nytt|seneste nyt
    fler (?:artiklar|nyheter)(?: från.{0,40})?|mer från .{1,40}|mer om ämnet|ämnen i artikeln
    (?:kommentarer|comments) ?\(\d+\)|kommentera artikeln|leave a comment|prenumerera på .{1,40}
    (?:ansvarig utgivare|ansvarlig redaktør|ansvarshavende (?:chef)?redaktør)\b.*
    (?:©|\(c\)\s).*\d{4}.*|(?:copyright|all rights reserved|alla rättigheter|alle rettighe[dt]er)\b.*
""") + r"\s*[.:…]?", re.IGNORECASE)
_COOKIES = re.compile(
    r"(?:vi (?:använder|bruker|bruger|benytter)|we use|by (?:using|continuing)|this (?:web)?site uses"
    r"|(?:denna|den här) (?:webbplats|sajt)\w* använder|dette? (?:nettstedet|websted) \w+)"
    r".{0,80}?(?:cookie|kakor|informasjonskapsl)",
    re.IGNORECASE,
)
_SENTENCE_END = ".!?…"
_INNER_END = re.compile(rf"[.!?…][{_CLOSERS}]?\s+\W*[A-ZÅÄÖÆØ]")


@dataclass(slots=True)
class Notes:
    """What the lines around the text told: names joined by commas, dates in ISO 8601."""

    byline: str | None = None
    published: str | None = None
    updated: str | None = None

    def as_fields(self) -> dict[str, str]:
        told = {"byline": self.byline, "published": self.published, "updated": self.updated}
        return {name: value for name, value in told.items() if value}


def is_sentence(line: str) -> bool:
    """Whether a line ends as sentences do rather than as headlines: with a full stop, or after several sentences."""
    bare = line.rstrip(_CLOSERS + " ")
    if len(line) > 160:
        return True
    if bare.endswith((".", "…")) or line.endswith(":"):
        return len(line.split(None, 2)) > 2
    return bare.endswith(("!", "?")) and (len(line) > LONGEST or bool(_INNER_END.search(line)))


def is_cookies(line: str) -> bool:
    return bool(_COOKIES.match(line))


def names(line: str) -> str | None:
    """The names of a byline such as "Av Anna Berg och Per Lund", joined by commas; None where it is no byline."""
    notes = Notes()
    return notes.byline if note(line, notes) else None


def note(line: str, notes: Notes, bare: bool = False) -> bool:
    """Whether a line is nothing but byline, credit and dates, which then stand in `notes`; the first one told holds.

    `bare` takes a date without a word before it as well, as it stands under headlines.
    """
    if not 3 < len(line) <= LONGEST:
        return False
    pieces = [piece for piece in _PIECES.split(line) if piece]
    told = Notes()
    if not pieces or not all(_note(piece.strip(" ,"), told, bare) for piece in pieces):
        return False
    notes.byline = notes.byline or told.byline
    notes.published = notes.published or told.published
    notes.updated = notes.updated or told.updated
    return True


def _note(piece: str, notes: Notes, bare: bool) -> bool:
    if named := _BYLINE.match(piece):
        rest = piece[named.end():].strip(" ,")
        if rest and (not named["full"] or not _note(rest, notes, bare=True)):
            return False
        notes.byline = notes.byline or _separated(named["full"] or named["any"])
        return True
    if _CREDIT.fullmatch(piece):
        return True
    dated = _DATED.match(piece)
    date = dates.iso(piece[dated.end():]) if dated else dates.iso(piece) if bare and _has_day(piece) else None
    if date is None:
        return False
    if dated and dated["updated"]:
        notes.updated = notes.updated or date
    else:
        notes.published = notes.published or date
    return True


def _has_day(piece: str) -> bool:
    return len(piece) <= 40 and len(re.findall(r"\d+", piece)) >= 2


def _separated(told: str) -> str:
    names = re.split(_AND, told)
    return ", ".join(name.title() if name.isupper() and " " in name else name for name in names)


def without_tail(lines: Sequence[str]) -> tuple[list[bool], int]:
    """Which lines belong to the article, and where its tail begins (`len(lines)` where it has none).

    A tail begins at the first line that may begin one and after which too little of an article follows: after an
    advertisement one sentence is enough to go on, after "Read more" a paragraph, after "Related articles" two
    paragraphs in a row, for its list may hold a sentence each.
    """
    needed = [_needed(line) for line in lines]
    following = _following(lines, needed)
    kept = [not need or bool(_PERHAPS.fullmatch(line)) for need, line in zip(needed, lines, strict=True)]
    begun = listed = False
    for number, line in enumerate(lines):
        if begun and following[number] < needed[number]:
            return kept[:number] + [False] * (len(lines) - number), number
        if needed[number]:
            listed = begun and needed[number] > 1
        elif line:
            begun = begun or _weight(line) > 0
            listed = listed and not _weight(line)
            kept[number] = not listed
    return kept, len(lines)


def _needed(line: str) -> int:
    """How much of an article must follow a line for it not to begin the tail; 0 for a line of the article itself."""
    if len(line) > 2 * LONGEST or not line:
        return 0
    if _END.fullmatch(line):
        return 3
    if _POINTER.fullmatch(line) or is_cookies(line):
        return 2
    return int(len(line) <= LONGEST and bool(_PASSING.fullmatch(line) or _PERHAPS.fullmatch(line)))


def _weight(line: str) -> int:
    """2 for a paragraph of prose, 1 for a sentence, 0 for a headline or furniture."""
    ended = line.rstrip(_CLOSERS + " ")[-1:]
    if ended not in _SENTENCE_END or not ended or len(line.split(None, 3)) < 4:
        return 0
    return 2 if len(line) >= LONG_PROSE else 1


def _following(lines: Sequence[str], needed: Sequence[int]) -> list[int]:
    """How much of an article follows each line: 3 for two paragraphs in a row, otherwise the greatest weight."""
    following = [0] * len(lines)
    most = next_weight = 0
    for number in range(len(lines) - 1, -1, -1):
        following[number] = most
        line = lines[number]
        if not line:
            continue
        if needed[number]:
            most, next_weight = (0, 0) if most < needed[number] else (most, next_weight)
            continue
        weight = _weight(line)
        most = max(most, 3 if weight == next_weight == 2 else weight)
        next_weight = weight
    return following
