"""Answers, search results, quotes and verdicts against what is known to be right. Pure.

Takes what the command line prints as JSON, so that any other scorer can be held against the same lines.
"""

import re
import statistics
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.answer import LONGEST_QUOTE
from bot.gold import Kind, Question, Quoted, Said, SentencePair
from index.article import Article

Unit = Literal["share", "words", "milliseconds"]

REACH = 10  # passages among which the right one is looked for
_KS = (1, 5, 10)
_MARK = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")
_NUMBER = re.compile(r"\d+(?:[.,: \u00a0]\d+)*")
_NAME = re.compile(r"(?<=[\w,] )[A-ZÅÄÖÆØ][\w-]{2,}")
_STEM = 5  # letters by which two forms count as one word
_MOST = 0.6  # of the content words that must stand in the evidence
_SAME = 0.5  # letters that two quotations share, of all that they have
# 0 to 12 in Swedish, Norwegian and English.
_SPELLED = ("noll null zero", "en one", "två to two", "tre three", "fyra fire four", "fem five", "sex seks six",
            "sju syv seven", "åtta åtte eight", "nio ni nine", "tio ti ten", "elva elleve eleven", "tolv twelve")
_FIGURES = {word: str(number) for number, words in enumerate(_SPELLED) for word in words.split()}


@dataclass(frozen=True, slots=True)
class Judged:
    """One row's part in each figure, and why it fell short. `group` is the row's type, by which shares are told too."""

    id: str
    values: Mapping[str, tuple[float, ...]]
    why: tuple[str, ...] = ()
    group: str = ""
    milliseconds: float | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure over `of` cases. `part` marks one of a single group, which its whole counts already."""

    name: str
    value: float
    of: int
    unit: Unit = "share"
    part: bool = False


# -- texts ------------------------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    """Words in lower case with a space between: no marks, dashes or white space of its own."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def holds(text: str, alternatives: Iterable[str]) -> bool:
    """Whether a text has one of the strings as whole words; one of more than 5 characters may be a part of a word."""
    told = f" {fold(text)} "
    return any(f" {fold(key)} " in told or (len(key) > 5 and fold(key) in told) for key in alternatives)


def names(text: str) -> set[str]:
    """Capitalised words of three letters or more after a word or a comma: not those that open a sentence."""
    return {fold(found) for found in _NAME.findall(text)}


def grounded(sentence: str, evidence: str, *, foreign: bool = False) -> bool:
    """Whether a sentence's numbers and names, and three in five of its words of four letters or more, stand in the
    evidence, by first letters. `foreign`: in another language than the evidence; then numbers only. A floor: it does not
    see an added "not"."""
    said = set(fold(evidence).split())
    said |= {_FIGURES[word] for word in said & _FIGURES.keys()} | {word for word, n in _FIGURES.items() if n in said}
    told = " ".join([fold(evidence), *said])
    if not all(re.search(rf"(?<!\d){re.escape(fold(number))}(?!\d)", told) for number in _NUMBER.findall(sentence)):
        return False
    if foreign:
        return True
    stems = {word[:_STEM] for word in said}
    if not all(any(part[:_STEM] in stems for part in name.split()) for name in names(sentence)):
        return False
    content = _content(sentence)
    return not content or sum(word[:_STEM] in stems for word in content) >= _MOST * len(content)


def share(wanted: str, text: str) -> float:
    """How much of a text's words of four letters or more another text says, 0…1; of one without such, whether it stands."""
    content = _content(wanted)
    if not content:
        return float(holds(text, [wanted]))
    stems = {word[:_STEM] for word in fold(text).split()}
    return sum(word[:_STEM] in stems for word in content) / len(content)


def says(text: str, expected: str) -> bool:
    """Whether an answer says what was expected: its numbers, its names and most of its words."""
    return grounded(expected, text) if _content(expected) else holds(text, [expected])


def _content(text: str) -> list[str]:
    return [word for word in fold(text).split() if len(word) > 3]


# -- questions --------------------------------------------------------------------------------------------------------


def judge_answer(question: Question, answer: Mapping[str, Any], articles: Mapping[str, Article]) -> Judged:
    """An answer as `ask --json` prints it; `articles` are those that it may cite, by id.

    `answered` and `correct` are of answerable questions, `refused` of the others: no evidence, or a false premise named
    as such where the subject is in the archive, and nothing said that is forbidden. `verbatim` is of citations, `cited`
    and `grounded` are of sentences.
    """
    status, sentences = answer.get("status", "error"), answer.get("sentences") or []
    own = [sentence for sentence in sentences if sentence.get("origin") != "framing"]
    whole, said = (" ".join(sentence["text"] for sentence in each) for each in (sentences, own))
    why = []
    if status != "no_evidence" and fold(_MARK.sub("", answer.get("answer") or "")) != fold(_MARK.sub("", whole)):
        why.append("the answer is not its sentences joined")
        said = ""
    values: dict[str, tuple[float, ...]] = {}
    if question.answerable:
        right = status == "answered" and _says_all(question, said) and not holds(said, question.forbidden)
        values |= {"answered": (status == "answered",), "correct": (right,)}
        if question.expected:
            values["overlap"] = (max(share(expected, said) for expected in question.expected),)
        if not right:
            why.append(f"wanted {_wanted(question)}: {question.text} -> {said[:200] or status}")
    else:
        owned = status == "no_evidence" or (status == "corrected" and question.group != "absent")
        right = owned and not holds(whole, question.forbidden)
        values["refused"] = (right,)
        if not right:
            why.append(f"should refuse: {question.text} -> {said[:200] or status}")
    if status in ("answered", "corrected"):
        cited = _cited(question, answer, articles)
        values["words"] = (len(whole.split()),)
        values |= cited.values
        why += cited.why
    return Judged(question.id, values, tuple(why), question.group, error=answer.get("error", ""))


