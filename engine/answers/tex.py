r"""A tree as TeX, and the live preview of what is being typed.

Only commands that the product can draw are used: ``\frac``, ``\sqrt``, ``\times``, ``\pi`` and the like.
"""

from collections.abc import Collection

from engine.answers.expression import parse_learner
from engine.answers.lists import split, without_brackets
from engine.answers.spelling import plain
from engine.answers.tokens import MAX_LENGTH
from engine.answers.tree import (
    Binary,
    Call,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Written,
)
from engine.errors import ExpressionError

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "μ": "mu",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "Δ": "Delta", "Ω": "Omega", "Σ": "Sigma",
}  # fmt: skip
_NAMED = frozenset({"sin", "cos", "tan", "ln", "log", "exp", "min", "max", "gcd", "lcm"})
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_UNFINISHED = 40  # how many characters at the end may be unreadable
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


def to_tex(node: Node) -> str:
    """``node`` as TeX, without dollar signs."""
    return _tex(node)[0]


def preview(text: str, *, known: Collection[str] | None = None, listed: bool = False) -> str:
    """TeX of as much of ``text``, from its start, as can be read already; empty for nothing.

    An open bracket counts as closed at the end. A list such as ``(2, -1)`` is shown with its brackets.

    Args:
        text: as it was typed.
        known: the variables that can be meant; None for every letter.
        listed: several values are asked for: a comma separates them before it is one of a decimal number.
    """
    if len(text) > MAX_LENGTH:
        return ""
    line = plain(text).strip()
    for end in range(len(line), max(0, len(line) - _UNFINISHED), -1):
        if line[end - 1 : end + 1].isalpha() and end < len(line):
            continue  # half a word is no product of letters
        if (found := _readable(line[:end], known, listed=listed)) is not None:
            return found
    return ""


def _readable(text: str, known: Collection[str] | None, *, listed: bool) -> str | None:
    closed = text + "".join(reversed(_open_brackets(text)))
    if listed and (found := _list(text, closed, known)) is not None:
        return found
    try:
        return to_tex(parse_learner(closed, known=known))
    except ExpressionError:
        return None if listed else _list(text, closed, known)


def _list(text: str, closed: str, known: Collection[str] | None) -> str | None:
    """A semicolon separates before a comma does: ``(1,5; 2)`` is a pair."""
    inner = without_brackets(closed)
    between = ";" if ";" in inner else ","
    if between not in inner:
        return None
    for signs in (between, ",;"):
        try:
            parts = [_part(part, known) for part in split(inner, signs) if part.strip()]
        except ExpressionError:
            continue
        listed = f"{between} ".join(parts)
        if inner == closed:
            return listed
        opening, closing = {"{": (r"\{", r"\}"), "[": "[]"}.get(text.strip()[0], "()")
        return f"\\left{opening}{listed}\\right{closing}"
    return None


def _part(text: str, known: Collection[str] | None) -> str:
    try:
        return to_tex(parse_learner(text, known=known, listed=True))
    except ExpressionError:
        return to_tex(parse_learner(text, known=known))


