"""Fitting the honest no on made-up searches."""

import random
from pathlib import Path

import pytest

from bot.calibrate import Case, fit
from bot.select import Calibration


def made_up(number: int) -> list[Case]:
    chance = random.Random(1)
    return [Case({"cosine": chance.gauss(0.9 if right else 0.8, 0.02), "noise": chance.random()}, right)
            for right in (True, False) for _ in range(number)]


def test_a_sign_that_tells_is_weighed_and_one_that_does_not_is_not() -> None:
    found = fit(made_up(200), "made up")
    assert found.weights["cosine"] * 0.1 > 5 * abs(found.weights["noise"])
    answers = [found.probability(case.signs) >= found.threshold for case in made_up(200)]
    assert sum(answers[:200]) > 190
    assert sum(answers[200:]) < 10


def test_a_search_across_languages_is_judged_by_signs_of_its_own() -> None:
    own = made_up(100)
    foreign = [Case({f"foreign.{name}": value - 0.1 for name, value in case.signs.items()} | {"foreign": 1.0}, case.answers)
               for case in own]
    found = fit([*own, *foreign], "made up")
    told = [(found.probability(case.signs), found.probability(other.signs)) for case, other in zip(own, foreign, strict=True)]
    assert all(one == pytest.approx(two, abs=0.02) for one, two in told)


def test_cases_of_one_kind_teach_nothing() -> None:
    with pytest.raises(ValueError, match="such that it does not"):
        fit(made_up(5)[:5], "one kind")


def test_it_is_kept_in_a_file_that_says_how_it_was_fitted(tmp_path: Path) -> None:
    found = fit(made_up(50), "made up")
    found.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == found


def test_the_one_that_comes_along_says_how_it_was_fitted() -> None:
    found = Calibration.load()
    assert found.fitted
    assert 0 < found.threshold < 1
    own = {"cosine", "standing", "reader"}
    assert set(found.weights) == own | {"grams", "foreign"} | {f"foreign.{name}" for name in own}
