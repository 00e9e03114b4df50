import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.reading import (
    CHARACTERS_READ,
    PASSAGES_READ,
    SENTENCES_READ,
    affordable,
    figures,
    mixed,
    to_read,
)


@given(st.lists(st.tuples(st.integers(0, 11), st.floats(-5, 5, width=32)), min_size=1, max_size=60))
def test_the_best_sentence_of_each_of_the_best_passages_is_read(sentences: list[tuple[int, float]]) -> None:
    owner = np.unique([at for at, _ in sentences], return_inverse=True)[1]
    scores = np.array([score for _, score in sentences], np.float32)
    passages = np.array([scores[owner == at].max() for at in range(owner.max() + 1)], np.float32)
    read = to_read(scores, owner, passages)
    assert len(set(read.tolist())) == len(read) == min(SENTENCES_READ, len(scores))
    assert scores[read].tolist() == sorted(scores[read].tolist(), reverse=True)
    for passage in np.argsort(-passages, kind="stable")[:PASSAGES_READ]:
        assert any(owner[at] == passage and scores[at] == passages[passage] for at in read)


def test_places_that_are_left_go_to_the_best_of_all() -> None:
    scores = np.arange(20, 0, -1).astype(np.float32)
    owner = np.array([0] * 18 + [1, 1])
    assert to_read(scores, owner, np.array([2.0, 1.0])).tolist() == [*range(SENTENCES_READ - 1), 18]


@given(st.integers(0, 150), st.lists(st.integers(1, 2 * CHARACTERS_READ), min_size=1, max_size=12))
def test_reading_ends_before_it_takes_too_long_but_the_first_is_read(asked: int, lengths: list[int]) -> None:
    most = affordable("a" * asked, lengths)
    assert most >= 1
    assert most == 1 or sum(lengths[:most]) + most * asked <= CHARACTERS_READ
    assert most == len(lengths) or sum(lengths[: most + 1]) + (most + 1) * asked > CHARACTERS_READ


def test_of_a_long_question_only_its_beginning_is_counted() -> None:
    assert affordable("a" * 10_000, [50] * 8) > 1


def test_what_is_not_read_counts_as_the_lowest_that_was() -> None:
    sentence_scores, passage_scores = mixed(
        np.zeros(4, np.float32),
        np.array([0, 0, 1, 2]),
        np.zeros(3, np.float32),
        np.array([1, 2]),
        [4.0, -2.0],
    )
    assert sentence_scores.tolist() == pytest.approx([-0.6, 1.2, -0.6, -0.6])
    assert passage_scores.tolist() == pytest.approx([1.6, -0.8, -0.8])


def test_of_two_passages_that_were_read_alike_the_one_with_the_better_sentence_goes_first() -> None:
    _, passage_scores = mixed(
        np.array([0.5, -1.0, 1.0], np.float32),
        np.array([0, 0, 1]),
        np.array([0.1, 0.0, 0.2], np.float32),
        np.array([0, 2]),
        [1.0, 1.0],
    )
    assert passage_scores.tolist() == pytest.approx([0.9, 1.2, -0.2])


def test_the_figures_are_of_the_highest_the_second_the_quoted_and_of_any() -> None:
    told = figures([0.0, 3.0, -1.0], quoted=0.0)
    assert (told["logit"], told["logit_second"], told["logit_quoted"]) == (3.0, 0.0, 0.0)
    assert told["logit_any"] == pytest.approx(np.log(np.exp(3) + 1 + np.exp(-1)))
    assert figures([1.0], quoted=1.0)["logit_second"] == 1.0
