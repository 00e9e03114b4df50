"""Which act a turn is."""

import pytest

from engine.rag.retrieval import Evidence
from engine.tutor.policy import BY_FEATURES, BY_READING, UNANSWERED, Thresholds, choose_act
from engine.types import Act, AnswerMode

READ = {"logit": 0.0}


@pytest.mark.parametrize(("features", "needed"), [({}, BY_FEATURES), (READ, BY_READING)])
@pytest.mark.parametrize("mode", AnswerMode)
def test_without_evidence_nothing_but_abstaining(
    mode: AnswerMode, features: dict[str, float], needed: Thresholds
) -> None:
    assert choose_act(Evidence(needed.partial - 0.01, features), mode) is Act.ABSTAIN
    assert choose_act(Evidence(needed.answer - 0.01, features), mode) in UNANSWERED
    assert choose_act(Evidence(needed.answer, features), mode) not in UNANSWERED


def test_each_mode_has_its_own_act() -> None:
    acts = [choose_act(Evidence(1.0), mode) for mode in AnswerMode]
    assert acts == [Act.EXPLAIN, Act.SIMPLIFY, Act.EXAMPLE, Act.QUIZ]


@pytest.mark.parametrize(
    ("mode", "act"),
    [
        (AnswerMode.EXPLAIN, Act.PARTIAL),
        (AnswerMode.SIMPLER, Act.PARTIAL),
        (AnswerMode.EXAMPLE, Act.ABSTAIN),
        (AnswerMode.QUIZ, Act.ABSTAIN),
    ],
)
def test_on_little_evidence_an_explanation_says_how_little_and_nothing_else_is_made(
    mode: AnswerMode, act: Act
) -> None:
    assert choose_act(Evidence(BY_READING.partial, READ), mode) is act
