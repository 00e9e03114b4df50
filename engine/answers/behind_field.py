"""What a learner types behind a number although it is said already: "1400 metres" where it says m behind the field.

Only a number is wanted there, so the same unit in other words is no mistake and is left out before the check. Another
unit is never left out: "1.4 km" in front of m is for the checker to refuse. Units that are a part of the answer are
the business of ``checkers.quantity``.

Where things are counted, the word for them may be typed too: "64 chromosomes" in a gap in front of that word, or as an
answer to "How many chromosomes are there?".
"""

import re
from fractions import Fraction

from engine.answers.units import Unit, convert, read_unit
from engine.errors import ExpressionError

_LONGEST = 100
_PER = re.compile(r"\s*(?:/|\bper\b|\bin (?:an?|each|every)\b)\s*", re.IGNORECASE)
_IN_WORDS = re.compile(r"\b(?:in|of|per)\b")
_DEGREES = re.compile(r"^deg(?:rees?)?\b\.?\s*", re.IGNORECASE)
_DEGREES_CELSIUS = frozenset({"°", "°c", "°celsius", "c", "celsius"})
_SHORTENED = {"minute": ("min",), "hour": ("h", "hr"), "second": ("s", "sec"), "litre": ("l", "liter")}
_COUNT = re.compile(r"\s*(?P<number>\d+)\s+(?P<word>[^\W\d_]+)\.?\s*")
_BEHIND_GAP = re.compile(r"\[gap:(?P<gap>[^\]]*)\] (?P<word>[^\W\d_]+)")
_HOW_MANY = re.compile(
    r"\bhow many (?:[^\W\d_]+ ){0,2}?(?P<word>[^\W\d_]+)"
    r"(?:\?| (?:is|are|was|were|do|does|did|has|have|had|can|will|would|in|of|on|there|must|fit)\b)",
    re.IGNORECASE,
)
_WHOLE_HOUR = frozenset({":00", "h", "am", "a.m"})


def without_what_stands_behind(text: str, after: str) -> str:
    """``text`` without ``after`` at its end, which may be spelt out, in the plural or shortened there.

    Args:
        text: what the learner typed.
        after: what the field shows behind it, such as ``cm²`` or ``bubbles in a minute``.
    """
    line = text.rstrip()
    if len(line) > _LONGEST:
        return text
    before = line.removesuffix(after)
    if before != line and not (before[-1:].isalpha() and after[0].isalpha()):
        return before
    for place in range(1, len(line)):
        begins = line[place].isalpha() or line[place] in "°%:"
        if begins and not line[place - 1].isalpha() and _says(line[place:], after):
            return line[:place].rstrip()
    return text


def counted_word(question: str) -> str:
    """What a question asks the number of: "seeds" for "How many seeds are left?"; empty for nothing."""
    found = _HOW_MANY.search(question)
    return found["word"] if found else ""


def words_behind_gaps(text: str) -> dict[str, str]:
    """The word behind each gap of a text that has one there."""
    return {found["gap"]: found["word"] for found in _BEHIND_GAP.finditer(text)}


def without_counted_word(text: str, word: str) -> str:
    """A whole number without the ``word`` that it counts, which may be in the singular or plural."""
    found = _COUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or not word:
        return text
    said, counted = found["word"].casefold(), word.casefold()
    return found["number"] if counted in (said, f"{said}s", said.removesuffix("s")) else text


def _says(tail: str, after: str) -> bool:
    said, shown = _plain(tail), _plain(after)
    if said == shown or f"{said}s" == shown or said == f"{shown}s" or said.startswith(f"{shown} "):
        return True
    if after == "times" and said in ("x", "×"):
        return True
    if after == "o'clock":
        return said in _WHOLE_HOUR
    if after.startswith("°"):
        return _DEGREES.sub("°", said.replace("º", "°")).replace(" ", "") in _DEGREES_CELSIUS
    if _is_same_unit(tail, after):
        return True
    if not _IN_WORDS.search(after):
        return False
    # "mg" will do for "mg in a minute", and so will "per minute" and "mg/min".
    first = after.split(maxsplit=1)[0]
    before, per, time = shown.rpartition("/")
    shortened = [f"/{word}" for word in (time, *_SHORTENED.get(time, ()))] if per else []
    said_alike = {begin + end for begin in ("", _plain(first), before) for end in ("", *shortened)}
    return said in said_alike or _is_same_unit(tail, first)


def _is_same_unit(tail: str, after: str) -> bool:
    """Whether both are units of the same size: ml and cm³ are."""
    said, shown = _unit(tail), _unit(after)
    return said is not None and shown is not None and convert(Fraction(1), said, shown) == 1


def _plain(text: str) -> str:
    """``text`` in lower case, with one way to say "per" and without a blank behind a colon."""
    line = " ".join(text.casefold().rstrip(".").replace("per cent", "percent").split())
    return _PER.sub("/", line).replace(": ", ":")


def _unit(text: str) -> Unit | None:
    try:
        return read_unit(_PER.sub("/", text.replace("per cent", "percent")))
    except ExpressionError:
        return None
