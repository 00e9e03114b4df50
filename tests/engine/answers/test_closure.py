"""What gives an answer away, in whatever spelling, and what does not."""

import pytest

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    Expectation,
    ExpressionAnswer,
    IntervalAnswer,
    MatchAnswer,
    MultipleAnswer,
    NumberAnswer,
    OrderAnswer,
    QuantityAnswer,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.closure import answer_closure, leaks

OPTIONS = {
    "wall": "the cell wall", "core": "nucleus", "half": "$\\frac{1}{2}$", "plus": "$2x + 3$", "up": "It doubles.",
    "a": "seed", "b": "seedling", "c": "adult plant", "calc": "$7 - 2$", "step": "Subtract $2x$ from both sides.",
    "l1": "chloroplast", "r1": "makes sugar",
}  # fmt: skip


def found(answer: Answer, text: str, stem: str = "") -> str | None:
    return leaks(text, answer_closure([(answer, OPTIONS)]), stem)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (NumberAnswer("12"), "The result is 12."),
        (NumberAnswer("12"), "That makes twelve."),
        (NumberAnswer("12"), "It is 12.0 or so."),
        (NumberAnswer("12"), "So $x = 12$."),
        (NumberAnswer("12"), "Take 24/2."),
        (NumberAnswer("12"), "Work out $3 \\cdot 4$."),
        (NumberAnswer("12"), "Work out 3 × 4."),
        (NumberAnswer("1/2"), "about 0.5 of it"),
        (NumberAnswer("1/2"), "about 50% of it"),
        (NumberAnswer("1/2"), "about 50 percent of it"),
        (NumberAnswer("1/2"), "that is $\\frac{2}{4}$"),
        (NumberAnswer("1/2"), "take a half"),
        (NumberAnswer("1/2"), "take ½ of it"),
        (NumberAnswer("3/4"), "three quarters"),
        (NumberAnswer("3/2"), "that is 1 1/2 litres"),
        (NumberAnswer("2"), "So it is $x^2$."),
        (NumberAnswer("-5"), "it is −5 here"),
        (NumberAnswer("1000"), "as many as 1,000"),
        (NumberAnswer("21"), "twenty-one sheep"),
        (NumberAnswer("1"), "The answer is one."),
        (NumberAnswer("2/3", decimals=2), "roughly 0.67"),
        (NumberAnswer("sqrt(2)"), "it is $\\sqrt{2}$"),
        (QuantityAnswer("5", "km/h"), "Write 5 km/h."),
        (ExpressionAnswer("2*x + 3"), "You get $3 + 2x$."),
        (ExpressionAnswer("2*x + 3"), "You get 2x+3 then."),
        (ExpressionAnswer("2*x + 3"), "So $y = 2x + 3$."),
        (ExpressionAnswer("(x+1)^2"), "It is $x^2 + 2x + 1$."),
        (EquationAnswer("y = 2*x + 1", "y"), "Think of $2x + 1$."),
        (SetAnswer(("-2", "3")), "One of them is 3."),
        (TupleAnswer(("2", "-1")), "Start at (2, 0)."),
        (IntervalAnswer("x > 3"), "Everything beyond 3."),
        (ChoiceAnswer("wall"), "Look at the cell walls."),
        (ChoiceAnswer("core"), "Which part is the Nucleus?"),
        (ChoiceAnswer("half"), "Is it more than 1/2?"),
        (ChoiceAnswer("plus"), "Is it $3+2x$?"),
        (ChoiceAnswer("calc"), "Is it $7-2$ then?"),
        (ChoiceAnswer("step"), "Subtract 2x from both sides."),
        (MultipleAnswer(frozenset({"wall", "core"})), "Think of the nucleus."),
        (TextAnswer(("mitochondrion", "mitochondria")), "Mitochondria do that."),
        (TextAnswer(("diffusion",)), "This is called diffusion."),
        (TextAnswer(("N",)), "Its unit is N."),
        (ClozeAnswer({"g": TextAnswer(("osmosis",))}), "Osmosis, perhaps?"),
        (OrderAnswer(("a", "b", "c")), "First the seed, then the seedling, then the adult plant."),
        (MatchAnswer({"l1": "r1"}), "A chloroplast makes sugar."),
        (ShortAnswer((Expectation("e", ("Plants need light to live.",), ("light",)),)), "Plants need light to live."),
    ],
)  # fmt: skip
def test_a_leak_is_found_in_every_spelling(answer: Answer, text: str) -> None:
    assert found(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (NumberAnswer("12"), "Look at the 3 and the 5 in $3x + 5$."),
        (NumberAnswer("12"), "Is it more than 120 or 1.2?"),
        (NumberAnswer("1"), "Which one of them fits? The other one, or no one?"),
        (NumberAnswer("1/3"), "Look at the third line."),
        (NumberAnswer("2"), "Look at H2O and at x2."),
        (NumberAnswer("2"), "Write it in m/s^2 or in m/s²."),
        (NumberAnswer("1"), "Look at $\\frac{1}{100}$ and at 1/100."),
        (NumberAnswer("4"), "So $-50 \\div 40 = -\\frac{5}{4}$."),
        (NumberAnswer("5"), "No number at all."),
        (ExpressionAnswer("2*x + 3"), "Collect the terms with $x$ first."),
        (ExpressionAnswer("2*x + 3"), "Look at $2x + 4$."),
        (ExpressionAnswer("x"), "What is $x$?"),
        (ChoiceAnswer("wall"), "Look at the outside of the cell."),
        (ChoiceAnswer("wall"), "Draw a wall; where is the cell?"),
        (ChoiceAnswer("calc"), "In $(2 + 3) \\times 4$ the bracket is 5."),
        (ChoiceAnswer("step"), "The term on the right is $2x$."),
        (TextAnswer(("N",)), "Find the number n."),
        (OrderAnswer(("a", "b", "c")), "Is the adult plant before the seed?"),
        (MatchAnswer({"l1": "r1"}), "Think of a chloroplast. What makes sugar?"),
        (ShortAnswer((Expectation("e", ("Plants need light to live.",), ("light",)),)), "What do plants need?"),
    ],
)  # fmt: skip
def test_other_numbers_and_words_are_no_leak(answer: Answer, text: str) -> None:
    assert found(answer, text) is None


