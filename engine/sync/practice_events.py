"""What happens in practice, as events. Everything that is known of a learner's knowledge is recomputed from these.

An answer's words stay in the learner's own database (``engine.tutor.practice_store``); what is told is which option,
which outcome, which misconception.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from engine.answers.verdict import Verdict
from engine.learner.evidence import Evidence, Purpose
from engine.sync.event_types import Body


class PracticeMode(StrEnum):
    """How much help there is. ``EXAM``: none, and verdicts come at the end."""

    LEARN = "learn"
    PRACTICE = "practice"
    EXAM = "exam"


class Ending(StrEnum):
    """How a question came to its end."""

    SOLVED = "solved"
    SHOWN = "shown"  # the solution was shown
    MISSED = "missed"  # in an exam, or in placement: one attempt, and on
    LEFT = "left"  # put off, or left when the session ended


class VoidReason(StrEnum):
    """Why a question does not count."""

    WRONG_KEY = "wrong_key"
    UNCLEAR = "unclear"
    BROKEN = "broken"
    OTHER = "other"
    ITEM = "item"  # the item that it was made from was judged to be bad


@dataclass(frozen=True, slots=True)
class QuestionPosed:
    """A question was put to the learner."""

    kind: ClassVar[str] = "question.posed"
    version: ClassVar[int] = 1

    question: str
    pack: str
    item: str
    seed: int
    purpose: Purpose
    mode: PracticeMode

    def body(self) -> Body:
        """Which item, drawn how, and why."""
        return {
            "question": self.question,
            "pack": self.pack,
            "item": self.item,
            "seed": self.seed,
            "purpose": self.purpose.value,
            "mode": self.mode.value,
        }


@dataclass(frozen=True, slots=True)
class AttemptGraded:
    """An answer was checked."""

    kind: ClassVar[str] = "attempt.graded"
    version: ClassVar[int] = 1

    question: str
    step: str
    n: int
    verdict: Verdict
    seconds: float

    def body(self) -> Body:
        """What the checker said, not what the learner did."""
        return {
            "question": self.question,
            "step": self.step,
            "n": self.n,
            "outcome": self.verdict.outcome.value,
            "flaw": self.verdict.flaw.value if self.verdict.flaw else None,
            "misconception": self.verdict.misconception or None,
            "seconds": round(self.seconds, 1),
        }


@dataclass(frozen=True, slots=True)
class HintShown:
    """Help of this level was shown for a step."""

    kind: ClassVar[str] = "hint.shown"
    version: ClassVar[int] = 1

    question: str
    step: str
    level: int

    def body(self) -> Body:
        """Where, and how much."""
        return {"question": self.question, "step": self.step, "level": self.level}


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """A question came to its end, with what it showed; one that was left without an attempt has no such event."""

    kind: ClassVar[str] = "question.closed"
    version: ClassVar[int] = 1

    ending: Ending
    evidence: Evidence

    def body(self) -> Body:
        """The whole evidence."""
        return {"ending": self.ending.value, **evidence_facts(self.evidence)}


def evidence_facts(it: Evidence) -> dict[str, object]:
    """A piece of evidence as JSON values; ``engine.tutor.practice.learning_log`` reads it back."""
    return {
        "question": it.question,
        "at": it.at,
        "pack": it.pack,
        "item": it.item,
        "results": [[result.skill, result.credit, result.first_right] for result in it.results],
        "difficulty": it.difficulty,
        "guess": it.guess,
        "purpose": it.purpose.value,
        "seconds": round(it.seconds, 1),
        "expected_s": it.expected_s,
        "level": it.level,
        "attempts": it.attempts,
        "weight": it.weight,
        "misconceptions": list(it.misconceptions),
        "interleaved": it.interleaved,
    }


@dataclass(frozen=True, slots=True)
class QuestionVoided:
    """A question is bad: it counts as if it had never been posed."""

    kind: ClassVar[str] = "question.voided"
    version: ClassVar[int] = 1

    question: str
    by: str
    reason: VoidReason

    def body(self) -> Body:
        """Which one, who said so ("learner" or "teacher"), and why."""
        return {"question": self.question, "by": self.by, "reason": self.reason.value}


@dataclass(frozen=True, slots=True)
class QuestionRestored:
    """A voided question counts again."""

    kind: ClassVar[str] = "question.restored"
    version: ClassVar[int] = 1

    question: str

    def body(self) -> Body:
        """Which one."""
        return {"question": self.question}


class Judgement(StrEnum):
    """What a person who looked an automatic item over said of it."""

    OPEN = "open"  # nothing (any more)
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ItemJudged:
    """A person looked an automatic item over. The last judgement is the one that holds."""

    kind: ClassVar[str] = "item.judged"
    version: ClassVar[int] = 1

    pack: str
    item: str
    judgement: Judgement
    by: str

    def body(self) -> Body:
        """Which item, what was said of it, and who said so ("learner" or "teacher")."""
        return {"pack": self.pack, "item": self.item, "judgement": self.judgement.value, "by": self.by}


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """The policy chose a question; ``decision`` has all it chose from, so that it can be made again."""

    kind: ClassVar[str] = "decision.made"
    version: ClassVar[int] = 1

    question: str
    decision: Mapping[str, object]

    def body(self) -> Body:
        """The question that came of it, and the decision."""
        return {"question": self.question, "decision": dict(self.decision)}


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """The learner or a teacher chose when and how much to practise.

    Attributes:
        days: of the week, 0 for Monday; empty for any.
        minutes: a day.
        exam: day of an exam, as "2026-12-01"; empty for none.
    """

    kind: ClassVar[str] = "plan.changed"
    version: ClassVar[int] = 1

    days: tuple[int, ...]
    minutes: int
    exam: str

    def body(self) -> Body:
        """The plan."""
        return {"days": list(self.days), "minutes": self.minutes, "exam": self.exam or None}


@dataclass(frozen=True, slots=True)
class MemoryImported:
    """What another program knew of a card: its state there. Times are in milliseconds since 1970-01-01 UTC."""

    kind: ClassVar[str] = "memory.imported"
    version: ClassVar[int] = 1

    pack: str
    item: str
    memory: Mapping[str, object]

    def body(self) -> Body:
        """The card, and its state."""
        return {"pack": self.pack, "item": self.item, "memory": dict(self.memory)}
