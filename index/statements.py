"""The statements of a text, direct and indirect, each with the frame beside it; whose they are is found out in `voices`.

A paragraph that a dash opens is a quotation up to its frame. Marked words are one where a frame stands behind or before
them, or where they are a sentence of their own; titles, scare quotes and headlines are none.
"""

import bisect
from dataclasses import dataclass, replace

from index import cues
from index.article import QuoteKind
from index.frames import Frame, Frames, Subject, is_border
from index.marks import Marked, dash, is_mark, marked
from index.people import Cast
from index.tokens import DASHES, TERMINAL

_STRONG = frozenset({"name", "pronoun", "role"})
_TITLED = cues.words(
    "såkalte såkalt såkallade såkallat kallade kallad kalt kalte kaldt called so-called known dubbed nicknamed titled",
    "entitled named tittelen titeln boken boka bogen filmen låten låta serien book film movie song album show series",
    "single ordet begrepet begreppet word term phrase programmet program podkasten podden magasinet tidsskriftet",
    "romanen novel play singelen albumet navnet namnet name tv-serien heter hette hedder het smeknamnet nickname",
)
_NAMED = cues.words("called kalt kallad kallat kaldt dubbed named titled entitled nicknamed kallade")
_ASIDES = cues.words("hvorfor hva hvordan why what how varför vad hur hvad slik hvem who vem as")
_BETWEEN = frozenset({",", "and", "or", "och", "og", "eller"})
_REFLEXIVE = cues.words("seg sig himself herself itself themselves")
_INFINITIVES = cues.words("si säga say sige svara svare seie saying")
_NEGATIONS = cues.words("inte ikke ikkje not never aldri aldrig aldrin")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, `tokens[first:last]`, and how it is framed.

    `linked`: by the speaker of the statement before it. `dashed`: behind a dash. `fragment`: words of somebody within the
    article's own sentence, which count only where that somebody is named.
    """

    first: int
    last: int
    kind: QuoteKind
    frame: Frame | None = None
    linked: bool = False
    dashed: bool = False
    fragment: bool = False


class Finder:
    """Finds the statements of a text, not yet whose they are."""

    def __init__(self, cast: Cast) -> None:
        self.tokens = cast.tokens
        self.frames = Frames(cast)
        self.found: list[Statement] = []
        self.spoken = bytearray(len(self.tokens) + 1)  # inside a quotation, headline or question
        self.nicknames = {at for name in cast.names if name.nickname for at in range(name.first, name.last)}
        self.open = False  # the line before ended inside a quotation
        self.lines = self._lines()

    def statements(self) -> list[Statement]:
        for number in range(len(self.lines)):
            self._read_line(number)
        self._read_indirect()
        return sorted(self.found, key=lambda statement: statement.first)

    def _lines(self) -> list[tuple[int, int]]:
        borders = [at for at, token in enumerate(self.tokens) if at == 0 or token.line != self.tokens[at - 1].line]
        lines = list(zip(borders, [*borders[1:], len(self.tokens)], strict=True))
        joined: list[tuple[int, int]] = []
        for start, stop in lines:  # a line that opens in lower case goes on with the one before
            if joined and self.tokens[start].text[0].islower() and self.tokens[start - 1].text not in TERMINAL:
                joined[-1] = (joined[-1][0], stop)
            else:
                joined.append((start, stop))
        return joined

    def _add(self, first: int, last: int, frame: Frame | None, *, linked: bool = False, dashed: bool = False,
             fragment: bool = False) -> None:
        while last > first and self.tokens[last - 1].text in (",", *DASHES):
            last -= 1
        if (
            last - first > 2
            and is_mark(self.tokens[first])
            and is_mark(self.tokens[last - 1])
            and len(marked(self.tokens, first, last)) == 1
        ):
            first, last = first + 1, last - 1
            while last > first and self.tokens[last - 1].text == ",":
                last -= 1
        while first < last and self.tokens[first].text in ",.;:":
            first += 1
        if not any(token.word for token in self.tokens[first:last]):
            return
        self.found.append(Statement(first, last, "direct", frame, linked, dashed, fragment))
        self._silence(first, last)

    def _silence(self, first: int, last: int) -> None:
        self.spoken[first:last] = b"\1" * (last - first)

    def _read_line(self, number: int) -> None:
        start, stop = self.lines[number]
        at = start
        was_open, self.open = self.open, False
        if dash(self.tokens, start, stop) is not None:
            at = self._read_dash(start, stop, number)
        while at < stop:
            inner = next((k for k in range(at + 1, stop) if self._inner_dash(k, stop)), None)
            self._read_marks(at, stop if inner is None else inner, number, was_open and at == start)
            if inner is None:
                return
            at = self._read_inner_dash(start, inner, stop)

    def _inner_dash(self, at: int, stop: int) -> bool:
        """Whether a quotation dash stands within a line: behind a colon, or behind a full stop where a frame follows."""
        before = self.tokens[at - 1].text
        if (before not in TERMINAL and before != ":") or dash(self.tokens, at, stop) is None:
            return False
        return before == ":" or self._closing_frame(at + 1, self.frames.sentence_end(at + 1, stop)) is not None

    def _read_inner_dash(self, start: int, at: int, stop: int) -> int:
        """`Hun svarer: – Ja, det er sant.`"""
        closing = self._closing_frame(at + 1, stop)
        if closing:
            self._add(at + 1, closing.first, closing, dashed=True)
            return self.frames.sentence_end(closing.last, stop) + 1
        if self.tokens[stop - 1].text in TERMINAL and not self.tokens[at + 1].text[0].isdigit():
            begin = next(
                (k for k in range(at - 1, start, -1) if self.tokens[k].sentence != self.tokens[k - 1].sentence), start
            )
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
        rest = self.tokens[at + 1 : end]
        if any(token.lower in cues.SELF or token.text == "I" for token in rest) and rest[0].lower not in (
            "og",
            "och",
            "and",
            "som",
            "men",
            "when",
            "who",
        ):
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
        if self.tokens[first].text[0].isdigit() and not linked:  # a minus sign, a list of figures
            return
        shown = self._shown_below(number) or self._frame_above(first - 1)
        if shown:
            self._add(first, stop, shown, dashed=True)
            return
        if (self.tokens[stop - 1].text not in TERMINAL and not is_mark(self.tokens[stop - 1])) or number == 0:
            return
        words = self.tokens[first:stop]
        if (
            self.tokens[stop - 1].text == "?"
            and self._dash_line(number + 1)
            and len({token.sentence for token in words}) <= 2
        ):
            return
        if self._is_list(number):
            return
        self._add(first, stop, None, dashed=True)

    def _shown_below(self, number: int) -> Frame | None:
        """`Det sier Kari Moe til avisen.` as the line under a quotation."""
        if number + 1 >= len(self.lines):
            return None
        start, stop = self.lines[number + 1]
        return self.frames.shown(start, self.frames.sentence_end(start, stop))

    def _frame_above(self, at: int) -> Frame | None:
        """`På spørsmål om budsjettet svarer hun:` as the line above a quotation."""
        if at == 0 or self.tokens[at - 1].text != ":":
            return None
        start = at - 1
        while (
            start > 0 and self.tokens[start - 1].sentence == self.tokens[at - 1].sentence and not self.spoken[start - 1]
        ):
            start -= 1
        frame = self.frames.before(start, at)
        if frame is None or frame.subject is None or frame.subject.kind == "first":
            return None
        nameless = frame.subject.name is not None and frame.subject.name.person is None  # "Kulderekord:"
        return None if frame.cue is None and nameless else frame

    def _dash_line(self, number: int) -> bool:
        return 0 <= number < len(self.lines) and dash(self.tokens, *self.lines[number]) is not None

    def _is_list(self, number: int) -> bool:
        """Dash lines in a row of which none is framed and before which nobody spoke are bullets."""
        return (self._dash_line(number + 1) or self._dash_line(number - 1)) and not self.found

    def _read_marks(self, start: int, stop: int, number: int, was_open: bool) -> None:
        runs = [run for run in marked(self.tokens, start, stop) if run.opener not in self.nicknames]
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
            self._take(run, ahead, fragment=self.tokens[run.opener - 1].text not in (":", ","))
        elif self._goes_on(run, left):
            self._take(run, None, linked=True, fragment=self.found[-1].fragment)
        elif self._stands_alone(run, left):
            after = run.closer + 1
            after += after < right and self.tokens[after].text in TERMINAL
            shown = (
                self._shown_below(number)
                if after >= self.lines[number][1]
                else self.frames.shown(after, self.frames.sentence_end(after, right))
            )
            if shown is None and after < right and self.tokens[after].text.islower() and after == run.closer + 1:
                shown = Frame(None, Subject(after, after + 1, "unknown"), after, after + 1)      # "…!” the crowd roared"
            if shown is None and run.opener > 0 and self.tokens[run.opener - 1].text == ":":
                shown = self._frame_above(run.opener) or Frame(
                    None, Subject(run.opener, run.first, "unknown"), run.opener, run.first
                )  # a letter, a sign
            self._take(run, shown, linked=continued)
        elif self._is_sentence(run):
            self._silence(run.first, run.last)

    def _take(self, run: Marked, frame: Frame | None, linked: bool = False, fragment: bool = False) -> None:
        self._add(run.first, run.last, frame, linked=linked, fragment=fragment)

    def _is_compound(self, closer: int) -> bool:
        """`«Vinterstudion»-programleder`: a title within a word."""
        return (
            closer + 1 < len(self.tokens)
            and self.tokens[closer + 1].text in DASHES
            and self.tokens[closer + 1].start == self.tokens[closer].end
            and self.tokens[closer + 1].text == "-"
        )

    def _read_unclosed(self, run: Marked, left: int, right: int, continued: bool, number: int) -> None:
        closing = self._closing_frame(run.first, right)
        if closing is None:
            closing = next(
                (
                    frame
                    for at in range(run.first + 1, right)
                    if self.tokens[at - 1].text == ","
                    and (frame := self.frames.straight(at, self.frames.sentence_end(at, right))) is not None
                    and frame.subject is not None
                    and frame.subject.kind != "first"
                ),
                None,
            )
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
        frame = self.frames.inverted(at, end) or self.frames.heard(at, end)
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
        words = sum(token.word for token in self.tokens[run.first : run.last])
        if before.lower in _NAMED:
            return None
        if not introduced:
            if before.lower in _TITLED | _REFLEXIVE | cues.USERNAME or (
                frame.cue is not None and self.tokens[frame.cue].lower in _INFINITIVES
            ):
                return None
            if opener - 2 >= start and self.tokens[opener - 2].lower in _TITLED:
                return None
            if (self.tokens[run.first].capital and words <= 4) or (
                words == 1 and frame.cue is not None and opener - frame.cue > 6
            ):
                return None
        if frame.cue is None and not (before.text == ":" and self._is_sentence(run)):
            return None
        return frame

    def _goes_on(self, run: Marked, left: int) -> bool:
        """`“A,” she said, “B.”`: nothing but the frame of the run before, and a comma, stands between."""
        if not self.found or left >= run.opener or not 0 <= left - self.found[-1].last <= 2:
            return False
        frame = self.found[-1].frame
        if frame is None or frame.first < left:
            between = self.tokens[left : run.opener]
            return self._shares_sentence(run, left) or all(token.lower in _BETWEEN for token in between)
        between = self.tokens[frame.last : run.opener]
        return (
            all(token.text not in TERMINAL for token in between)
            and bool(between)
            and (between[-1].text in (",", ":", "and", "och", "og") or self._shares_sentence(run, left))
        )

    def _shares_sentence(self, run: Marked, left: int) -> bool:
        """`She called it “a shame” and vowed to “end it”`: a fragment behind another, with a verb of its own."""
        words = [token.lower for token in self.tokens[left : run.opener]]
        joined = any(word in ("and", "och", "og", "men", "but") for word in words)
        return joined and len(words) <= 12 and any(word in cues.DIRECT | cues.NAMING for word in words)

    def _same_line_spoken(self, run: Marked) -> bool:
        """Whether somebody has spoken in this line, so that even a short sentence in marks goes on."""
        return bool(self.found) and self.tokens[self.found[-1].first].line == self.tokens[run.opener].line

    def _is_sentence(self, run: Marked, least: int = 3) -> bool:
        last = self.tokens[run.last - 1].text
        words = sum(token.word for token in self.tokens[run.first : run.last])
        following = (
            self.tokens[run.closer + 1].text if run.closer is not None and run.closer + 1 < len(self.tokens) else ""
        )
        return (
            self.tokens[run.first].text[0].isupper()
            and words >= least
            and (last in TERMINAL or last.endswith(".") or following in TERMINAL or run.closer is None)
        )

    def _stands_alone(self, run: Marked, left: int) -> bool:
        """A marked sentence that is a sentence of the article, so no title and no fragment."""
        if not self._is_sentence(run, 1 if self._same_line_spoken(run) else 3):
            return False
        if run.opener == left and (left == 0 or self.tokens[left - 1].line != self.tokens[left].line):
            return True
        before = self.tokens[run.opener - 1]
        return before.text in TERMINAL or is_mark(before) or before.text == ":"

    def _read_indirect(self) -> None:
        borders = [
            at for at, token in enumerate(self.tokens) if at == 0 or token.sentence != self.tokens[at - 1].sentence
        ]
        borders.append(len(self.tokens))
        direct = sorted(statement.first for statement in self.found)
        for number in range(len(borders) - 1):
            start, stop = borders[number], borders[number + 1]
            end = self.frames.sentence_end(start, stop)
            if end >= len(self.tokens) or end == stop or self.tokens[end].text not in (".", "!") or stop - start < 5:
                continue
            if bisect.bisect_left(direct, start) != bisect.bisect_left(direct, stop) and not self._only_fragments(
                start, stop
            ):
                continue
            if any(self.spoken[start : start + 2]):
                continue
            previous = borders[number - 1] if number else None
            statement = self._indirect(start, end, previous)
            if statement and statement.last - statement.first >= 3 and not self._mostly_spoken(statement):
                self.found.append(self._closed(statement, end))

    def _mostly_spoken(self, statement: Statement) -> bool:
        return sum(self.spoken[statement.first : statement.last]) * 5 >= (statement.last - statement.first) * 4

    def _closed(self, statement: Statement, end: int) -> Statement:
        """Takes in the closing mark of a fragment that ends the sentence: `it was “over.”`"""
        if statement.last == end and end + 1 < len(self.tokens) and is_mark(self.tokens[end + 1]) and self.spoken[end]:
            return replace(statement, last=end + 2)
        return statement

    def _only_fragments(self, start: int, stop: int) -> bool:
        return sum(self.spoken[start:stop]) * 2 < stop - start and not self.spoken[start]

    def _indirect(self, start: int, end: int, previous: int | None) -> Statement | None:
        shown = self.frames.shown(start, end)
        if shown and previous is not None and not any(self.spoken[previous:start]):
            last = self.frames.sentence_end(previous, start)
            return Statement(previous, last, "indirect", shown) if self.tokens[last].text in TERMINAL else None
        return self._closed_by(start, end) or self._sourced(start, end) or self._reported(start, end)

    def _closed_by(self, start: int, end: int) -> Statement | None:
        """`Været blir bedre, lover Thaule.`"""
        for at in range(end - 1, start + 3, -1):
            if self.tokens[at - 1].text == "," and self.frames.is_cue(at):
                frame = self.frames.inverted(at, end)
                if frame and frame.subject and frame.subject.kind in _STRONG and self._closes(frame.last, end):
                    return Statement(start, at - 1, "indirect", frame)
        return None

    def _closes(self, at: int, end: int) -> bool:
        if any(token.lower in cues.CLAUSE for token in self.tokens[at:end]):
            return False  # "…, innrømte Berg at …": no frame, a main clause
        return (
            at >= end
            or not self.tokens[at].word
            or self.tokens[at].lower
            in (
                "til",
                "till",
                "to",
                "i",
                "in",
                "på",
                "etter",
                "efter",
                "som",
                "da",
                "då",
                "ved",
                "vid",
                "overfor",
                "videre",
                "vidare",
            )
        )

    def _sourced(self, start: int, end: int) -> Statement | None:
        frame = self.frames.source(start, end)
        if frame is None or frame.subject is None or frame.subject.kind not in ("name", "role", "described", "pronoun"):
            return None
        if frame.subject.kind == "described" and not self._can_speak(frame.subject):
            return None
        if frame.first == start:
            first = frame.last
            while (
                first < end
                and self.tokens[first].text != ","
                and self.tokens[first].lower in ("i", "på", "in", "ved", "vid")
            ):
                first += 2
            first = self._past_apposition(first, end)
            first += first < end and self.tokens[first].text == ","
            return Statement(first, end, "indirect", frame) if first < end else None
        closing = self.tokens[frame.first - 1].text == "," and not any(
            token.text == "," for token in self.tokens[frame.last : end]
        )
        if frame.last >= end - 1 or closing:
            last = frame.first - (self.tokens[frame.first - 1].text == ",")
            return Statement(start, last, "indirect", frame) if last > start else None
        return Statement(start, end, "indirect", frame)

    def _past_apposition(self, at: int, end: int) -> int:
        """`According to Elaine Park, an economist at the bank, the costs …`: the place of the second comma."""
        if at >= end or self.tokens[at].text != ",":
            return at
        comma = next((place_ for place_ in range(at + 1, min(end, at + 16)) if self.tokens[place_].text == ","), None)
        if comma and any(cues.role_head(token.lower) for token in self.tokens[at + 1 : min(comma, at + 6)]):
            return comma
        return at

    def _can_speak(self, subject: Subject) -> bool:
        """Whether common nouns are of people or bodies, not of laws and flags."""
        words = self.tokens[subject.first : subject.last]
        return any(
            cues.role_head(token.lower) or token.lower in cues.COLLECTIVE or cues.is_body(token.lower)
            for token in words
        )

    def _reported(self, start: int, end: int) -> Statement | None:
        """`Hon anser att …`, `Til NRK sier Myrhol at …`, `She said the plan …`."""
        for at in range(start, end - 3):
            if not self.frames.is_cue(at, cues.INDIRECT) or self.spoken[at]:
                continue
            if self._is_aside(start, at):
                continue
            if self.tokens[at - 1].lower in _NEGATIONS or self.tokens[at + 1].lower in _NEGATIONS:
                continue
            subject = self.frames._around(start, at, end)
            if (
                subject is None
                or subject.kind in ("first", "impersonal")
                or (subject.kind == "described" and not self._can_speak(subject))
            ):
                continue
            after = max(at + 1, subject.last)
            clause = next((k for k in range(after, min(end, after + 9)) if self.tokens[k].lower in cues.CLAUSE), None)
            frame = Frame(at, subject, start, after)
            if (
                clause is not None
                and clause + 2 < end
                and not any(token.text in ",;:" for token in self.tokens[after : clause - 1])
            ):
                return Statement(clause + 1, end, "indirect", frame)
            if (
                self.tokens[at].lower in cues.BARE
                and self.frames._ending_at(start, at)
                and self._clause_begins(at + 1, end)
            ):
                return Statement(at + 1, end, "indirect", frame)
        return None

    def _is_aside(self, start: int, cue: int) -> bool:
        """`som han selv sa`, `hvorfor han mener`: no statement hangs on the verb."""
        return any(token.lower in _ASIDES for token in self.tokens[max(start, cue - 4) : cue])

    def _clause_begins(self, at: int, end: int) -> bool:
        token = self.tokens[at]
        return not (end - at < 4 or not token.word or self.is_stop(token.lower))

    @staticmethod
    def is_stop(word: str) -> bool:
        return word in (
            "på",
            "i",
            "til",
            "till",
            "om",
            "ja",
            "nei",
            "nej",
            "to",
            "in",
            "on",
            "of",
            "so",
            "at",
            "seg",
            "sig",
            "fra",
            "från",
            "med",
            "goodbye",
            "hello",
            "nothing",
            "no",
            "yes",
            "av",
            "for",
            "för",
            "og",
            "och",
            "and",
            "opp",
            "upp",
            "slik",
            "mot",
            "det samme",
            "as",
        )
