from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor_app.richtext.document import Run, Text
from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import source
from tutor_app.richtext.together import HOLDING, JOINER, as_written, kept_together


def held(markdown: str) -> str:
    """``markdown`` with a tilde for each space that holds, and an underscore for each joiner."""
    (block,) = parse(markdown).blocks
    return "".join(map(source, kept_together(block.runs))).replace(HOLDING, "~").replace(JOINER, "_")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A force of 30 N acts.", "A force of 30~N acts."),
        ("at 60 km/h, then 1.5 m/s².", "at 60~km/_h, then 1.5~m/_s²."),
        ("9.8 N/kg and 4200 J/(kg·K)", "9.8~N/_kg and 4200~J/_(kg·K)"),
        ("about 25 % or 20 °C", "about 25~% or 20~°C"),
        ("light covers 300 000 km in it", "light covers 300~000~km in it"),
        ("In 5 minutes it is 3 or 4 now", "In 5 minutes it is 3 or 4 now"),
        ("$5$ m and $x$ m", "$5$~m and $x$ m"),
        ("and so on …", "and so on~…"),
    ],
)
def test_a_number_stays_with_its_unit_and_dots_with_their_word(markdown: str, expected: str) -> None:
    assert held(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Use g = 10 N/kg. What now?", "Use g~=~10~N/_kg. What now?"),
        ("There $g$ = 1.6 N/kg.", "There $g$~=~1.6~N/_kg."),
        ("so $x$ = $4$ here", "so $x$~=~$4$ here"),
        (
            "the energy = half of the mass times the square of the speed",
            "the energy~=~half of the mass times the square of the speed",
        ),
        (
            "circumference of the circle = 2 = 2 = 2 = 2 = 2 = 2",
            "circumference of the circle~=~2~=~2~=~2~=~2 = 2~=~2",
        ),
        ("incomprehensibilities = incomprehensibility", "incomprehensibilities = incomprehensibility"),
        ("an = at", "an~=~at"),
        ("= 5", "= 5"),
    ],
)
def test_a_short_equation_stays_in_one_line(markdown: str, expected: str) -> None:
    assert held(markdown) == expected


def test_code_is_left_as_it_is() -> None:
    assert held("`x = 5 N` and 5 N") == "`x = 5 N` and 5~N".replace("`", "")


@given(st.lists(st.builds(Text, st.text("ab =5 NkgJ/\n\u00b2", max_size=30), code=st.booleans()), max_size=5))
def test_nothing_but_spaces_is_changed(runs: list[Run]) -> None:
    kept = kept_together(runs)
    assert [as_written(source(run)) for run in kept] == [source(run) for run in runs]
