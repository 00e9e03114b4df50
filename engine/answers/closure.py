"""What must not be said before an answer is reached, and whether a text says it.

The closure of answers holds their values, expressions and words (``teaching.md`` 3.4, rule 2). A text leaks if a number
in it has one of the values, however it is written; if an expression in it equals one of theirs; or if it holds an
accepted word or the text of a right option. A given of the question that happens to equal the answer may be said only
in a verbatim quotation of the question, in quotation marks; an expression of the question may be repeated as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.answers.answer import Answer, ShortAnswer
from engine.answers.checkers.short import coverage, stems_with_polarity
from engine.answers.expression import evaluate_number
from engine.answers.gathered import Gathered, equation_key, expression_key, gather, is_fraction, is_literal
from engine.answers.number_form import is_irrational
from engine.answers.said import Formula, Said
from engine.answers.simplified import is_simplified
from engine.answers.tree import Binary, Comparison, Logic, Name, Node, Number, children, names
from engine.errors import ExpressionError

_CLOSE = 1e-9
_SAID_OUTRIGHT = 0.95  # coverage of an idea, from which on a text is the answer
_RELATION = re.compile(r"[=<>≤≥]|\\(?:leq?|geq?)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Closure:
    """What gives answers away.

    Attributes:
        values: of numbers.
        rough: values without an exact form.
        expressions: polynomials as sorted terms; other expressions, and calculations, as they are written.
        equations: the difference of their sides, in the same form.
        phrases: stems of words that stand next to each other.
        pairs: phrases that may not stand in one sentence.
        orders: phrases that may not all come in this order.
        short: answers in own words.
    """

    values: frozenset[Fraction] = frozenset()
    rough: tuple[float, ...] = ()
    expressions: frozenset[str] = frozenset()
    equations: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    orders: tuple[tuple[tuple[str, ...], ...], ...] = ()
    short: tuple[ShortAnswer, ...] = ()


def answer_closure(answers: Iterable[tuple[Answer, Mapping[str, str]]]) -> Closure:
    """The closure of answers that are still to be found.

    Args:
        answers: each with the texts of its options (also the left-hand and right-hand ones) by id.

    Raises:
        ExpressionError: an author's answer cannot be read or has no value.
    """
    into = Gathered()
    for answer, options in answers:
        gather(answer, options, into)
    return Closure(
        frozenset(into.values),
        tuple(into.rough),
        frozenset(into.expressions),
        frozenset(into.equations),
        tuple(into.phrases),
        tuple(into.pairs),
        tuple(into.orders),
        tuple(into.short),
    )


def leaks(text: str, closure: Closure, stem: str = "", *, calculations: bool = True) -> str | None:
    """What in ``text`` gives an answer away, as it stands there; None if nothing does.

    Args:
        text: a hint or a reply, with formulas between dollar signs.
        closure: of the answers that are still to be found.
        stem: the question, whose verbatim quotations are allowed.
        calculations: whether what has still to be worked out or simplified, such as 3 · 4 for 12, counts too. For
            hints that lead up to the last step it does not.
    """
    said = Said(text, quoted_from=stem)
    return (
        _number_leak(said, closure)
        or _formula_leak(said, closure, stem, calculations=calculations)
        or _phrase_leak(said, closure)
    )


def _holds(closure: Closure, value: Fraction | float) -> bool:
    if isinstance(value, Fraction) and value in closure.values:
        return True
    if not closure.rough and isinstance(value, Fraction):
        return False
    known = (*closure.rough, *map(float, closure.values)) if isinstance(value, float) else closure.rough
    return any(abs(float(value) - other) <= _CLOSE * max(1.0, abs(other)) for other in known)


def _number_leak(said: Said, closure: Closure) -> str | None:
    if not closure.values and not closure.rough:
        return None
    return next((written for written, value in said.numbers() if _holds(closure, value)), None)


def _formula_leak(said: Said, closure: Closure, stem: str, *, calculations: bool) -> str | None:
    if not (closure.values or closure.rough or closure.expressions or closure.equations):
        return None
    given = Said(stem).formula_texts() if stem else frozenset()
    for formula in said.formulas():
        repeated = "".join(formula.written.split()) in given
        if repeated and not is_literal(formula.node, formula.written):
            continue  # a quotation
        for part, written in _parts(formula):
            if _gives_away(part, closure, done=not calculations, written=written):
                return formula.written
    return None


def _parts(formula: Formula) -> Iterator[tuple[Node, str]]:
    """What is said in a formula, each with the side of an equation in which it stands.

    The numbers above and below the line of a fraction are not said by themselves, nor the 2 of m/s² in prose.
    """
    written, node, in_prose = formula
    yield node, written
    if is_fraction(node, written):
        return
    below = children(node)
    sides = _RELATION.split(written) if isinstance(node, Comparison) else []
    if len(sides) != len(below):
        sides = [written] * len(below)
    is_unit_power = in_prose and isinstance(node, Binary) and node.operator == "^"
    for side, child in list(zip(sides, below, strict=True))[: 1 if is_unit_power else None]:
        yield from _parts(Formula(side, child, in_prose))


def _gives_away(node: Node, closure: Closure, *, done: bool, written: str) -> bool:
    """Whether ``node`` is one of the answers. ``done``: only if nothing is left to be worked out in it."""
    match node:
        case Number(value):
            return _holds(closure, value)
        case Name() | Logic():
            return False
        case Comparison(("==",), _):
            return bool(closure.equations) and equation_key(node) in closure.equations
        case Comparison():
            return False
    if names(node):
        return expression_key(node) in closure.expressions and (not done or is_simplified(node))
    if repr(node) in closure.expressions:
        return True
    worked_out = is_irrational(node) or is_fraction(node, written)
    return (worked_out or not done) and _value_held(node, closure)


def _value_held(node: Node, closure: Closure) -> bool:
    try:
        return _holds(closure, evaluate_number(node))
    except ExpressionError:
        return False


def _phrase_leak(said: Said, closure: Closure) -> str | None:
    for phrase in closure.phrases:
        if (found := said.phrase(phrase)) is not None:
            return found
    for left, right in closure.pairs:
        if left and right and said.in_one_sentence(left, right):
            return " … ".join((" ".join(left), " ".join(right)))
    for order in closure.orders:
        if len(order) > 1 and said.in_order(order):
            return " … ".join(" ".join(phrase) for phrase in order)
    for short in closure.short:
        given = stems_with_polarity(said.text)
        if all(coverage(part, given) >= _SAID_OUTRIGHT for part in short.expectations):
            return said.text
    return None
