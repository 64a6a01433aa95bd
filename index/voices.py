"""Who is meant by the subjects of frames: surnames, roles, pronouns and silence, resolved to the people of the article.

Statements are taken in reading order, since a pronoun points back. Where more than one person fits, or none, it is nobody:
a missing speaker is better than a wrong one.
"""

import bisect
from dataclasses import dataclass, replace

from index import cues
from index.frames import Frames, Subject
from index.marks import is_mark
from index.people import PREPOSITIONS, Cast, Name
from index.statements import Statement

_LOOK_BACK = 60  # names to look back for whom a pronoun means
_LINES_BACK = 6  # lines to look back for the same


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str | None = None
    role: str | None = None
    member: int | None = None
    introduced: Name | None = None
    words: tuple[int, int] | None = None  # tokens, where no Name stands for the speaker


_NOBODY = Speaker()


class Voices:
    """Resolves subjects to people, statement by statement, remembering who spoke last."""

    def __init__(self, cast: Cast, statements: list[Statement]) -> None:
        self.cast = cast
        self.frames = Frames(cast)
        self.tokens = cast.tokens
        spoken = bytearray(len(self.tokens))
        for statement in statements:
            if statement.kind == "direct":
                spoken[statement.first : statement.last] = b"\1" * (statement.last - statement.first)
        self.spoken = spoken
        self.named = [
            name for name in cast.names if name.person is not None and not name.credit and not spoken[name.first]
        ]
        self.places = [name.first for name in self.named]
        self.last = _NOBODY
        self.heard: set[int | None] = set()
        self.at = -1  # token of the last statement
        self.until = -1  # token where it ended

    def speaker(self, statement: Statement) -> Speaker:
        found = self._speaker(statement)
        self.heard.add(found.member)
        if statement.frame is not None or found.name is not None:
            self.last = found
            edge = statement.last
            if statement.frame and statement.frame.subject:
                edge = max(edge, statement.frame.subject.last)
            self.until = max(self.until, edge)
        return found

    def _speaker(self, statement: Statement) -> Speaker:
        if statement.linked:
            return self.last
        frame = statement.frame
        if frame is None or frame.subject is None:
            return self._unframed(statement)
        resolve = {
            "name": self._by_name,
            "pronoun": self._by_pronoun,
            "role": self._by_role,
            "described": self._by_description,
            "impersonal": self._by_paper,
        }.get(frame.subject.kind)
        return resolve(frame.subject, statement) if resolve else _NOBODY

    def member(self, at: int) -> Speaker:
        member = self.cast.members[at]
        return Speaker(member.name, member.role, at, member.introduced)

    def _by_name(self, subject: Subject, statement: Statement) -> Speaker:
        name = subject.name
        assert name is not None
        if name.person is not None:
            return self.member(name.person)
        several = self.cast.who(name.words)
        if several:
            return self.last if self.last.member in several else _NOBODY
        return Speaker(" ".join(name.words), None, None, None, (name.first, name.last))

    def _by_description(self, subject: Subject, statement: Statement) -> Speaker:
        after = subject.last + 1
        if (
            self.tokens[subject.last - 1].lower in cues.USERNAME
            and after < len(self.tokens)
            and is_mark(self.tokens[after - 1])
        ):
            return Speaker(self.tokens[after].text, None, None, None, (after, after + 1))
        text = self.cast.text[self.tokens[subject.first].start : self.tokens[subject.last - 1].end]
        return Speaker(text, None, None, None, (subject.first, subject.last))

    def _by_paper(self, subject: Subject, statement: Statement) -> Speaker:
        """`heter det i en pressemelding fra X`, `står det på deres nettsider` (theirs who were named just before)."""
        frame = statement.frame
        assert frame is not None
        end = frame.last
        owned = False
        while end < len(self.tokens) and self.tokens[end].sentence == self.tokens[frame.last - 1].sentence:
            name = self.cast.name_at.get(end)
            if name and self.tokens[end - 1].lower in ("fra", "från", "from", "av", "til", "till"):
                meant = self.frames.subject(end, len(self.tokens))
                meant = meant if meant and meant.name else Subject(name.first, name.last, "name", name)
                return self._by_name(meant, statement)
            owned = owned or self.tokens[end].lower in cues.POSSESSIVE
            end += 1
        begin = statement.first - 1
        while (
            begin > 0
            and not self.tokens[begin - 1].word
            and self.tokens[begin].line == self.tokens[statement.first].line
        ):
            begin -= 1
        line = self.tokens[statement.first].line
        opening = self._line_start(line - 1)
        before = [
            name
            for name in self.cast.names
            if self.tokens[name.first].line == line - 1
            and not self.spoken[name.first]
            and (name.first == opening or self.tokens[name.first - 1].lower in cues.SOURCE)
        ]
        if (owned or frame.last >= end - 1) and before:
            meant = self.frames.subject(before[-1].first, len(self.tokens))
            if meant and meant.kind in ("name", "described"):
                return self._by_name(meant, statement) if meant.name else self._by_description(meant, statement)
        return _NOBODY

    def _line_start(self, line: int) -> int:
        return bisect.bisect_left(self.tokens, line, key=lambda token: token.line)

    def _by_role(self, subject: Subject, statement: Statement) -> Speaker:
        """`meteorologen`, `den franske presidenten`: the one whose role it is; of several the last speaker, or nobody."""
        words = [self.tokens[at].lower for at in range(subject.first, subject.last)]
        head = next((word for word in words if cues.role_head(word)), None)
        if head is None:
            return self._by_epithet(subject)
        fitting = self._bearers(cues.basic(head))
        nation = self._nationality(subject)
        if nation:
            fitting = [at for at in fitting if any(word in (self.cast.members[at].role or "").lower() for word in nation)]
        if len(fitting) == 1:
            return self.member(fitting[0])
        if nation:
            return _NOBODY
        if fitting:
            return self.last if self.last.member in fitting else _NOBODY
        if self._is_only_one(cues.role_gender(head)):
            return self.last
        nobody_named = not self.places or self.places[0] > subject.first
        return self._by_description(subject, statement) if nobody_named else _NOBODY

    def _bearers(self, role: str) -> list[int]:
        """The members of whom the article tells this role; of a king or a pope, the name tells it."""
        return [at for at, member in enumerate(self.cast.members)
                if self._fits(role, f"{member.role or ''} {member.words[0] if member.words[0] in cues.REGAL else ''}")]

    def _nationality(self, subject: Subject) -> list[str]:
        tokens = self.tokens[subject.first:subject.last]
        return [token.lower for place, token in enumerate(tokens)
                if token.lower.endswith(("ske", "ska")) or (place > 0 and token.capital and "-" not in token.text)]

    def _is_only_one(self, gender: cues.Gender | None) -> bool:
        """Whether the last speaker is the only one named whom a role of this gender, told of nobody, can mean."""
        if self.last.member is None:
            return False
        everyone = {name.person for name in self.named}
        if len(everyone) == 1 and self.cast.members[self.last.member].role is None:
            return True
        same = {at for at in everyone if at is not None and self.cast.members[at].gender == gender}
        return gender is not None and same == {self.last.member}

    @staticmethod
    def _fits(wanted: str, role: str) -> bool:
        parts = role.replace("-", " ").split()
        return any(
            basic == wanted or basic.endswith(wanted) or (wanted.endswith(basic) and cues.role_head(basic))
            for word in parts
            if cues.role_head(word)
            for basic in (cues.basic(word),)
        )

    def _by_epithet(self, subject: Subject) -> Speaker:
        """`sier nordmannen`, `26-åringen`: the last speaker, unless somebody else has been named since."""
        since = bisect.bisect_left(self.places, self.until)
        others = {name.person for name in self.named[since : bisect.bisect(self.places, subject.first)]}
        if self.last.member is not None and others <= {self.last.member}:
            return self.last
        if self.last.name is None and self.until < 0 and len({name.person for name in self.named}) == 1:
            return self.member(next(iter(others))) if others else _NOBODY  # type: ignore[arg-type]
        return _NOBODY

    def _by_pronoun(self, subject: Subject, statement: Statement) -> Speaker:
        word = self.tokens[subject.first].lower
        if word in cues.MANY:
            return _NOBODY
        gender: cues.Gender | None = "f" if word in cues.FEMALE else "m" if word in cues.MALE else None
        return self._meant(subject.first, gender, statement)

    def _meant(self, at: int, gender: cues.Gender | None, statement: Statement) -> Speaker:
        """Whom a pronoun means: the subject of the nearest sentence that names somebody who agrees, or the last speaker."""
        end = bisect.bisect_left(self.places, min(at, max(statement.first, self.until)) if statement.first < at else at)
        stop = max(0, end - _LOOK_BACK)
        fallback: int | None = None
        line = self.tokens[at].line
        while end > stop and (line - self.tokens[self.named[end - 1].first].line <= _LINES_BACK):
            sentence = self.tokens[self.named[end - 1].first].sentence
            begin = end
            while begin > stop and self.tokens[self.named[begin - 1].first].sentence == sentence:
                begin -= 1
            group = self.named[begin:end]
            end = begin
            if self._agrees(self.last.member, gender) and group[0].first < self.until:
                return self.last
            fitting = [name for name in group if self._agrees(name.person, gender)]
            if not fitting:
                continue
            if self._goes_on_about(group[0], gender) and fallback is None:
                fallback = fitting[0].person
                continue
            if all(self._governed(name) for name in fitting) and self._agrees(self.last.member, gender):
                fallback = fallback if fallback is not None else fitting[0].person
                continue
            if self._together(fitting):
                return _NOBODY
            chosen = self._subject_of(fitting, gender)
            return self.member(chosen) if chosen is not None else _NOBODY
        if self._agrees(self.last.member, gender):
            return self.last
        return self.member(fallback) if fallback is not None else _NOBODY

    def _agrees(self, member: int | None, gender: cues.Gender | None) -> bool:
        return member is not None and (gender is None or self.cast.members[member].gender in (None, gender))

    def _goes_on_about(self, name: Name, gender: cues.Gender | None) -> bool:
        """Whether a pronoun stands before the sentence's first name: then the sentence is about the one before."""
        at = name.first - 1
        sentence = self.tokens[name.first].sentence
        while at >= 0 and self.tokens[at].sentence == sentence and name.first - at < 25:
            if (
                self.tokens[at].lower in (cues.FEMALE if gender == "f" else cues.MALE if gender == "m" else cues.THIRD)
                and not self.spoken[at]
            ):
                return True
            at -= 1
        return False

    def _subject_of(self, fitting: list[Name], gender: cues.Gender | None) -> int | None:
        exact = [name for name in fitting if gender and self.cast.members[name.person or 0].gender == gender] or fitting
        free = [name for name in exact if not name.genitive] or exact
        return free[0].person

    def _governed(self, name: Name) -> bool:
        """Whether a preposition stands before the name, or it is a possessive: then it is no subject."""
        return name.genitive or (name.first > 0 and self.tokens[name.first - 1].lower in PREPOSITIONS)

    @staticmethod
    def _together(names: list[Name]) -> bool:
        """`Anna Lind og Karin Strøm`: two of whom a pronoun could mean either."""
        return len(names) > 1 and names[0].person != names[1].person and names[1].first == names[0].last + 1

    def _begins_line(self, statement: Statement) -> bool:
        at = statement.first - 1
        return at <= 0 or self.tokens[at - 1].line != self.tokens[statement.first].line

    def _spoke_just_before(self, statement: Statement) -> bool:
        return self.until > 0 and self.tokens[statement.first].line - self.tokens[self.until - 1].line <= 2

    def _may_speak(self, name: Name) -> bool:
        """Whether a person merely named before a quotation is likely its speaker: one who is new, spoke, or is said to."""
        if self.last.name is None or name.person in self.heard:
            return True
        first = self.cast.members[name.person or 0].mentions[0]
        after = [token.lower for token in self.tokens[name.last : name.last + 8]]
        before = self.tokens[name.first - 1].lower if name.first else ""
        return first is name or before in cues.DIRECT or any(word in cues.DIRECT for word in after)

    def _unframed(self, statement: Statement) -> Speaker:
        """The person just introduced, or else the speaker before."""
        if not statement.dashed and self._begins_line(statement) and not self._spoke_just_before(statement):
            return _NOBODY
        end = bisect.bisect_left(self.places, statement.first)
        begin = bisect.bisect_left(self.places, max(self.until, 0))
        since = self.named[begin:end]
        if since:
            sentence = self.tokens[since[-1].first].sentence
            group = [name for name in since if self.tokens[name.first].sentence == sentence and not name.genitive]
            near = self.tokens[statement.first].sentence - sentence <= 3
            crowd = len({name.person for name in group}) > 1 and self.last.name is None
            if group and near and not crowd and not self._goes_on_about(group[0], None) and self._may_speak(group[0]):
                return self.member(group[0].person or 0)
        if self.last.name is not None and statement.first - self.until < 150:
            return replace(self.last)
        return _NOBODY
