from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor_app.richtext.document import Formula, Text
from tutor_app.richtext.opening import opening
from tutor_app.richtext.plain import to_plain


def test_formulas_are_typeset_in_it() -> None:
    found = opening("Work out $69 - 3 \\times 4$.", 90)
    assert [type(run) for run in found.blocks[0].runs] == [Text, Formula, Text]
    assert to_plain(found) == "Work out $69 - 3 \\times 4$."


def test_paragraphs_and_lists_become_one_paragraph() -> None:
    assert to_plain(opening("Which is right?\n\n- one\n- two\n\n$$x^2$$\nThat.", 90)) == (
        "Which is right? one two $$x^2$$ That."
    )


def test_a_table_is_no_part_of_the_sentence() -> None:
    text = "Bubbles were counted at three light levels.\n\n| Light | Bubbles |\n|---|---|\n| 1 | 8 |\n\nWhat limits it?"
    assert to_plain(opening(text, 90)) == "Bubbles were counted at three light levels. What limits it?"


@pytest.mark.parametrize(("opened", "closed"), [("“", "”"), ("„", "“"), ('"', '"')])
def test_a_quotation_that_is_cut_is_closed(opened: str, closed: str) -> None:
    text = f"Mia says: {opened}The line goes up,{closed} and then {opened}it goes down again.{closed}"
    assert to_plain(opening(text, 20)) == f"Mia says: {opened}The line …{closed}"
    assert to_plain(opening(text, 38)) == f"Mia says: {opened}The line goes up,{closed} and then …"
    assert to_plain(opening(text, 200)) == text


def test_gaps_are_blanks() -> None:
    assert to_plain(opening("[gap:g1] is ([gap:g2]) and [gap:g3].", 90)) == "___ is (___) and ___."


def test_a_long_question_is_cut_between_words_and_never_within_a_formula() -> None:
    assert to_plain(opening("A row of squares is laid with sticks.", 20)) == "A row of squares is …"
    assert to_plain(opening("Solve $7x - 4 = 3x + 12$ now.", 12)) == "Solve …"
    assert to_plain(opening("Solve $7x - 4 = 3x + 12$ now and then.", 27)) == "Solve $7x - 4 = 3x + 12$ now …"


def test_where_words_are_not_told_apart_it_is_cut_between_letters() -> None:
    assert to_plain(opening("水は何度で沸騰しますか。答えを選びなさい。", 8)) == "水は何度で沸騰し …"


def test_it_is_cut_between_sentences_where_that_leaves_enough() -> None:
    text = "A row of squares is laid with sticks. One square needs 4 sticks, and every further square 3."
    assert to_plain(opening(text, 90)) == "A row of squares is laid with sticks. …"
    assert to_plain(opening("Look. " + text, 40)) == "Look. A row of squares is laid with …"
    assert to_plain(opening(text, 200)) == text


def test_an_empty_question_has_no_blocks() -> None:
    assert opening(" ", 90).blocks == ()


@given(st.text("ab $x^2|-\n#*[]", max_size=80), st.integers(1, 40))
def test_it_is_one_paragraph_of_bounded_length(question: str, most: int) -> None:
    found = opening(question, most)
    assert len(found.blocks) <= 1
    words = "".join(run.text for block in found.blocks for run in block.runs if isinstance(run, Text))
    assert len(words) <= most + 2
