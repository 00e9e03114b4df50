"""What is read, what it is worth, and what is said about what cannot be read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.expression import evaluate, parse_authored, parse_learner
from engine.errors import ExpressionError

X, Y = Fraction(7, 3), Fraction(-5)
VALUES = {"x": X, "y": Y}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,000", 1000),
        ("1 000", 1000),
        ("1'000", 1000),
        ("1,00,000", 100000),
        ("1,000,000.5", Fraction(2000001, 2)),
        ("1.000,5", Fraction(2001, 2)),
        ("1.000.000", 1000000),
        ("1.000", 1),
        ("0,5", Fraction(1, 2)),
        ("3,14", Fraction(314, 100)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("⅔", Fraction(2, 3)),
        ("1 1/2", Fraction(3, 2)),
        ("-1 1/2", Fraction(-3, 2)),
        ("2 125/1000", Fraction(17, 8)),
        ("1 500/3", 500),
        ("1⁄2", Fraction(1, 2)),
        ("−3 × 4 ÷ 2", -6),
        ("3 · 4", 12),
        ("3 x 4", 12),
        ("50%", Fraction(1, 2)),
        ("3e5", 300000),
        ("3×10^5", 300000),
        ("3 x 10⁻³", Fraction(3, 1000)),
        ("0.333...", Fraction(1, 3)),
        ("0.1666…", Fraction(1, 6)),
        ("0.142857142857...", Fraction(1, 7)),
        ("√9", 3),
        ("|-4|", 4),
        ("2|−3|", 6),
        (r"\frac{1}{2}", Fraction(1, 2)),
        (r"$2\frac{1}{2}$", Fraction(5, 2)),
        (r"\frac{\frac{1}{2}}{3}", Fraction(1, 6)),
        (r"3\times10^{5}", 300000),
        (r"\left(2+3\right)\cdot4", 20),
        (r"\sqrt{16}", 4),
        ("٣٫٥", Fraction(7, 2)),
        ("\u200e7\u200f", 7),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("2^-2", Fraction(1, 4)),
        ("2/-4*3", Fraction(-3, 2)),
        ("10 - 2 - 3", 5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: Fraction) -> None:
    assert evaluate(parse_learner(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2x", 2 * X),
        ("2(x+1)", 2 * (X + 1)),
        ("(x+1)(x-1)", (X + 1) * (X - 1)),
        ("x²y", X**2 * Y),
        ("xy", X * Y),
        ("X + Y", X + Y),
        ("1/2x", X / 2),
        ("[2(x+1)]^2", (2 * (X + 1)) ** 2),
        ("|y|x", 5 * X),
        ("min(x, y)", Y),
    ],
)
def test_multiplication_may_go_without_a_sign(text: str, value: Fraction) -> None:
    assert evaluate(parse_learner(text, known={"x", "y"}), VALUES) == value


def test_numbered_variables_are_read_in_both_spellings() -> None:
    for text in ("v0 + 2", "v_0+2", "v₀ + 2"):
        assert evaluate(parse_learner(text, known={"v0"}), {"v0": Fraction(3)}) == 5


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "There is nothing to read yet."),
        ("2x(x+1", "The bracket after 2x is never closed."),
        ("(", "The opening bracket is never closed."),
        ("|x", "The opening bar is never closed."),
        ("2+", "Something is missing after +."),
        ("*3", "Something is missing before *."),
        ("()", "There is nothing between the brackets."),
        ("x)", "There is one closing bracket too many."),
        ("3 4", "There is no sign between 3 and 4."),
        ("x2", "It is not clear what the 2 after x means."),
        ("x^99", "The exponent 99 is too large to work with."),
        ("1e999999", "The exponent 999999 is too large to work with."),
        ("(" * 30 + "1" + ")" * 30, "There are too many brackets inside each other."),
        ("1" * 201, "That is longer than 200 characters."),
        ("banana", "The word “banana” cannot be read here."),
        ("__import__('os')", "The sign _ cannot be read here."),
        ("gcd(3", "The bracket after gcd is never closed."),
        ("mod(3)", "mod takes 2 numbers in its bracket, not 1."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, what: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_learner(text)
    assert caught.value.what == what


@pytest.mark.parametrize(
    "text", ["2x", "x²", "½", "1,5", "|x|", "√2", "50%", "f(x)", "a = = b", "x.y", "'a'"]
)
def test_authors_write_the_strict_language(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_authored(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a/b + 1/12", Fraction(5, 6)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("gcd(a, b) == 1 and a != b", True),
        ("not (a < b) or a == 4", False),
        ("1 < a < b", True),
        ("lcm(a, b)", 12),
        ("round(2.5)", 3),
        ("round(-1.255, 2)", Fraction(-126, 100)),
        ("floor(-1.5) + ceil(1.2)", 0),
        ("mod(-1, b)", 3),
        ("sqrt(a^2 + b^2)", 5),
        ("sqrt(1/4)", Fraction(1, 2)),
        ("max(a, b, 9) - min(a, b)", 6),
        ("abs(a - b)", 1),
        ("8^(1/3) < 2.001", True),
        ("sin(pi/2) == 1", True),
        ("log(1000) == 3 and ln(exp(2)) == 2", True),
        ("who == who and who != 'other'".replace("'other'", "also"), True),
    ],
)
def test_the_mini_language_is_exact(text: str, value: Fraction | bool) -> None:
    values: dict[str, Fraction | str] = {"a": Fraction(3), "b": Fraction(4), "who": "Amina", "also": "Yuki"}
    assert evaluate(parse_authored(text), values) == value


def test_an_authored_expression_may_be_twice_as_long_and_no_longer() -> None:
    assert evaluate(parse_authored("+".join(["1"] * 200))) == 200
    with pytest.raises(ExpressionError, match="longer than 400"):
        parse_authored("+".join(["1"] * 202))


@pytest.mark.parametrize(
    "text",
    ["1/0", "0^0", "sqrt(-1)", "ln(0)", "gcd(1/2, 2)", "9^50^2", "exp(9999)", "x", "a + who", "not a", "a < who",
     "round(1, 1/2)", "mod(1, 0)", "(1 < 2) + 1", "((9^50)^50)^50"],
)  # fmt: skip
def test_what_has_no_value_is_an_error_of_our_own(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(parse_authored(text), {"a": Fraction(3), "who": "Amina"})


@given(st.recursive(
    st.integers(0, 99).map(str) | st.sampled_from(["x", "y"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({''.join(parts)})"),
    max_leaves=12,
))  # fmt: skip
def test_both_doors_give_python_s_value(text: str) -> None:
    expected = eval(text, {"__builtins__": {}}, dict(VALUES))
    if len(text) <= 200:
        assert evaluate(parse_authored(text), VALUES) == expected
        assert evaluate(parse_learner(text, known={"x", "y"}), VALUES) == expected


@given(st.text(max_size=60) | st.text("0123456789.,+-*/^()[]|xyπ√½²%eE \\{}frac", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        evaluate(parse_learner(text), VALUES)
    except ExpressionError as error:
        sentence = error.what
    else:
        sentence = "It was read."
    assert sentence.endswith(".")
