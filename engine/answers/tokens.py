"""From text to tokens: once strictly, for what authors write, and once generously, for what learners type.

The generous door knows thousands separators, decimal commas, mixed numbers and repeating decimals, where they can be
meant in one way only. Which tokens make sense together is the parser's matter: ``engine.answers.expression``.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from engine.answers.spelling import plain
from engine.answers.tree import Number, Written
from engine.errors import ExpressionError

MAX_LENGTH = 200
_MAX_AUTHORED = 400  # characters; values of variables stand in it as fractions
MAX_EXPONENT = 50
FUNCTIONS = {
    "abs": (1, 1),
    "sqrt": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
    "round": (1, 2),
    "mod": (2, 2),
    "gcd": (1, 9),
    "lcm": (1, 9),
    "min": (1, 9),
    "max": (1, 9),
    "sin": (1, 1),
    "cos": (1, 1),
    "tan": (1, 1),
    "ln": (1, 1),
    "log": (1, 2),
    "exp": (1, 1),
}
"""The functions of the mini-language, with how few and how many arguments each takes. ``log`` has base 10."""

_LOGIC = {"and", "or", "not"}
_INFINITY = {"inf", "infinity", "infty"}
_READABLE_WORD = 3  # letters: "xyz" may be a product, "banana" is none
_LONGEST_WORD = 12  # letters of a name or a function
_SPACES = re.compile(r"\s+")
_SCIENTIFIC = r"(?P<power>[eE][+-]?\d+(?![A-Za-z]))?"
_STRICT_NUMBER = re.compile(r"(?P<digits>\d+(?:\.\d+)?|\.\d+)" + _SCIENTIFIC)
_MIXED = re.compile(r"(?P<whole>\d+) +(?P<numerator>[1-9]\d*)/(?P<denominator>\d+)(?![\d.,])")
_SIGN_FRACTION = re.compile(r"(?P<whole>\d*) ?(?P<sign>[¼-¾⅐-⅞↉])(?![\d.,])")
_RECURRING = re.compile(r"(?P<whole>\d*)[.,](?P<decimals>\d+)\.\.\.")
_NUMBERS = tuple(
    (re.compile(rf"(?P<digits>{digits})" + _SCIENTIFIC), str.maketrans(signs))
    for digits, signs in (
        (r"[1-9]\d{0,2}(?:\.\d{3})+,\d+(?![\d,])", {".": "", ",": "."}),  # 1.000,5
        (r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,])", {",": ""}),  # 1,000
        (r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.,])", {".": ""}),  # 1.000.000; 1.000 is one
        (r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,])", {",": ""}),  # 1,00,000
        (r"[1-9]\d{0,2}(?: \d{3})+,\d+(?![\d,]| \d)", {" ": "", ",": "."}),  # 1 000,5
        (r"\d+,\d+(?![\d,.])", {",": "."}),  # 0,5
        (r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?(?!\d| \d)", {" ": ""}),  # 1 000
        (r"[1-9]\d{0,2}(?:'\d{3})+(?:\.\d+)?(?![\d'])", {"'": ""}),  # 1'000
        (r"\d+(?:\.\d*)?|\.\d+", {}),
    )
)
_LISTED = _NUMBERS[6:]  # those without a comma
_WORD = re.compile(r"[^\W\d_]+(?:_\w+)?")
_SAID_SIGNS = {"plus": "+", "minus": "-", "times": "*", "of": "*", "over": "/"}
_NUMBERED = re.compile(r"[^\W\d_]+_?\d+")
_STRICT_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_OPERATOR = re.compile(r"<=|>=|==|!=|[-+*/^()\[\]{}<>=,;|%√±°:!]")
_STRICT_OPERATOR = re.compile(r"<=|>=|==|!=|[-+*/^()<>=,]")


class Kind(StrEnum):
    """Kinds of token."""

    NUMBER = "number"
    NAME = "name"
    FUNCTION = "function"
    LOGIC = "logic"
    OPERATOR = "operator"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``number`` is there for numbers alone, ``start`` is its place in the plain text."""

    kind: Kind
    text: str
    start: int = 0
    number: Number | None = None


