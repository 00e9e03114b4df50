"""Reads units of measurement as people write them, and converts between them.

Only single words reach pint, never a whole text: products, powers and fractions are taken apart here. Conversions are
exact.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from engine.answers.spelling import plain
from engine.errors import ExpressionError

if TYPE_CHECKING:
    import pint

_MAX_EXPONENT = 9
_MAX_FACTORS = 8
_SPELT_OUT = 4  # letters: "Newton" may begin with a capital, "Nm" is not nm
_TOKEN = re.compile(
    r"\s*(?:(?P<word>[^\W\d_]+|°\s*[CFK]?|%)|(?P<power>\^?\s*\(?\s*[+-]?\d+\s*\)?)|(?P<sign>[*/()·.]))"
)
_MS_TO_A_POWER = re.compile(
    r"\bms(?=\s*\^?\s*\(?\s*-)"
)  # ms^-1 is a speed at school, and nothing per millisecond
_POWERS_IN_WORDS = (
    (re.compile(r"\s*\bsquared\b"), "^2"),
    (re.compile(r"\s*\bcubed\b"), "^3"),
    (re.compile(r"\b(?:square|sq)\b\.?\s*([^\W\d_]+)"), r"\1^2"),
    (re.compile(r"\b(?:cubic|cu)\b\.?\s*([^\W\d_]+)"), r"\1^3"),
    (re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])"), " "),  # newton-metre
)
_KNOWN = {
    "°": "degree", "°C": "degC", "°F": "degF", "°K": "kelvin", "%": "percent", "Ω": "ohm",
    "kmh": "km/h", "kph": "km/h", "kmph": "km/h", "KMH": "km/h", "mps": "m/s", "Nm": "N*m", "Ns": "N*s", "kgm": "kg*m",
    "Ws": "W*s", "NM": "N*m",
    "newtonmetre": "N*m", "newtonmetres": "N*m", "newtonmeter": "N*m", "newtonmeters": "N*m",
    "kilogramme": "kg", "kilogrammes": "kg", "gramme": "g", "grammes": "g",
    "sec": "s", "secs": "s", "hr": "h", "hrs": "h", "mins": "min",
    "Kg": "kg", "KG": "kg", "kgs": "kg", "gm": "g", "gms": "g", "Km": "km", "KM": "km", "Kms": "km", "kms": "km",
    "cms": "cm", "mms": "mm", "Cm": "cm", "Mm": "mm", "CM": "cm", "MM": "mm", "kj": "kJ", "KJ": "kJ", "kn": "kN",
    "KN": "kN", "kw": "kW", "KW": "kW", "kwh": "kWh", "KWh": "kWh", "Kwh": "kWh", "KWH": "kWh", "hz": "Hz", "HZ": "Hz",
    "khz": "kHz", "pa": "Pa", "PA": "Pa", "kpa": "kPa", "KPa": "kPa", "hpa": "hPa", "ltr": "L", "cc": "cm^3",
    "ccm": "cm^3", "S": "s", "H": "h", "G": "g", "M": "m", "n": "N", "j": "J", "w": "W", "k": "K", "v": "V",
    "kilo": "kg", "kilos": "kg", "euro": "", "c": "", "e": "", "pi": "", "a": "", "x": "",
}  # fmt: skip
"""What pint would not know, or would take for something rare; empty: no unit here."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of pint's units; ``names``: exponent by name."""

    names: tuple[tuple[str, int], ...]

    def to_pint(self) -> "pint.Unit":
        """The same for pint."""
        registry = _registry()
        result: pint.Unit = registry.Unit("")
        for name, exponent in self.names:
            result = result * registry.Unit(name) ** exponent
        return result


def convert(value: Fraction | float, unit: Unit, target: Unit) -> Fraction | float | None:
    """``value`` in ``target``; None if that is another kind of quantity."""
    import pint

    try:
        found: Any = _registry().Quantity(value, unit.to_pint()).to(target.to_pint()).magnitude
    except (pint.PintError, ArithmeticError, TypeError, ValueError):
        return None
    return Fraction(found) if isinstance(found, Fraction | int) else float(found)


@lru_cache(maxsize=1024)
def read_unit(text: str, *, celsius: bool = False) -> Unit:
    """The unit in ``text``: ``km/h``, ``m/s²``, ``N m``, ``kg m^-3``, ``metres per second``, ``J/(kg K)``.

    Args:
        text: the unit alone.
        celsius: C is a temperature here and no charge.

    Raises:
        ExpressionError: it is no unit.
    """
    tokens = _tokens(_MS_TO_A_POWER.sub("m s", re.sub(r"\bper\b", "/", _in_signs(plain(text)))))
    exponents: dict[str, int] = {}
    sign, depth_signs, place = 1, [1], 0
    while place < len(tokens):
        kind, part = tokens[place]
        place += 1
        if kind == "sign":
            if part == "/":
                sign = -1
            elif part == "(":
                depth_signs.append(depth_signs[-1] * sign)
                sign = 1
            elif part == ")" and len(depth_signs) > 1:
                depth_signs.pop()
            continue
        if kind == "power":
            raise _unreadable(text)
        power = 1
        if place < len(tokens) and tokens[place][0] == "power":
            power = int(re.sub(r"[\s()^]", "", tokens[place][1]))
            place += 1
        _add(exponents, part, sign * depth_signs[-1] * power, celsius=celsius)
        sign = 1
    if not exponents or len(exponents) > _MAX_FACTORS or max(map(abs, exponents.values())) > _MAX_EXPONENT:
        raise _unreadable(text)
    return Unit(tuple(sorted(exponents.items())))


def _in_signs(text: str) -> str:
    """``text`` with powers as signs: metres per second squared, grams per cubic centimetre."""
    for words, signs in _POWERS_IN_WORDS:
        text = words.sub(signs, text)
    return text


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at = 0
    line = text.strip().rstrip(".")
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None or match.lastgroup is None:
            raise _unreadable(text)
        if match.lastgroup == "power" and match.group()[0] == " " and "^" not in match.group():
            raise _unreadable(text)  # "kg 5" is no power, "m2" is one
        tokens.append((match.lastgroup, match.group(match.lastgroup).strip()))
        at = match.end()
    return tokens


def _add(exponents: dict[str, int], word: str, power: int, *, celsius: bool) -> None:
    for name, times in _named(word.replace(" ", ""), celsius=celsius).items():
        exponents[name] = exponents.get(name, 0) + times * power


@lru_cache(maxsize=1024)
def _named(word: str, *, celsius: bool) -> Mapping[str, int]:
    """Pint's names for one word."""
    if celsius and word in ("C", "celsius", "Celsius"):
        return {"degree_Celsius": 1}
    known = _KNOWN.get(word, word)
    if known != word and set(known) & set("/^*"):
        return dict(read_unit(known).names)
    for spelling in (known, known.lower() if len(known) >= _SPELT_OUT else known):
        if spelling and len(spelling) <= 20 and (found := _pint_name(spelling)):
            return {found: 1}
    raise _unreadable(word)


def _pint_name(word: str) -> str:
    import pint

    try:
        found = _registry().parse_units(word)
    except (pint.PintError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError):
        return ""
    return str(found)


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


def _unreadable(text: str) -> ExpressionError:
    return ExpressionError(
        f"“{text.strip()[:20]}” is no unit that can be read.", todo="Write a unit such as m/s."
    )
