"""Follow-ups are made whole with the turn before; questions of their own are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tutor.follow_up import PreviousTurn, Understood, understand
from engine.types import AnswerMode

_LEAVES = PreviousTurn("Why do leaves look green?", "Why leaves look green")
_CELL = PreviousTurn("What is a cell?", "What a cell is")


@pytest.mark.parametrize(
    ("question", "previous", "understood"),
    [
        ("Why?", _CELL, "why cell"),
        ("why", _LEAVES, "Why do leaves look green?"),
        ("How come?", _CELL, "how cell"),
        ("But how does it work?", _CELL, "how cell"),
        ("And why is that?", _CELL, "why cell"),
        ("I don't get it", _CELL, "What is a cell?"),
        ("Tell me more", _CELL, "What is a cell?"),
        ("What is it made of?", _CELL, "What is it made of: cell"),
        ("Can they move?", PreviousTurn("What are bacteria?", "Bacteria"), "Can they move: bacteria"),
    ],
)
def test_a_follow_up_leans_on_the_turn_before(question: str, previous: PreviousTurn, understood: str) -> None:
    found = understand(question, AnswerMode.EXPLAIN, previous)
    assert (found.question, found.follow_up) == (understood, True)


@pytest.mark.parametrize(
    "question",
    [
        "What is a force?",
        "Why is the sky blue?",
        "Is there water in a cell?",
        "How do we know that a cell divides?",
        "Photosynthesis",
        "What does “membrane” mean?",
        "How does friction change the way this heavy wooden box slides along?",
    ],
)
def test_a_question_of_its_own_is_left_alone(question: str) -> None:
    assert understand(question, AnswerMode.EXPLAIN, _CELL) == Understood(question, AnswerMode.EXPLAIN)


@pytest.mark.parametrize(
    ("question", "mode"),
    [
        ("Give an example of that", AnswerMode.EXAMPLE),
        ("Another example please", AnswerMode.EXAMPLE),
        ("for example?", AnswerMode.EXAMPLE),
        ("example please", AnswerMode.EXAMPLE),
        ("Simpler please", AnswerMode.SIMPLER),
        ("That is too hard", AnswerMode.SIMPLER),
        ("explain it again", AnswerMode.SIMPLER),
        ("I don’t understand", AnswerMode.SIMPLER),
        ("Quiz me", AnswerMode.QUIZ),
        ("quiz me on this", AnswerMode.QUIZ),
        ("test me", AnswerMode.QUIZ),
        ("ok", AnswerMode.EXPLAIN),
    ],
)
def test_the_wish_is_read_out_of_the_words(question: str, mode: AnswerMode) -> None:
    found = understand(question, AnswerMode.EXPLAIN, _LEAVES)
    assert found == Understood("Why do leaves look green?", mode, follow_up=True)


def test_a_chosen_mode_wins_over_the_words() -> None:
    assert understand("Give an example of a force", AnswerMode.QUIZ, None).mode is AnswerMode.QUIZ
    assert understand("Give an example of a force", AnswerMode.EXPLAIN, None).mode is AnswerMode.EXAMPLE


@given(st.text(max_size=60), st.sampled_from(AnswerMode))
def test_without_a_turn_before_every_question_stands_as_it_is(question: str, mode: AnswerMode) -> None:
    found = understand(question, mode, None)
    assert found.question == question
    assert not found.follow_up


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.text(max_size=40))
def test_whatever_is_typed_something_is_understood(question: str, before: str, title: str) -> None:
    found = understand(question, AnswerMode.EXPLAIN, PreviousTurn(before, title))
    assert found.question.strip() or not (question.strip() and before.strip())
