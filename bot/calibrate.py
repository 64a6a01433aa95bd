"""Fits when to say that the archive holds no answer. Used by a command, never while answering.

Each question with a known answer counts twice: as it is, and as if its articles were not in the archive.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.answer import Evidence
from bot.select import Calibration, Selector
from bot.training import without_its_articles
from bot.understand import understand
from index.article import Hit
from index.language import words


@dataclass(frozen=True, slots=True)
class Case:
    """A search, by its signs, and whether what it led to answers the question."""

    signs: Mapping[str, float]
    answers: bool


def cases(rows: Iterable[tuple[Mapping[str, Any], Sequence[Hit]]], selector: Selector) -> Iterator[Case]:
    """From questions with their hits. A question that has an answer which was not chosen is a wrong case as well."""
    for row, hits in rows:
        query = understand(row["question"], languages=[hit.article.language for hit in hits])
        selection = selector.select(query, hits[:Selector.reach])
        yield Case(selection.signs, bool(row["answerable"]) and _right(row, selection.evidence))
        _, others = without_its_articles(row, hits)
        if row["answerable"] and others:
            yield Case(selector.select(query, others[:Selector.reach]).signs, False)


def _right(row: Mapping[str, Any], evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence says, for each group of the question's answer keys, one of them."""
    said = " ".join(words(" ".join(piece.text for piece in evidence)))
    return all(any(" ".join(words(key)) in said for key in group) for group in row["answer_keys"])


def fit(cases: Sequence[Case], told: str) -> Calibration:
    """A logistic regression over the signs, and the threshold at which right answers kept and wrong ones refused are
    together the most. Raises ValueError where all cases are of one kind."""
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
