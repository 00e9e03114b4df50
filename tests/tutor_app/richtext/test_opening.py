from __future__ import annotations

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


def test_gaps_are_dots() -> None:
    assert to_plain(opening("Water is [gap:g1] and [gap:g2].", 90)) == "Water is … and …."


def test_a_long_question_is_cut_between_words_and_never_within_a_formula() -> None:
    assert to_plain(opening("A row of squares is laid with sticks.", 20)) == "A row of squares is …"
    assert to_plain(opening("Solve $7x - 4 = 3x + 12$ now.", 12)) == "Solve …"
    assert to_plain(opening("Solve $7x - 4 = 3x + 12$ now and then.", 27)) == "Solve $7x - 4 = 3x + 12$ now …"


def test_an_empty_question_has_no_blocks() -> None:
    assert opening(" ", 90).blocks == ()


@given(st.text("ab $x^2|-\n#*[]", max_size=80), st.integers(1, 40))
def test_it_is_one_paragraph_of_bounded_length(question: str, most: int) -> None:
    found = opening(question, most)
    assert len(found.blocks) <= 1
    words = "".join(run.text for block in found.blocks for run in block.runs if isinstance(run, Text))
    assert len(words) <= most + 2
