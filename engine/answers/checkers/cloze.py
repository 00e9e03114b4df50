"""Checks gaps: each by the checker of its kind."""

from collections.abc import Mapping

from engine.answers.answer import ClozeAnswer, TextAnswer
from engine.answers.checkers.number import check_number
from engine.answers.checkers.text import check_text
from engine.answers.verdict import Flaw, Outcome, Verdict


def check_cloze(answer: ClozeAnswer, given: Mapping[str, str]) -> Verdict:
    """The verdict on all gaps; ``right_parts`` are the ids of those that are right."""
    typed = {gap: text for gap, text in given.items() if text.strip() and gap in answer.gaps}
    if not typed:
        return Verdict(Outcome.UNREADABLE, message="The gaps are empty.")
    verdicts = {gap: _check_gap(answer, gap, text) for gap, text in typed.items()}
    for verdict in verdicts.values():
        if verdict.outcome is Outcome.UNREADABLE:
            return verdict
    right = tuple(gap for gap in answer.gaps if gap in verdicts and verdicts[gap].outcome is Outcome.RIGHT)
    if len(right) == len(answer.gaps):
        return Verdict(Outcome.RIGHT, right_parts=right)
    flaws = {verdict.flaw for gap, verdict in verdicts.items() if gap not in right}
    if len(typed) < len(answer.gaps):
        flaws.add(Flaw.INCOMPLETE)
    flaw = flaws.pop() if len(flaws) == 1 else Flaw.WRONG
    return Verdict(Outcome.PARTLY if right else Outcome.NOT_YET, flaw, right_parts=right)


def _check_gap(answer: ClozeAnswer, gap: str, text: str) -> Verdict:
    part = answer.gaps[gap]
    return check_text(part, text) if isinstance(part, TextAnswer) else check_number(part, text)
