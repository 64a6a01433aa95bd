"""Who says it: the words beside a quotation that hold a verb of saying and its subject. Knows tokens and names.

A frame stands behind (`…, säger hon`, `…, Smith said`), before (`Hun svarer: …`) or around a statement. The subject stays
as it is written here; who is meant by it is found out in `quotes`.
"""

from dataclasses import dataclass
from typing import Literal

from index import cues
from index.people import Cast, Name
from index.tokens import DASHES, TERMINAL

Kind = Literal["name", "pronoun", "role", "described", "impersonal", "first", "unknown"]

_REACH = 40  # tokens from a quotation to its cue
_STOPS = cues.words(
    "til till to da då when i in on etter efter after at att that under som who og och and overfor inför over ifølge",
    "enligt during while mens medan as this last via på onsdag torsdag fredag",
)
_GOVERNING = cues.words(
    "med om til till to by mot etter efter after about against on like than enn än before mellan mellom between",
    "inkludert overfor over under bak bakom behind",
)
_OF = cues.words(
    "av af of for för fra från from with ved vid hos at in i på",
)
_JOINING = frozenset({"og", "och", "and", "&"})
_SHOWING = frozenset({"det", "detta", "dette", "slik", "så", "that", "this"})
_RATHER_VERBS = cues.words(
    "was were is are has have had would will could should did does",
    "blir ble blev er är var har hade hadde kan kunne kunde vil ville vill skal skulle ska må måste måtte får fick",
    "fikk kommer kom går gikk gick tar tog tok gjør gjorde gör vet ser såg så gir ger ga gav eller etter efter under",
    "over över ikke inte heller men være vara bare bara hver utenfor innenfor uansett imidlertid henger ligger ønsker",
    "heter kaller kallar",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The words `tokens[first:last]` that say whose statement it is."""

    first: int
    last: int
    kind: Kind
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb of saying (None where a colon stands for it) with its subject; the frame covers `tokens[first:last]`."""

    cue: int | None
    subject: Subject | None
    first: int
    last: int


class Frames:
    """Reads frames off the tokens of one text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self._ends = self._sentence_ends()

    def _sentence_ends(self) -> list[int]:
        ends = list(range(len(self.tokens) + 1))
        for at in range(len(self.tokens) - 1, -1, -1):
            ending = (
                at + 1 == len(self.tokens)
                or self.tokens[at + 1].sentence != self.tokens[at].sentence
                or not self.tokens[at + 1].word
            )
            if self.tokens[at].text in TERMINAL and ending:
                ends[at] = at
            elif at + 1 < len(self.tokens) and self.tokens[at + 1].sentence == self.tokens[at].sentence:
                ends[at] = ends[at + 1]
            else:
                ends[at] = at + 1
        return ends

    def is_cue(self, at: int, lexicon: frozenset[str] = cues.DIRECT) -> bool:
        """Whether a verb of saying stands here; a split one needs its particle (`lägger … till`)."""
        token = self.tokens[at]
        if token.lower not in lexicon or not token.text.islower():
            return False
        if token.lower in cues.IMPERSONAL:
            return at + 1 < len(self.tokens) and self.tokens[at + 1].lower == "det"
        particles = cues.SPLIT.get(token.lower)
        return particles is None or any(
            later.lower in particles for later in self.tokens[at + 1 : at + 8] if later.sentence == token.sentence
        )

    def sentence_end(self, at: int, stop: int) -> int:
        """Where the sentence of the token ends, its mark left out."""
        return min(self._ends[at], stop)

    def behind(self, at: int, stop: int, loose: bool = False) -> Frame | None:
        """The frame that begins at this token: verb and subject, or subject and verb. `loose` takes unlisted verbs too."""
        if at >= stop:
            return None
        return self.inverted(at, stop, loose) or self.straight(at, stop)

    def inverted(self, at: int, stop: int, loose: bool = False) -> Frame | None:
        """`säger Anna Berg`, `heter det`, `said the minister`."""
        token = self.tokens[at]
        if not self.is_cue(at):
            return self._unlisted(at, stop) if loose else None
        if token.lower in cues.IMPERSONAL:
            return Frame(at, Subject(at + 1, at + 2, "impersonal"), at, at + 2)
        if token.lower in cues.TELLING - cues.ASKING:
            return None
        subject = self.subject(at + 1, stop)
        if subject and token.lower in cues.ASKING and subject.last < stop and self.tokens[subject.last].word:
            return None
        return Frame(at, subject, at, subject.last) if subject else None

    def _unlisted(self, at: int, stop: int) -> Frame | None:
        """`stønnet Vik.` Any verb may be a cue where a person of the article, or `!` and a pronoun, stands beside it alone."""
        token = self.tokens[at]
        if not cues.looks_finite(token.text) or token.lower in _RATHER_VERBS:
            return None
        subject = self.subject(at + 1, stop)
        if subject is None:
            return None
        exclaimed = subject.kind == "pronoun" and at > 0 and self.tokens[at - 1].text in ("!", "?")
        known = subject.kind == "name" and subject.name is not None and subject.name.person is not None
        ends = subject.last >= stop or not self.tokens[subject.last].word or self.tokens[subject.last].lower in _STOPS
        return Frame(at, subject, at, subject.last) if ends and (known or exclaimed) else None

    def heard(self, at: int, stop: int) -> Frame | None:
        """`…» kunne man høre Berg si`: an infinitive right behind its subject."""
        for place in range(at + 1, min(stop, at + 10)):
            if self.tokens[place].lower in ("si", "säga", "sige", "say") and self.is_cue(place):
                subject = self._ending_at(at, place)
                return Frame(place, subject, at, place + 1) if subject and subject.kind == "name" else None
        return None

    def straight(self, at: int, stop: int) -> Frame | None:
        """`she said`, `John Smith, president of the club, told reporters`, `a spokesman for the club said`."""
        subject = self.subject(at, stop)
        if not subject:
            return None
        end = self.sentence_end(at, stop)
        cue = self._cue_after(subject.last, end)
        if cue is None and subject.kind == "name":
            subject = self._name_behind(subject, end)
            cue = self._cue_after(subject.last, end) if subject else None
        return Frame(cue, subject, at, max(cue + 1, subject.last)) if cue is not None and subject else None

    def _name_behind(self, subject: Subject, end: int) -> Subject | None:
        """`Monroe campaign manager Robby Dale said`: the first name only says whose manager the second one is."""
        for at in range(subject.last, min(end, subject.last + 5)):
            name = self.cast.name_at.get(at)
            if name:
                return Subject(subject.first, name.last, "name", name) if cues.role_head(self.tokens[at - 1].lower) else None
            if not self.tokens[at].word or self.tokens[at].lower in _OF | _GOVERNING:
                return None
        return None

    def _cue_after(self, at: int, end: int) -> int | None:
        """The verb right behind a subject, or behind an apposition between commas or in brackets."""
        start = at
        while at < end and self.tokens[at].lower in cues.ADVERBS:
            at += 1
        if at < end and self.is_cue(at):
            return at
        at = start
        if at >= end or self.tokens[at].text not in ",(":
            return None
        closing = ")" if self.tokens[at].text == "(" else ","
        for place in range(at + 1, min(end, at + _REACH)):
            if self.tokens[place - 1].text == closing and self.is_cue(place):
                return place
            if (
                self.tokens[place - 1].text == closing
                and place + 1 < end
                and self.tokens[place].lower in cues.ADVERBS
                and self.is_cue(place + 1)
            ):
                return place + 1
        return None

    def before(self, start: int, stop: int) -> Frame | None:
        """The frame in `tokens[start:stop]`, which ends where a quotation begins."""
        if start >= stop:
            return None
        end = stop
        while end > start and self.tokens[end - 1].text in ",:–—-":
            end -= 1
        colon = any(token.text == ":" for token in self.tokens[end:stop])
        for at in range(end - 1, max(start, end - _REACH) - 1, -1):
            if self.is_cue(at) or self.tokens[at].lower in cues.NAMING:
                subject = self._around(start, at, end)
                if subject or self.tokens[at].lower in cues.TELLING:
                    return Frame(at, subject or Subject(at, at + 1, "unknown"), start, stop)
        source = self.source(start, end)
        if source:
            return source
        if colon:
            subject = self.topic(start, end)
            return Frame(None, subject, start, stop) if subject else None
        return None

    def _around(self, start: int, cue: int, stop: int) -> Subject | None:
        """The subject of a verb in the middle of a sentence: right before it, right behind it, or the sentence's own."""
        if self.tokens[cue].lower in cues.IMPERSONAL:
            return Subject(cue + 1, cue + 2, "impersonal")
        left = self._ending_at(start, cue)
        if left:
            return left
        has_object = self.tokens[cue].lower in cues.TELLING | cues.NAMING      # "called the mayor “a liar”"
        right = self.subject(cue + 1, stop) if cue + 1 < stop else None
        if right and not has_object and self._ends_there(right, stop):
            return right
        topic = self._topic_of(start, cue)
        if topic is None and right and self.tokens[cue].lower not in cues.TELLING:
            named = right.name is not None and right.name.person is not None
            return right if named or self._ends_there(right, stop) else None
        return topic

    def _topic_of(self, start: int, cue: int) -> Subject | None:
        topic = self.topic(start, cue)
        if topic and any(self.is_cue(at) for at in range(topic.last, cue)):
            joined = any(self.tokens[at].lower in _JOINING for at in range(topic.last, cue))
            return topic if joined else None      # "Police said the driver, a man of 40, told …"
        return topic

    def _ends_there(self, subject: Subject, stop: int) -> bool:
        """Whether a subject behind its verb is followed by what follows one, and not by a verb of its own."""
        if subject.kind == "first" or subject.last >= stop:
            return True
        after = self.tokens[subject.last]
        return not after.word or after.lower in cues.CLAUSE | _STOPS | _OF | _GOVERNING | cues.ADVERBS

    def _ending_at(self, start: int, cue: int) -> Subject | None:
        at = cue - 1
        while at > start and self.tokens[at].lower in cues.ADVERBS:
            at -= 1
        if at < start:
            return None
        token = self.tokens[at]
        if token.lower in cues.THIRD:
            return Subject(at, at + 1, "pronoun")
        if token.lower in cues.FIRST or token.text == "I":
            return Subject(at, at + 1, "first")
        for first in range(at, max(start, at - 5) - 1, -1):
            name = self.cast.name_at.get(first)
            if name and name.last == at + 1:
                if self._is_governed(first, start):
                    return None
                return Subject(first, at + 1, "name", name)
        if token.word and token.text.islower() and (cues.role_head(token.lower) or token.lower in cues.COLLECTIVE):
            first = at
            while (
                first > start
                and self.tokens[first - 1].word
                and self.tokens[first - 1].lower not in cues.ADVERBS
                and at - first < 3
                and self.tokens[first].lower not in cues.ARTICLES | cues.INDEFINITE
            ):
                first -= 1
            return self.subject(first, cue) or self._noun(at, at + 1)
        return None

    def _is_governed(self, at: int, start: int) -> bool:
        """Whether a preposition stands before the name, or before the name it is joined to (`i Møre og Romsdal`)."""
        while at > start + 1 and self.tokens[at - 1].lower in _JOINING:
            joined = next((name for first in range(at - 2, max(start, at - 5) - 1, -1)
                           if (name := self.cast.name_at.get(first)) and name.last == at - 1), None)
            if joined is None:
                break
            at = joined.first
        return at > start and self.tokens[at - 1].lower in _OF | _GOVERNING

    def topic(self, start: int, stop: int) -> Subject | None:
        """The subject of a sentence whose verb is farther off: a pronoun near the end, or a name that opens a clause."""
        for at in range(stop - 1, max(start, stop - _REACH) - 1, -1):
            if self.tokens[at].lower in cues.FEMALE | cues.MALE:
                return Subject(at, at + 1, "pronoun")
        for at in range(start, min(stop, start + _REACH)):
            name = self.cast.name_at.get(at)
            if (
                name
                and not name.genitive
                and not name.credit
                and name.last <= stop
                and self._opens_clause(at, start)
                and not (name.last < len(self.tokens) and self.tokens[name.last].text == ":")
            ):
                return Subject(at, name.last, "name", name)
        return self.subject(start, stop) if start < stop and self.tokens[start].word else None

    def _opens_clause(self, at: int, start: int) -> bool:
        """Whether a noun phrase here is likely a subject: at the front, behind a comma or a verb; its role may precede it."""
        if at > start and (
            cues.role_head(self.tokens[at - 1].lower) or self.tokens[at - 1].lower.endswith(("ske", "ska"))
        ):
            at -= 1
        if at <= start + 1 and not (at > start and self.tokens[at - 1].lower in _OF | _GOVERNING):
            return True
        before = self.tokens[at - 1]
        return (
            before.text in (",", "-")
            or (
                before.text.islower()
                and before.lower not in _OF | _GOVERNING | cues.ARTICLES
                and cues.looks_finite(before.text)
            )
            or before.lower in _RATHER_VERBS
            or before.lower in ("but", "men", "at", "att")
        )

    def source(self, start: int, stop: int) -> Frame | None:
        """`enligt X`, `ifølge X`, `according to X` anywhere in the run."""
        for at in range(start, stop):
            token = self.tokens[at]
            if token.lower not in cues.SOURCE:
                continue
            place = at + 1
            if token.lower == "according":
                if place >= stop or self.tokens[place].lower != "to":
                    continue
                place += 1
            subject = self.subject(place, stop)
            if subject:
                return Frame(at, subject, at, subject.last)
        return None

    def subject(self, at: int, stop: int) -> Subject | None:
        """The noun phrase that begins here."""
        hops = 0
        while (
            at < stop and self.tokens[at].lower in cues.ADVERBS and hops < 4 and self.tokens[at].lower not in cues.THIRD
        ):
            at += 1
            hops += 1
        if at >= stop:
            return None
        token = self.tokens[at]
        if token.lower in cues.FIRST or token.text == "I":
            return Subject(at, at + 1, "first")
        if token.lower in cues.MANY and at + 1 < stop and self._noun_follows(at + 1):
            return self._phrase(at, stop)
        if token.lower in cues.THIRD:
            return Subject(at, at + 1, "pronoun")
        name = self.cast.name_at.get(at)
        if name and name.last <= stop:
            return self._named(name, stop)
        return self._phrase(at, stop)

    def _noun_follows(self, at: int) -> bool:
        token = self.tokens[at]
        return (
            token.word
            and token.text.islower()
            and (
                cues.role_head(token.lower) is not None
                or token.lower in cues.COLLECTIVE
                or token.lower.endswith(("ene", "erna", "arna", "orna", "erne", "ande", "ende"))
            )
        )

    def _named(self, name: Name, stop: int) -> Subject | None:
        at = name.last
        owner = name.genitive or name.words[-1].lower().endswith("s")
        if owner and at < stop and self.tokens[at].word and self.tokens[at].text.islower() and not self.is_cue(at):
            owned = self._phrase(at, stop)
            if owned and owned.kind != "first":
                return Subject(name.first, owned.last, "name" if owned.name else "role", owned.name)
            if name.genitive or (name.person is None and self.tokens[at].lower not in cues.ADVERBS | _STOPS | _OF):
                return None
        if name.person is None and at < stop and self.tokens[at].text[0].isdigit():  # "TV 2s Jesper Berg"
            at += 1
        other = self.cast.name_at.get(at)
        if name.person is None and other and other.last <= stop:  # "Arbeiderpartiet Jonas Berg"
            return Subject(other.first, other.last, "name", other)
        if (
            name.person is None
            and at < stop
            and self.tokens[at].text.islower()
            and not self.is_cue(at)
            and at == name.last
            and (
                name.words[-1].lower().endswith(("sk", "ska", "ske", "norges", "sveriges", "danmarks"))
                or cues.is_body(self.tokens[at].lower)
            )
        ):
            return Subject(name.first, at + 1, "described")
        if at > name.last:
            return Subject(name.first, at, "described")
        if (
            at + 1 < stop
            and self.tokens[at].lower in _JOINING
            and (second := self.cast.name_at.get(at + 1))
            and second.last <= stop
        ):
            return Subject(name.first, second.last, "described")
        return Subject(name.first, name.last, "name", name)

    def _phrase(self, start: int, stop: int) -> Subject | None:
        """A subject in common nouns: `prostiprest Odd Eidner`, `meteorologen`, `daglig leder i X på Røros, Erik Berg`."""
        role: int | None = None
        at = start
        while at < min(stop, start + 16):
            token = self.tokens[at]
            if token.lower in cues.POSSESSING_FIRST:
                return Subject(start, at + 1, "first")
            name = self.cast.name_at.get(at)
            if name and name.last <= stop:
                found = self._in_phrase(start, at, name, role)
                if found:
                    return found
                at = name.last
                continue
            if token.text == "," or token.text in TERMINAL or token.text in "():;":
                following = self._name_after_comma(at, stop) if token.text == "," else None
                enclosed = following and (following.last >= stop or self.tokens[following.last].text == ",")
                known = following and (following.person is not None or len(following.words) > 1 or enclosed)
                if following and known and role is not None and following.last <= stop:
                    return Subject(start, following.last, "name", following)
                break
            if at > start and self.is_cue(at) and not cues.role_head(token.lower):
                break
            if role is None and cues.role_head(token.lower) and token.word:
                role = at
            elif (
                role is None
                and token.lower in _STOPS
                and at > start
                and token.lower not in _OF
                and self.tokens[at - 1].text != "-"
            ):
                break
            at += 1
        return self._noun(start, at, role)

    def _name_after_comma(self, at: int, stop: int) -> Name | None:
        """`daglig leder i X, Erik Berg` and `Bergs forsvarer, advokat Jon Lie`."""
        for place in range(at + 1, min(stop, at + 4)):
            name = self.cast.name_at.get(place)
            if name:
                return name
            if not (self.tokens[place].text.islower() and (cues.role_head(self.tokens[place].lower) or place < at + 3)):
                return None
        return None

    def _in_phrase(self, start: int, at: int, name: Name, role: int | None) -> Subject | None:
        before = self.tokens[at - 1]
        if role is not None and (
            at - 1 == role or (before.lower not in _OF and name.person is not None and not self._described_by(start))
        ):
            return Subject(start, name.last, "name", name)
        if (
            role is None
            and (name.person is not None or (len(name.words) > 1 and at == start + 1))
            and before.lower not in _OF | _GOVERNING | _STOPS
            and at - start <= 3
        ):
            return Subject(start, name.last, "name", name)
        return None

    def _described_by(self, at: int) -> bool:
        return self.tokens[at].lower in cues.INDEFINITE

    def _noun(self, start: int, stop: int, role: int | None = None) -> Subject | None:
        """A subject without a name: a role (`meteorologen`), or a description (`en talesperson for klubben`)."""
        if stop <= start or not self.tokens[start].word:
            return None
        end = start + 1
        particles = cues.SPLIT.get(self.tokens[start - 1].lower, frozenset()) if start else frozenset()
        while (
            end < stop
            and self.tokens[end].lower not in _STOPS | particles
            and self.tokens[end].text not in '"”“»«'
            and not self.is_cue(end)
        ):
            end += 1
        end = next((at for at in range(start + 1, end) if self._is_clause_word(at)), end)
        words = self.tokens[start:end]
        head = next((at for at in range(start, end) if cues.role_head(self.tokens[at].lower)), None)
        first = words[0]
        collective = any(token.lower in cues.COLLECTIVE for token in words)
        if first.lower in cues.INDEFINITE:
            plural = first.lower not in ("en", "ett", "ei", "et", "a", "an")
            spoken = plural or self.is_cue(start - 1) if start else plural
            return (
                Subject(start, end, "described")
                if (spoken or head is not None or collective) and end > start + 1
                else None
            )
        if head is not None:
            article = first.lower in cues.ARTICLES or first.lower in cues.POSSESSIVE
            if article or cues.is_definite(self.tokens[head].lower) or self.tokens[head].lower.endswith(("s", "e")):
                return Subject(start, max(head + 1, end if article else head + 1), "role")
            return Subject(start, end, "described")
        if collective:
            return Subject(start, end, "described")
        if (first.lower in cues.FUNCTION and first.lower not in cues.ARTICLES) or not first.text.islower():
            return None
        plain = len(words) == 1 or (first.lower in cues.ARTICLES and len(words) <= 4)
        return Subject(start, end, "role") if plain and cues.is_epithet(words[-1].lower) and words[-1].word else None

    def _is_clause_word(self, at: int) -> bool:
        """A finite verb or a pronoun: the noun phrase has ended."""
        token = self.tokens[at]
        return (
            token.lower in _RATHER_VERBS or token.lower in cues.THIRD or token.text in ",:;()" or token.text in TERMINAL
        )

    def shown(self, at: int, stop: int) -> Frame | None:
        """`Det säger Anna Berg`: a sentence that hands what stands before it to its speaker."""
        if (
            at + 2 >= stop
            or self.tokens[at].lower not in _SHOWING
            or not self.tokens[at].capital
            or not self.is_cue(at + 1)
        ):
            return None
        frame = self.inverted(at + 1, stop)
        if frame is None or frame.subject is None or frame.subject.kind in ("first", "impersonal", "described"):
            return None
        return Frame(frame.cue, frame.subject, at, frame.last)


def is_border(text: str) -> bool:
    """Whether a frame can begin behind this mark."""
    return text in ",!?…»”\"“’''" or text in ("...", "..") or text in DASHES
