"""Where quotation marks and quotation dashes open and close. Knows tokens, nothing of speakers.

Marks pair within one line of the text, never by counting over the article, so that a missing mark costs one paragraph.
"""

from dataclasses import dataclass

from index.tokens import DASHES, Token

_DOUBLE_OPEN = frozenset({"“", "„", "«", "``"})
_DOUBLE_CLOSE = frozenset({"»", "''"})
_EITHER = frozenset({"”", '"', "“", "«", "»"})
_DOUBLE = _DOUBLE_OPEN | _DOUBLE_CLOSE | _EITHER
_SINGLE_OPEN = frozenset({"‘", "‚"})
_SINGLE = frozenset({"‘", "’", "'", "‚"})
_BEFORE_OPENING = frozenset({"(", "[", "/", ":"}) | DASHES


@dataclass(frozen=True, slots=True)
class Marked:
    """The tokens `[first, last)` between the marks at `opener` and `closer`; `closer` is None where it is missing."""

    opener: int
    first: int
    last: int
    closer: int | None


def is_mark(token: Token) -> bool:
    return token.text in _DOUBLE or token.text in _SINGLE


def marked(tokens: list[Token], start: int, stop: int) -> list[Marked]:
    """The outermost marked runs of one line, in order. One whose closer is missing runs to the next run or to `stop`."""
    stack: list[int] = []
    runs: list[Marked] = []
    for at in range(start, stop):
        if not is_mark(tokens[at]):
            continue
        if _opens(tokens, at, start, stop, stack):
            stack.append(at)
        elif stack and (opener := _partner(tokens, at, stack)) is not None:
            del stack[opener + 1 :]
            begin = stack.pop()
            runs.append(Marked(begin, begin + 1, at, at))
    lost = [at for at in stack if tokens[at].text in _DOUBLE]
    return _outermost(runs, lost, stop)


def _outermost(runs: list[Marked], lost: list[int], stop: int) -> list[Marked]:
    borders = sorted([run.opener for run in runs] + lost)
    following = dict(zip(borders, [*borders, stop][1:], strict=True))
    found: list[Marked] = []
    for run in sorted([*runs, *(Marked(at, at + 1, following[at], None) for at in lost)], key=lambda run: run.opener):
        if run.first < run.last and (not found or run.opener >= (found[-1].closer or found[-1].last)):
            found.append(run)
    return found


def _partner(tokens: list[Token], at: int, stack: list[int]) -> int | None:
    single = tokens[at].text in _SINGLE
    for place in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if (tokens[stack[place]].text in _SINGLE) == single:
            return place
    return None


def _opens(tokens: list[Token], at: int, start: int, stop: int, stack: list[int]) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at > start else None
    after = tokens[at + 1] if at + 1 < stop else None
    free = (
        before is None
        or before.end < token.start
        or before.text in _BEFORE_OPENING
        or (is_mark(before) and at - 1 in stack)
    )
    bound = after is not None and after.start == token.end
    if token.text in _SINGLE:
        return (free and bound and token.text != "’") or token.text == "‚"
    if free != bound:
        return free and after is not None and not (stack and before is not None and before.end == token.start)
    if free and bound:
        return token.text not in ("''",) and not (
            token.text in "”»" and bool(stack) and after is not None and not after.word
        )
    return token.text in _DOUBLE_OPEN and not stack


def dash(tokens: list[Token], at: int, stop: int) -> int | None:
    """The first token of what is said, where a quotation dash stands at `at`; None where it is a minus sign or no dash."""
    if at + 1 >= stop or tokens[at].text not in DASHES:
        return None
    following = tokens[at + 1]
    if following.start == tokens[at].end and not (following.capital or is_mark(following)):
        return None
    return at + 1 if following.word or is_mark(following) or following.text in "…..." else None
