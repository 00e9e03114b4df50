import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.spelling import distance, repaired

KNOWN = {
    "mitochondria": 9,
    "photosynthesis": 5,
    "velocity": 4,
    "plane": 2,
    "stiff": 1,
    "colour": 3,
    "autumn": 1,
    "does": 9,
}


def mend(question: str) -> str:
    return repaired(
        question,
        is_known=lambda word: word in KNOWN,
        similar=lambda start, shortest, longest: [
            (word, count)
            for word, count in KNOWN.items()
            if word.startswith(start) and shortest <= len(word) <= longest
        ],
    )[0]


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("whats a mitocondria", "whats a mitochondria"),
        ("what is photosythesis?", "what is photosynthesis?"),
        ("terminal velosity", "terminal velocity"),
        ("leaf color in autum", "leaf colour in autumn"),
        ("Mitocondria", "mitochondria"),
    ],
)
def test_a_slip_is_mended(slip: str, right: str) -> None:
    assert mend(slip) == right


@pytest.mark.parametrize(
    "text", ["plant", "stuff", "moon", "the and of", "", "parliament", "velocity", "12345", "a planet"]
)
def test_what_may_be_another_word_stays(text: str) -> None:
    assert mend(text) == text


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_is_symmetric_and_zero_only_for_equals(left: str, right: str) -> None:
    assert distance(left, right, 9) == distance(right, left, 9)
    assert (distance(left, right, 9) == 0) == (left == right)


def test_a_swap_is_one_edit() -> None:
    assert distance("recieve", "receive", 2) == 1
