import pytest

from tutor_app.richtext.formula import typeset


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x=-4", "x equals minus 4"),
        (r"\frac{a}{b}", "a over b"),
        (r"\frac{a+1}{b}", "start fraction a plus 1 over b end fraction"),
        (r"\sqrt{2}", "square root of 2"),
        (r"\sqrt{x+1}", "square root of x plus 1 end root"),
        (r"\sqrt[3]{8}", "cube root of 8"),
        ("x^2", "x squared"),
        ("x^{n+1}", "x to the power n plus 1 end power"),
        (r"30^\circ", "30 degrees"),
        (r"\log_2 8", "log base 2 8"),
        (r"\sum_{i=1}^{n} i", "the sum from i equals 1 to n of i"),
        (r"\vec{F}", "F vector"),
        (r"A\cap B", "A intersection B"),
        (r"\mathbb{R}", "the real numbers"),
        (r"\mathbf{v}", "v"),
        (r"5\,\text{m/s}", "5 m/s"),
        (r"\cancel{6}", "crossed out 6 end crossed out"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "open bracket 1, 2; 3, 4; close bracket"),
        (r"a\ne b", "a is not equal to b"),
    ],
)
def test_a_formula_in_words(tex: str, words: str) -> None:
    outline = typeset(tex)
    assert outline is not None
    assert outline.spoken == words
