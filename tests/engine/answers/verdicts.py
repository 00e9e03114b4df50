"""What is said to an answer, in one word; and a question that is answered in one's own words."""

from engine.answers.answer import (
    Answer,
    Expectation,
    MistakeRule,
    Response,
    ShortAnswer,
)
from engine.answers.check import check
from engine.answers.verdict import Outcome, Verdict


def said(verdict: Verdict) -> str:
    """In one word: the misconception, the flaw, or the outcome."""
    if verdict.misconception:
        return verdict.misconception
    if verdict.outcome is Outcome.PARTLY:
        return f"partly {verdict.flaw}"
    return str(verdict.flaw or verdict.outcome)


def verdict(answer: Answer, response: Response, *mistakes: MistakeRule) -> str:
    return said(check(answer, response, mistakes))


LIGHT = ShortAnswer(
    (
        Expectation("light", ("Plants need light to make food.", "The plant uses light energy."), ("light",)),
        Expectation(
            "gas",
            ("Plants take in carbon dioxide.", "They use carbon dioxide from the air."),
            ("carbon dioxide",),
        ),
    )
)
NO_LIGHT = MistakeRule(
    "m.no-light", ShortAnswer((Expectation("m", ("Plants do not need light.",), ("light",)),))
)
