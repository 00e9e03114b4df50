import pytest

from engine.learner.learner_state import LearnerState
from engine.learner.mastery import (
    DAY_MS,
    Level,
    MissingKind,
    SkillRecord,
    Try,
    demoted,
    level,
    meets_rule,
    missing_evidence,
)
from engine.learner.replay import fold
from engine.learner.skill_state import Estimate
from tests.engine.learner.lesson import CURRICULA, PACK, evidence

LEARNER = Estimate(0.0, 0.02)
RIGHT = Try(True, 0.0)
EASY = Try(True, -1.0)


def record(mean: float, variance: float = 0.5, **fields: object) -> SkillRecord:
    return SkillRecord(estimate=Estimate(mean, variance), answers=5, **fields)  # type: ignore[arg-type]


def test_three_in_a_row_and_able_enough_is_enough() -> None:
    assert meets_rule(record(1.2, 1.5, streak=3), LEARNER, 0.0)
    assert not meets_rule(record(1.2, 1.5, streak=2, tries=(RIGHT,) * 2), LEARNER, 0.0)
    assert not meets_rule(record(-1.0, streak=3), LEARNER, 0.0)


def test_being_surely_able_needs_two_near_the_reference() -> None:
    assert meets_rule(record(2.5, streak=2, tries=(RIGHT, RIGHT)), LEARNER, 0.0)
    assert not meets_rule(record(2.5, streak=2, tries=(EASY, RIGHT)), LEARNER, 0.0)
    assert not meets_rule(record(2.5, streak=1, tries=(RIGHT, Try(False, 0.0), RIGHT)), LEARNER, 0.0)


def test_ability_is_measured_from_the_reference() -> None:
    able = record(2.5, streak=3)
    assert meets_rule(able, LEARNER, 0.0)
    assert not meets_rule(able, LEARNER, 2.4)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (SkillRecord(), Level.NOT_STARTED),
        (record(0.0), Level.ATTEMPTED),
        (record(1.5), Level.FAMILIAR),
        (record(1.5, held_back=True), Level.ATTEMPTED),
        (record(0.0, proficient_since=1), Level.PROFICIENT),
        (record(0.0, proficient_since=1, mastered=True), Level.MASTERED),
    ],
)
def test_levels(kept: SkillRecord, shown: Level) -> None:
    assert level(kept, LEARNER, 0.0) is shown


def test_demotion_is_by_one_level() -> None:
    assert demoted(record(0.0, proficient_since=1, mastered=True)) == (False, 1, False)
    assert demoted(record(0.0, proficient_since=1)) == (False, None, False)
    assert demoted(record(0.0)) == (False, None, True)


def test_what_is_missing_gets_less_with_each_right_answer() -> None:
    state = LearnerState()
    counts = []
    while not (kept := state.skill(PACK, "count")).proficient:
        missing = missing_evidence(kept, state.general, 0.0)
        assert missing[0].kind is MissingKind.UNAIDED
        counts.append(missing[0].count)
        state = fold(state, evidence(number=len(counts)), CURRICULA)
    assert counts[0] == 3
    assert counts == sorted(counts, reverse=True)


def test_someone_who_only_solved_easy_ones_is_asked_for_a_harder_one() -> None:
    missing = missing_evidence(record(1.5, streak=1, tries=(EASY, EASY)), LEARNER, 0.0)
    assert [part.kind for part in missing] == [
        MissingKind.UNAIDED,
        MissingKind.HARDER,
        MissingKind.MIXED_LATER,
    ]


def test_a_proficient_skill_only_lacks_another_day() -> None:
    (missing,) = missing_evidence(record(1.5, proficient_since=7), LEARNER, 0.0)
    assert (missing.kind, missing.count, missing.not_before) == (MissingKind.MIXED_LATER, 1, 7 + DAY_MS)


def test_a_mastered_skill_lacks_nothing() -> None:
    assert missing_evidence(record(1.5, proficient_since=7, mastered=True), LEARNER, 0.0) == ()