def _open_brackets(text: str) -> list[str]:
    """The closing brackets that are missing at the end of ``text``."""
    open_: list[str] = []
    for sign in text:
        if sign in _CLOSERS:
            open_.append(_CLOSERS[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
    return open_


def _tex(node: Node) -> tuple[str, int]:
    """The TeX of ``node`` and how tightly it holds together."""
    match node:
        case Number():
            return _number(node)
        case Name():
            return _name(node.name), _ATOM
        case Negative(operand):
            return f"-{_within(operand, _PRODUCT)}", _SUM
        case Percent(operand):
            return f"{_within(operand, _POWER)}\\%", _POWER
        case Binary():
            return _binary(node)
        case Call():
            return _call(node), _ATOM
        case Comparison():
            return _comparison(node), _SUM
        case Logic():
            return _logic(node), _SUM


def _within(node: Node, tightness: int) -> str:
    """``node`` in brackets unless it holds together at least so tightly."""
    tex, own = _tex(node)
    return tex if own >= tightness else f"\\left({tex}\\right)"


def _number(node: Number) -> tuple[str, int]:
    text = node.text or str(node.value)
    if node.written in (Written.MIXED, Written.FRACTION):
        whole, _, part = text.rpartition(" ")
        above, _, below = part.partition("/")
        return f"{whole.strip()}\\frac{{{above}}}{{{below}}}", _POWER
    if node.written is Written.SCIENTIFIC:
        digits, _, power = text.lower().partition("e")
        return f"{digits} \\times 10^{{{int(power)}}}", _PRODUCT
    if node.written is Written.RECURRING:
        return text.replace("...", "\\ldots"), _ATOM
    return text, _ATOM


def _name(name: str) -> str:
    if name in ("pi", "inf"):
        return "\\pi" if name == "pi" else "\\infty"
    letter, _, index = name.partition("_")
    if not index:
        letter, index = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
    shown = f"\\{_GREEK[letter]}" if letter in _GREEK else letter
    if len(letter) > 1:
        shown = f"\\text{{{letter}}}"
    return f"{shown}_{{{index}}}" if index else f"{shown} " if letter in _GREEK else shown


def _binary(node: Binary) -> tuple[str, int]:
    if node.operator in "*/" and (positive := _without_sign(node)) is not None:
        return _tex(Negative(positive))
    left, right = node.left, node.right
    match node.operator:
        case "/":
            return f"\\frac{{{to_tex(left)}}}{{{to_tex(right)}}}", _POWER
        case "^":
            return f"{_within(left, _ATOM)}^{{{to_tex(right)}}}", _POWER
        case "*":
            first, second = _within(left, _PRODUCT), _within(right, _POWER)
            return f"{first}{_times(first, second)}{second}", _PRODUCT
        case _:
            return f"{_within(left, _SUM)} {node.operator} {_within(right, _PRODUCT)}", _SUM


def _without_sign(node: Node) -> Node | None:
    """A product or quotient that begins with a minus, without it; None for another: -3/4 is minus three quarters."""
    match node:
        case Negative(operand):
            return operand
        case Binary("*" | "/" as operator, left, right):
            positive = _without_sign(left)
            return None if positive is None else Binary(operator, positive, right)
        case _:
            return None


def _times(first: str, second: str) -> str:
    """A sign only where numbers would run together."""
    if second[0].isdecimal() or second.startswith("\\frac"):
        return " \\times " if first[-1].isdecimal() or second[0].isdecimal() or first[-1] == "}" else " "
    ends_in_command = first[first.rfind("\\") + 1 :].isalpha() and "\\" in first  # \pi and x are not \pix
    return "" if first[-1] in _LATIN and second[0] in _LATIN and not ends_in_command else " "


def _call(node: Call) -> str:
    inside = [to_tex(argument) for argument in node.arguments]
    match node.function:
        case "sqrt":
            return f"\\sqrt{{{inside[0]}}}"
        case "abs":
            return f"\\left|{inside[0]}\\right|"
        case "floor":
            return f"\\lfloor {inside[0]}\\rfloor "
        case "ceil":
            return f"\\lceil {inside[0]}\\rceil "
        case name:
            shown = f"\\{name}" if name in _NAMED else f"\\text{{{name}}}"
            return f"{shown}\\left({', '.join(inside)}\\right)"


def _comparison(node: Comparison) -> str:
    parts = [to_tex(node.operands[0])]
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        parts += [_RELATIONS[operator], to_tex(operand)]
    return " ".join(parts)


def _logic(node: Logic) -> str:
    if node.operator == "not":
        return f"\\text{{not }} {to_tex(node.operands[0])}"
    return f"\\text{{ {node.operator} }}".join(to_tex(operand) for operand in node.operands)