def strict_tokens(text: str) -> list[Token]:
    """The tokens of the mini-language.

    Raises:
        ExpressionError: there is a sign that it does not have.
    """
    refuse_length(text, _MAX_AUTHORED)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif match := _STRICT_NUMBER.match(text, at):
            tokens.append(_number(match, at, {}))
            at = match.end()
        elif match := _STRICT_WORD.match(text, at):
            tokens.append(_strict_word(match.group(), at))
            at = match.end()
        elif match := _STRICT_OPERATOR.match(text, at):
            tokens.append(Token(Kind.OPERATOR, match.group(), at))
            at = match.end()
        else:
            raise _unknown(text[at])
    return [*tokens, Token(Kind.END, "", at)]


def learner_tokens(text: str, *, known: Collection[str] | None, listed: bool) -> list[Token]:
    """The tokens of what a learner typed.

    Args:
        text: as it was typed.
        known: the variables that can be meant; None for every letter.
        listed: a comma separates the parts of a list; it is no decimal comma and no thousands separator.

    Raises:
        ExpressionError: something in it is no mathematics.
    """
    refuse_length(text)
    line = _SPACES.sub(" ", plain(text)).strip()
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        if line[at] == " ":
            at += 1
        elif found := _learner_number(line, at, listed=listed):
            token, at = found
            tokens.append(token)
        elif name := _numbered_name(line, at, known):
            tokens.append(Token(Kind.NAME, name.replace("_", ""), at))
            at += len(name)
        elif match := _WORD.match(line, at):
            said = _SAID_SIGNS.get(match.group().lower())
            tokens += [Token(Kind.OPERATOR, said, at)] if said else _learner_words(match.group(), at, known)
            at = match.end()
        elif match := _OPERATOR.match(line, at):
            tokens.append(Token(Kind.OPERATOR, match.group(), at))
            at = match.end()
        else:
            raise _unknown(line[at])
    return [*_times_signs(tokens, known), Token(Kind.END, "", at)]


def refuse_length(text: str, most: int = MAX_LENGTH) -> None:
    """Raise an ``ExpressionError`` if ``text`` has more characters than any answer has to have."""
    if len(text) > most:
        raise ExpressionError(f"That is longer than {most} characters.", todo="Write only the answer itself.")


def _unknown(sign: str) -> ExpressionError:
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return ExpressionError(
        f"The sign {shown} cannot be read here.", todo="Leave it out, or write it another way."
    )


def _number(match: re.Match[str], start: int, signs: dict[int, str]) -> Token:
    """``signs``: what becomes of the separators between its digits."""
    digits = match.group("digits").translate(signs).removesuffix(".")
    power = match.group("power") or ""
    decimals = len(digits.partition(".")[2])
    value = Fraction(digits)
    written = Written.DECIMAL if decimals else Written.INTEGER
    if power:
        value *= _power_of_ten(int(power[1:]))
        written = Written.SCIENTIFIC
    return Token(Kind.NUMBER, match.group(), start, Number(value, written, decimals, digits + power))


def _power_of_ten(exponent: int) -> Fraction:
    if abs(exponent) > MAX_EXPONENT:
        raise ExpressionError(
            f"The exponent {exponent if abs(exponent) < 10**6 else 'there'} is too large to work with.",
            todo=f"Use exponents up to {MAX_EXPONENT}.",
        )
    return Fraction(10) ** exponent


def _strict_word(word: str, start: int) -> Token:
    if word in _LOGIC:
        return Token(Kind.LOGIC, word, start)
    return Token(Kind.FUNCTION if word in FUNCTIONS else Kind.NAME, word, start)


def _learner_number(line: str, at: int, *, listed: bool) -> tuple[Token, int] | None:
    for pattern, read in ((_RECURRING, _recurring), (_SIGN_FRACTION, _sign_fraction), (_MIXED, _mixed)):
        if (match := pattern.match(line, at)) and (number := read(match)):
            return Token(Kind.NUMBER, match.group(), at, number), match.end()
    for pattern, signs in _LISTED if listed else _NUMBERS:
        if match := pattern.match(line, at):
            return _number(match, at, signs), match.end()
    return None


