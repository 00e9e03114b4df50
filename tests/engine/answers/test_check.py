"""Verdicts, family by family: what a learner would write, and what a teacher would say to it."""

import pytest

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    Expectation,
    ExpressionAnswer,
    ExpressionForm,
    IntervalAnswer,
    MatchAnswer,
    MistakeRule,
    MultipleAnswer,
    NumberAnswer,
    NumberForm,
    OrderAnswer,
    QuantityAnswer,
    Response,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.check import check
from engine.answers.verdict import Outcome, Verdict


def said(verdict: Verdict) -> str:
    """In one word: the misconception, the flaw, or the outcome."""
    if verdict.misconception:
        return verdict.misconception
    if verdict.outcome is Outcome.PARTLY:
        return f"partly {verdict.flaw}"
    return str(verdict.flaw or verdict.outcome)


def verdict(answer: Answer, response: Response, *mistakes: MistakeRule) -> str:
    return said(check(answer, response, mistakes))


N = NumberAnswer
F = NumberForm


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (N("13/12"), "13/12", "right"),
        (N("13/12"), "1 1/12", "right"),
        (N("13/12"), "26/24", "right"),
        (N("13/12", F.SIMPLIFIED), "26/24", "unsimplified"),
        (N("13/12", F.SIMPLIFIED), "1 1/12", "right"),
        (N("13/12", F.SIMPLIFIED), "-13/12", "sign"),
        (N("13/12"), "1.5", "wrong"),
        (N("1000"), "$1,000", "right"),
        (N("4"), "4 = x", "right"),
        (N("9/40"), "9/40 of a ", "right"),
        (N("0.8", F.PERCENT), "80 percent", "right"),
        (N("0.8", F.PERCENT), "80 per cent", "right"),
        (N("0.8", F.PERCENT), "80", "no_unit"),
        (N("0.8", F.PERCENT), "8", "wrong"),
        (N("3/2"), "1 and 1/2", "right"),
        (N("3/2"), "1 and ½", "right"),
        (N("-5/4"), "-1 and 1/4", "right"),
        (N("1000"), "about 1000", "right"),
        (N("1000"), "It is 1000.", "right"),
        (N("200"), "×200", "right"),
        (N("200"), "x 200", "right"),
        (N("200"), "200 times", "right"),
        (N("0.7"), "the answer is 0.7.", "right"),
        (N("1000"), "the weight is 1000", "unreadable"),
        (N("1000"), "1000.0", "right"),
        (N("1000"), "€ 1 000", "right"),
        (N("-5"), "-$5", "right"),
        (N("1/2"), "0,5", "right"),
        (N("1/2"), "2/4", "right"),
        (N("1/2"), "50%", "right"),
        (N("1/2"), "a half", "right"),
        (N("12"), "twelve", "right"),
        (N("12000"), "12 thousand", "right"),
        (N("-4"), "minus 4", "right"),
        (N("7"), "x = 7", "right"),
        (N("7"), "= 7", "right"),
        (N("7"), "3+4", "unsimplified"),
        (N("7"), "7 apples", "unreadable"),
        (N("5"), "5x", "unreadable"),
        (N("45"), "45°", "right"),
        (N("50"), "50%", "unit"),
        (N("1/2", F.PERCENT), "50%", "right"),
        (N("1/2", F.PERCENT), "0.5", "form"),
        (N("1/2", F.DECIMAL), "1/2", "form"),
        (N("1/2", F.FRACTION), "0.5", "form"),
        (N("1/2", F.FRACTION), "2/4", "right"),
        (N("7/2", F.MIXED), "3 1/2", "right"),
        (N("7/2", F.MIXED), "3 2/4", "unsimplified"),
        (N("7/2", F.MIXED), "7/2", "form"),
        (N("4", F.INTEGER), "8/2", "unsimplified"),
        (N("4", F.INTEGER), "4.0", "right"),
        (N("4", F.INTEGER), "4e0", "form"),
        (N("300000", F.SCIENTIFIC), "3×10^5", "right"),
        (N("300000", F.SCIENTIFIC), "3e5", "right"),
        (N("300000", F.SCIENTIFIC), "30×10^4", "form"),
        (N("300000", F.SCIENTIFIC), "300000", "form"),
        (N("2/3", decimals=2), "0.67", "right"),
        (N("2/3", decimals=2), "0.66", "rounding"),
        (N("2/3", decimals=2), "0.7", "rounding"),
        (N("2/3", decimals=2), "2/3", "rounding"),
        (N("2/3", decimals=2), "0.6667", "rounding"),
        (N("2/3", decimals=2), "0.76", "wrong"),
        (N("3.5", decimals=2), "3.5", "right"),
        (N("2/3"), "0.67", "rounding"),
        (N("2/3"), "0.666...", "right"),
        (N("6378", figures=2), "6400", "right"),
        (N("6378", figures=2), "6.4e3", "right"),
        (N("6378", figures=2), "6378", "rounding"),
        (N("6378", relative=0.02), "6400", "right"),
        (N("10", absolute=0.1), "10.1", "right"),
        (N("10", absolute=0.1), "10.11", "wrong"),
        (N("sqrt(2)"), "√2", "right"),
        (N("sqrt(2)"), "1.41", "rounding"),
        (N("2*pi"), "2π", "right"),
        (N("3"), "", "unreadable"),
        (N("3"), "3<4", "unreadable"),
        (N("0"), "-0", "right"),
    ],
)  # fmt: skip
def test_numbers(answer: NumberAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


E = ExpressionAnswer
G = ExpressionForm


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (E("2*x + 3*a"), "3a+2x", "right"),
        (E("2*x + 3*a"), "2X + 3A", "right"),
        (E("2*x + 3*a"), "y = 3a+2x", "right"),
        (E("2*x + 3*a"), "2x - 3a", "wrong"),
        (E("2*x + 3*a"), "-(2x+3a)", "sign"),
        (E("(x+1)^2"), "x²+2x+1", "right"),
        (E("(x+1)^2"), "x²+1", "wrong"),
        (E("x/2"), "1/2 x", "right"),
        (E("x/2"), "½x", "right"),
        (E("x/2"), "0.5x", "right"),
        (E("1/(x+1)"), "(x-1)/(x²-1)", "right"),
        (E("ln(x^2)"), "2ln(x)", "wrong"),
        (E("ln(x^2)", domains={"x": "positive"}), "2ln(x)", "right"),
        (E("sqrt(x^2)"), "x", "wrong"),
        (E("sqrt(x^2)", domains={"x": "positive"}), "x", "right"),
        (E("sin(x)^2 + cos(x)^2"), "1", "right"),
        (E("5*x", G.SIMPLIFIED), "2x+3x", "unsimplified"),
        (E("5*x", G.SIMPLIFIED), "5x", "right"),
        (E("3*x/2", G.SIMPLIFIED), "6x/4", "unsimplified"),
        (E("3*x/2", G.SIMPLIFIED), "3/2 x", "right"),
        (E("x^3", G.SIMPLIFIED), "x*x²", "unsimplified"),
        (E("x + 2", G.SIMPLIFIED), "(2x+4)/2", "unsimplified"),
        (E("x + 1", G.SIMPLIFIED), "(x²-1)/(x-1)", "unsimplified"),
        (E("2*x + 2", G.SIMPLIFIED), "2(x+1)", "right"),
        (E("5*x + 2", G.SIMPLIFIED), "2(x+1)+3x", "unsimplified"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "x²+5x+6", "right"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "(x+2)(x+3)", "form"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "x²+2x+3x+6", "unsimplified"),
        (E("(x+2)*(x+3)", G.FACTORED), "(3+x)(x+2)", "right"),
        (E("(x+2)*(x+3)", G.FACTORED), "x²+5x+6", "form"),
        (E("(2*x+4)*(x+3)", G.FACTORED), "(2x+4)(x+3)", "unsimplified"),
        (E("(2*x+4)*(x+3)", G.FACTORED), "2(x+2)(x+3)", "right"),
        (E("x^2 - 4", G.FACTORED), "(x-2)(x+2)", "right"),
        (E("-(x-2)*(x+2)", G.FACTORED), "-(x-2)(x+2)", "right"),
        (E("x*(x+1)/2", G.FACTORED), "x(x+1)/2", "right"),
        (E("(x+2)^2", G.FACTORED), "(x+2)²", "right"),
        (E("2*x"), "2x(", "unreadable"),
        (E("2*x"), "x > 2", "unreadable"),
        (E("v0 + a*t"), "v_0 + at", "right"),
        (E("2*sqrt(3)", G.SIMPLIFIED), "2√3", "right"),
        (E("2*sqrt(3)", G.SIMPLIFIED), "√12", "unsimplified"),
    ],
)  # fmt: skip
def test_expressions(answer: ExpressionAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


Q = EquationAnswer


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (Q("y = 2*x + 1"), "y = 1 + 2x", "right"),
        (Q("y = 2*x + 1"), "2x - y = -1", "right"),
        (Q("y = 2*x + 1"), "2y = 4x + 2", "right"),
        (Q("y = 2*x + 1", "y"), "2x - y = -1", "form"),
        (Q("y = 2*x + 1", "y"), "2x + 1 = y", "right"),
        (Q("y = 2*x + 1", "y"), "2x + 1", "incomplete"),
        (Q("y = 2*x + 1", "y"), "y = -2x - 1", "sign"),
        (Q("y = 2*x + 1", "y"), "y = 2x - 1", "wrong"),
        (Q("y = 2*x + 1"), "2x + 1", "unreadable"),
        (Q("x = 3"), "2x = 6", "right"),
        (Q("x = 3"), "x = 4", "wrong"),
        (Q("x = 3"), "x² = 9", "wrong"),
        (Q("F = p*A"), "p = F/A", "right"),
        (Q("F = p*A", "p"), "p = F/A", "right"),
        (Q("F = p*A", "p"), "p = F*A", "wrong"),
        (Q("x^2 = 9"), "(x-3)(x+3) = 0", "right"),
        (Q("x^2 = 9"), "x = 3", "wrong"),
        (Q("v = sqrt(2*g*h)", domains={"g": "positive", "h": "positive", "v": "positive"}), "h = v²/(2g)", "right"),
        (Q("y = 2*x"), "y = = 2x", "unreadable"),
        (Q("y = 2*x"), "y < 2x", "unreadable"),
        (Q("y = 2*x"), "z = 2x", "wrong"),
    ],
)  # fmt: skip
def test_equations(answer: EquationAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


W = EquationAnswer("7*x = 133", written=True)
BAGS = EquationAnswer("7*(x + 5) = 49", written=True)
BOOK = EquationAnswer("x/4 + x/6 = 50", written=True)


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (W, "7x = 133", "right"),
        (W, "133=x*7", "right"),
        (W, "7 times x = 133", "right"),
        (W, "14x = 266", "right"),
        (W, "x = 19", "form"),
        (W, "19 = x", "form"),
        (W, "x = 133/7", "form"),
        (W, "7x = 134", "wrong"),
        (W, "7x", "unreadable"),
        (BAGS, "7x + 35 = 49", "right"),
        (BAGS, "x = 49/7 - 5", "form"),
        (BOOK, "1/4 of x + 1/6 of x = 50", "right"),
        (BOOK, "3x + 2x = 600", "right"),
        (BOOK, "120 = x", "form"),
    ],
)
def test_the_equation_of_a_story_may_not_be_solved_yet(
    answer: EquationAnswer, text: str, expected: str
) -> None:
    assert verdict(answer, text) == expected