def _says_all(question: Question, said: str) -> bool:
    if question.expected:
        return any(says(said, expected) for expected in question.expected)
    return all(holds(said, group) for group in question.keys)


def _wanted(question: Question) -> str:
    return question.expected[0][:120] if question.expected else " + ".join("|".join(group) for group in question.keys)


def _cited(question: Question, answer: Mapping[str, Any], articles: Mapping[str, Article]) -> Judged:
    """Whether citations stand letter for letter where they say, and sentences rest on what they cite."""
    why: list[str] = []
    verbatim: list[float] = []
    sound: dict[int, tuple[Article, str]] = {}
    for citation in answer.get("citations") or []:
        article, quote, n = articles.get(citation["article_id"]), citation["quote"], citation["n"]
        if article is not None and n not in sound and 0 < len(quote.split()) <= LONGEST_QUOTE \
                and article.text[citation["start"]:citation["end"]] == quote:
            sound[n] = article, quote
            verbatim.append(1)
        else:
            verbatim.append(0)
            why.append(f"citation {n} is not verbatim, is empty or too long, or its number stands twice")
    everything = " ".join(quote for _, quote in sound.values())
    asked = question.language or answer.get("language")
    cited: list[float] = []
    borne: list[float] = []
    for sentence in answer.get("sentences") or []:
        plain = _MARK.sub("", sentence["text"])
        if sentence.get("origin") == "framing":
            borne.append(grounded(plain, f"{question.text} {everything}", foreign=True)
                         and names(plain) <= names(f"x {question.text}") | set(fold(everything).split()))
            continue
        marks = [sound[n] for n in sentence["citations"] if n in sound]
        cited.append(bool(marks) and len(marks) == len(sentence["citations"]))
        evidence = " ".join(f"{quote} {article.title} {article.byline or ''} {article.published or ''}"
                            for article, quote in marks)
        foreign = any(_tongue(asked) != _tongue(article.language) for article, _ in marks)
        borne.append(bool(marks) and grounded(plain, evidence, foreign=foreign))
        if not borne[-1]:
            why.append(f"ungrounded: {sentence['text'][:160]}")
    return Judged(question.id, {"verbatim": tuple(verbatim), "cited": tuple(cited) or (0,), "grounded": tuple(borne)},
                  tuple(why))


def _tongue(language: str | None) -> str:
    """Swedish, English, or Danish and Norwegian as one."""
    return language if language in ("sv", "en") else "no"


def judge_search(question: Question, passages: Sequence[Mapping[str, Any]]) -> Judged:
    """Passages as `search --json` prints them, the best first. A right one is from an article that answers (any, where
    the question names none) and holds an answer key; without keys it is the passage that was given, or says what was
    expected."""
    if not question.answerable:
        return Judged(question.id, {})
    rank = next((n for n, passage in enumerate(passages[:REACH], 1) if _right(question, passage)), None)
    values: dict[str, tuple[float, ...]] = {f"hit@{k}": (rank is not None and rank <= k,) for k in _KS}
    why = () if rank else (f"not among {REACH} passages: {question.text}",)
    return Judged(question.id, values | {f"mrr@{REACH}": (1 / rank if rank else 0,)}, why)


def _right(question: Question, passage: Mapping[str, Any]) -> bool:
    text = passage["text"]
    if question.articles and passage["article_id"] not in question.articles:
        return False
    if question.keys:
        return any(holds(text, group) for group in question.keys)
    if question.contexts:
        return any(max(share(context, text), share(text, context)) >= _MOST for context in question.contexts)
    return bool(question.articles) or any(says(text, expected) for expected in question.expected)


# -- sentence pairs and quotes ----------------------------------------------------------------------------------------


def judge_verdict(pair: SentencePair, verdict: Mapping[str, Any]) -> Judged:
    """A verdict as `verify --json` prints it."""
    right = verdict.get("supported") is pair.supported
    why = f"{pair.group or 'pair'}, supported: {pair.supported}: {pair.sentence} {'; '.join(verdict.get('problems') or [])}"
    name = "accepted" if pair.supported else "rejected"
    return Judged(pair.id, {name: (right,)}, () if right else (why.strip(),), pair.group)


