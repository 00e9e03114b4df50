"""An equation in a question, said in words: "solve 2x + 3 = 7" asks how two-step equations are solved.

Search would otherwise look for the numbers, and quote whatever other equation happens to hold a 2, a 3 and a 7.
"""

import re

_SIDE = r"[0-9a-z.,()+\-−*×·/÷^²³ ]*"
_EQUATION = re.compile(
    rf"(?<![a-z])((?:\d|\(|-)?{_SIDE}(?<![a-z])\d*[a-z](?![a-z]){_SIDE})=({_SIDE})", re.IGNORECASE
)
_WISH = re.compile(r"\b(solve|solving|solution|find|work out|what is x|how do (i|you|u) do)\b", re.IGNORECASE)
_LETTER = re.compile(r"(?<![a-z])[a-z](?![a-z])", re.IGNORECASE)
_BRACKETS = re.compile(r"[a-z][^()]*\)\s*[*×·]?\s*\([^()]*[a-z]", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{3,}|\b(?:do|if|in|is|it|me|of|so|to|we|i|u)\b", re.IGNORECASE)
_SUM = re.compile(r"[0-9a-z)]\s*[+\-−]\s*[0-9a-z(]", re.IGNORECASE)
_POWER = re.compile(r"(?:(?<![a-z])[a-z]|\))\s*(?:\^|\*\*|(?=[²³]))\s*\(?([²³]|\d+)", re.IGNORECASE)
_EXPONENT = re.compile(r"(?:\^|\*\*)\s*\(?\s*-?\d*[a-z](?![a-z])", re.IGNORECASE)
_SPOKEN_POWER = re.compile(r"((?<![a-z])[a-z]|\))\s+(squared?|cubed?)\b", re.IGNORECASE)
_PRODUCT = re.compile(r"\d\s*[*×·]?\s*[a-z](?![a-z])", re.IGNORECASE)


def with_equation_in_words(question: str) -> str:
    """``question`` with the equation that is to be solved replaced by its kind; unchanged where there is none."""
    found = _EQUATION.search(_SPOKEN_POWER.sub(_written, question))
    if found is None or not _WISH.search(question):
        return question
    return f"How do you solve {_kind(found.group(1), found.group(2))}?"


def _written(spoken: re.Match[str]) -> str:
    return spoken.group(1) + ("^2" if spoken.group(2).lower().startswith("s") else "^3")


def _kind(left: str, right: str) -> str:
    left = _WORDS.split(left)[-1]
    both = f"{left} = {right}"
    if _EXPONENT.search(both):
        return "an exponential equation"
    powers = {found.group(1) for found in _POWER.finditer(both)} - {"1"}
    if powers or _BRACKETS.search(both):
        return "a quadratic equation" if powers <= {"2", "²"} else "a polynomial equation"
    if len({letter.lower() for letter in _LETTER.findall(both)}) > 1:
        return "simultaneous equations"
    if "(" in left + right:
        return "an equation with brackets"
    if _LETTER.search(left) and _LETTER.search(right):
        return "an equation with the unknown on both sides"
    if "/" in left + right or "÷" in left + right:
        return "an equation with fractions"
    return "a two-step equation" if _SUM.search(left) and _PRODUCT.search(left) else "a one-step equation"
