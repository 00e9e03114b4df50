from dataclasses import replace

import pytest

from engine.learner.learner_state import LearnerState
from engine.learner.mastery import DAY_MS
from engine.learner.patterns import (
    PatternKind,
    evidence_weight,
    misconceptions,
    patterns,
    rapid_limit,
    spinning_chance,
    time_by_day,
    ways_of_working,
    wheel_spinning,
)
from engine.learner.replay import replay
from tests.engine.learner.lesson import CURRICULA, PACK, START, evidence, helped


def test_the_same_mistake_twice_in_five_is_named() -> None:
    seen = [evidence(right=False, misconceptions=(name,)) for name in ("a", "b", "c", "a")]
    (found,) = misconceptions(seen)
    assert (found.misconception, found.count, found.skill) == ("a", 2, "count")


def test_an_old_mistake_is_forgotten() -> None:
    seen = [evidence(right=False, misconceptions=("a",)) for _ in range(2)]
    assert misconceptions([*seen, *[evidence(right=False)] * 5]) == []


def test_a_wrong_answer_faster_than_reading_counts_less() -> None:
    assert evidence_weight(1.0, right=False, past_seconds=[]) == pytest.approx(0.3)
    assert evidence_weight(1.0, right=True, past_seconds=[]) == 1.0
    assert evidence_weight(30.0, right=False, past_seconds=[]) == 1.0


def test_a_slow_learner_has_a_limit_of_their_own() -> None:
    assert rapid_limit([60.0] * 20) == 60.0
    assert rapid_limit([1.0] * 20) == 3.0


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (evidence(right=False, seconds=1.0), PatternKind.GUESSING),
        (helped("count", 5), PatternKind.HELP_ABUSE),
        (evidence(right=False, attempts=4), PatternKind.HELP_AVOIDANCE),
    ],
)
def test_ways_of_working_are_flagged_by_their_share(piece: object, kind: PatternKind) -> None:
    fine = [evidence(number=number) for number in range(12)]
    assert ways_of_working(fine) == []
    (found,) = ways_of_working([*fine, *[piece] * 8])  # type: ignore[list-item]
    assert (found.kind, found.count, found.of) == (kind, 8, 20)


def test_nothing_is_said_of_a_few_answers() -> None:
    assert ways_of_working([evidence(right=False, seconds=1.0)] * 9) == []


def test_five_misses_are_a_sign_of_going_in_circles_and_five_right_are_not() -> None:
    missed = [evidence(right=False, number=number) for number in range(5)]
    state = replay(missed, CURRICULA)
    (found,) = wheel_spinning(missed, state, PACK)
    assert (found.kind, found.skill, found.count, found.of) == (PatternKind.WHEEL_SPINNING, "count", 5, 5)
    assert wheel_spinning([evidence()] * 5, LearnerState(), PACK) == []
    assert wheel_spinning(missed[:3], LearnerState(), PACK) == []


def test_getting_better_makes_circles_less_likely() -> None:
    up = [evidence(right=right) for right in (False, False, False, True, True)]
    assert spinning_chance(up) < spinning_chance(up[::-1])


def test_other_packs_are_left_out() -> None:
    elsewhere = [replace(evidence(right=False, seconds=1.0), pack="other")] * 20
    assert patterns(elsewhere, LearnerState(), PACK) == ()


def test_time_is_counted_by_the_learners_day() -> None:
    midnight = START - START % DAY_MS
    pieces = [evidence(at=midnight - 1, seconds=10.0), evidence(at=midnight + 1, seconds=20.0)]
    day = midnight // DAY_MS
    assert time_by_day(pieces) == {day - 1: 10.0, day: 20.0}
    assert time_by_day(pieces, offset_ms=3_600_000) == {day: 30.0}
