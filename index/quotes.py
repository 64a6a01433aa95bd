"""Who said what in an article: quotations and indirect statements with their speakers. Rules only, no model.

First every statement is found with the frame beside it, then the frames' subjects are resolved in reading order to the
people whom the article introduces. Where that leaves more than one, or none, the speaker is None.
"""

import bisect
from dataclasses import dataclass, replace

from index import cues
from index.article import Article, Quote, QuoteKind
from index.frames import Frame, Frames, Subject, is_border
from index.marks import Marked, dash, is_mark, marked
from index.people import Cast, Name, place
from index.tokens import DASHES, TERMINAL, visible

_STRONG = frozenset({"name", "pronoun", "role"})
_LOOK_BACK = 60       # names to look back for whom a pronoun means
_LINES_BACK = 6       # lines to look back for the same
_TITLED = cues._words(
    "såkalte såkalt såkallade såkallat kallade kallad kalt kalte kaldt called so-called known dubbed nicknamed titled entitled named tittelen",
    "titeln boken boka bogen filmen låten låta låta serien book film movie song album show series single ordet begrepet begreppet word",
    "term phrase programmet program podkasten podden magasinet tidsskriftet romanen novel play singelen albumet navnet namnet name tv-serien",
    "heter hette hedder het smeknamnet nickname",
)
_REFLEXIVE = cues._words("seg sig himself herself itself themselves")
_INFINITIVES = cues._words("si säga say sige svara svare seie saying")
_NEGATIONS = cues._words("inte ikke ikkje not never aldri aldrig aldrin")


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is said, `tokens[first:last]`, and how it is framed. `linked`: by the speaker of the statement before it."""

    first: int
    last: int
    kind: QuoteKind
    frame: Frame | None = None
    linked: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str | None = None
    role: str | None = None
    member: int | None = None
    introduced: Name | None = None
    words: tuple[int, int] | None = None      # tokens, where no Name stands for the speaker


_NOBODY = _Speaker()


def quotes(article: Article) -> tuple[Quote, ...]:
    """Every statement of the article in order of its place, direct and indirect, each with the speaker it names.

    `quote` leaves out the marks, the dash, the frame and the comma before it. Time is linear in the article's length.
    """
    text, origin = visible(article.text)
    cast = Cast(text)
    found = _Finder(cast).statements()
    voices = _Voices(cast, found)
    told = []
    for statement in found:
        speaker = voices.speaker(statement)
        if statement.kind == "indirect" and speaker.name is None and not _may_be_left_open(statement):
            continue
        told.append(_as_quote(article, cast, origin, statement, speaker))
    return tuple(sorted(told, key=lambda quote: (quote.start, quote.end)))


def _as_quote(article: Article, cast: Cast, origin: list[int] | None, statement: _Statement, speaker: _Speaker) -> Quote:
    start, end = cast.tokens[statement.first].start, cast.tokens[statement.last - 1].end
    if origin is not None:
        start, end = origin[start], origin[end - 1] + 1
    words: tuple[int, int] | None = None
    if speaker.introduced is not None:
        words = place(cast, speaker.introduced, origin)
    elif speaker.words is not None:
        words = cast.tokens[speaker.words[0]].start, cast.tokens[speaker.words[1] - 1].end
        words = words if origin is None else (origin[words[0]], origin[words[1] - 1] + 1)
    cue = cast.tokens[statement.frame.cue].text if statement.frame and statement.frame.cue is not None else None
    return Quote(article.id, start, end, article.text[start:end], speaker.name, speaker.role, cue, statement.kind,
                 words[0] if words else None, words[1] if words else None)


def _may_be_left_open(statement: _Statement) -> bool:
    """An indirect statement without a speaker is worth keeping only where the article has one in mind."""
    return statement.frame is not None and statement.frame.subject is not None and statement.frame.subject.kind in ("pronoun", "name")


class _Finder:
    """Finds the statements of a text, not yet whose they are."""

    def __init__(self, cast: Cast) -> None:
        self.tokens = cast.tokens
        self.frames = Frames(cast)
        self.found: list[_Statement] = []
        self.spoken = bytearray(len(self.tokens) + 1)      # inside a quotation, headline or question
        self.open = False                                  # the line before ended inside a quotation
        self.lines = self._lines()

    def statements(self) -> list[_Statement]:
        for number in range(len(self.lines)):
            self._read_line(number)
        self._read_indirect()
        return sorted(self.found, key=lambda statement: statement.first)

    def _lines(self) -> list[tuple[int, int]]:
        borders = [at for at, token in enumerate(self.tokens) if at == 0 or token.line != self.tokens[at - 1].line]
        lines = list(zip(borders, [*borders[1:], len(self.tokens)], strict=True))
        joined: list[tuple[int, int]] = []
        for start, stop in lines:      # a line that opens in lower case goes on with the one before
            if joined and self.tokens[start].text[0].islower() and self.tokens[start - 1].text not in TERMINAL:
                joined[-1] = (joined[-1][0], stop)
            else:
                joined.append((start, stop))
        return joined

    def _add(self, first: int, last: int, frame: Frame | None, *, linked: bool = False, dashed: bool = False) -> bool:
        while last > first and self.tokens[last - 1].text in (",", *DASHES):
            last -= 1
        if last - first > 2 and is_mark(self.tokens[first]) and is_mark(self.tokens[last - 1]) and len(marked(self.tokens, first, last)) == 1:
            first, last = first + 1, last - 1
            while last > first and self.tokens[last - 1].text == ",":
                last -= 1
        while first < last and self.tokens[first].text in ",.;:":
            first += 1
        if not any(token.word for token in self.tokens[first:last]):
            return False
        self.found.append(_Statement(first, last, "direct", frame, linked, dashed))
        self._silence(first, last)
        return True

    def _silence(self, first: int, last: int) -> None:
        self.spoken[first:last] = b"\1" * (last - first)

    def _read_line(self, number: int) -> None:
        start, stop = self.lines[number]
        at = start
        was_open, self.open = self.open, False
        if dash(self.tokens, start, stop) is not None:
            at = self._read_dash(start, stop, number)
        while at < stop:
            inner = next((k for k in range(at + 1, stop) if self.tokens[k - 1].text == ":" and dash(self.tokens, k, stop) is not None), None)
            self._read_marks(at, stop if inner is None else inner, number, was_open and at == start)
            if inner is None:
                return
            at = self._read_inner_dash(start, inner, stop)

    def _read_inner_dash(self, start: int, at: int, stop: int) -> int:
        """`Hun svarer: – Ja, det er sant.`"""
        closing = self._closing_frame(at + 1, stop)
        if closing:
            self._add(at + 1, closing.first, closing, dashed=True)
            return self.frames.sentence_end(closing.last, stop) + 1
        if self.tokens[stop - 1].text in TERMINAL and not self.tokens[at + 1].text[0].isdigit():
            begin = next((k for k in range(at - 1, start, -1) if self.tokens[k].sentence != self.tokens[k - 1].sentence), start)
            frame = self.frames.before(begin, at)
            if frame and frame.subject and frame.subject.kind != "first":
                self._add(at + 1, stop, frame, dashed=True)
        self._silence(at, stop)
        return stop

    def _read_dash(self, at: int, stop: int, number: int) -> int:
        """A paragraph that a dash opens: a quotation up to its frame. Returns where its narration begins."""
        first, linked = at + 1, False
        while True:
            closing = self._closing_frame(first, stop)
            if closing is None:
                self._read_unframed(first, stop, number, linked)
                return stop
            self._add(first, closing.first, closing, dashed=True)
            end = self.frames.sentence_end(closing.last - 1, stop)
            resumed = self._resumed(closing, end)
            if resumed:
                later = self._closing_frame(resumed, stop)
                self._add(resumed, later.first if later else stop, later, linked=later is None, dashed=True)
                if not later:
                    return stop
                end = self.frames.sentence_end(later.last - 1, stop)
            while end < stop and self.tokens[end].text in TERMINAL:
                end += 1
            if end < stop and dash(self.tokens, end, stop) is not None:
                first, linked = end + 1, True
                continue
            return min(closing.last if not resumed else end, stop)

    def _resumed(self, frame: Frame, end: int) -> int | None:
        """`– Nei, sier hun, det tror jeg ikke.` The first person shows that it is she who goes on."""
        at = frame.last
        if at >= end or self.tokens[at].text != ",":
            return None
        rest = self.tokens[at + 1:end]
        if any(token.lower in cues.SELF or token.text == "I" for token in rest) and rest[0].lower not in ("og", "och", "and", "som", "men", "when", "who"):
            return at + 1
        return None

    def _closing_frame(self, first: int, stop: int) -> Frame | None:
        """The frame behind what begins at `first`: the first one with a named speaker, or the last with any."""
        inside = {k for run in marked(self.tokens, first, stop) if run.closer for k in range(run.first, run.last)}
        strong: Frame | None = None
        weak: Frame | None = None
        for at in range(first + 1, stop):
            token, before = self.tokens[at], self.tokens[at - 1]
            if strong and token.sentence != self.tokens[strong.first].sentence:
                break
            if at in inside:
                continue
            frame = None
            if before.text in TERMINAL and token.capital:
                frame = self.frames.shown(at, stop)
                frame = frame if frame and self.frames.sentence_end(at, stop) + 2 >= stop else None
            elif is_border(before.text) or (before.text in TERMINAL and token.text.islower()):
                frame = self.frames.inverted(at, self.frames.sentence_end(at, stop))
            if frame is None or frame.subject is None or frame.subject.kind == "first":
                continue
            if frame.subject.kind in _STRONG:
                strong = frame
            else:
                weak = frame
        return strong or weak or self._unlisted_frame(first, stop, inside)

    def _unlisted_frame(self, first: int, stop: int, inside: set[int]) -> Frame | None:
        for at in range(first + 1, stop):
            if is_border(self.tokens[at - 1].text) and at not in inside:
                frame = self.frames.inverted(at, self.frames.sentence_end(at, stop), loose=True)
                if frame and not self.frames.is_cue(at):
                    return frame
        return None

    def _read_unframed(self, first: int, stop: int, number: int, linked: bool) -> None:
        """A dash paragraph without a frame: a headline, a question put, a bullet, or a quotation that goes on."""
        self._silence(first, stop)
        if linked:
            self._add(first, stop, None, linked=True, dashed=True)
            return
        shown = self._shown_below(number)
        if shown:
            self._add(first, stop, shown, dashed=True)
            return
        if (self.tokens[stop - 1].text not in TERMINAL and not is_mark(self.tokens[stop - 1])) or number == 0:
            return
        words = self.tokens[first:stop]
        if self.tokens[stop - 1].text == "?" and self._dash_line(number + 1) and len({token.sentence for token in words}) <= 2:
            return
        if self._is_list(number) or self.tokens[first].text[0].isdigit():
            return
        self._add(first, stop, None, dashed=True)

    def _shown_below(self, number: int) -> Frame | None:
        """`Det sier Kari Moe til avisen.` as the line under a quotation."""
        if number + 1 >= len(self.lines):
            return None
        start, stop = self.lines[number + 1]
        return self.frames.shown(start, self.frames.sentence_end(start, stop))

    def _dash_line(self, number: int) -> bool:
        return 0 <= number < len(self.lines) and dash(self.tokens, *self.lines[number]) is not None

    def _is_list(self, number: int) -> bool:
        """Dash lines in a row of which none is framed and before which nobody spoke are bullets."""
        return (self._dash_line(number + 1) or self._dash_line(number - 1)) and not self.found

    def _read_marks(self, start: int, stop: int, number: int, was_open: bool) -> None:
        runs = marked(self.tokens, start, stop)
        for place_, run in enumerate(runs):
            left = start if place_ == 0 else (runs[place_ - 1].closer or runs[place_ - 1].last - 1) + 1
            right = stop if place_ + 1 == len(runs) else runs[place_ + 1].opener
            self._read_run(run, left, right, was_open and place_ == 0, number)

    def _read_run(self, run: Marked, left: int, right: int, continued: bool, number: int) -> None:
        if run.closer is None:
            self._read_unclosed(run, left, right, continued, number)
            return
        if self._is_compound(run.closer):
            return
        behind = self._frame_behind(run, right)
        if behind:
            self._take(run, behind)
            return
        ahead = self._frame_ahead(run, left)
        if ahead and ahead.subject and ahead.subject.kind != "first":
            self._take(run, ahead)
        elif self._goes_on(run, left):
            self._take(run, None, linked=True)
        elif self._stands_alone(run, left):
            after = run.closer + 1
            shown = self._shown_below(number) if after >= self.lines[number][1] else self.frames.shown(after, self.frames.sentence_end(after, right))
            self._take(run, shown, linked=continued)
        elif self._is_sentence(run):
            self._silence(run.first, run.last)

    def _take(self, run: Marked, frame: Frame | None, linked: bool = False) -> None:
        self._add(run.first, run.last, frame, linked=linked)

    def _is_compound(self, closer: int) -> bool:
        """`«Vinterstudion»-programleder`: a title within a word."""
        return closer + 1 < len(self.tokens) and self.tokens[closer + 1].text in DASHES and \
            self.tokens[closer + 1].start == self.tokens[closer].end and self.tokens[closer + 1].text == "-"

    def _read_unclosed(self, run: Marked, left: int, right: int, continued: bool, number: int) -> None:
        closing = self._closing_frame(run.first, right)
        if closing is None:
            closing = next((frame for at in range(run.first + 1, right) if self.tokens[at - 1].text == ","
                            and (frame := self.frames.straight(at, self.frames.sentence_end(at, right))) is not None
                            and frame.subject is not None and frame.subject.kind != "first"), None)
        if closing:
            self._add(run.first, closing.first, closing)
            return
        opens_line = run.opener == self.lines[number][0]
        following = self.lines[number + 1][0] if number + 1 < len(self.lines) else None
        self.open = following is not None and is_mark(self.tokens[following]) and run.last == self.lines[number][1]
        ahead = self._frame_ahead(run, left)
        if ahead and ahead.subject and ahead.subject.kind != "first":
            self._add(run.first, run.last, ahead)
        elif opens_line and (self.open or continued):
            self._add(run.first, run.last, None, linked=continued)
        elif left < run.opener and self.open and self._stands_alone(run, left):
            self._add(run.first, run.last, None, linked=True)

    def _frame_behind(self, run: Marked, right: int) -> Frame | None:
        assert run.closer is not None
        at, last = run.closer + 1, self.tokens[run.last - 1].text
        if at >= right:
            return None
        parted = self.tokens[at].text in (",", *DASHES)
        at += parted
        if at >= right or (not self.tokens[at].word and not is_mark(self.tokens[at])):
            return None
        ready = parted or last in (",", "?", "!", "...", "…") or last in DASHES
        if last in (".", "…") and not parted and self.tokens[at].capital:
            return None
        end = self.frames.sentence_end(at, right)
        frame = self.frames.inverted(at, end)
        if frame is None and self.frames.is_cue(at) and self.tokens[at].lower not in cues.TELLING:
            return Frame(at, Subject(at, at + 1, "unknown"), at, end)
        if frame is None and ready:
            frame = self.frames.straight(at, end) or self.frames.inverted(at, end, loose=True)
        if frame is None:
            frame = self.frames.source(at, end) if self._source_at(at, end) else None
        if frame and frame.subject and frame.subject.kind == "first":
            return None
        return frame

    def _source_at(self, at: int, end: int) -> bool:
        return at < end and self.tokens[at].lower in cues.SOURCE

    def _frame_ahead(self, run: Marked, left: int) -> Frame | None:
        opener = run.opener
        if opener <= left or self.tokens[opener - 1].text in TERMINAL:
            return None
        start = opener - 1
        while start > left and self.tokens[start - 1].sentence == self.tokens[opener - 1].sentence:
            start -= 1
        frame = self.frames.before(start, opener)
        if frame is None:
            return None
        before = self.tokens[opener - 1]
        introduced = before.text in (":", ",") or frame.cue == opener - 1
        words = sum(token.word for token in self.tokens[run.first:run.last])
        if not introduced:
            if before.lower in _TITLED | _REFLEXIVE | cues.USERNAME or (frame.cue is not None and self.tokens[frame.cue].lower in _INFINITIVES):
                return None
            if opener - 2 >= start and self.tokens[opener - 2].lower in _TITLED:
                return None
            if (self.tokens[run.first].capital and words <= 4) or (words == 1 and frame.cue is not None and opener - frame.cue > 3):
                return None
        if frame.cue is None and not (before.text == ":" and self._is_sentence(run)):
            return None
        return frame

    def _goes_on(self, run: Marked, left: int) -> bool:
        """`“A,” she said, “B.”`: nothing but the frame of the run before, and a comma, stands between."""
        if not self.found or self.found[-1].frame is None or left >= run.opener:
            return False
        frame = self.found[-1].frame
        if frame.first < left or self.found[-1].last > left:
            return False
        between = self.tokens[frame.last:run.opener]
        return all(token.text not in TERMINAL for token in between) and bool(between) and between[-1].text in (",", ":", "and", "och", "og")

    def _is_sentence(self, run: Marked) -> bool:
        last = self.tokens[run.last - 1].text
        words = sum(token.word for token in self.tokens[run.first:run.last])
        following = self.tokens[run.closer + 1].text if run.closer is not None and run.closer + 1 < len(self.tokens) else ""
        return self.tokens[run.first].text[0].isupper() and words >= 3 and (last in TERMINAL or following in TERMINAL or run.closer is None)

    def _stands_alone(self, run: Marked, left: int) -> bool:
        """A marked sentence that is a sentence of the article, so no title and no fragment."""
        if not self._is_sentence(run):
            return False
        if run.opener == left and (left == 0 or self.tokens[left - 1].line != self.tokens[left].line):
            return True
        before = self.tokens[run.opener - 1]
        return before.text in TERMINAL or is_mark(before) or before.text == ":"

    def _read_indirect(self) -> None:
        borders = [at for at, token in enumerate(self.tokens) if at == 0 or token.sentence != self.tokens[at - 1].sentence]
        borders.append(len(self.tokens))
        direct = sorted(statement.first for statement in self.found)
        for number in range(len(borders) - 1):
            start, stop = borders[number], borders[number + 1]
            end = self.frames.sentence_end(start, stop)
            if end >= len(self.tokens) or end == stop or self.tokens[end].text not in (".", "!") or stop - start < 5:
                continue
            if bisect.bisect_left(direct, start) != bisect.bisect_left(direct, stop) and not self._only_fragments(start, stop):
                continue
            if any(self.spoken[start:start + 2]):
                continue
            previous = borders[number - 1] if number else None
            statement = self._indirect(start, end, previous)
            if statement and statement.last - statement.first >= 3:
                self.found.append(statement)

    def _only_fragments(self, start: int, stop: int) -> bool:
        return sum(self.spoken[start:stop]) * 2 < stop - start and not self.spoken[start]

    def _indirect(self, start: int, end: int, previous: int | None) -> _Statement | None:
        shown = self.frames.shown(start, end)
        if shown and previous is not None and not any(self.spoken[previous:start]):
            last = self.frames.sentence_end(previous, start)
            return _Statement(previous, last, "indirect", shown) if self.tokens[last].text in TERMINAL else None
        return self._closed_by(start, end) or self._sourced(start, end) or self._reported(start, end)

    def _closed_by(self, start: int, end: int) -> _Statement | None:
        """`Været blir bedre, lover Thaule.`"""
        for at in range(end - 1, start + 3, -1):
            if self.tokens[at - 1].text == "," and self.frames.is_cue(at):
                frame = self.frames.inverted(at, end)
                if frame and frame.subject and frame.subject.kind in _STRONG and self._closes(frame.last, end):
                    return _Statement(start, at - 1, "indirect", frame)
        return None

    def _closes(self, at: int, end: int) -> bool:
        if any(token.lower in cues.CLAUSE for token in self.tokens[at:end]):
            return False      # "…, innrømte Berg at …": no frame, a main clause
        return at >= end or not self.tokens[at].word or self.tokens[at].lower in ("til", "till", "to", "i", "in", "på", "etter", "efter", "som", "da",
                                                                                    "då", "ved", "vid", "overfor", "videre", "vidare")

    def _sourced(self, start: int, end: int) -> _Statement | None:
        frame = self.frames.source(start, end)
        if frame is None or frame.subject is None or frame.subject.kind not in ("name", "role", "described", "pronoun"):
            return None
        if frame.subject.kind == "described" and not self._can_speak(frame.subject):
            return None
        if frame.first == start:
            first = frame.last
            while first < end and self.tokens[first].text != "," and self.tokens[first].lower in ("i", "på", "in", "ved", "vid"):
                first += 2
            first += first < end and self.tokens[first].text == ","
            return _Statement(first, end, "indirect", frame) if first < end else None
        closing = self.tokens[frame.first - 1].text == "," and not any(token.text == "," for token in self.tokens[frame.last:end])
        if frame.last >= end - 1 or closing:
            last = frame.first - (self.tokens[frame.first - 1].text == ",")
            return _Statement(start, last, "indirect", frame) if last > start else None
        return _Statement(start, end, "indirect", frame)

    def _can_speak(self, subject: Subject) -> bool:
        """Whether common nouns are of people or bodies, not of laws and flags."""
        words = self.tokens[subject.first:subject.last]
        return any(cues.role_head(token.lower) or token.lower in cues.COLLECTIVE or cues.is_body(token.lower) for token in words)

    def _reported(self, start: int, end: int) -> _Statement | None:
        """`Hon anser att …`, `Til NRK sier Myrhol at …`, `She said the plan …`."""
        for at in range(start, end - 3):
            if not self.frames.is_cue(at, cues.INDIRECT) or self.spoken[at]:
                continue
            if self.tokens[at - 1].lower in _NEGATIONS or self.tokens[at + 1].lower in _NEGATIONS:
                continue
            subject = self.frames._around(start, at, end)
            if subject is None or subject.kind in ("first", "impersonal") or (subject.kind == "described" and not self._can_speak(subject)):
                continue
            after = max(at + 1, subject.last)
            clause = next((k for k in range(after, min(end, after + 9)) if self.tokens[k].lower in cues.CLAUSE), None)
            frame = Frame(at, subject, start, after)
            if clause is not None and clause + 2 < end and not any(token.text in ",;:" for token in self.tokens[after:clause - 1]):
                return _Statement(clause + 1, end, "indirect", frame)
            if self.tokens[at].lower in cues.BARE and self.frames._ending_at(start, at) and self._clause_begins(at + 1, end):
                return _Statement(at + 1, end, "indirect", frame)
        return None

    def _clause_begins(self, at: int, end: int) -> bool:
        token = self.tokens[at]
        if end - at < 4 or not token.word or self.is_stop(token.lower):
            return False
        return True

    @staticmethod
    def is_stop(word: str) -> bool:
        return word in ("på", "i", "til", "till", "om", "ja", "nei", "nej", "to", "in", "on", "of", "so", "at", "seg", "sig", "fra", "från", "med", "goodbye",
                        "hello", "nothing", "no", "yes", "av", "for", "för", "og", "och", "and", "opp", "upp", "slik", "mot", "det samme", "as")


class _Voices:
    """Resolves subjects to people, statement by statement, remembering who spoke last."""

    def __init__(self, cast: Cast, statements: list[_Statement]) -> None:
        self.cast = cast
        self.frames = Frames(cast)
        self.tokens = cast.tokens
        spoken = bytearray(len(self.tokens))
        for statement in statements:
            if statement.kind == "direct":
                spoken[statement.first:statement.last] = b"\1" * (statement.last - statement.first)
        self.spoken = spoken
        self.named = [name for name in cast.names if name.person is not None and not name.credit and not spoken[name.first]]
        self.places = [name.first for name in self.named]
        self.last = _NOBODY
        self.heard: set[int | None] = set()
        self.at = -1                # token of the last statement
        self.until = -1             # token where it ended

    def speaker(self, statement: _Statement) -> _Speaker:
        found = self._speaker(statement)
        self.heard.add(found.member)
        if statement.frame is not None or found.name is not None:
            self.last = found
            edge = statement.last
            if statement.frame and statement.frame.subject:
                edge = max(edge, statement.frame.subject.last)
            self.until = max(self.until, edge)
        return found

    def _speaker(self, statement: _Statement) -> _Speaker:
        if statement.linked:
            return self.last
        frame = statement.frame
        if frame is None or frame.subject is None:
            return self._unframed(statement)
        resolve = {"name": self._by_name, "pronoun": self._by_pronoun, "role": self._by_role,
                   "described": self._by_description, "impersonal": self._by_paper}.get(frame.subject.kind)
        return resolve(frame.subject, statement) if resolve else _NOBODY

    def member(self, at: int) -> _Speaker:
        member = self.cast.members[at]
        return _Speaker(member.name, member.role, at, member.introduced)

    def _by_name(self, subject: Subject, statement: _Statement) -> _Speaker:
        name = subject.name
        assert name is not None
        if name.person is not None:
            return self.member(name.person)
        several = self.cast.who(name.words)
        if several:
            return self.last if self.last.member in several else _NOBODY
        return _Speaker(" ".join(name.words), None, None, None, (name.first, name.last))

    def _by_description(self, subject: Subject, statement: _Statement) -> _Speaker:
        after = subject.last + 1
        if self.tokens[subject.last - 1].lower in cues.USERNAME and after < len(self.tokens) and is_mark(self.tokens[after - 1]):
            return _Speaker(self.tokens[after].text, None, None, None, (after, after + 1))
        text = self.cast.text[self.tokens[subject.first].start:self.tokens[subject.last - 1].end]
        return _Speaker(text, None, None, None, (subject.first, subject.last))

    def _by_paper(self, subject: Subject, statement: _Statement) -> _Speaker:
        """`heter det i en pressemelding fra X`, `står det på deres nettsider` (theirs who were named just before)."""
        frame = statement.frame
        assert frame is not None
        end = frame.last
        owned = False
        while end < len(self.tokens) and self.tokens[end].sentence == self.tokens[frame.last - 1].sentence:
            name = self.cast.name_at.get(end)
            if name and self.tokens[end - 1].lower in ("fra", "från", "from", "av", "til", "till"):
                return self._by_name(Subject(name.first, name.last, "name", name), statement)
            owned = owned or self.tokens[end].lower in cues.POSSESSIVE
            end += 1
        begin = statement.first - 1
        while begin > 0 and not self.tokens[begin - 1].word and self.tokens[begin].line == self.tokens[statement.first].line:
            begin -= 1
        line = self.tokens[statement.first].line
        opening = self._line_start(line - 1)
        before = [name for name in self.cast.names if self.tokens[name.first].line == line - 1 and not self.spoken[name.first]
                  and (name.first == opening or self.tokens[name.first - 1].lower in cues.SOURCE)]
        if (owned or frame.last >= end - 1) and before:
            meant = self.frames.subject(before[-1].first, len(self.tokens))
            if meant and meant.kind in ("name", "described"):
                return self._by_name(meant, statement) if meant.name else self._by_description(meant, statement)
        return _NOBODY

    def _line_start(self, line: int) -> int:
        return bisect.bisect_left(self.tokens, line, key=lambda token: token.line)

    def _by_role(self, subject: Subject, statement: _Statement) -> _Speaker:
        words = [self.tokens[at].lower for at in range(subject.first, subject.last)]
        head = next((word for word in words if cues.role_head(word)), None)
        if head is None:
            return self._by_epithet(subject)
        wanted = cues.basic(head)
        fitting = [at for at, member in enumerate(self.cast.members)
                   if self._fits(wanted, " ".join((member.role or "", member.words[0] if member.words[0] in cues.REGAL else "")))]
        if len(fitting) == 1:
            return self.member(fitting[0])
        if len(fitting) > 1:
            return self.last if self.last.member in fitting else _NOBODY
        everyone = {name.person for name in self.named}
        sex = cues.role_gender(head)
        if len(everyone) == 1 and self.last.member in everyone and self.cast.members[self.last.member].role is None:
            return self.last
        if sex and len(fit := [at for at in everyone if at is not None and self.cast.members[at].gender == sex]) == 1 and self.last.member == fit[0]:
            return self.last
        return self._by_description(subject, statement) if not any(self.places[:bisect.bisect(self.places, subject.first)]) else _NOBODY

    @staticmethod
    def _fits(wanted: str, role: str) -> bool:
        parts = role.replace("-", " ").split()
        return any(basic == wanted or basic.endswith(wanted) or (wanted.endswith(basic) and cues.role_head(basic))
                   for word in parts if cues.role_head(word) for basic in (cues.basic(word),))

    def _by_epithet(self, subject: Subject) -> _Speaker:
        """`sier nordmannen`, `26-åringen`: the last speaker, unless somebody else has been named since."""
        since = bisect.bisect_left(self.places, self.until)
        others = {name.person for name in self.named[since:bisect.bisect(self.places, subject.first)]}
        if self.last.member is not None and others <= {self.last.member}:
            return self.last
        if self.last.name is None and self.until < 0 and len({name.person for name in self.named}) == 1:
            return self.member(next(iter(others))) if others else _NOBODY      # type: ignore[arg-type]
        return _NOBODY

    def _by_pronoun(self, subject: Subject, statement: _Statement) -> _Speaker:
        word = self.tokens[subject.first].lower
        if word in cues.MANY:
            return _NOBODY
        gender: cues.Gender | None = "f" if word in cues.FEMALE else "m" if word in cues.MALE else None
        return self._meant(subject.first, gender, statement)

    def _meant(self, at: int, gender: cues.Gender | None, statement: _Statement) -> _Speaker:
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
            if self.tokens[at].lower in (cues.FEMALE if gender == "f" else cues.MALE if gender == "m" else cues.THIRD) and not self.spoken[at]:
                return True
            at -= 1
        return False

    def _subject_of(self, fitting: list[Name], gender: cues.Gender | None) -> int | None:
        exact = [name for name in fitting if gender and self.cast.members[name.person or 0].gender == gender] or fitting
        free = [name for name in exact if not name.genitive] or exact
        if len(free) > 1 and free[0].person != free[1].person and free[1].first == free[0].last + 1:
            return None
        return free[0].person

    def _may_speak(self, name: Name) -> bool:
        """Whether a person who is merely named before a quotation is likely its speaker: one who is new, spoke, or is said to."""
        if self.last.name is None or name.person in self.heard:
            return True
        first = self.cast.members[name.person or 0].mentions[0]
        after = [token.lower for token in self.tokens[name.last:name.last + 8]]
        before = self.tokens[name.first - 1].lower if name.first else ""
        return first is name or before in cues.DIRECT or any(word in cues.DIRECT for word in after)

    def _unframed(self, statement: _Statement) -> _Speaker:
        """The person just introduced, or else the speaker before."""
        end = bisect.bisect_left(self.places, statement.first)
        begin = bisect.bisect_left(self.places, max(self.until, 0))
        since = self.named[begin:end]
        if since:
            sentence = self.tokens[since[-1].first].sentence
            group = [name for name in since if self.tokens[name.first].sentence == sentence and not name.genitive]
            near = self.tokens[statement.first].sentence - sentence <= 3
            if group and near and not self._goes_on_about(group[0], None) and self._may_speak(group[0]):
                return self.member(group[0].person or 0)
        if self.last.name is not None and statement.first - self.until < 150:
            return replace(self.last)
        return _NOBODY
