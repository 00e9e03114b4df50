"""Numbers written as English words: "twelve", "twenty-one", "three quarters", "a half"."""

import re
from fractions import Fraction

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SMALL = {word: value for value, word in enumerate(_UNITS)} | _TENS
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PARTS |= {"halves": 2} | {f"{word}s": value for word, value in _PARTS.items() if word != "half"}
_WORD = re.compile(r"[a-z]+")
WORDS = frozenset({*_SMALL, *_LARGE, *_PARTS})
"""Every word that is part of a number; "a" and "and" may stand between them."""


def number_in_words(text: str) -> Fraction | None:
    """The number that ``text`` says; None if it says none, or says more."""
    words = _WORD.findall(text.casefold().replace("minus", "negative"))
    negative = words[:1] == ["negative"]
    words = words[1:] if negative else words
    if not words or not set(words) <= WORDS | {"a", "an", "and"}:
        return None
    value = _value(words)
    return None if value is None else -value if negative else value


def _value(words: list[str]) -> Fraction | None:
    if words[-1] not in _PARTS:
        whole = _whole(words)
        return None if whole is None else Fraction(whole)
    part = Fraction(1, _PARTS[words[-1]])
    front = words[:-1]
    if "and" in front:  # two and a half
        at = len(front) - 1 - front[::-1].index("and")
        whole, count = _whole(front[:at]), _count(front[at + 1 :])
        return None if whole is None or count is None else whole + count * part
    count = _count(front)
    return None if count is None else count * part


def _count(words: list[str]) -> int | None:
    return 1 if not words or words in (["a"], ["an"]) else _whole(words)


def _whole(words: list[str]) -> int | None:
    total = current = 0
    said = False
    for word in words:
        if word in _SMALL:
            if current % 10 or (current % 100 and _SMALL[word] >= 10) or (said and not current):
                return None
            current += _SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _LARGE:
            total += (current or 1) * _LARGE[word]
            current = 0
            said = False
            continue
        elif word not in ("a", "an", "and"):
            return None
        said = said or word in _SMALL
    return total + current if said or total or current else None
