"""Formulas in rows: nothing is lost, and what is one piece stays one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tutor_app.richtext.document import Outline
from tutor_app.richtext.formula import typeset
from tutor_app.richtext.outline_rows import INDENT, rows_of, width_of

LONG = r"\text{glucose}+\text{oxygen}\rightarrow\text{carbon dioxide}+\text{water}+\text{energy}"


def outline(tex: str) -> Outline:
    found = typeset(tex, display=True)
    assert found is not None
    return found


@given(st.floats(min_value=4.0, max_value=40.0))
def test_every_step_is_in_some_row_and_rows_are_no_wider_than_their_room(room: float) -> None:
    shape = outline(LONG)
    rows = rows_of(shape, room)
    assert sorted(step[0] for row in rows for step in row) == sorted(step[0] for step in shape.path)
    longest_word = 8.0
    assert all(width_of(row) <= max(room, longest_word + INDENT) for row in rows)


def test_with_room_enough_there_is_one_row() -> None:
    shape = outline(LONG)
    rows = rows_of(shape, shape.width + 0.01)
    assert len(rows) == 1
    assert abs(width_of(rows[0]) - shape.width) < 0.01


def test_later_rows_are_moved_in() -> None:
    first, second, *_ = rows_of(outline(LONG), 12.0)
    assert min(float(step[1]) for step in first if len(step) > 1) < 0.01
    assert min(float(step[1]) for step in second if len(step) > 1) >= INDENT - 0.2


def test_fractions_roots_and_tables_stay_whole() -> None:
    for tex in (r"\frac{a+b+c+d}{e+f+g+h}", r"\sqrt{a+b+c+d}", r"\begin{pmatrix}a&b\\c&d\end{pmatrix}"):
        assert len(rows_of(outline(tex), 1.0)) == 1
