"""A sentence with a gap, and whether a reply fills it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.retrieval import ScoredSentence
from engine.tutor.quiz import GAP, Quiz, is_right, make_quiz, missing_words
from engine.types import Term
from tests.engine.tutor.found import passage, retrieval, sentences

_CHLOROPHYLL = Term("chlorophyll", "The green substance.", "p-1", aliases=("leaf green",))


def test_the_longest_term_of_the_best_sentence_is_left_out() -> None:
    text = "Leaves of all plants are made of cells. A leaf holds chlorophyll in its many cells."
    found = sentences(passage(text, terms=[Term("cells", "Parts.", "p-1"), _CHLOROPHYLL]), 0.8, 0.9)
    quiz = make_quiz(retrieval(*found))
    assert quiz is not None
    assert quiz.stem == f"A leaf holds {GAP} in its many cells."
    assert quiz.key == "chlorophyll"


def test_other_names_of_a_term_are_left_out_as_well() -> None:
    found = sentences(
        passage("All of the leaf green sits inside of small bodies.", terms=[_CHLOROPHYLL]), 0.9
    )
    quiz = make_quiz(retrieval(*found))
    assert quiz is not None
    assert quiz.key == "leaf green"


def test_without_a_glossary_the_bold_words_are_left_out_with_their_marks() -> None:
    found = sentences(passage("The **nucleus** holds the plans of the cell."), 0.9)
    quiz = make_quiz(retrieval(*found))
    assert quiz is not None
    assert quiz.stem == f"The {GAP} holds the plans of the cell."


@pytest.mark.parametrize(
    "text", ["It is chlorophyll.", "chlorophyll " * 40 + "end.", "Leaves look green to all of us."]
)
def test_sentences_too_short_too_long_or_without_a_term_make_no_quiz(text: str) -> None:
    assert make_quiz(retrieval(*sentences(passage(text, terms=[_CHLOROPHYLL]), 0.9))) is None


def test_no_gap_is_made_in_a_formula() -> None:
    text = "$$\\text{water} + \\text{gas} \\to \\text{sugar, chlorophyll}$$ is all that a leaf does."
    assert make_quiz(retrieval(*sentences(passage(text, terms=[_CHLOROPHYLL]), 0.9))) is None


_WORDS = st.lists(
    st.sampled_from(["leaf", "Leaf", "(cell)", "$x$", "a.b", "green,", "*x*", "\\d+", "cells"]), max_size=6
)


@given(_WORDS, st.sampled_from(["chlorophyll", "Leaf green", "a+b", "F (net)"]), _WORDS, st.booleans())
def test_the_left_out_words_are_found_again(
    before: list[str], key: str, after: list[str], bold: bool
) -> None:
    text = " ".join([*before, f"**{key}**" if bold else key, *after])
    quiz = Quiz(ScoredSentence(passage(text), 0, len(text), 1.0), key)
    assert GAP in quiz.stem
    assert missing_words(quiz.stem, text).lower() == key.lower()


@pytest.mark.parametrize(
    ("stem", "sentence"), [("No gap.", "No gap."), (f"A {GAP}.", "Other words."), ("", "")]
)
def test_a_stem_of_another_sentence_has_no_missing_words(stem: str, sentence: str) -> None:
    assert missing_words(stem, sentence) == ""


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        ("chlorophyll", "chlorophyll"),
        ("Chlorophyll!", "chlorophyll"),
        ("the chlorophyll", "chlorophyll"),
        ("it is chlorophyll", "Chlorophyll"),
        ("cells", "cell"),
        ("cell", "cells"),
        ("a force", "force"),
        ("red light", "red light"),
    ],
)
def test_right_replies(reply: str, key: str) -> None:
    assert is_right(reply, key)


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        ("no idea", "chlorophyll"),
        ("cellulose", "cell"),
        ("light", "red light"),
        ("unforced", "force"),
        ("", "cell"),
        ("?", "cell"),
        ("one of cell leaf force light", "cell"),
        ("anything", ""),
        ("", ""),
    ],
)
def test_wrong_replies(reply: str, key: str) -> None:
    assert not is_right(reply, key)
