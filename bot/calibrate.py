"""Fits when to say that the archive holds no answer. Used by a command, never while answering.

Each question with a known answer counts twice: as it is, and as if its articles were not in the archive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.select import Calibration, Selector
from bot.training import without_its_articles
from bot.understand import understand
from index.article import Hit


@dataclass(frozen=True, slots=True)
class Case:
    """A search, by its signs, and whether the archive held an answer."""

    signs: Mapping[str, float]
    answers: bool


def cases(rows: Iterable[tuple[Mapping[str, Any], Sequence[Hit]]], selector: Selector) -> Iterator[Case]:
    """From questions with their hits. Near misses (questions about what the archive writes of, but does not tell) are
    left out: these signs cannot tell them, and they would teach nothing but doubt."""
    for row, hits in rows:
        if not row["answerable"] and row.get("type") != "absent":
            continue
        query = understand(row["question"], languages=[hit.article.language for hit in hits])
        selection = selector.select(query, hits[:Selector.reach])
        yield Case(selection.signs, bool(row["answerable"]))
        _, others = without_its_articles(row, hits)
        if row["answerable"] and others:
            yield Case(selector.select(query, others[:Selector.reach]).signs, False)


def fit(cases: Sequence[Case], told: str) -> Calibration:
    """A logistic regression over the signs, and the threshold at which answers given and absences owned are together
    the most. Raises ValueError where all cases are of one kind."""
    from sklearn.linear_model import LogisticRegression

    if len({case.answers for case in cases}) < 2:
        raise ValueError("calibration needs questions that the archive answers, and such that it does not")
    names = list(cases[0].signs)
    rows = np.array([[case.signs[name] for name in names] for case in cases])
    right = np.array([case.answers for case in cases])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(class_weight="balanced").fit((rows - middle) / spread, right)
    weights = model.coef_[0] / spread
    intercept = float(model.intercept_[0] - (weights * middle).sum())
    chances = 1 / (1 + np.exp(-(rows @ weights + intercept)))
    threshold = max(np.linspace(0.05, 0.95, 91), key=lambda at: float(
        (chances[right] >= at).mean() + (chances[~right] < at).mean()))
    return Calibration(
        weights={name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        intercept=round(intercept, 4), threshold=round(float(threshold), 3), fitted=told)
