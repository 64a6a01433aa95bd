"""The people whom an article introduces: full name, role, gender and every place where they are named.

Rules over words, no model: a person is a run of capitalised words with a reason to be one (a known first name, a title
or role beside it, a verb of saying, an age). Knows articles, nothing of quotations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index import cues, names
from index.article import Article
from index.tokens import TERMINAL, Token, tokens, visible

_PARTICLES = cues.words(
    "von van de der den da di del la le el al bin ibn af ter zu dos",
)
_JOINING = frozenset({"og", "och", "and", "&"})
PREPOSITIONS = cues.words(
    "i på ved vid for för hos av fra från til till of at in with from under over över med by on near about om mot",
    "against to than mellan mellom between enligt etter efter after before",
)
_MODIFIERS = cues.words(
    "daglig daglige sportslig tidligere tidigare förra forrige former ny nye nya avtroppende påtroppende",
    "administrerende verkställande biträdende biträdande assisterende ledende ledande første förste fungerende",
    "tillförordnad tf tidl acting deputy assistant associate vice senior chief executive managing general prime",
    "foreign attorney police fire head state norsk norske svensk svenska svenske dansk danske amerikansk amerikanske",
    "amerikanska british french german american lead administrerande press campaign staff top regional",
    "politisk parlamentarisk interim",
    "marketing medical national",
)
_IS = frozenset({"är", "er", "is", "var", "was", "blir", "vara", "being"})
_BEFORE_ROLES = cues.ARTICLES | cues.INDEFINITE | {"once", "now", "also", "nå", "nu"}
_FRAME_MARKS = frozenset({",", "?", "!", "”", "“", "»", "«", '"', "''", "…", "...", "–"})
_MARKS = frozenset({"”", "“", '"', "»", "«", "’", "'", "''", "``"})
_COMMON_ENDINGS = ("en", "et", "na", "ne", "er", "ar", "or", "t", "vis", "ende", "ande", "a")
_WHO = frozenset({"som", "who", "der"})
_LINE_OF_CREDIT = re.compile(
    r"(?im)^\W{0,3}(?:(?:foto|photo|bild|bilde|tekst|text|av|by|ill|illustrasjon|illustration|video|skribent|journalist|reporter)\s*:"
    r"|(?:av|by)\s(?=[A-ZÅÄÖÆØ])).{0,120}$|\b(?:foto|photo|photograph by|bild|fotograf|ill)\s?:\s?[^\n/]{0,30}(?:/[^\n]{0,20})?"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person of an article. `start` and `end` bound the words that introduce the full name.

    `mentions` are the offsets of every place where the person is named, by full name, surname, first name or nickname, in
    order. `role` stands as the article gives it, `gender` is `f`, `m` or None where nothing tells it.
    """

    name: str
    role: str | None
    gender: cues.Gender | None
    start: int
    end: int
    mentions: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Name:
    """A run of capitalised words `tokens[first:last]`, with the titles before it cut off; `person` counts in the cast."""

    first: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    nickname: str | None = None
    person: int | None = None
    credit: bool = False
    genitive: bool = False


@dataclass(slots=True)
class _Member:
    words: tuple[str, ...]
    name: str
    introduced: Name
    gender: cues.Gender | None = None
    role: str | None = None
    mentions: list[Name] = field(default_factory=list)


