"""A choice of the next question, complete enough to be logged, explained and checked by making it again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.learner.evidence import Purpose

_DIGITS = 6


class Reason(StrEnum):
    """Why a question is proposed. A front end says it in a sentence."""

    NEW_SKILL = "new_skill"  # its prerequisites are there
    CONTINUE = "continue"  # begun, not there yet
    SHOW_IT = "show_it"  # the last answer was right: one more at the reference difficulty
    AFTER_MISSES = "after_misses"  # stuck: a worked example comes first
    CHECK_PREREQUISITE = "check_prerequisite"  # stuck: is something missing underneath
    EASY_WIN = "easy_win"  # it went badly lately: something that is known
    REVIEW = "review"  # known, the longest ago or the most forgotten
    CONFIRM = "confirm"  # proficient, to be confirmed on another day
    TEST_OUT = "test_out"  # it goes so well that the skill may be skipped
    VERIFY = "verify"  # placement took it as known, nobody asked
    CHOSEN = "chosen"  # the learner picked the skill
    PLACEMENT = "placement"  # tells most about what is known


@dataclass(frozen=True, slots=True)
class Choice:
    """An item for a skill, with its reason.

    Attributes:
        item: id of the item.
        skill: the skill it was chosen for.
        purpose: as it will stand in the evidence.
        predicted: chance that the first attempt is right, 0 to 1.
        reason: why.
        worked_example: show one before the question.
    """

    item: str
    skill: str
    purpose: Purpose
    predicted: float
    reason: Reason
    worked_example: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided.

    Attributes:
        policy: version of the policy.
        choice: the next question.
        alternative: one other that would be sensible, for another skill where there is one.
        features: the numbers that decided, by name.
        turn: number of the question, from 1.
        seed: of the situation.
        now: of the situation (ms).
    """

    policy: str
    choice: Choice
    alternative: Choice | None
    features: Mapping[str, float]
    turn: int
    seed: int
    now: int

    def to_json(self) -> str:
        """Canonical JSON: keys sorted, no spaces, numbers rounded to six decimals."""
        return json.dumps(
            {
                "policy": self.policy,
                "choice": _choice_dict(self.choice),
                "alternative": None if self.alternative is None else _choice_dict(self.alternative),
                "features": {name: _rounded(value) for name, value in self.features.items()},
                "turn": self.turn,
                "seed": self.seed,
                "now": self.now,
            },
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Decision":
        """The decision that ``to_json`` wrote, to its precision."""
        data: dict[str, Any] = json.loads(text)
        other = data["alternative"]
        return cls(
            policy=data["policy"],
            choice=_choice(data["choice"]),
            alternative=None if other is None else _choice(other),
            features=data["features"],
            turn=data["turn"],
            seed=data["seed"],
            now=data["now"],
        )


def _choice_dict(choice: Choice) -> dict[str, object]:
    return {
        "item": choice.item,
        "skill": choice.skill,
        "purpose": choice.purpose.value,
        "predicted": _rounded(choice.predicted),
        "reason": choice.reason.value,
        "worked_example": choice.worked_example,
    }


def _choice(data: dict[str, Any]) -> Choice:
    return Choice(
        data["item"],
        data["skill"],
        Purpose(data["purpose"]),
        data["predicted"],
        Reason(data["reason"]),
        data["worked_example"],
    )


def _rounded(value: float) -> float:
    """Six decimals hide what two machines' mathematical libraries may differ by; no negative zero."""
    return round(float(value), _DIGITS) + 0.0
