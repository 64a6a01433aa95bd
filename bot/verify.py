"""Whether a sentence says only what its evidence says. Pure: words, tables and order, no model and no archive.

When in doubt the sentence is refused: the evidence can always speak for itself.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.alignment import align, plain, tokens
from index.checks import Check, Pair, Problem, typed
from index.checks.content import acronyms, content_words, full_names, names, titles
from index.checks.figures import dates, heads, numbers, quotations
from index.checks.places import agents, companions, doers, exchanges, holders, substitutions
from index.checks.turns import causes, directions_agree, modalities, negations, prepositions_agree, scopes, softeners
from index.checks.voices import attributions
from index.language import code, sentences, words

__all__ = ["CHECKS", "Problem", "Verdict", "guess", "shortens", "verify"]

_COMMON = {
    "sv": "och att är inte från för av jag hon ett på som till en det den var med har de efter när",
    "no": "og at er ikke fra for av jeg hun et på som til en det den var med har de etter når å ble",
    "da": "og at er ikke fra for af jeg hun et på som til en det den var med har de efter når blev",
    "en": "the of and to in is was for that with as on by it from his at he she has had were be this an a or not but they "
          "which who will would are been its their after more than when said says no into about have also there",
}
_QUOTING = ("–", "—", "-", "”", "“", "\"", "«", "»", "„")
# In the order in which their problems are told.
CHECKS: tuple[Check, ...] = (
    quotations, numbers, heads, dates, names, acronyms, full_names, titles, content_words, negations, modalities, softeners,
    scopes, directions_agree, prepositions_agree, causes, doers, agents, holders, exchanges, substitutions, companions,
    attributions,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Supported where no problem was found."""

    problems: tuple[Problem, ...] = ()

    @property
    def supported(self) -> bool:
        return not self.problems


def verify(sentence: str, evidence: str, *, language: str = "", evidence_language: str = "",
           speakers: Collection[str] = ()) -> Verdict:
    """Whether the evidence (one or more cited sentences, joined by newlines) carries the sentence.

    `speakers`: full names of those whose words the evidence holds, which the sentence may use though the evidence
    says only "she". A whole sentence of the evidence, word for word, is always supported. Where the two are in different
    languages (of Swedish, Norwegian, Danish and English) the synonym table is the dictionary; a quotation then never stands.
    """
    if _verbatim(sentence, evidence):
        return Verdict()
    theirs = code(evidence_language) or guess(evidence) or code(language) or guess(sentence)
    ours = code(language) or _language_of(sentence, theirs)
    if theirs not in _COMMON or ours not in _COMMON:
        return Verdict((Problem("language", sentence[:40]),))
    pair = _pair(sentence, evidence, theirs if {ours, theirs} == {"no", "da"} else ours, theirs, speakers)
    problems = dict.fromkeys(problem for check in CHECKS for problem in check(pair))
    return Verdict(tuple(problems))


def shortens(sentence: str, evidence: str) -> bool:
    """Whether a sentence only leaves words out: at least five are left, and all that carry meaning stand in the evidence
    in the same order. For writers that cannot be trusted with more: a new order of true words may be a new claim, and
    what somebody says, without the dash or marks that show it, becomes a claim of the article's."""
    if evidence.lstrip()[:1] in _QUOTING:
        return False
    said, source = words(sentence), iter(words(evidence))
    carrying = [word[:5] for word in said if len(word) > 3 or word.isdigit()]
    return len(said) >= 5 and all(any(word[:5] == other for word in source) for other in carrying)


def guess(text: str) -> str:
    """Swedish, Norwegian, Danish or English by the commonest words; "" where none of them stands in the text."""
    counts = _counts(text)
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _counts(text: str) -> dict[str, int]:
    found = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {name: sum(word in common for word in found) for name, common in _common().items()}
    lower = " ".join(re.findall(r"(?<!\w)[^\W\d_A-ZÅÄÖÆØÉ]+", text))
    counts["sv"] += sum(c in "äö" for c in lower)
    for name in ("no", "da"):
        counts[name] += sum(c in "æø" for c in lower)
    return counts


def _language_of(sentence: str, theirs: str) -> str:
    """The sentence's language: the evidence's, unless it is plainly another; the Scandinavian ones share too many words to
    split hairs."""
    counts = _counts(sentence)
    best = max(counts, key=lambda name: counts[name])
    if theirs not in counts or counts[theirs] + ("en" not in (theirs, best)) >= counts[best]:
        return theirs
    return best


@lru_cache(maxsize=1)
def _common() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _COMMON.items()}


def _bare(text: str) -> str:
    return typed(text).strip(" \"'-.")


def _verbatim(sentence: str, evidence: str) -> bool:
    """Whether the sentence is one or more whole sentences of the evidence, typography aside."""
    wanted = _bare(sentence)
    if not wanted or wanted not in typed(evidence):
        return False
    if wanted == _bare(evidence) or any(wanted == _bare(line) for line in evidence.split("\n")):
        return True
    spans = sentences(evidence, guess(evidence) or "en")
    if any(wanted == _bare(evidence[spans[a][0]:spans[b][1]])
           for a in range(len(spans)) for b in range(a, min(a + 4, len(spans)))):
        return True
    ended = sentence.rstrip()[-1:] in ".!?"
    return ended and any(f"{before} {typed(sentence)} " in f". {typed(evidence)} " for before in ".!?")


def _pair(sentence: str, evidence: str, language: str, theirs: str, speakers: Collection[str]) -> Pair:
    sentence = unicodedata.normalize("NFC", sentence)
    evidence = unicodedata.normalize("NFC", evidence)
    words, others = tokens(sentence, language), tokens(evidence, theirs)
    named = frozenset(plain(part) for name in speakers for part in name.split())
    return Pair(sentence, evidence, language, theirs, words, others, align(words, others, language, theirs), named)
