"""Previews of passages."""

import pytest

from tutor_app.services.snippet import plain, snippet, word_pattern


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("A **leaf** is *green*.", "A leaf is green."),
        (r"It is $\frac{3}{4}$ of \$5.", "It is 3/4 of $5."),
        (r"$\frac{1+2}{2}=\frac{3}{4}$", "(1+2)/2=3/4"),
        (r"$5\frac{1}{2}$ m", "5 1/2 m"),
        (r"$3 \times 4$ and $x^2$", "3 × 4 and x²"),
        ("![A cell](media/cell.svg)", "A cell"),
        ("- one\n- two", "one two"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("snake_case stays", "snake_case stays"),
    ],
)
def test_signs_of_markdown_and_tex_are_left_out(markdown: str, shown: str) -> None:
    assert plain(markdown) == shown


def test_the_first_word_found_is_in_the_piece_and_all_are_marked() -> None:
    text = "word " * 60 + "the Énergie of light, energie again " + "word " * 60
    runs = snippet(text, word_pattern(["energi"]))
    assert [run.text for run in runs if run.marked] == ["Énergie", "energie"]
    shown = "".join(run.text for run in runs)
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_without_a_hit_the_text_begins() -> None:
    assert "".join(run.text for run in snippet("A short text.", word_pattern(["zebra"]))) == "A short text."


def test_a_formula_in_a_line_has_a_minus_and_words_keep_their_hyphens() -> None:
    assert plain("Work out $34 - 4x^2$ for a well-known $x$.") == "Work out 34 − 4x² for a well-known x."
    assert plain(r"$\frac{2}{5} = \frac{\square}{25}$") == "2/5 = □/25"
    assert plain("It costs \\$3-\\$5.") == "It costs $3-$5."
