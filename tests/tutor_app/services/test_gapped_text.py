"""Texts with gaps: what is said before the first one, what is filled in, and how they are written in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor_app.richtext.plain import to_plain
from tutor_app.services.gapped_text import filled, lead, with_blanks
from tutor_app.services.snippet import plain


@pytest.mark.parametrize(
    ("text", "before", "shown"),
    [
        ("Fill the gaps: A leaf is [gap:g1].", "Fill the gaps:", "A leaf is X."),
        ("Fill the gaps. A leaf is [gap:g1]. It grows.", "Fill the gaps.", "A leaf is X. It grows."),
        ("Complete it.\n\nglucose + [gap:g1] → water", "Complete it.", "glucose + X → water"),
        ("It is day. Complete it.\n\nNow [gap:g1].", "It is day. Complete it.", "Now X."),
        ("A [gap:g1]. B: [gap:g2].", "", "A X. B: ___."),
        ("[gap:g1] is green: so it is.", "", "X is green: so it is."),
        ("For $y = 2$: it is [gap:g1].", "For $y = 2$:", "it is X."),
        ("The ratio $3:4$ is [gap:g1].", "", "The ratio $3:4$ is X."),
        ("Fill in: Mr. Smith has [gap:g1] legs.", "Fill in:", "Mr. Smith has X legs."),
        ("Mass, e.g. that of $x$, is [gap:g1].", "", "Mass, e.g. that of $x$, is X."),
        ("Do it. 1) Red is [gap:g1].", "Do it.", "1) Red is X."),
        ("Look. [gap:g1] is green.", "Look.", "X is green."),
        ("No gap. None.", "", "No gap. None."),
        ("Fill in:\n\n| a | b |\n|---|---|\n| 1 | [gap:g1] |", "Fill in:", "a\tb\n1\tX"),
    ],
)
def test_what_is_filled_in_begins_with_the_sentence_of_its_first_gap(
    text: str, before: str, shown: str
) -> None:
    assert to_plain(lead(text)) == before
    assert to_plain(filled(text, {"g1": "X"})) == shown


@given(
    st.lists(st.sampled_from(["A word", ". ", ": ", "\n\n", "[gap:g1]", "$x$", " and ", "! "]), max_size=9)
)
def test_nothing_of_a_text_is_lost_or_said_twice(pieces: list[str]) -> None:
    text = "".join(pieces)
    both = to_plain(lead(text)) + to_plain(filled(text, {"g1": "X"}))
    assert "".join(both.split()) == "".join(to_plain(filled(f"[gap:g2]{text}", {"g1": "X"})).split())[3:]


def test_a_gap_in_a_line_of_words_is_a_blank_and_does_not_look_cut() -> None:
    assert with_blanks("A **leaf** is [gap:g1], so [gap:g2].", plain) == "A leaf is ___, so ___."
