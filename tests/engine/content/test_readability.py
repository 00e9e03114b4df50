"""Words, sentences, syllables and the reading grade."""

import pytest

from engine.content.readability import length, reading_grade, sentence_words, syllables


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("leaf", 1), ("table", 2), ("make", 1), ("energy", 3), ("th", 1)]
)
def test_syllables_are_counted_by_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_formulas_are_one_word_and_tables_no_sentence() -> None:
    text = "The sum $a + b$ is 5.\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert sentence_words(text) == [["The", "sum", "x", "is"]]
    assert length(text) == 5 + 4


def test_the_grade_is_flesch_and_kincaids() -> None:
    sentences = [["the", "cat", "sat"], ["it", "was", "happy"]]
    assert reading_grade(sentences) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert reading_grade([]) == 0
