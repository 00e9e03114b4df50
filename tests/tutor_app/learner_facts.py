"""What a service would tell of a learner: small, and made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from engine.learner.mastery import Level, Missing, MissingKind
from engine.learner.trend import Direction
from tutor_app.richtext.parser import parse
from tutor_app.services.learning_facts import (
    CalibrationFacts,
    ChanceBin,
    PackChoice,
    PastQuestion,
    PlanChoice,
    PlanFacts,
    PractisedDay,
    ProgressFacts,
    Result,
    ReviewDay,
    SeenMisconception,
    SkillFacts,
    SkillMap,
    TrendFacts,
)

PACK = "org.example.sums"
TODAY = date(2026, 11, 4)  # a Wednesday
NOW = 1_793_786_400_000
PACKS = (PackChoice(PACK, "Sums", 4, 1), PackChoice("org.example.plants", "Plants", 2, 0))
ALL_MISSING = (
    Missing(MissingKind.UNAIDED, 3),
    Missing(MissingKind.HARDER, 1),
    Missing(MissingKind.MIXED_LATER, 1),
)


def skill(
    identifier: str, layer: int = 0, requires: tuple[str, ...] = (), level: Level = Level.NOT_STARTED
) -> SkillFacts:
    """A skill called by its id."""
    return SkillFacts(
        id=identifier,
        name=identifier.capitalize(),
        goal=f"I can {identifier}.",
        level=level,
        requires=requires,
        layer=layer,
        chance=0.7,
        answers=0 if level is Level.NOT_STARTED else 4,
        missing=() if level is Level.MASTERED else ALL_MISSING,
        ready=not requires,
        due=None,
        questions=6,
    )


def skill_map(*, following: str = "double") -> SkillMap:
    """Count, then add or double, then halve, which rests on both."""
    skills = (
        skill("count", level=Level.MASTERED),
        skill("add", 1, ("count",), Level.FAMILIAR),
        skill("double", 1, ("count",)),
        skill("halve", 2, ("add", "double")),
    )
    return SkillMap(PACKS, PACK, skills, following, NOW)


def past(identifier: str = "q1", *, void: bool = False) -> PastQuestion:
    """A question that was right at once."""
    return PastQuestion(identifier, NOW, PACK, "Sums", "Add", parse("What is $2 + 3$?"), Result.RIGHT, void)


def progress(*, questions: tuple[PastQuestion, ...] = (past(),)) -> ProgressFacts:
    """Twenty answers over some days."""
    days = tuple(TODAY - timedelta(at // 4) for at in reversed(range(20)))
    return ProgressFacts(
        packs=PACKS,
        pack="",
        answers=20,
        trend=TrendFacts(Direction.IMPROVING, tuple(0.5 + at / 50 for at in range(20)), days),
        calibration=CalibrationFacts(40, 30, 0.1, (ChanceBin(0.5, 0.4, 20), ChanceBin(0.8, 0.7, 20))),
        forecast=tuple(ReviewDay(TODAY + timedelta(at), at % 3, (at % 3) * 1.5, at % 2) for at in range(30)),
        spent=tuple(PractisedDay(TODAY - timedelta(at), float(at % 5), at % 5) for at in reversed(range(30))),
        misconceptions=(SeenMisconception(PACK, "add", "Add", "You take away instead.", "p-1", 2, 4),),
        questions=questions,
    )


def nothing() -> ProgressFacts:
    """A learner who has not begun."""
    return replace(
        progress(questions=()),
        answers=0,
        trend=TrendFacts(Direction.NOT_ENOUGH, (), ()),
        calibration=CalibrationFacts(0, 30, 0.0, ()),
        misconceptions=(),
    )


def plan(choice: PlanChoice | None = None) -> PlanFacts:
    """Practised yesterday; Monday and Wednesday are planned."""
    return PlanFacts(
        choice or PlanChoice(frozenset({0, 2}), 20, date(2026, 11, 20)),
        TODAY,
        (PractisedDay(TODAY - timedelta(1), 12.0, 9),),
        (ReviewDay(TODAY, 3, 4.0, 0),),
    )
