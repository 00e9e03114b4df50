"""Checks words and phrases: forgiving about case, accents, articles and plurals, and never about digits.

A slip of the pen is ``SPELLING``, not wrong: one letter in a word of five or more, or nearly the same word.
"""

import re
import unicodedata

from engine.answers.answer import TextAnswer
from engine.answers.verdict import Flaw, Outcome, Verdict

MAX_TEXT = 1000
_ALIKE = 92  # RapidFuzz ratio
_LONG_ENOUGH = 5
_LEAD_IN = re.compile(
    r"^(?:(?:i think|it is|it's|its|this is|they are|it was|that is|called|because of|by|through|a|an|the)\s+)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_ARTICLES = frozenset({"a", "an", "the"})


def check_text(answer: TextAnswer, text: str) -> Verdict:
    """The verdict on ``text``."""
    if len(text) > MAX_TEXT:
        return Verdict(Outcome.UNREADABLE, message="That is too long for a word or a phrase.")
    given = words(text, case=answer.case, accents=answer.accents)
    if not given:
        return Verdict(Outcome.UNREADABLE, message="There is nothing to read yet.")
    accepted = [words(form, case=answer.case, accents=answer.accents) for form in answer.accept]
    if any(_same(form, given) for form in accepted):
        return Verdict(Outcome.RIGHT)
    loose = words(text)
    if any(_nearly(words(form), loose) for form in answer.accept):
        return Verdict(Outcome.NOT_YET, Flaw.SPELLING)
    return Verdict(Outcome.NOT_YET, Flaw.WRONG)


def words(text: str, *, case: bool = False, accents: bool = False) -> tuple[str, ...]:
    """The words of ``text`` in a form that can be compared. ``case``, ``accents``: whether they are kept."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'").strip()
    if not case:
        plain = plain.casefold()
    if not accents:
        bare = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize(
            "NFC", "".join(sign for sign in bare if not unicodedata.combining(sign))
        )
    found = tuple(_WORD.findall(_LEAD_IN.sub("", plain)))
    kept = tuple(word for word in found if word.casefold() not in _ARTICLES)
    return kept or found or tuple(plain.split())


def singular(word: str) -> str:
    """``word`` without a regular English plural ending."""
    lower = word.casefold()
    if len(word) > 4 and lower.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and lower.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def alike(word: str, other: str) -> bool:
    """Whether one may be a slip of the pen for the other. Digits never are."""
    if word == other:
        return True
    if min(len(word), len(other)) < _LONG_ENOUGH or any(map(str.isdigit, word + other)):
        return False
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other, score_cutoff=1) <= 1 or fuzz.ratio(word, other) >= _ALIKE


def _same(form: tuple[str, ...], given: tuple[str, ...]) -> bool:
    if len(form) != len(given):
        return False
    return all(one == other or _same_number(one, other) for one, other in zip(form, given, strict=True))


def _same_number(one: str, other: str) -> bool:
    """Whether two words are singular and plural of the same; a symbol such as "s" or "Ns" is no word."""
    return min(len(one), len(other)) >= 3 and singular(one) == singular(other)


def _nearly(form: tuple[str, ...], given: tuple[str, ...]) -> bool:
    if len(form) == len(given):
        pairs = zip(form, given, strict=True)
        return all(alike(one, other) or alike(singular(one), singular(other)) for one, other in pairs)
    return "".join(form) == "".join(given)
