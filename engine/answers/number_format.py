r"""How numbers are printed in questions, hints and solutions: as a teacher would write them on the board.

The formats are those of the placeholders of a pack, ``[[x|mixed]]``. A fraction is written ``7/12`` in prose and
``\frac{7}{12}`` inside a formula.
"""

import math
from fractions import Fraction

from engine.errors import ExpressionError

FORMATS = frozenset({"", "decimal", "fraction", "mixed", "signed", "coef", "times"})
"""The named formats; a whole number from 0 to 12 is one too: so many decimals."""

_MAX_DECIMALS = 12
_FIGURES = 12  # of a number that has no exact value


def format_number(value: Fraction | float, form: str = "", *, tex: bool = False) -> str:
    """``value`` in the format ``form``; ``tex``: for use inside a formula.

    Raises:
        ExpressionError: there is no such format, or the value has no exact decimal.
    """
    if form.isdecimal() and int(form) <= _MAX_DECIMALS:
        return rounded(value, int(form))
    if form not in FORMATS:
        raise ExpressionError(
            f"There is no format “{form[:20]}”.", todo="Use one of the formats of the guide."
        )
    exact = _exact(value)
    if form == "decimal":
        return exact_decimal(exact)
    if form == "mixed":
        return _mixed(exact, tex=tex)
    if form == "signed":
        return f"{'-' if exact < 0 else '+'} {_plain(abs(exact), tex=tex)}"
    if form == "coef":
        return _coefficient(exact, tex=tex)
    text = _plain(exact, tex=tex) if form != "fraction" else _fraction(exact, tex=tex)
    return f"({text})" if form == "times" and exact < 0 else text


def exact_decimal(value: Fraction) -> str:
    """All decimals of ``value``.

    Raises:
        ExpressionError: it has no end, as 1/3.
    """
    for decimals in range(_MAX_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return rounded(value, decimals)
    raise ExpressionError(
        f"{value.numerator}/{value.denominator} has no short exact decimal.",
        todo="Round it, as in [[x|2]], or write it as a fraction.",
    )


def rounded(value: Fraction | float, decimals: int) -> str:
    """``value`` with exactly so many decimals, halves away from zero, as schools teach it."""
    scaled = math.floor(abs(Fraction(value)) * 10**decimals + Fraction(1, 2))
    whole, part = divmod(scaled, 10**decimals)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{part:0{decimals}d}" if decimals else f"{sign}{whole}"


def _exact(value: Fraction | float) -> Fraction:
    """A value without an exact form, such as the root of 2, counts with twelve figures."""
    return value if isinstance(value, Fraction) else Fraction(f"{value:.{_FIGURES}g}")


def _plain(value: Fraction, *, tex: bool) -> str:
    """A whole number, a fraction of short numbers, or a decimal where the fraction would be unreadable."""
    if value.denominator > 10**6:
        return f"{float(value):.{_FIGURES}g}"
    return _fraction(value, tex=tex)


def _fraction(value: Fraction, *, tex: bool) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    sign, above, below = "-" if value < 0 else "", abs(value.numerator), value.denominator
    return f"{sign}\\frac{{{above}}}{{{below}}}" if tex else f"{sign}{above}/{below}"


def _mixed(value: Fraction, *, tex: bool) -> str:
    whole, part = divmod(abs(value), 1)
    if not whole or not part:
        return _fraction(value, tex=tex)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{'' if tex else ' '}{_fraction(part, tex=tex)}"


def _coefficient(value: Fraction, *, tex: bool) -> str:
    if value in (1, -1):
        return "" if value == 1 else "-"
    text = _plain(value, tex=tex)
    return f"({text})" if "/" in text else text