def _mixed(match: re.Match[str]) -> Number | None:
    numerator, denominator = int(match.group("numerator")), int(match.group("denominator"))
    if numerator >= denominator:  # "1 500/3" is fifteen hundred by three
        return None
    value = int(match.group("whole")) + Fraction(numerator, denominator)
    return Number(value, Written.MIXED, text=match.group())


def _sign_fraction(match: re.Match[str]) -> Number:
    part = Fraction(unicodedata.numeric(match.group("sign"))).limit_denominator(10)
    whole = match.group("whole")
    text = unicodedata.normalize("NFKC", match.group("sign")).replace("⁄", "/")
    if whole:
        return Number(int(whole) + part, Written.MIXED, text=f"{whole} {text}")
    return Number(part, Written.FRACTION, text=text)


def _recurring(match: re.Match[str]) -> Number | None:
    """0.1666... is 1/6: the shortest block that stands at least twice at the end goes on for ever."""
    decimals = match.group("decimals")
    for length in range(1, len(decimals) // 2 + 1):
        block = decimals[-length:]
        if decimals[-2 * length : -length] == block:
            head = decimals[:-length]
            value = Fraction(int(match.group("whole") or 0))
            value += Fraction(int(head or 0), 10 ** len(head))
            value += Fraction(int(block), (10**length - 1) * 10 ** len(head))
            return Number(value, Written.RECURRING, len(decimals), match.group().replace(",", "."))
    raise ExpressionError(
        f"It is not clear how {match.group()} goes on.",
        todo="Write a fraction, or the digits that repeat twice.",
    )


def _numbered_name(line: str, at: int, known: Collection[str] | None) -> str:
    """A known variable with a number, such as ``v0``, if it stands here, be it as ``v_0``."""
    match = _NUMBERED.match(line, at)
    return match.group() if match and match.group().replace("_", "") in (known or ()) else ""


def _learner_words(word: str, start: int, known: Collection[str] | None) -> list[Token]:
    if whole := _whole_word(word, start, known):
        return [whole]
    tokens: list[Token] = []
    rest = word
    while rest:
        for length in range(min(len(rest), _LONGEST_WORD), 0, -1):
            found = _whole_word(rest[:length], start, known)
            if found or length == 1:
                tokens.append(found or Token(Kind.NAME, rest[0], start))
                rest = rest[length:]
                break
    plain_letters = [token for token in tokens if token.kind is Kind.NAME and len(token.text) == 1]
    if len(word) > _READABLE_WORD and any(
        known is None or token.text not in known for token in plain_letters
    ):
        raise ExpressionError(
            f"The word “{word[:20]}” cannot be read here.", todo="Write only numbers, letters and signs."
        )
    return tokens


def _whole_word(word: str, start: int, known: Collection[str] | None) -> Token | None:
    names = known or ()
    if word in names:
        return Token(Kind.NAME, word, start)
    lower = word.lower()
    if "_" in word:
        bare = word.replace("_", "")
        return Token(Kind.NAME, bare if bare in names else word, start)
    if lower in FUNCTIONS:
        return Token(Kind.FUNCTION, lower, start)
    if lower in _LOGIC:
        return Token(Kind.LOGIC, lower, start)
    if lower == "pi" or lower in _INFINITY:
        return Token(Kind.NAME, "pi" if lower == "pi" else "inf", start)
    other = word.swapcase()
    return Token(Kind.NAME, other, start) if len(word) == 1 and other in names else None


def _times_signs(tokens: list[Token], known: Collection[str] | None) -> list[Token]:
    """With ``x`` between two numbers read as a times sign, unless it is a variable of the question."""
    if known is not None and "x" in known:
        return tokens
    result = list(tokens)
    for place in range(1, len(tokens) - 1):
        before, token, after = tokens[place - 1 : place + 2]
        if token.text in ("x", "X") and before.kind is Kind.NUMBER and after.kind is Kind.NUMBER:
            result[place] = Token(Kind.OPERATOR, "*", token.start)
    return result
