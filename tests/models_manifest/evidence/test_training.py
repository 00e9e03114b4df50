from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.engine.rag.tiny_cross_encoder import TinyCrossEncoder
from tests.models_manifest.evidence.samples import RECIPE, TOKENIZER, encoder, listed, pairs

torch = pytest.importorskip("torch")

from models_manifest.evidence.batches import batches, groups  # noqa: E402 - they import PyTorch
from models_manifest.evidence.learning import loss, rate_at  # noqa: E402
from models_manifest.evidence.scoring import Scorer  # noqa: E402
from models_manifest.evidence.training import Training, shape_of, train  # noqa: E402


def quiet(_: str) -> None:
    pass


def test_the_network_is_the_reference_arithmetic() -> None:
    tiny = TinyCrossEncoder()
    texts = ["the leaf is green", "water", "the cell is the light"]
    question = "why is the leaf green"
    sequences = [
        (
            TOKENIZER.first,
            *TOKENIZER.words(question),
            TOKENIZER.separator,
            *TOKENIZER.words(text),
            TOKENIZER.separator,
        )
        for text in texts
    ]
    network = encoder(tiny)
    scored = Scorer(network.arrays, shape_of(network))(sequences)
    assert scored.tolist() == pytest.approx([tiny.score(question, text) for text in texts], abs=1e-4)


def test_sequences_are_read_in_groups_of_like_lengths_and_each_once() -> None:
    rng = np.random.default_rng(0)
    sequences = [tuple(rng.integers(1, 99, length).tolist()) for length in rng.integers(5, 128, 300)]
    read: dict[int, tuple[int, ...]] = {}
    widths = []
    for group in groups(sequences):
        widths.append(group.tokens.shape[1])
        for number, row, length in zip(group.numbers, group.tokens.tolist(), group.lengths, strict=True):
            assert number not in read
            read[number] = tuple(row[:length])
            assert not any(row[length:])
    assert [read[number] for number in range(300)] == sequences
    assert widths == sorted(widths)
    assert 5 < len(widths) < 20


def test_what_stands_beside_a_sequence_does_not_change_its_score() -> None:
    network = encoder(TinyCrossEncoder())
    scorer = Scorer(network.arrays, shape_of(network))
    made = pairs()
    sequences = [made(one.question, sentence) for one in listed(8) for sentence in one.sentences]
    alone = [float(scorer([sequence])[0]) for sequence in sequences]
    assert scorer(sequences).tolist() == pytest.approx(alone, abs=1e-5)


def test_steps_go_over_all_lists_in_their_order() -> None:
    lists = listed(30)
    steps = list(batches(lists, pairs(), RECIPE))
    assert len(steps) > 3
    assert [one.until for one in steps] == np.cumsum([len(one.labels) for one in steps]).tolist()
    assert steps[-1].until == 30
    again = list(batches(lists, pairs(), RECIPE, start=steps[1].until))
    assert [one.sequences for one in again] == [one.sequences for one in steps[2:]]
    assert all(one.tokens >= RECIPE.step_tokens for one in steps[:-1])


def test_the_loss_is_that_of_the_decision_record() -> None:
    scores = np.array([[2.0, -1.0, 0.5], [0.3, -0.2, 9.0]], np.float32)
    labels = np.array([[1, 0, 0], [0, 0, -1]])
    own = np.exp(scores[0])
    other = np.exp(scores[1, :2])
    answered = -np.log(own[0] / own.sum())
    none = (-np.log(own[0] / (own.sum() + 1)) - np.log(1 / (other.sum() + 1))) / 2
    binary = np.mean([np.log1p(np.exp(-2.0)), *(np.log1p(np.exp(one)) for one in (-1.0, 0.5, 0.3, -0.2))])
    assert float(loss(torch.from_numpy(scores), torch.from_numpy(labels))) == pytest.approx(
        (answered + none) / 2 + binary, abs=1e-5
    )


def test_the_rate_rises_and_falls_to_nothing() -> None:
    rates = [rate_at(at / 100, RECIPE) for at in range(101)]
    assert max(rates) == pytest.approx(RECIPE.rate)
    assert rates[0] == 0
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert rates[6:] == sorted(rates[6:], reverse=True)


def test_a_training_that_was_cut_off_ends_with_the_same_weights(tmp_path: Path) -> None:
    lists = listed(30)
    whole = train(Training(RECIPE, encoder(TinyCrossEncoder()), pairs(), lists, None), quiet)
    for steps in (2, 4, None):
        cut = Training(RECIPE, encoder(TinyCrossEncoder()), pairs(), lists, tmp_path / "state.npz", steps)
        resumed = train(cut, quiet)
    assert whole.keys() == resumed.keys()
    for name, array in whole.items():
        np.testing.assert_array_equal(array, resumed[name], err_msg=name)


def test_another_list_begins_anew(tmp_path: Path) -> None:
    lines: list[str] = []
    for seed in (0, 1):
        training = Training(
            RECIPE, encoder(TinyCrossEncoder()), pairs(), listed(9, seed), tmp_path / "state.npz"
        )
        train(training, lines.append)
    assert not any("goes on" in line for line in lines)


def test_it_learns_and_leaves_the_embeddings_as_they_were() -> None:
    tiny = TinyCrossEncoder()
    recipe = replace(RECIPE, rate=3e-3, average=0.0)
    lists = listed(6) * 40
    weights = train(Training(recipe, encoder(tiny), pairs(), lists, None), quiet)
    scorer = Scorer(weights, shape_of(encoder(tiny)))
    for one in lists[:6]:
        made = pairs()
        scored = scorer([made(one.question, sentence) for sentence in one.sentences])
        assert one.answered == bool(scored.max() > 0)
        assert not one.answered or int(scored.argmax()) == 0
    np.testing.assert_array_equal(weights["token_embd.weight"], tiny.tensors["token_embd.weight"])
