"""What a learner types is cleaned, or refused with a sentence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import QuestionError
from engine.tutor.question import MAX_CHARACTERS, clean_question


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Why do\tleaves\n look  green? ", "Why do leaves look green?"),
        ("Was ist Kraft?", "Was ist Kraft?"),
        ("Cafe\u0301", "Café"),
        ("\ufeffWhat is a cell?", "What is a cell?"),
        ("What \u202eis\u202c a \u2066cell\u2069?", "What is a cell?"),
        ("ما هي الخلية؟", "ما هي الخلية؟"),
        ("תא \u200fמה", "תא \u200fמה"),
        ("🌱 cell 👩‍🔬?", "🌱 cell 👩‍🔬?"),
        ("光は何ですか", "光は何ですか"),
        ("half \ud83d a character", "half a character"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("7", "7"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
    ],
)
def test_questions_are_put_in_one_clean_line(typed: str, cleaned: str) -> None:
    assert clean_question(typed) == cleaned


@pytest.mark.parametrize(
    "typed", ["", "   \n", "?!", "🌱🌱", "\u202e\u202c", "\x00", "\ud800", "-" * 500, "\u200b"]
)
def test_without_a_word_there_is_no_question(typed: str) -> None:
    with pytest.raises(QuestionError, match="no question") as caught:
        clean_question(typed)
    assert "what is a cell?" in caught.value.todo
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("length", [MAX_CHARACTERS + 1, 100_000])
def test_a_long_text_is_refused_with_its_length(length: int) -> None:
    with pytest.raises(QuestionError, match=f"{length:,}"):
        clean_question("x" * length)


def test_a_text_that_grows_by_being_normalised_is_measured_afterwards() -> None:
    with pytest.raises(QuestionError, match="long"):
        clean_question("\U0001d160" * MAX_CHARACTERS)


@pytest.mark.parametrize("decoded", ["latin-1", "surrogateescape"])
def test_binary_is_called_binary(decoded: str) -> None:
    data = random.Random(3).randbytes(2000)
    text = data.decode("latin-1") if decoded == "latin-1" else data.decode("utf-8", "surrogateescape")
    with pytest.raises(QuestionError, match="binary"):
        clean_question(text)


@given(st.text(st.characters(codec=None), max_size=200))
def test_whatever_is_typed_gives_a_storable_line_or_a_refusal(typed: str) -> None:
    try:
        cleaned = clean_question(typed)
    except QuestionError:
        return
    assert cleaned.encode()
    assert cleaned == " ".join(cleaned.split())
    assert clean_question(cleaned) == cleaned
