r"""An answer written in TeX as the kind of item whose checker understands it: number, expression, equation, and so on.

Compared as words, "(2, -1)" and "(2, 1)" would be the same.
"""

import re
from fractions import Fraction

from engine.answers.expression import evaluate_number, parse_learner
from engine.answers.tidy import to_text
from engine.answers.tree import Comparison, Logic, Node, Percent, names
from engine.content.item import Json
from engine.errors import ExpressionError

_DOLLARS = re.compile(r"\$+(?P<tex>[^$]+)\$+")
_COMMAND = re.compile(r"\\(?:text|mathrm|operatorname)\{|\\[A-Za-z]+")
_WORDS = re.compile(r"[A-Za-z]{4,}")
_LIST = re.compile(
    r"(?P<open>[(\[]|\\?\{)(?P<parts>[^\[\](){}]*(?:\{[^{}]*\}[^\[\](){}]*)*)(?P<close>[)\]]|\\?\})"
)
_INFINITY = re.compile(r"(?P<sign>[-−+]?)\s*(?:\\infty|∞|inf(?:inity)?)")


def formula_step(answer: str) -> Json | None:
    """The step for ``answer``, which may stand between dollar signs; None where no checker can read it."""
    match = _DOLLARS.fullmatch(answer.strip())
    source = (match["tex"] if match else answer).replace(r"\left", "").replace(r"\right", "").strip()
    if _WORDS.search(_COMMAND.sub("", source)):
        return None
    try:
        return _listed(source) or _step_of(parse_learner(source))
    except (ExpressionError, RecursionError):
        return None


def is_formula(answer: str) -> bool:
    """Whether ``answer`` is one formula between dollar signs and nothing else."""
    return _DOLLARS.fullmatch(answer.strip()) is not None


def _step_of(node: Node) -> Json:
    if isinstance(node, Percent):
        return {"type": "number", "answer": {"value": f"({to_text(node.operand)})/100", "form": "percent"}}
    if isinstance(node, Logic):
        raise ExpressionError("That is a statement of several parts.", todo="Write it in another way.")
    if isinstance(node, Comparison):
        if node.operators == ("==",):
            return {"type": "equation", "answer": {"equation": to_text(node)}}
        return {"type": "interval", "answer": {"inequality": to_text(node)}}
    if names(node) or not isinstance(evaluate_number(node), Fraction):
        return {"type": "expression", "answer": {"expr": to_text(node)}}
    return {"type": "number", "answer": {"value": to_text(node)}}


def _listed(source: str) -> Json | None:
    """A point, a set or an interval; None for what is no list in brackets."""
    match = _LIST.fullmatch(source)
    parts = [part.strip() for part in match["parts"].split(",")] if match else []
    if match is None or len(parts) < 2 or not all(parts):
        return None  # such as (x + 1)(x - 2)
    opened, closed = match["open"][-1], match["close"][-1]
    if (opened, closed) == ("{", "}"):
        return {"type": "set", "answer": {"elements": [_element(part) for part in parts]}}
    endless = any(_INFINITY.fullmatch(part) for part in parts)
    if (opened, closed) == ("(", ")") and not endless:
        return {"type": "tuple", "answer": {"elements": [_element(part) for part in parts]}}
    if len(parts) != 2:
        return None
    return {"type": "interval", "answer": {"inequality": _inequality(opened, parts, closed)}}


def _element(part: str) -> str:
    return to_text(parse_learner(part, listed=True))


def _inequality(opened: str, parts: list[str], closed: str) -> str:
    low, high = ("" if _INFINITY.fullmatch(part) else _element(part) for part in parts)
    below, above = "<=" if opened == "[" else "<", "<=" if closed == "]" else "<"
    if not low and not high:
        raise ExpressionError("That is every number.", todo="Write it in another way.")
    if not low:
        return f"x {above} {high}"
    if not high:
        return f"x {below.replace('<', '>')} {low}"
    return f"{low} {below} x {above} {high}"