def judge_quotes(gold: Quoted, rows: Sequence[Mapping[str, Any]]) -> Judged:
    """The quotes of one article as `quotes --json` prints them; only direct ones count. Two match that share half of
    their letters (intersection over union), the best first. The values are counts, for `figures`."""
    found = [row for row in rows if row.get("kind", "direct") == "direct"]
    text = gold.text
    theirs = [_letters(text, said.start, said.end) for said in gold.quotes]
    ours = [_letters(text, row["start"], row["end"]) for row in found]
    free = [_letters(text, *span) for span in gold.optional]
    taken = _matched(theirs, ours)
    given = {mine for mine, _ in taken.values()}
    extra = [n for n, mark in enumerate(ours) if n not in given and not any(
        len(mark & each) >= _SAME * max(1, min(len(mark), len(each))) for each in free)]
    why = [f"no such quote: {found[n]['quote'][:90]}" for n in extra]
    right = surname = exact = 0
    for n, said in enumerate(gold.quotes):
        if n not in taken:
            why.append(f"missed: {said.speaker}: {said.quote[:90]}")
            continue
        mine, overlap = taken[n]
        exact += overlap == 1
        named, known = fold(found[mine].get("speaker") or ""), fold(said.speaker)
        right += named == known
        surname += named.split()[-1:] == known.split()[-1:]
        if named != known:
            why.append(_misattributed(found[mine].get("speaker"), said))
    counts = {"wanted": len(theirs), "predicted": len(given) + len(extra), "matched": len(taken), "exact": exact,
              "right": right, "surname": surname}
    return Judged(gold.id, {name: (count,) for name, count in counts.items()}, tuple(why))


def _misattributed(speaker: str | None, said: Said) -> str:
    return f"{speaker or 'nobody'} for {said.speaker}: {said.quote[:70]}"


def _matched(theirs: Sequence[set[int]], ours: Sequence[set[int]]) -> dict[int, tuple[int, float]]:
    pairs = sorted(((len(a & b) / len(a | b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(ours) if a & b),
                   reverse=True)
    taken: dict[int, tuple[int, float]] = {}
    given: set[int] = set()
    for overlap, i, j in pairs:
        if overlap >= _SAME and i not in taken and j not in given:
            taken[i] = j, overlap
            given.add(j)
    return taken


def _letters(text: str, start: int, end: int) -> set[int]:
    return {at for at in range(start, min(end, len(text))) if text[at].isalnum()}


# -- figures ----------------------------------------------------------------------------------------------------------

_ORDER = (*(f"hit@{k}" for k in _KS), f"mrr@{REACH}", "answered", "correct", "overlap", "refused", "balanced", "accepted",
          "rejected", "verbatim", "cited", "grounded", "words")
_BY_GROUP = ("correct", "refused", "accepted", "rejected")


def figures(kind: Kind, judged: Sequence[Judged]) -> tuple[Figure, ...]:
    """All figures of a set, the time that a row took (the median and what 95 of 100 stay under) last."""
    told = _of_quotes(judged) if kind == "quotes" else [*_means(judged), *_by_group(judged)]
    return (*told, *_times([row.milliseconds for row in judged if row.milliseconds is not None]))


def _means(judged: Sequence[Judged]) -> list[Figure]:
    columns: dict[str, list[float]] = {}
    for row in judged:
        for name, values in row.values.items():
            columns.setdefault(name, []).extend(map(float, values))
    told = {name: Figure(name, statistics.fmean(values), len(values), "words" if name == "words" else "share")
            for name, values in columns.items() if values}
    if "correct" in told and "refused" in told:
        told["balanced"] = Figure("balanced", (told["correct"].value + told["refused"].value) / 2,
                                  told["correct"].of + told["refused"].of)
    return sorted(told.values(), key=lambda figure: _ORDER.index(figure.name))


def _by_group(judged: Sequence[Judged]) -> list[Figure]:
    """Shares by the rows' types, where there is more than one."""
    told = []
    for name in _BY_GROUP:
        groups: dict[str, list[float]] = {}
        for row in judged:
            if name in row.values:
                groups.setdefault(row.group, []).extend(map(float, row.values[name]))
        if len(groups) > 1:
            told += [Figure(f"{name}: {group or '–'}", statistics.fmean(values), len(values), part=True)
                     for group, values in sorted(groups.items())]
    return told


def _of_quotes(judged: Sequence[Judged]) -> list[Figure]:
    wanted, predicted, matched, exact, right, surname = (
        int(sum(row.values[name][0] for row in judged))
        for name in ("wanted", "predicted", "matched", "exact", "right", "surname"))
    precision, recall = matched / max(1, predicted), matched / max(1, wanted)
    return [
        Figure("precision", precision, predicted), Figure("recall", recall, wanted),
        Figure("f1", _harmonic(precision, recall), wanted), Figure("exact", exact / max(1, matched), matched),
        Figure("speaker", right / max(1, matched), matched), Figure("surname", surname / max(1, matched), matched),
        Figure("attributed f1", _harmonic(right / max(1, predicted), right / max(1, wanted)), wanted)]


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _times(taken: Sequence[float]) -> list[Figure]:
    if not taken:
        return []
    row = sorted(taken)
    return [Figure(name, row[min(len(row) - 1, int(at * len(row)))], len(row), "milliseconds")
            for name, at in (("ms p50", 0.5), ("ms p95", 0.95))]
