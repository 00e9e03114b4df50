"""Practice in words."""

from __future__ import annotations

import pytest

from tutor_app.item_models.practice_words import reply_kind


@pytest.mark.parametrize(
    ("outcome", "flaw", "said"),
    [
        ("right", "", "Right"),
        ("wrong", "", "Not yet"),
        ("wrong", "sign", "Not yet: the sign"),
        ("partly", "", "Partly right"),
        ("partly", "incomplete", "Not yet: incomplete"),
    ],
)
def test_the_kind_of_an_answer_is_a_word_or_two(outcome: str, flaw: str, said: str) -> None:
    assert reply_kind(outcome, flaw) == said
