"""Fills ``[[expression|format]]`` in the texts of parametric items with values.

Inside ``$…$`` fractions come out as TeX. Which variables there are, and what they are drawn from, is the matter of
``engine.content``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.number_format import format_number
from engine.errors import ExpressionError

_FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$\n]+?\$", re.DOTALL)
_PLACEHOLDER = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]*))?\]\]")


def fill(text: str, values: Mapping[str, Fraction | str], *, tex: bool | None = None) -> str:
    """``text`` with every placeholder replaced by its value.

    Args:
        text: Markdown with formulas between dollar signs.
        values: of the item's variables; text for text variables.
        tex: fractions as TeX everywhere, or nowhere; None: inside formulas only.

    Raises:
        ExpressionError: a placeholder cannot be read, or has no value.
    """
    if "[[" not in text:
        return text
    if tex is not None:
        return _filled(text, values, tex=tex)
    parts: list[str] = []
    at = 0
    for formula in _FORMULA.finditer(text):
        parts.append(_filled(text[at : formula.start()], values, tex=False))
        parts.append(_filled(formula.group(), values, tex=True))
        at = formula.end()
    return "".join(parts) + _filled(text[at:], values, tex=False)


def placeholders(text: str) -> Iterator[str]:
    """The expressions of the placeholders of ``text``, in order."""
    for match in _PLACEHOLDER.finditer(text):
        yield match.group(1).strip()


def _filled(text: str, values: Mapping[str, Fraction | str], *, tex: bool) -> str:
    filled = _PLACEHOLDER.sub(_printer(values, tex=tex), text)
    if "[[" in filled:
        place = filled[filled.index("[[") :][:30]
        raise ExpressionError(f"A placeholder cannot be read: {place}", todo="Write [[expression|format]].")
    return filled


def _printer(values: Mapping[str, Fraction | str], *, tex: bool) -> Callable[[re.Match[str]], str]:
    def printed(match: re.Match[str]) -> str:
        expression, form = match.group(1).strip(), (match.group(2) or "").strip()
        found = values.get(expression)
        if isinstance(found, str) and not form:
            return found
        return format_number(evaluate_number(parse_authored(expression), values), form, tex=tex)

    return printed
