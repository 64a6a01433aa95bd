"""Fits when to say that the archive holds no answer. Used by a command, never while answering.

Each question with a known answer counts twice: as it is, and as if its articles were not in the archive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bot.select import Calibration, Selector
from bot.training import without_its_articles
from bot.understand import understand
from index.article import Hit

NEARLY = 0.02  # of answers given and absences owned together: within the noise of a few hundred questions
FOREIGN = "foreign"  # the sign of a search whose question shares no words with what was found


@dataclass(frozen=True, slots=True)
class Case:
    """A search, by its signs, and whether the archive held an answer."""

    signs: Mapping[str, float]
    answers: bool


def cases(rows: Iterable[tuple[Mapping[str, Any], Sequence[Hit]]], selector: Selector, language: str = "") -> Iterator[Case]:
    """From questions with their hits; `language` is what a question is taken to be in, where that is not to be told.

    Near misses (questions about what the archive writes of, but does not tell) are left out: these signs cannot tell
    them, and they would teach nothing but doubt.
    """
    for row, hits in rows:
        if not row["answerable"] and row.get("type") != "absent":
            continue
        query = understand(row["question"], languages=[hit.article.language for hit in hits])
        query = replace(query, language=language or query.language)
        yield Case(selector.select(query, hits[:Selector.reach]).signs, bool(row["answerable"]))
        _, others = without_its_articles(row, hits)
        if row["answerable"] and others:
            yield Case(selector.select(query, others[:Selector.reach]).signs, False)


def fit(cases: Sequence[Case], told: str) -> Calibration:
    """A logistic regression over the signs, and the lowest threshold at which answers given and absences owned are
    together nearly the most: an answer shows what it rests on, a no shows nothing. Cases whose question and articles
    share no words have signs of their own, and a regression of their own.
    Raises ValueError where all cases are of one kind."""
    own = [case for case in cases if FOREIGN not in case.signs]
    weights, intercept = _regression(own, list(own[0].signs)) if own else ({}, 0.0)
    if other := [case for case in cases if FOREIGN in case.signs]:
        more, start = _regression(other, [name for name in other[0].signs if name != FOREIGN])
        weights |= more | {FOREIGN: start - intercept}
    draft = Calibration({name: round(weight, 4) for name, weight in weights.items()}, round(intercept, 4), 0.5, told)
    right = np.array([case.answers for case in own or cases])
    chances = np.array([draft.probability(case.signs) for case in own or cases])
    grid = np.linspace(0.05, 0.95, 91)
    worth = np.array([(chances[right] >= at).mean() + (chances[~right] < at).mean() for at in grid])
    threshold = grid[worth >= worth.max() - NEARLY].min()
    return replace(draft, threshold=round(float(threshold), 3))


def _regression(cases: Sequence[Case], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """The weight of each sign, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    if len({case.answers for case in cases}) < 2:
        raise ValueError("calibration needs questions that the archive answers, and such that it does not")
    rows = np.array([[case.signs[name] for name in names] for case in cases])
    right = np.array([case.answers for case in cases])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(class_weight="balanced").fit((rows - middle) / spread, right)
    weights = model.coef_[0] / spread
    return dict(zip(names, map(float, weights), strict=True)), float(model.intercept_[0] - (weights * middle).sum())
