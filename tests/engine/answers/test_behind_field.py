"""What stands behind the field may be typed as well, in other words; another unit may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.behind_field import (
    counted_word,
    without_counted_word,
    without_what_stands_behind,
    words_behind_gaps,
)


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("1400", "m", "1400"),
        ("1400 metres", "m", "1400"),
        ("1400m", "m", "1400"),
        ("240 seconds", "s", "240"),
        ("240 secs", "s", "240"),
        ("−9 metres per second", "m/s", "−9"),
        ("384 cm2", "cm²", "384"),
        ("384 square centimetres", "cm²", "384"),
        ("40 percent", "%", "40"),
        ("40 per cent", "%", "40"),
        ("40 degrees Celsius", "°C", "40"),
        ("40 degrees", "°C", "40"),
        ("70 mg/min", "mg in a minute", "70"),
        ("70 mg per minute", "mg in a minute", "70"),
        ("15 bubbles", "bubbles in a minute", "15"),
        ("1 day", "days", "1"),
        ("4 times as large", "times", "4"),
        ("3:1", ": 1", "3"),
        ("84 t", "tonnes", "84"),
        ("30 ml", "cm³", "30"),
        ("200x", "times", "200"),
        ("40 ºC", "°C", "40"),
        ("6 bubbles/min", "bubbles in a minute", "6"),
        ("6 per minute", "bubbles in a minute", "6"),
        ("30 g/l", "g of sugar in a litre", "30"),
        ("30 g in a litre", "g of sugar in a litre", "30"),
        ("6:00", "o'clock", "6"),
        ("6 am", "o'clock", "6"),
        ("6 a.m.", "o'clock", "6"),
    ],
)
def test_the_same_in_other_words_is_left_out(text: str, after: str, expected: str) -> None:
    assert without_what_stands_behind(text, after).rstrip() == expected


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("1.4 km", "m"),
        ("5 m", "m/s"),
        ("5 cm", "m"),
        ("40 °F", "°C"),
        ("3 cm", "cm²"),
        ("6 apples", "cells"),
        ("6 pm", "o'clock"),
        ("6:30", "o'clock"),
        ("6 per hour", "bubbles in a minute"),
        ("6 ͺ", "cm²"),
    ],
)
def test_another_unit_stays_for_the_checker_to_refuse(text: str, after: str) -> None:
    assert without_what_stands_behind(text, after) == text


@given(st.text(max_size=120), st.sampled_from(["m", "cm²", "%", "°C", "mg in a minute", ": 1"]))
def test_only_the_end_is_ever_left_out(text: str, after: str) -> None:
    assert text.startswith(without_what_stands_behind(text, after))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("64 chromosomes", "chromosomes", "64"),
        ("1 Chromosome.", "chromosomes", "1"),
        ("64", "chromosomes", "64"),
        ("64 cells", "chromosomes", "64 cells"),
        ("64 x", "", "64 x"),
        ("3/4 chromosomes", "chromosomes", "3/4 chromosomes"),
        ("about 64 chromosomes", "chromosomes", "about 64 chromosomes"),
    ],
)
def test_the_word_that_is_counted_is_left_out_behind_a_whole_number(
    text: str, word: str, expected: str
) -> None:
    assert without_counted_word(text, word) == expected


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("How many seeds are left?", "seeds"),
        ("In total, how many red blood cells does she have?", "cells"),
        ("How many bacteria?", "bacteria"),
        ("How far is it?", ""),
        ("How many minutes longer than that does the second half take?", ""),
    ],
)
def test_what_is_counted_is_the_word_behind_how_many(question: str, word: str) -> None:
    assert counted_word(question) == word


def test_a_gap_counts_the_word_behind_it() -> None:
    text = "Each new cell has [gap:g1] chromosomes, a sperm cell [gap:g2]. It has [gap:g3]."
    assert words_behind_gaps(text) == {"g1": "chromosomes"}
