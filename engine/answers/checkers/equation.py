"""Checks equations: the same solutions, and solved for the variable that was asked for, or not solved yet."""

from collections.abc import Mapping

from engine.answers.answer import EquationAnswer
from engine.answers.equality import equal
from engine.answers.expression import parse_authored, parse_learner
from engine.answers.solutions import same_solutions
from engine.answers.tree import Binary, Comparison, Logic, Name, Negative, Node, names, renamed
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError


def check_equation(answer: EquationAnswer, text: str) -> Verdict:
    """The verdict on ``text``. The right side alone of a solved equation is incomplete, not wrong."""
    authored = parse_authored(answer.equation)
    left, right = _sides(authored)
    try:
        given = parse_learner(text, known=names(authored))
        if not isinstance(given, Comparison | Logic) and answer.solved_for:
            return _only_one_side(answer, _other_side(answer, left, right), given)
        given_left, given_right = _sides(given)
    except ExpressionError as error:
        return Verdict(Outcome.UNREADABLE, message=error.what)
    expected = Binary("-", left, right)
    same = same_solutions(expected, Binary("-", given_left, given_right), answer.domains)
    if same is None:
        return Verdict(Outcome.UNSURE)
    if same:
        fits = _is_as_asked(answer, given_left, given_right)
        return Verdict(Outcome.RIGHT) if fits else Verdict(Outcome.NOT_YET, Flaw.FORM)
    if letter := _letter_instead(expected, Binary("-", given_left, given_right), answer.domains):
        return Verdict(Outcome.UNREADABLE, message=f"The letter here is {letter}.")
    negated = same_solutions(expected, Binary("-", given_left, Negative(given_right)), answer.domains)
    return Verdict(Outcome.NOT_YET, Flaw.SIGN if negated else Flaw.WRONG)


def _sides(node: Node) -> tuple[Node, Node]:
    match node:
        case Comparison(("==",), (left, right)):
            return left, right
        case Comparison() | Logic():
            raise ExpressionError("One equation is asked for here, with one =.", todo="Write left = right.")
        case _:
            raise ExpressionError(
                "An equation is asked for here, and there is no = in it.", todo="Write left = right."
            )


def _is_as_asked(answer: EquationAnswer, left: Node, right: Node) -> bool:
    """Whether an equation that says the right thing is solved, or is not, as the question wants it."""
    if answer.written and any(
        side == Name(variable) and not names(other)
        for side, other in ((left, right), (right, left))
        for variable in names(side)
    ):
        return False
    return not answer.solved_for or any(
        side == Name(answer.solved_for) and answer.solved_for not in names(other)
        for side, other in ((left, right), (right, left))
    )


def _letter_instead(expected: Node, given: Node, domains: Mapping[str, str]) -> str:
    """The letter of the question, where the same equation was given with another one; else nothing."""
    wanted, used = names(expected), names(given)
    if len(wanted) != 1 or len(used) != 1 or wanted == used:
        return ""
    letter = min(wanted)
    same = same_solutions(expected, renamed(given, min(used), letter), domains)
    return letter if same else ""


def _other_side(answer: EquationAnswer, left: Node, right: Node) -> Node | None:
    for side, other in ((left, right), (right, left)):
        if side == Name(answer.solved_for):
            return other
    return None


def _only_one_side(answer: EquationAnswer, expected: Node | None, given: Node) -> Verdict:
    """What follows "y =" without it."""
    if expected is not None and equal(expected, given, answer.domains):
        return Verdict(Outcome.NOT_YET, Flaw.INCOMPLETE)
    return Verdict(Outcome.UNREADABLE, message="An equation is asked for here, and there is no = in it.")