def test_a_given_that_equals_the_answer_may_only_be_quoted() -> None:
    stem = "Ben has 12 apples and gives none away. How many has he?"
    assert found(NumberAnswer("12"), "What does “Ben has 12 apples” tell you?", stem) is None
    assert found(NumberAnswer("12"), "Ben has 12 apples.", stem) == "12"
    assert found(NumberAnswer("12"), "What does “Mia has 12 apples” tell you?", stem) == "12"


def test_an_expression_of_the_question_may_be_repeated_as_it_is() -> None:
    stem = "Simplify $2x + 3x$ and work out $\\frac{3}{4} + \\frac{1}{3}$."
    assert found(ExpressionAnswer("5*x"), "You want to simplify $2x+3x$.", stem) is None
    assert found(ExpressionAnswer("5*x"), "You want to simplify $3x+2x$.", stem)
    assert (
        found(NumberAnswer("13/12"), "Bring $\\frac{3}{4} + \\frac{1}{3}$ to one denominator.", stem) is None
    )


def test_a_number_of_the_question_alone_is_no_repeated_expression() -> None:
    stem = "Solve $4x + 3 = 19$, and then say $4$ aloud."
    assert found(NumberAnswer("4"), "You want to solve $4x + 3 = 19$.", stem) is None
    assert found(NumberAnswer("4"), "Say $4$.", stem) == "4"


def test_what_is_still_to_be_worked_out_may_be_said_before_the_last_step() -> None:
    def late(answer: Answer, text: str) -> str | None:
        return leaks(text, answer_closure([(answer, {})]), calculations=False)

    assert late(NumberAnswer("14/5"), "Divide: 168 / 60.") is None
    assert late(NumberAnswer("2/9"), "That is $2 \\div 9$.") is None
    assert late(NumberAnswer("2/9"), "That is $\\frac{2}{9}$.")
    assert late(NumberAnswer("12"), "Work out $3 \\cdot 4$.") is None
    assert late(NumberAnswer("12"), "So $3 \\cdot 4 = 12$.")
    assert late(ExpressionAnswer("12 - x"), "You have $15 - x - 3$.") is None
    assert late(ExpressionAnswer("12 - x"), "You have $-x + 12$.")
    assert late(EquationAnswer("7*x = 133"), "All cost $7x$.") is None
    assert late(EquationAnswer("7*x = 133"), "So $133 = 7x$.")


def test_the_closure_holds_all_answers_that_are_ahead() -> None:
    closure = answer_closure([(NumberAnswer("7"), {}), (TextAnswer(("osmosis",)), {})])
    assert leaks("It is 7.", closure)
    assert leaks("It is osmosis.", closure)
    assert leaks("Look again.", closure) is None
