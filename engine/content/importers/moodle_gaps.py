r"""Gaps inside a text, as Moodle writes them: ``{1:SHORTANSWER:=Paris~%50%Lyon#feedback}``."""

import re

from engine.content.importers.answer_kinds import gap_answer, number_step
from engine.content.importers.item_text import as_answer, plain_words
from engine.content.item import Json

_GAP = re.compile(
    r"\{\d*:(?P<kind>SHORTANSWER|SA|MW|SHORTANSWER_C|SAC|MWC|NUMERICAL|NM|MULTICHOICE\w*|MC[A-Z]*)"
    r":(?P<answers>(?:\\.|[^}\\])*)\}"
)
_SPLIT = re.compile(r"(?<!\\)~")
_POINTS = re.compile(r"^%(?P<points>-?\d+(?:\.\d+)?)%")
_ESCAPE = re.compile(r"\\([~=#{}/\"\\])")
_CHOICE = ("MULTICHOICE", "MC")
_NUMBER = ("NUMERICAL", "NM")
_WHOLE = 100.0


def embedded_gaps(text: str) -> tuple[str, dict[str, Json], list[str]]:
    """The text with ``[gap:…]`` for each gap, what goes into them, and the words that choices offer.

    Empty gaps where one is of another kind or has no right answer.
    """
    gaps: dict[str, Json] = {}
    bank: list[str] = []
    complete = True

    def gap(match: re.Match[str]) -> str:
        nonlocal complete
        answer = _answer(match["kind"].upper(), match["answers"], bank)
        if answer is None:
            complete = False
            return match.group()
        gaps[f"g{len(gaps) + 1}"] = answer
        return f"[gap:g{len(gaps)}]"

    shown = _GAP.sub(gap, text)
    return shown, gaps if complete else {}, list(dict.fromkeys(bank))


def _answer(kind: str, answers: str, bank: list[str]) -> Json | None:
    right: list[str] = []
    for part in _SPLIT.split(answers):
        text = part.split("#")[0].strip()
        points = _POINTS.match(text)
        whole = text.startswith("=") or (points is not None and float(points["points"]) >= _WHOLE)
        word = as_answer(plain_words(_ESCAPE.sub(r"\1", _POINTS.sub("", text.removeprefix("=")))))
        if kind.startswith(_CHOICE) and word:
            bank.append(word)
        if whole and word and "*" not in word:
            right.append(word)
    if not right:
        return None
    if kind in _NUMBER:
        value, _, tolerance = right[0].partition(":")
        try:
            step = number_step(value, tolerance=abs(float(tolerance or 0)))
        except ValueError:
            return None
        return {"type": "number", **step["answer"]}
    return gap_answer(right, case=kind.endswith("C") and not kind.startswith(_CHOICE))
