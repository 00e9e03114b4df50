import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.words import content_stems, fold, joined_apostrophes, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fraction", "fractions"),
        ("cell", "cells"),
        ("absorb", "absorbs"),
        ("absorb", "absorbed"),
        ("stop", "stopping"),
        ("plant", "planting"),
        ("energy", "energies"),
        ("class", "classes"),
        ("slow", "slowly"),
        ("store", "stored"),
        ("glucose", "Glucose"),
        ("café", "cafe"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert content_stems(one) == content_stems(other)


@pytest.mark.parametrize(
    ("one", "other"), [("cell", "cellar"), ("mass", "mast"), ("osmosis", "osmose"), ("gas", "ga")]
)
def test_other_words_keep_another_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_numbers_are_words_and_thousands_are_not_parted() -> None:
    assert words("About 1,000 of 2.5 kg") == ["about", "1000", "of", "2.5", "kg"]


def test_a_contraction_looks_alike_with_and_without_its_mark() -> None:
    assert content_stems(joined_apostrophes("What's osmosis?")) == content_stems("whats osmosis")


@given(st.text(max_size=200))
def test_folding_is_stable_and_words_are_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word == fold(word) or not word.isascii() for word in words(text))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_stem_is_never_empty_and_never_longer(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)
