import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.cancel import CancelToken
from engine.errors import ModelFileError
from engine.rag.llama_cpp_reranker import LlamaCppReranker
from models_manifest.evidence.export import POSITIONS, as_written, export
from models_manifest.evidence.pairs import Pairs, read_tokenizer
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import read_encoder
from tests.engine.rag.tiny_cross_encoder import TinyCrossEncoder
from tests.models_manifest.evidence.samples import RECIPE, arrays, encoder, sentence, written

# Eight bits round 32 values a row here and 384 in the real network, where it averages out.
CLOSE = {False: 0.002, True: 0.02}
QUESTION, TEXTS = "why is the leaf green", ["the cell is green", "water", "the light is the water " * 6]


def chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


@pytest.fixture
def tiny() -> TinyCrossEncoder:
    return TinyCrossEncoder()


def exported(tiny: TinyCrossEncoder, folder: Path, *, quantised: bool, recipe: Recipe | None = None) -> Path:
    target = folder / "model.gguf"
    export(arrays(tiny), recipe or Recipe(), written(tiny, folder), target, quantised=quantised)
    return target


@pytest.mark.parametrize("quantised", [False, True])
def test_llama_cpp_gives_the_probabilities_of_the_arithmetic(
    tiny: TinyCrossEncoder, tmp_path: Path, *, quantised: bool
) -> None:
    reranker = LlamaCppReranker(exported(tiny, tmp_path, quantised=quantised), name="tiny", threads=1)
    given = reranker.score(QUESTION, TEXTS, CancelToken())
    reranker.close()
    assert [chance(one) for one in given] == pytest.approx(
        [chance(tiny.score(QUESTION, text.strip())) for text in TEXTS], abs=CLOSE[quantised]
    )


def test_the_previous_sentence_is_read_after_the_other(tiny: TinyCrossEncoder, tmp_path: Path) -> None:
    reranker = LlamaCppReranker(exported(tiny, tmp_path, quantised=False), name="tiny", threads=1)
    given = reranker.score(QUESTION, TEXTS[:2], CancelToken(), ["the light", ""])
    reranker.close()
    told = [tiny.score(QUESTION, TEXTS[0], "the light"), tiny.score(QUESTION, TEXTS[1])]
    assert given == pytest.approx(told, abs=2e-3)
    assert abs(given[0] - tiny.score(QUESTION, TEXTS[0])) > 0.01


@pytest.mark.parametrize("lengths", [(16, 14, 3), (16, 0, 3), (4096, 48, 8), (16, 6, 0)])
def test_a_file_that_states_lengths_that_cannot_be_is_refused(
    tiny: TinyCrossEncoder, tmp_path: Path, lengths: tuple[int, int, int]
) -> None:
    pair, question, least = lengths
    recipe = replace(RECIPE, tokens=pair, question_tokens=question, least_previous=least)
    with pytest.raises(ModelFileError, match="damaged"):
        LlamaCppReranker(exported(tiny, tmp_path, quantised=True, recipe=recipe), name="tiny", threads=1)


@pytest.mark.parametrize("quantised", [False, True])
def test_the_training_code_gives_the_same(tiny: TinyCrossEncoder, tmp_path: Path, *, quantised: bool) -> None:
    pytest.importorskip("torch")
    from models_manifest.evidence.equality import largest_difference
    from models_manifest.evidence.scoring import Scorer
    from models_manifest.evidence.training import shape_of

    target = exported(tiny, tmp_path, quantised=quantised, recipe=RECIPE)
    scorer = Scorer(arrays(tiny), shape_of(encoder(tiny)))
    asked = [
        ("why green", sentence("the cell is green", previous="water")),
        ("is water", sentence("the light")),
        ("why is the leaf green water light cell", sentence("the cell is " * 4, previous="water")),
        ("why", sentence("is the", previous="water light " * 9)),
    ]
    read = Pairs(read_tokenizer(target), RECIPE)
    assert largest_difference(target, scorer, read, asked) < CLOSE[quantised]
    other = Scorer(arrays(TinyCrossEncoder(seed=4)), shape_of(encoder(tiny)))
    assert largest_difference(target, other, read, asked) > 0.05


def test_what_is_measured_is_rounded_as_the_file_is(tiny: TinyCrossEncoder, tmp_path: Path) -> None:
    read = read_encoder(exported(tiny, tmp_path, quantised=True)).arrays
    for name, array in as_written(arrays(tiny)).items():
        np.testing.assert_array_equal(array[:POSITIONS], read[name], err_msg=name)
    again = as_written(as_written(arrays(tiny)))
    np.testing.assert_array_equal(again["cls.weight"], as_written(arrays(tiny))["cls.weight"])


def test_positions_are_cut_and_nothing_else_is_lost(tiny: TinyCrossEncoder, tmp_path: Path) -> None:
    read = read_encoder(exported(tiny, tmp_path, quantised=True))
    assert read.arrays.keys() == tiny.tensors.keys()
    assert read.arrays["position_embd.weight"].shape[0] == POSITIONS
    assert (read.blocks, read.heads) == (1, 4)


def test_a_text_past_the_positions_that_are_left_is_cut(tiny: TinyCrossEncoder, tmp_path: Path) -> None:
    reranker = LlamaCppReranker(exported(tiny, tmp_path, quantised=True), name="tiny", threads=1)
    long, longer = reranker.score("why " * 500, ["the leaf " * 300, "the leaf " * 400], CancelToken())
    reranker.close()
    assert long == longer


def test_the_same_weights_make_the_same_file(tiny: TinyCrossEncoder, tmp_path: Path) -> None:
    first = exported(tiny, tmp_path, quantised=True).read_bytes()
    assert exported(tiny, tmp_path, quantised=True).read_bytes() == first