def test_solving_is_right_where_the_story_is_not_asked_for() -> None:
    assert verdict(EquationAnswer("7*x = 133"), "x = 19") == "right"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (W, "7p = 133"),
        (BOOK, "n/4 + n/6 = 50"),
        (ExpressionAnswer("3*n + 1"), "3x + 1"),
        (ExpressionAnswer("3*n + 1"), "4 + 3(k - 1)"),
    ],
)
def test_the_right_thing_with_another_letter_is_no_attempt(answer: Answer, text: str) -> None:
    found = check(answer, text)
    assert found.outcome is Outcome.UNREADABLE
    assert found.message.startswith("The letter here is ")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (W, "7p = 134"),
        (ExpressionAnswer("3*n + 1"), "3x"),
        (ExpressionAnswer("n*t"), "n*k"),
        (ExpressionAnswer("s/t"), "s/v"),
    ],
)
def test_another_letter_is_wrong_where_more_is_wrong_or_letters_are_the_question(
    answer: Answer, text: str
) -> None:
    assert verdict(answer, text) == "wrong"


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (SetAnswer(("-2", "3")), "{3, -2}", "right"),
        (SetAnswer(("-2", "3")), "x = 3 or x = -2", "right"),
        (SetAnswer(("-2", "3")), "3 and -2", "right"),
        (SetAnswer(("-2", "3")), "3; -2", "right"),
        (SetAnswer(("-2", "3")), "3", "partly incomplete"),
        (SetAnswer(("-2", "3")), "3, 4", "partly wrong"),
        (SetAnswer(("-2", "3")), "-3, 2", "sign"),
        (SetAnswer(("-2", "3")), "5, 6", "wrong"),
        (SetAnswer(("-2", "2")), "±2", "right"),
        (SetAnswer(("1/2", "2")), "0,5; 2", "right"),
        (SetAnswer(("1", "5")), "1,5", "right"),
        (SetAnswer(("1000", "2000")), "1,000, 2,000", "right"),
        (SetAnswer(()), "no solution", "right"),
        (SetAnswer(()), "3", "wrong"),
        (SetAnswer(("1",)), "{}", "wrong"),
        (SetAnswer(("1",)), "", "unreadable"),
        (SetAnswer(("a", "-a")), "±a", "right"),
        (TupleAnswer(("2", "-1")), "(2, -1)", "right"),
        (TupleAnswer(("2", "-1")), "(2|-1)", "right"),
        (TupleAnswer(("2", "-1")), "x=2, y=-1", "right"),
        (TupleAnswer(("2", "-1")), "x = 2 and y = -1", "right"),
        (TupleAnswer(("2", "-1")), "(-1, 2)", "order"),
        (TupleAnswer(("2", "-1")), "(-2, 1)", "sign"),
        (TupleAnswer(("2", "-1")), "(2, 1)", "partly wrong"),
        (TupleAnswer(("2", "-1")), "2", "incomplete"),
        (TupleAnswer(("1/2", "3")), "(0.5; 3)", "right"),
        (IntervalAnswer("x > 3"), "x > 3", "right"),
        (IntervalAnswer("x > 3"), "3 < x", "right"),
        (IntervalAnswer("x > 3"), "> 3", "right"),
        (IntervalAnswer("x > 3"), "(3, ∞)", "right"),
        (IntervalAnswer("x > 3"), "]3; inf[", "right"),
        (IntervalAnswer("x > 3"), "2x > 6", "unsimplified"),
        (IntervalAnswer("x > 3"), "x ≥ 3", "wrong"),
        (IntervalAnswer("x > 3"), "x < 3", "wrong"),
        (IntervalAnswer("x > 3"), "x < -3", "sign"),
        (IntervalAnswer("x >= 3"), "x => 3", "right"),
        (IntervalAnswer("-1 < x <= 4"), "(-1, 4]", "right"),
        (IntervalAnswer("-1 < x <= 4"), "x > -1 and x ≤ 4", "right"),
        (IntervalAnswer("-1 < x <= 4"), "4 ≥ x > -1", "right"),
        (IntervalAnswer("x < -1 or x > 3"), "x > 3 or x < -1", "right"),
        (IntervalAnswer("x < -1 or x > 3"), "(-∞, -1) ∪ (3, ∞)", "right"),
        (IntervalAnswer("x > 3"), "x > 3 or x > 5", "right"),
        (IntervalAnswer("x > 3"), "-2x < -6", "unsimplified"),
        (IntervalAnswer("x > 3"), "banana", "unreadable"),
        (IntervalAnswer("x > 3"), "x > y", "unreadable"),
        (IntervalAnswer("x > 3"), "{x | x > 3}", "right"),
    ],
)  # fmt: skip
def test_sets_points_and_intervals(answer: Answer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (TupleAnswer(("2", "-1")), "P(2, -1)", "right"),
        (TupleAnswer(("2", "-1")), "D = (2; -1)", "right"),
        (TupleAnswer(("2", "-1")), "x: 2, y: -1", "right"),
        (TupleAnswer(("2", "-1")), "2 and minus 1", "right"),
        (TupleAnswer(("2", "-1")), "P(-1, 2)", "order"),
        (TupleAnswer(("2", "-1")), "(2), (-1)", "right"),
        (SetAnswer(("-11", "11")), "+/-11", "right"),
        (SetAnswer(("-11", "11")), "x = +/- 11", "right"),
        (SetAnswer(("-11", "11")), "plus or minus 11", "right"),
        (SetAnswer(("-11", "11")), "11 or negative 11", "right"),
        (SetAnswer(("-2", "3")), "x = {3; -2}", "right"),
        (SetAnswer(("x", "x*(x+1)")), "x, x(x+1)", "right"),
        (IntervalAnswer("x >= -3"), "x > = -3", "right"),
        (IntervalAnswer("x <= 3"), "x < =3", "right"),
    ],
)
def test_sets_points_and_intervals_as_they_are_said(answer: Answer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


U = QuantityAnswer


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (U("5", "km/h"), "5 km/h", "right"),
        (U("5", "km/h"), "5km/h", "right"),
        (U("5", "km/h"), "5 kmh", "right"),
        (U("5", "km/h"), "5 km per hour", "right"),
        (U("5", "km/h"), "5 kilometres per hour", "right"),
        (U("18", "km/h"), "5 m/s", "right"),
        (U("18", "km/h", any_unit=False), "5 m/s", "form"),
        (U("9.8", "m/s^2"), "9.8 m/s²", "right"),
        (U("9.8", "m/s^2"), "9.8 metres per second squared", "right"),
        (U("2.7", "g/cm^3"), "2.7 grams per cubic centimetre", "right"),
        (U("200", "Pa"), "200 newtons per square metre", "right"),
        (U("27", "N*m"), "27 newton-metres", "right"),
        (U("27", "N*m"), "27 newtonmetres", "right"),
        (U("1.8", "kg*m/s"), "1.8 kgm/s", "right"),
        (U("16", "km/h"), "16 kmph", "right"),
        (U("9.8", "m/s^2"), "9,8 m/s^2", "right"),
        (U("9.8", "m/s^2"), "9.8 m s^-2", "right"),
        (U("9.8", "m/s^2"), "9.8 m s⁻²", "right"),
        (U("9.8", "m/s^2"), "9.8 m/s/s", "right"),
        (U("9.8", "m/s^2"), "9.8 m/s2", "right"),
        (U("9.8", "m/s^2"), "9.8", "no_unit"),
        (U("9.8", "m/s^2"), "9.8 m/s", "unit"),
        (U("9.8", "m/s^2"), "-9.8 m/s²", "sign"),
        (U("9.8", "m/s^2"), "8.9 m/s²", "wrong"),
        (U("9.81", "m/s^2", relative=0.02), "9.8 m/s²", "right"),
        (U("6", "N*m"), "6 N m", "right"),
        (U("6", "N*m"), "6 Nm", "right"),
        (U("6", "N*m"), "6 N·m", "right"),
        (U("6", "J"), "6 N m", "right"),
        (U("500", "g"), "0.5 kg", "right"),
        (U("500", "g"), "500 kg", "unit"),
        (U("500", "g"), "500 Kg", "unit"),
        (U("300000", "km/s"), "3×10^5 km/s", "right"),
        (U("300000", "km/s"), "3e5 km/s", "right"),
        (U("3/2", "h"), "1 1/2 h", "right"),
        (U("3/2", "h"), "1.5 hours", "right"),
        (U("3/2", "h"), "90 min", "right"),
        (U("20", "degC"), "20 °C", "right"),
        (U("20", "degC"), "20 C", "right"),
        (U("20", "degC"), "68 °F", "right"),
        (U("20", "degC"), "20 K", "unit"),
        (U("5", "kg*m/s"), "5 kg m/s", "right"),
        (U("4200", "J/(kg*K)"), "4200 J/(kg K)", "right"),
        (U("4200", "J/(kg*K)"), "4.2 kJ/kg/K", "right"),
        (U("2", "m^2"), "2 m²", "right"),
        (U("2", "m^2"), "20000 cm2", "right"),
        (U("2", "m^2"), "2 square bananas", "unreadable"),
        (U("90", "min"), "1 h 30 min", "right"),
        (U("90", "min"), "1 hour and 30 minutes", "right"),
        (U("2.5", "kg"), "2 kg 500 g", "right"),
        (U("2.5", "kg"), "2 kg 50 g", "wrong"),
        (U("2.5", "kg"), "2 kg 5 m", "unreadable"),
        (U("2.5", "kg"), "2.5 kilos", "right"),
        (U("12", "m/s"), "12 ms^-1", "right"),
        (U("12", "m/s"), "12 ms⁻¹", "right"),
        (U("12", "ms"), "12 ms", "right"),
        (U("5", "m"), "m", "unreadable"),
        (U("5", "m"), "", "unreadable"),
        (U("10/3", "m/s", figures=2), "3.3 m/s", "right"),
        (U("10/3", "m/s", figures=2), "3.33 m/s", "rounding"),
    ],
)  # fmt: skip
def test_quantities(answer: QuantityAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


T = TextAnswer(("mitochondrion", "mitochondria"))


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (T, "Mitochondria", "right"),
        (T, "the mitochondrion.", "right"),
        (T, "It is the mitochondria", "right"),
        (T, "by mitochondria", "right"),
        (T, "mitochondrions", "right"),
        (T, "mitocondria", "spelling"),
        (T, "mito chondria", "spelling"),
        (T, "nucleus", "wrong"),
        (T, "not mitochondria", "wrong"),
        (T, "  ", "unreadable"),
        (TextAnswer(("cell",)), "bell", "wrong"),
        (TextAnswer(("cell",)), "cells", "right"),
        (TextAnswer(("café",)), "cafe", "right"),
        (TextAnswer(("café",), accents=True), "cafe", "spelling"),
        (TextAnswer(("NaCl",), case=True), "nacl", "spelling"),
        (TextAnswer(("1914",)), "1915", "wrong"),
        (TextAnswer(("carbon 14",)), "carbon 15", "wrong"),
        (TextAnswer(("carbon-14",)), "carbon 14", "right"),
        (TextAnswer(("pressure increases",)), "pressure decreases", "wrong"),
        (TextAnswer(("chloroplast",)), "ＣＨＬＯＲＯＰＬＡＳＴ\u200b", "right"),
        (TextAnswer(("gas",)), "gases", "right"),
        (TextAnswer(("s",)), "ss", "wrong"),
        (TextAnswer(("<",)), "<", "right"),
        (TextAnswer(("<",)), ">", "wrong"),
    ],
)  # fmt: skip
def test_words(answer: TextAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


def test_choices() -> None:
    assert verdict(ChoiceAnswer("cell-wall"), "cell-wall") == "right"
    assert verdict(ChoiceAnswer("cell-wall"), "nucleus") == "wrong"
    assert verdict(ChoiceAnswer("cell-wall"), "") == "unreadable"
    rule = MistakeRule("m.core", ChoiceAnswer("nucleus"))
    assert verdict(ChoiceAnswer("cell-wall"), "nucleus", rule) == "m.core"


def test_several_options() -> None:
    answer = MultipleAnswer(frozenset({"a", "b"}))
    assert verdict(answer, ("b", "a")) == "right"
    assert verdict(answer, ("a",)) == "partly incomplete"
    assert verdict(answer, ("a", "c")) == "partly wrong"
    assert verdict(answer, ("c",)) == "wrong"
    assert check(answer, ("a", "b", "c")).right_parts == ("a", "b")


def test_a_misconception_is_named_when_its_option_is_chosen_although_it_is_wrong() -> None:
    answer = MultipleAnswer(frozenset({"sum", "product"}))
    rules = (
        MistakeRule("m.both", MultipleAnswer(frozenset({"plain"}))),
        MistakeRule("m.plain", ChoiceAnswer("plain")),
    )
    assert verdict(answer, ("sum", "plain"), *rules) == "m.plain"
    assert verdict(answer, ("plain",), *rules) == "m.both"
    assert verdict(answer, ("sum",), *rules) == "partly incomplete"
    assert verdict(answer, ("product", "sum"), *rules) == "right"


def test_orders() -> None:
    answer = OrderAnswer(("a", "b", "c"))
    assert verdict(answer, ("a", "b", "c")) == "right"
    assert verdict(answer, ("a", "c", "b")) == "order"
    assert check(answer, ("a", "c", "b")).right_parts == ("a",)
    assert verdict(answer, ("a", "b")) == "incomplete"


def test_matches() -> None:
    answer = MatchAnswer({"l1": "r1", "l2": "r2"})
    assert verdict(answer, {"l1": "r1", "l2": "r2"}) == "right"
    assert verdict(answer, {"l1": "r1", "l2": "r3"}) == "partly wrong"
    assert verdict(answer, {"l1": "r1"}) == "partly incomplete"
    assert verdict(answer, {"l1": "r2", "l2": "r1"}) == "wrong"


def test_gaps() -> None:
    answer = ClozeAnswer({"g1": TextAnswer(("light",)), "g2": NumberAnswer("5")})
    assert verdict(answer, {"g1": "Light", "g2": "5.0"}) == "right"
    assert verdict(answer, {"g1": "lihgt", "g2": "5"}) == "partly spelling"
    assert verdict(answer, {"g1": "light", "g2": ""}) == "partly incomplete"
    assert verdict(answer, {"g1": "water", "g2": "6"}) == "wrong"
    assert verdict(answer, {"g1": "light", "g2": "5("}) == "unreadable"
    assert verdict(answer, {}) == "unreadable"


LIGHT = ShortAnswer(
    (
        Expectation("light", ("Plants need light to make food.", "The plant uses light energy."), ("light",)),
        Expectation(
            "gas",
            ("Plants take in carbon dioxide.", "They use carbon dioxide from the air."),
            ("carbon dioxide",),
        ),
    )
)
NO_LIGHT = MistakeRule(
    "m.no-light", ShortAnswer((Expectation("m", ("Plants do not need light.",), ("light",)),))
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plants need light and take in carbon dioxide from the air.", "right"),
        ("the plants use the light's energy, and they are taking in carbon dioxide", "right"),
        ("They need light to make food.", "partly incomplete"),
        ("They do not need light to make food.", "m.no-light"),
        ("A plant doesn't need light.", "m.no-light"),
        ("A plant wouldnt need light.", "m.no-light"),
        ("I like football.", "incomplete"),
        ("light", "incomplete"),
        ("", "unreadable"),
    ],
)
def test_answers_in_own_words_are_covered_or_not_yet(text: str, expected: str) -> None:
    assert verdict(LIGHT, text, NO_LIGHT) == expected


def test_a_negated_idea_is_not_covered() -> None:
    assert verdict(LIGHT, "They do not need light to make food.") == "incomplete"


def test_right_goes_before_misconceptions_and_these_before_kinds_of_not_yet() -> None:
    answer = NumberAnswer("13/12", NumberForm.SIMPLIFIED)
    across = MistakeRule("m.across", NumberAnswer("4/7", NumberForm.SIMPLIFIED))
    flipped = MistakeRule("m.flipped", NumberAnswer("-13/12"))
    assert verdict(answer, "13/12", across) == "right"
    assert verdict(answer, "8/14", across) == "m.across"
    assert verdict(answer, "-13/12", across, flipped) == "m.flipped"
    assert verdict(answer, "26/24", across) == "unsimplified"


def test_a_response_of_another_kind_is_no_attempt() -> None:
    assert verdict(NumberAnswer("3"), ("3",)) == "unreadable"
    assert verdict(MultipleAnswer(frozenset({"a"})), "a") == "unreadable"
    assert verdict(LIGHT, ("light",)) == "unreadable"
    assert verdict(TextAnswer(("a",)), {"g": "a"}) == "unreadable"
