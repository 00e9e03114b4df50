import pytest

from engine.rag.short_words import written_out


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("why r plants green", "why are plants green"),
        ("How do u use F=ma", "How do you use F=ma"),
        ("can u add fractions b4 simplifying", "can you add fractions before simplifying"),
        ("does ur weight change", "does your weight change"),
        ("is it bcoz of gravity", "is it because of gravity"),
        ("diff between mass and weight", "difference between mass and weight"),
    ],
)
def test_letters_that_stand_for_words_are_written_out(short: str, whole: str) -> None:
    assert written_out(short) == whole


@pytest.mark.parametrize(
    "question",
    [
        "what is u in v = u + at",
        "what does r mean in a formula",
        "if u = 5 and t = 2, what is v",
        "how r = 3 changes the area",
        "if u is 5 what is v",
        "are diff and difference the same",
    ],
)
def test_what_may_be_a_symbol_stays(question: str) -> None:
    assert written_out(question) == question
