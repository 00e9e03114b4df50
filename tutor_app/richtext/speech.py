"""Formulas in words, for a screen reader: a walk over MathML. English; the words stand in two tables.

A fraction of two single things is "a over b"; of more, "start fraction ... over ... end fraction", so that where it
ends is heard.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

SIGNS = {
    "=": "equals", "≠": "is not equal to", "+": "plus", "−": "minus", "-": "minus", "±": "plus or minus",
    "∓": "minus or plus", "×": "times", "⋅": "times", "·": "times", "∗": "times", "÷": "divided by", "/": "over",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "⩽": "is at most", "≥": "is at least",
    "⩾": "is at least", "≪": "is much less than", "≫": "is much greater than", "≈": "is about", "≡": "is equivalent to",
    "∼": "is similar to", "≃": "is about", "≅": "is congruent to", "∝": "is proportional to", "(": "open bracket",
    ")": "close bracket", "[": "open square bracket", "]": "close square bracket", "{": "open brace",
    "}": "close brace", "|": "bar", "∣": "bar", "‖": "double bar", ",": ",", ";": ";", ":": "to", "!": "factorial",
    "%": "per cent", "°": "degrees", "∘": "degrees", "′": "prime", "″": "double prime", "∞": "infinity",
    "√": "root of", "∑": "the sum", "∏": "the product", "∫": "the integral", "∮": "the integral around", "∂": "partial",
    "∇": "nabla", "∈": "is in", "∉": "is not in", "∋": "contains", "⊂": "is a subset of", "⊆": "is a subset of",
    "⊃": "contains", "⊇": "contains", "∪": "union", "∩": "intersection", "∖": "without", "∅": "the empty set",
    "∀": "for all", "∃": "there is", "¬": "not", "∧": "and", "∨": "or", "⟂": "is perpendicular to",
    "⊥": "is perpendicular to", "∥": "is parallel to", "∠": "angle", "∡": "angle", "△": "triangle", "→": "to",
    "⟶": "to", "←": "from", "↔": "to and from", "⇒": "implies", "⟹": "implies", "⇔": "if and only if",
    "⟺": "if and only if", "⇌": "in equilibrium with", "↦": "maps to", "↑": "up", "↓": "down", "∴": "therefore",
    "∵": "because", "…": "and so on", "⋯": "and so on", "⋮": "and so on", "⋱": "and so on", "⌊": "open floor",
    "⌋": "close floor", "⌈": "open ceiling", "⌉": "close ceiling", "⟨": "open angle bracket",
    "⟩": "close angle bracket", "⊕": "circled plus", "⊗": "circled times", "ℏ": "h bar", "ℓ": "l", "ℜ": "real part",
    "ℑ": "imaginary part", "ℝ": "the real numbers", "ℕ": "the natural numbers", "ℤ": "the whole numbers",
    "ℚ": "the rational numbers", "ℂ": "the complex numbers", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ϱ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "capital gamma",
    "Δ": "delta", "Θ": "capital theta", "Λ": "capital lambda", "Ξ": "capital xi", "Π": "capital pi",
    "Σ": "capital sigma", "Υ": "capital upsilon", "Φ": "capital phi", "Ψ": "capital psi", "Ω": "omega",
    "sin": "sine", "cos": "cosine", "tan": "tangent", "log": "log", "ln": "natural log", "lim": "the limit",
    ".": "point", "$": "dollars", "&": "and", "\u2061": "", "\u2062": "", "\u2063": "", "\u00a0": "",
}  # fmt: skip
"""What a sign, a letter or the name of a function is called."""

ACCENTS = {
    "^": "hat", "ˆ": "hat", "\u0302": "hat", "¯": "bar", "‾": "bar", "―": "bar", "_": "bar", "→": "vector",
    "⃗": "vector", "~": "tilde", "˜": "tilde", "\u0303": "tilde", "˙": "dot", "¨": "double dot", "⏞": "in a brace",
    "⏟": "in a brace",
}  # fmt: skip
"""What a sign above or below a letter is called."""

_POWERS = {"2": "squared", "3": "cubed"}
_DEPTH = 60


def spoken(math: Element) -> str:
    """``math`` (MathML without a namespace) in words."""
    return " ".join(_say(math, 0).replace(" ,", ",").replace(" ;", ";").split())


def _say(element: Element, depth: int) -> str:
    if depth > _DEPTH:
        return ""
    rule = _RULES.get(element.tag)
    if rule is not None:
        return rule([_say(child, depth + 1) for child in element], element)
    if element.text and not len(element):
        return _word(element.text)
    return _row(element, depth)


def _row(element: Element, depth: int) -> str:
    return " ".join(_say(child, depth + 1) for child in element)


def _word(text: str) -> str:
    bare = text.strip()
    if bare in SIGNS:
        return SIGNS[bare]
    plain = unicodedata.normalize("NFKC", bare)
    return SIGNS.get(plain, plain)


def _fraction(parts: list[str], element: Element) -> str:
    above, below = (*parts, "", "")[:2]
    if element.get("linethickness", "1") in ("0", "0px", "0pt"):
        return f"{above} choose {below}"
    if _single(above) and _single(below):
        return f"{above} over {below}"
    return f"start fraction {above} over {below} end fraction"


def _root(parts: list[str], _element: Element) -> str:
    inner = " ".join(parts)
    return f"square root of {inner}" if _single(inner) else f"square root of {inner} end root"


def _nth_root(parts: list[str], _element: Element) -> str:
    inner, degree = (*parts, "", "")[:2]
    name = {"3": "cube", "2": "square"}.get(degree, f"{degree}th")
    return f"{name} root of {inner}" if _single(inner) else f"{name} root of {inner} end root"


def _power(parts: list[str], _element: Element) -> str:
    base, power = (*parts, "", "")[:2]
    if power in _POWERS:
        return f"{base} {_POWERS[power]}"
    if power in ("degrees", "prime", "double prime"):
        return f"{base} {power}"
    return f"{base} to the power {power}" if _single(power) else f"{base} to the power {power} end power"


def _index(parts: list[str], _element: Element) -> str:
    base, index = (*parts, "", "")[:2]
    if base in ("the sum", "the product", "the integral"):
        return f"{base} over {index} of"
    if base in ("the limit", "min", "max", "inf", "sup"):
        return f"{base} as {index} of"
    return f"{base} base {index}" if base == "log" else f"{base} sub {index}"


def _index_and_power(parts: list[str], element: Element) -> str:
    base, index, power = (*parts, "", "", "")[:3]
    if base in ("the sum", "the product", "the integral"):
        return f"{base} from {index} to {power} of"
    return _power([_index([base, index], element), power], element)


def _over(parts: list[str], element: Element) -> str:
    base, above = (*parts, "", "")[:2]
    sign = (element[1].text or "").strip() if len(element) > 1 else ""
    if sign in ACCENTS:
        return f"{base} {ACCENTS[sign]}"
    return f"{base} with {above} above"


def _under(parts: list[str], element: Element) -> str:
    sign = (element[1].text or "").strip() if len(element) > 1 else ""
    base, below = (*parts, "", "")[:2]
    if sign in ACCENTS:
        return f"{base} underlined" if ACCENTS[sign] == "bar" else f"{base} {ACCENTS[sign]}"
    if base.startswith("the ") or base in ("min", "max", "inf", "sup"):
        return _index(parts, element)
    return f"{base} with {below} below"


def _enclosed(parts: list[str], element: Element) -> str:
    notation = element.get("notation", "")
    inner = " ".join(parts)
    if "strike" in notation:
        return f"crossed out {inner} end crossed out"
    return f"{inner} in a box" if notation == "box" else inner


def _table(rows: list[str], _element: Element) -> str:
    return "; ".join(rows) + ";"


def _cells(parts: list[str], _element: Element) -> str:
    return ", ".join(part for part in parts if part.strip())


def _text(_parts: list[str], element: Element) -> str:
    return (element.text or "").replace("\u00a0", " ").strip()


def _nothing(_parts: list[str], _element: Element) -> str:
    return ""


def _single(words: str) -> bool:
    return len(words.split()) <= 1


_RULES: dict[str, Callable[[list[str], Element], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _nth_root,
    "msup": _power,
    "msub": _index,
    "msubsup": _index_and_power,
    "munderover": _index_and_power,
    "mover": _over,
    "munder": _under,
    "menclose": _enclosed,
    "mtable": _table,
    "mtr": _cells,
    "mtext": _text,
    "mspace": _nothing,
}