class Cast:
    """The tokens of a text, its names, and who they are. Made once for an article, in time linear in its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.names = list(_names(self.tokens))
        self._drop_common_words()
        self.members: list[_Member] = []
        self._by_word: dict[str, list[int]] = {}
        self._mark_credits()
        self._speaking = {
            name.words[0].casefold()
            for name in self.names
            if len(name.words) == 1 and (self._says(name) or self._said(name))
        }
        self._introduce()
        self._share_surnames()
        self._add_homonyms()
        self._recognise()
        for member in self.members:
            self._describe(member)
        self.name_at = {name.first: name for name in self.names}

    def who(self, words: tuple[str, ...]) -> list[int]:
        """The members that a run of words can mean: by full name, by a part of it, or by a nickname."""
        folded = tuple(word.casefold() for word in words)
        found = [at for at in self._by_word.get(folded[-1], ()) if _within(folded, self.members[at].words)]
        if found or len(folded) == 1:
            return found
        return [
            at
            for at in self._by_word.get(folded[0], ())
            if self.members[at].words[-1] == folded[-1] and self.members[at].words[0] == folded[0]
        ]

    def _drop_common_words(self) -> None:
        """A single word whose only capitals open sentences, and which looks like a common one, is no name."""
        lower = {token.text for token in self.tokens if token.text.islower()}
        proper = {
            word
            for name in self.names
            if len(name.words) > 1 or not _opens(self.tokens, name.first)
            for word in name.words
        }
        kept = []
        for name in self.names:
            word = name.words[0]
            bare = word[:-1] if word.endswith("s") else word
            common = (
                word.lower() in lower
                or word.lower().endswith(_COMMON_ENDINGS)
                or bare.lower().endswith(_COMMON_ENDINGS)
                or cues.role_head(word) is not None
            )
            if (
                len(name.words) > 1
                or word in proper
                or bare in proper
                or names.gender(word)
                or word.isupper()
                or not common
            ):
                kept.append(name)
        self.names = kept

    def _mark_credits(self) -> None:
        """Photographers and authors: `Foto: …`, `Av …`, and lines that hold nothing but names."""
        spans = [match.span() for match in _LINE_OF_CREDIT.finditer(self.text)]
        prose = {
            token.line
            for token in self.tokens
            if (token.word and not token.capital and token.lower not in _JOINING) or token.text in TERMINAL
        } | {0}
        for name in self.names:
            token = self.tokens[name.first]
            name.credit = token.line not in prose or any(begin <= token.start < stop for begin, stop in spans)

    def _introduce(self) -> None:
        """Names of two words and more become members, the longest first, so that shorter forms fall into them."""
        told: dict[tuple[str, ...], Name] = {}
        plain = {name.words[0].casefold() for name in self.names if len(name.words) == 1}
        for name in self.names:
            key = tuple(word.casefold() for word in name.words)
            if not 1 < len(key) <= 5 or not self._is_person(name):
                continue
            if (
                key not in told
                or (told[key].credit and not name.credit)
                or (_shouted(told[key]) and not _shouted(name))
            ):
                told[key] = name
        for key, name in sorted(told.items(), key=lambda item: (-len(item[0]), item[1].first)):
            stem = key[-1][:-1] if key[-1].endswith("s") else ""
            if self.who(name.words) or (stem and ((*key[:-1], stem) in told or self.who((*key[:-1], stem)))):
                continue
            if stem and (stem in plain or stem.endswith("sen")):  # "Boris Johnsons", where "Johnson" stands too
                name.genitive, name.words = True, (*name.words[:-1], name.words[-1][:-1])
                key = (*key[:-1], stem)
            self._add(key, " ".join(name.words), name)

    def _add(self, key: tuple[str, ...], told: str, name: Name) -> int:
        at = len(self.members)
        sex = names.gender(key[0])
        for title in name.titles:
            sex = cues.HONORIFIC.get(title.casefold()) or sex or cues.role_gender(title)
        self.members.append(_Member(key, told, name, sex))
        for word in dict.fromkeys(key):
            self._by_word.setdefault(word, []).append(at)
        if name.nickname:
            self._by_word.setdefault(name.nickname.casefold(), []).append(at)
        return at

    def _is_person(self, name: Name) -> bool:
        known = names.gender(name.words[0]) is not None
        if any(cues.is_body(word, known) for word in name.words[1:]) or (
            cues.is_body(name.words[0]) and not name.titles and not known
        ):
            return False
        if (
            known
            or name.titles
            or name.words[0].casefold() in cues.REGAL
            or any(len(word) == 2 and word[1] == "." for word in name.words)
        ):
            return True
        plain = _shouted(name) or not any(
            word.isupper() or (word[:2].isupper() and word[:2].isalpha()) for word in name.words
        )
        if name.words[-1].casefold() in self._speaking:  # "Abid Raja er enig … sier Raja"
            return True
        return plain and (self._speaks(name) or self._has_role(name) or self._has_age(name))

    def _says(self, name: Name) -> bool:
        """Whether a single word is the subject of `sier`: a person known by the surname alone."""
        word = name.words[0]
        if (
            word.isupper()
            or word[:2].isupper()
            or ("-" in word and not word.rpartition("-")[2][0].isupper())
            or cues.is_body(word)
            or name.genitive
            or name.first == 0
            or name.last >= len(self.tokens)
        ):
            return False
        before, after = self.tokens[name.first - 1], self.tokens[name.last]
        verb = before.lower in cues.SPOKEN and before.text.islower() and before.sentence == after.sentence
        return (
            verb
            and (not after.word or after.lower in PREPOSITIONS)
            and self.tokens[name.first - 2].text in _FRAME_MARKS
        )

    def _said(self, name: Name) -> bool:
        """`Ruiz said`."""
        return (
            name.last < len(self.tokens)
            and self.tokens[name.last].lower in ("said", "says")
            and not cues.is_body(name.words[0])
        )

    def _speaks(self, name: Name) -> bool:
        """Whether a verb of saying stands beside the name, or before common nouns that stand before it."""
        after = self.tokens[name.last] if name.last < len(self.tokens) else None
        if after and after.lower in cues.DIRECT and after.text.islower():
            return True
        for at in range(name.first - 1, max(-1, name.first - 5), -1):
            token = self.tokens[at]
            if token.lower in cues.DIRECT and token.text.islower():
                return True
            noun = token.text.islower() or "-" in token.text or token.lower.endswith("s")
            if not noun or not token.word or token.lower in PREPOSITIONS or len(name.words) == 1:
                return False
        return False

    def _has_role(self, name: Name) -> bool:
        before = self.tokens[name.first - 1] if name.first else None
        if (
            before
            and (before.text.islower() or "-" in before.text)
            and before.lower not in cues.DIRECT
            and cues.role_head(before.lower)
        ):
            return True
        return self._role_behind(name) is not None or self._role_before(name) is not None

    def _has_age(self, name: Name) -> bool:
        after = self.tokens[name.last : name.last + 2]
        return len(after) == 2 and after[0].text in ",(" and after[1].text.isdigit() and len(after[1].text) == 2

    def _share_surnames(self) -> None:
        """`David og Ruth McIntyre` introduces David McIntyre too."""
        by_last = {name.last: name for name in self.names}
        for name in list(self.names):
            other = by_last.get(name.first - 1)
            if (
                not other
                or len(name.words) < 2
                or len(other.words) != 1
                or self.tokens[name.first - 1].lower not in _JOINING
            ):
                continue
            key = (other.words[0].casefold(), name.words[-1].casefold())
            if names.gender(key[0]) and self.who(name.words) and not self.who(other.words):
                whole = Name(other.first, name.last, (other.words[0], name.words[-1]), other.titles)
                self._add(key, " ".join(whole.words), whole)

    def _add_homonyms(self) -> None:
        """Surnames that are also function words (May, Will), once somebody of that name is known."""
        taken = {at for name in self.names for at in range(name.first, name.last)}
        for at, token in enumerate(self.tokens):
            if token.capital and token.lower in cues.FUNCTION and token.lower in self._by_word and at not in taken:
                following = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
                if (
                    not (_opens(self.tokens, at) and (following in cues.FIRST | cues.THIRD | cues.ARTICLES))
                    and not following.isdigit()
                ):
                    self.names.append(Name(at, at + 1, (token.text,)))
        self.names.sort(key=lambda name: name.first)

    def _recognise(self) -> None:
        whole = [name for name in self.names if len(name.words) > 1]
        single = [name for name in self.names if len(name.words) == 1]
        for name in whole:
            self._recognise_one(name)
        for name in single:
            if not self.who(name.words) and not name.credit and self._stands_for_person(name):
                self._add((name.words[0].casefold(),), name.words[0], name)
        for name in single:
            self._recognise_one(name)
        for member in self.members:
            member.mentions.sort(key=lambda name: name.first)

    def _recognise_one(self, name: Name) -> None:
        found = self.who(name.words) or self._by_genitive(name) or self._by_pet_name(name)
        if len(found) > 1 and name.titles:
            wanted = [cues.HONORIFIC.get(title.casefold()) for title in name.titles]
            found = [at for at in found if self.members[at].gender in wanted] or found
        if len(found) == 1:
            name.person = found[0]
            self.members[found[0]].mentions.append(name)

    def _stands_for_person(self, name: Name) -> bool:
        titled = bool(name.titles) and not cues.is_body(name.words[0])
        return titled or (names.gender(name.words[0]) is not None and self._speaks(name)) or self._says(name)

    def _by_genitive(self, name: Name) -> list[int]:
        last = name.words[-1]
        if len(last) < 3 or last[-1] != "s":
            return []
        found = self.who((*name.words[:-1], last[:-1]))
        name.genitive = name.genitive or bool(found)
        return found

    def _by_pet_name(self, name: Name) -> list[int]:
        """`Moi Elyounoussi` is Mohamed Elyounoussi, where no other bears the surname."""
        if len(name.words) != 2:
            return []
        first, last = (word.casefold() for word in name.words)
        found = [at for at in self._by_word.get(last, ()) if self.members[at].words[-1] == last]
        if len(found) != 1 or self.members[found[0]].words[0][:2] != first[:2]:
            return []
        self._by_word.setdefault(first, []).append(found[0])
        return found

    def _describe(self, member: _Member) -> None:
        """The first role that stands beside a mention, full names before surnames."""
        for name in sorted(member.mentions, key=lambda mention: (len(mention.words) == 1, mention.first)):
            role = self._titles(name) if any(cues.role_head(title) for title in name.titles) else None
            role = role or self._role_before(name) or self._role_behind(name)
            if role:
                member.role = role
                member.gender = member.gender or cues.role_gender(role.split()[-1]) or cues.role_gender(role.split()[0])
                return

    def _titles(self, name: Name) -> str:
        last = self.tokens[name.first - 1]
        return self.text[self.tokens[name.first - len(name.titles)].start : last.end]

    def _role_before(self, name: Name) -> str | None:
        at = name.first - 1
        while at >= 0 and self.tokens[at].text in ',“«"':
            at -= 1
        end = at
        comma = end < name.first - 1
        sentence = self.tokens[name.first].sentence
        for at in range(end, max(-1, end - 10), -1):
            token = self.tokens[at]
            if token.sentence != sentence or not token.word or token.lower in cues.DIRECT:
                return None
            if cues.role_head(token.lower) and (at == end or self.tokens[at + 1].lower in PREPOSITIONS):
                if comma and at == end and token.text.islower() and self._follows_name(at):
                    return None
                start = self._role_start(at)
                return self.text[self.tokens[start].start : self.tokens[end].end]
            if at == end and token.text.islower() and not comma:
                return None
        return None

    def _follows_name(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].text == ","

    def _role_start(self, at: int) -> int:
        while at > 0:
            before = self.tokens[at - 1]
            possessing = before.capital and before.lower.endswith("s") and before.lower not in cues.FUNCTION
            if before.sentence != self.tokens[at].sentence or not (before.lower in _MODIFIERS or possessing):
                break
            at -= 1
            while (
                possessing and at > 0 and self.tokens[at - 1].capital and self.tokens[at - 1].lower not in cues.FUNCTION
            ):
                at -= 1
        return at

    def _role_behind(self, name: Name) -> str | None:
        """`, presstalesperson vid polisen,`, `, som er talsperson for …`, `är handläggare på …`."""
        at, count = name.last, len(self.tokens)
        if at < count and self.tokens[at].text == "(":
            while at < count and self.tokens[at].text != ")" and at - name.last < 8:
                at += 1
            at += 1
        comma = at < count and self.tokens[at].text == ","
        at += comma
        if comma and at + 1 < count and self.tokens[at].text.isdigit() and self.tokens[at + 1].text == ",":
            at += 2
        relative = at < count and self.tokens[at].lower in _WHO
        at += relative
        linked = at < count and self.tokens[at].lower in _IS
        at += linked
        if not (comma or linked) or (relative and not linked):
            return None
        return self._role_phrase(at, name)

    def _role_phrase(self, at: int, name: Name) -> str | None:
        while at < len(self.tokens) and self.tokens[at].lower in _BEFORE_ROLES:
            at += 1
        start, headed = at, False
        while at < len(self.tokens) and at - start < 16:
            token = self.tokens[at]
            if (not token.word and token.text not in "’'-&/") or (
                token.lower in cues.DIRECT and not cues.role_head(token.lower)
            ):
                break
            if token.sentence != self.tokens[name.first].sentence or (
                headed and token.lower in _WHO | {"då", "da", "when"}
            ):
                break
            if not headed and (at - start > 5 or token.lower in PREPOSITIONS):
                return None
            headed = headed or cues.role_head(token.lower) is not None
            at += 1
        return self.text[self.tokens[start].start : self.tokens[at - 1].end] if headed else None


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    if size == 1:
        return True  # the index by word has found it, or a nickname
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def _shouted(name: Name) -> bool:
    return all(word.isupper() for word in name.words)


def _names(found: list[Token]) -> Iterator[Name]:
    at, count = 0, len(found)
    while at < count:
        token = found[at]
        if not token.capital or not _may_name(found, at):
            at += 1
            continue
        end = _run_end(found, at)
        yield from _cut(found, at, end)
        at = end


def _may_name(found: list[Token], at: int) -> bool:
    token = found[at]
    if "-" in token.text and cues.role_head(token.lower.rpartition("-")[2]):  # "Rødt-lederen"
        return False
    if token.lower not in cues.FUNCTION:
        return token.text != "I"
    follows = at + 1 < len(found) and found[at + 1].capital and found[at + 1].start == token.end + 1
    return follows and not _opens(found, at) and names.gender(token.lower) is not None


def _opens(found: list[Token], at: int) -> bool:
    """Whether the token opens a sentence, so that its capital tells nothing."""
    if at == 0 or found[at - 1].sentence != found[at].sentence:
        return True
    before = found[at - 1]
    if before.text in _MARKS:
        return before.end == found[at].start  # a mark with space behind it closes
    return not before.word and before.text not in ",()/;&"


def _run_end(found: list[Token], at: int) -> int:
    count = len(found)
    end = at + 1
    known = names.gender(found[at].lower) is not None
    while end < count:
        before, token = found[end - 1], found[end]
        if token.start != before.end + 1 or token.line != before.line or before.lower.endswith(("'s", "’s")):
            break
        if token.capital and (
            token.lower not in cues.FUNCTION
            or (known and token.lower not in cues.DAYS_AND_MONTHS | cues.ARTICLES)
            or names.gender(token.lower)
        ):
            known = known or names.gender(token.lower) is not None
            end += 1
        elif token.lower in _PARTICLES and _particle_goes_on(found, end):
            end += 1
        elif token.text in "«“\"‘'" and _nickname_ends(found, end):
            end += 4
        else:
            break
    return end


def _particle_goes_on(found: list[Token], at: int) -> bool:
    following = found[at + 1 : at + 3]
    if not following or following[0].start != found[at].end + 1:
        return False
    return following[0].capital or (len(following) == 2 and following[0].lower in _PARTICLES and following[1].capital)


def _nickname_ends(found: list[Token], at: int) -> bool:
    tail = found[at : at + 4]
    return (
        len(tail) == 4
        and tail[1].capital
        and tail[2].text in "»”“\"’'"
        and tail[3].capital
        and tail[1].start == tail[0].end
        and tail[2].start == tail[1].end
        and tail[3].start == tail[2].end + 1
    )


def _cut(found: list[Token], first: int, last: int) -> Iterator[Name]:
    """One run of capitals can hold an organisation, a title and a name: `RBK Stig Inge Berg`, `Statsminister Kari Vik`."""
    nickname = next((found[at + 1].text for at in range(first, last - 2) if not found[at].word), None)
    border = _border(found, first, last)
    if border > first:
        yield from _cut(found, first, border)
        first = border
    titles: list[str] = []
    name_starts = _past_titles(found, first, last)
    titles.extend(found[at].text for at in range(first, name_starts) if found[at].word)
    first = name_starts
    if last - first == 1 and titles and titles[-1].casefold() in cues.REGAL:
        first -= 1
        titles.pop()
    elif (
        last - first == 1
        and first
        and found[first - 1].lower in cues.REGAL
        and not titles
        and found[first - 1].line == found[first].line
    ):
        first -= 1
    while last > first and not found[last - 1].word:
        last -= 1
    quoted = {at for at in range(first, last) if not found[at].word}
    skipped = {min(quoted) + 1} if quoted and nickname else set()
    words = [found[at].text for at in range(first, last) if at not in quoted and at not in skipped]
    if not words:
        return
    genitive = words[-1].endswith(("'s", "’s"))
    words[-1] = words[-1][:-2] if genitive else words[-1]
    yield Name(first, last, tuple(words), tuple(titles), nickname, genitive=genitive)


def _past_titles(found: list[Token], first: int, last: int) -> int:
    """Where the name begins behind its titles: `House Speaker John Berg`, `Mr. Berg`, `Federal Reserve Chairman Ben Berg`."""
    begins = first
    for at in range(first, last - 1):
        if names.gender(found[at].lower) and not (at == first and found[at].lower in cues.HONORIFIC):
            break
        if _is_title(found, at):
            begins = at + 1
    return begins


def _border(found: list[Token], first: int, last: int) -> int:
    """Where, within a run, the name of a person begins after words of another kind."""
    for at in range(first + 1, last):
        before, token = found[at - 1], found[at]
        if (
            at < last - 1
            and before.text.isupper()
            and len(before.text) > 1
            and not token.text.isupper()
            and token.word
            and before.text[-1] != "."
        ):
            return at
        if (
            names.gender(token.lower)
            and not any(names.gender(found[k].lower) for k in range(first, at))
            and not any(cues.role_head(found[k].lower) for k in range(first, at))
            and not _initial(found[first])
        ):
            lead = found[first]
            placed = first > 0 and found[first - 1].lower in PREPOSITIONS
            common = lead.lower.endswith(("ske", "ska", "ens")) or (
                _opens(found, first) and lead.lower.endswith(("en", "an", "et", "na", "ne"))
            )
            if common or (at < last - 1 and (cues.is_body(before.text) or placed)):
                return at
    return first


def _initial(token: Token) -> bool:
    return token.text[-1] == "."


def _is_title(found: list[Token], at: int) -> bool:
    token = found[at]
    if token.lower in cues.HONORIFIC:
        return True
    if names.gender(token.lower) or (token.lower in cues.REGAL and at + 2 < len(found) and not found[at + 2].capital):
        return False
    return cues.role_head(token.lower) is not None


def people(article: Article) -> tuple[Person, ...]:
    """Everybody the article names in full, in the order of their introduction; photographers and authors are left out."""
    text, origin = visible(article.text)
    cast = Cast(text)
    found = []
    for member in cast.members:
        places = [place(cast, name, origin) for name in member.mentions]
        if all(name.credit for name in member.mentions):
            continue
        start, end = place(cast, member.introduced, origin)
        found.append(Person(member.name, member.role, member.gender, start, end, tuple(sorted(places))))
    return tuple(sorted(found, key=lambda person: person.start))


def place(cast: Cast, name: Name, origin: list[int] | None) -> tuple[int, int]:
    """Offsets of a name in the article as given; a possessive ending is left out."""
    start, end = cast.tokens[name.first].start, cast.tokens[name.last - 1].end
    if cast.text[start:end].endswith(("'s", "’s")):
        end -= 2
    elif name.genitive and cast.text[start:end].endswith("s") and not name.words[-1].endswith("s"):
        end -= 1
    return (start, end) if origin is None else (origin[start], origin[end - 1] + 1)


__all__ = ["PREPOSITIONS", "Cast", "Name", "Person", "people", "place"]
