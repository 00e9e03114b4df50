import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.curriculum import curriculum
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.learner_state import LearnerState
from engine.learner.mastery import DAY_MS, Level, level, lower_bound
from engine.learner.replay import fold, replay
from engine.types import Skill
from tests.engine.learner.lesson import CURRICULA, PACK, SKILLS, START, answers, evidence, helped, logs


def told(*pieces: Evidence) -> LearnerState:
    return replay(pieces, CURRICULA)


def shown(state: LearnerState, skill: str = "count") -> Level:
    return level(state.skill(PACK, skill), state.general, 0.0)


def right_in_a_row(count: int, skill: str = "count", start: int = 0) -> list[Evidence]:
    return [evidence(skill, number=start + number) for number in range(count)]


@given(logs)
def test_replaying_is_folding_one_by_one(log: list[Evidence]) -> None:
    state = LearnerState()
    for piece in log:
        state = fold(state, piece, CURRICULA)
    assert state == replay(log, CURRICULA)


@given(logs, st.integers(0, 25))
def test_a_snapshot_continues_as_if_there_had_been_none(log: list[Evidence], cut: int) -> None:
    kept = json.loads(json.dumps(replay(log[:cut], CURRICULA).to_dict()))
    restored = LearnerState.from_dict(kept)
    assert restored is not None
    assert replay(log[cut:], CURRICULA, start=restored) == replay(log, CURRICULA)


@given(logs)
def test_a_snapshot_is_the_same_bytes_each_time(log: list[Evidence]) -> None:
    written = json.dumps(replay(log, CURRICULA).to_dict())
    restored = LearnerState.from_dict(json.loads(written))
    assert restored is not None
    assert json.dumps(restored.to_dict()) == written


def test_a_snapshot_of_another_version_is_not_read() -> None:
    assert LearnerState.from_dict({**LearnerState().to_dict(), "version": 0}) is None


@given(logs, answers)
def test_folding_leaves_the_old_state_as_it_was(log: list[Evidence], piece: Evidence) -> None:
    state = replay(log, CURRICULA)
    before = json.dumps(state.to_dict())
    fold(state, piece, CURRICULA)
    assert json.dumps(state.to_dict()) == before


@given(logs, answers)
def test_an_answer_that_was_given_away_raises_no_skill(log: list[Evidence], piece: Evidence) -> None:
    before = replay(log, CURRICULA)
    given_away = replace(
        piece, level=3, results=tuple(replace(result, first_right=False) for result in piece.results)
    )
    after = fold(before, given_away, CURRICULA)
    order = list(Level)
    for skill in SKILLS:
        old, new = before.skill(PACK, skill), after.skill(PACK, skill)
        if old.answers == 0:  # whatever is tried has been attempted
            continue
        assert lower_bound(new.estimate, after.general) <= lower_bound(old.estimate, before.general) + 1e-12
        assert new.streak <= old.streak
        shown_before = level(old, before.general, 0.0)
        assert order.index(level(new, after.general, 0.0)) <= order.index(shown_before)


@given(logs, answers)
def test_an_automatic_item_without_weight_changes_no_estimate(log: list[Evidence], piece: Evidence) -> None:
    before = replay(log, CURRICULA)
    after = fold(before, replace(piece, weight=0.0), CURRICULA)
    assert after.skills == before.skills
    assert after.general == before.general
    assert after.questions == before.questions + 1
    assert after.item(piece.pack, piece.item).used == before.item(piece.pack, piece.item).used + 1


def test_right_answers_without_help_make_a_skill_proficient() -> None:
    assert shown(told()) is Level.NOT_STARTED
    assert shown(told(*right_in_a_row(1))) in (Level.ATTEMPTED, Level.FAMILIAR)
    assert shown(told(*right_in_a_row(5))) is Level.PROFICIENT


def test_easy_items_do_not_buy_a_level() -> None:
    easy = [replace(piece, difficulty=-2.0) for piece in right_in_a_row(12)]
    assert not told(*easy).skill(PACK, "count").proficient


def test_guesses_at_speed_do_not_buy_a_level() -> None:
    quick = [replace(piece, weight=0.3) for piece in right_in_a_row(12)]
    assert not told(*quick).skill(PACK, "count").proficient


def test_the_retry_after_a_solution_does_not_buy_a_level() -> None:
    retries = [replace(piece, purpose=Purpose.RETRY) for piece in right_in_a_row(12)]
    assert not told(*retries).skill(PACK, "count").proficient


def test_help_breaks_the_row() -> None:
    state = told(*right_in_a_row(2), helped("count", 1, number=2))
    assert state.skill(PACK, "count").streak == 0


@pytest.mark.parametrize(
    ("days", "interleaved", "reached"),
    [(0, True, Level.PROFICIENT), (1, False, Level.PROFICIENT), (1, True, Level.MASTERED)],
)
def test_mastered_needs_mixed_practice_on_another_day(days: int, interleaved: bool, reached: Level) -> None:
    later = evidence(at=START + days * DAY_MS + 600_000, interleaved=interleaved)
    assert shown(told(*right_in_a_row(5), later)) is reached


def test_a_failed_review_takes_one_level() -> None:
    proficient = right_in_a_row(5)
    mastered = [*proficient, evidence(at=START + 2 * DAY_MS, interleaved=True)]
    failed = evidence(right=False, purpose=Purpose.REVIEW, at=START + 3 * DAY_MS)
    assert shown(told(*mastered)) is Level.MASTERED
    assert shown(told(*mastered, failed)) is Level.PROFICIENT
    once_more = told(*mastered, failed, failed)
    assert shown(once_more) in (Level.FAMILIAR, Level.ATTEMPTED)
    assert shown(told(*mastered, failed, failed, failed)) is Level.ATTEMPTED


def test_a_miss_in_practice_takes_no_level() -> None:
    assert shown(told(*right_in_a_row(5), evidence(right=False, number=6))) is Level.PROFICIENT


def test_two_right_in_a_test_out_are_enough() -> None:
    harder = [
        replace(piece, purpose=Purpose.TEST_OUT, difficulty=0.4) for piece in right_in_a_row(2, "divide")
    ]
    assert shown(told(*harder), "divide") is Level.PROFICIENT
    assert not told(harder[0]).skill(PACK, "divide").proficient


def test_placement_speaks_for_the_skills_around_it() -> None:
    asked = evidence("multiply", purpose=Purpose.PLACEMENT)
    state = told(asked)
    assert state.skill(PACK, "add").taken_as_known
    assert shown(state, "add") is Level.NOT_STARTED
    assert not state.skill(PACK, "divide").taken_as_known
    wrong = told(replace(asked, results=(SkillResult("multiply", 0.0, False),)))
    assert wrong.skill(PACK, "divide").estimate.mean < LearnerState().skill(PACK, "divide").estimate.mean


def test_what_placement_took_as_known_is_no_longer_after_a_miss() -> None:
    state = told(evidence("multiply", purpose=Purpose.PLACEMENT), evidence("add", right=False, number=1))
    assert not state.skill(PACK, "add").taken_as_known


def test_a_skill_that_rests_on_mastered_ones_starts_higher() -> None:
    plain = told(evidence("add", right=False))
    prepared = told(*right_in_a_row(8), evidence("add", right=False, number=9))
    gained = prepared.skill(PACK, "add").estimate.mean - plain.skill(PACK, "add").estimate.mean
    assert gained > 0.2


def test_only_the_step_that_failed_is_blamed() -> None:
    both = evidence(results=(SkillResult("add", 1.0, True), SkillResult("subtract", 0.0, False)))
    state = told(both)
    assert state.skill(PACK, "add").estimate.mean > state.skill(PACK, "subtract").estimate.mean
    assert state.skill(PACK, "add").misses == 0
    assert state.skill(PACK, "subtract").misses == 1


def test_packs_are_kept_apart() -> None:
    state = told(evidence(), evidence(pack="other", right=False, number=1))
    assert state.skill(PACK, "count").history.right == 1
    assert state.skill("other", "count").history.wrong == 1


def test_the_reference_of_a_skill_is_where_its_evidence_begins() -> None:
    hard = {PACK: curriculum(PACK, [Skill("count", "", ref=1.5)], [])}
    assert not replay(right_in_a_row(12), hard).skill(PACK, "count").proficient
    harder = [replace(piece, difficulty=1.5) for piece in right_in_a_row(8)]
    assert replay(harder, hard).skill(PACK, "count").proficient


def test_an_item_that_is_missed_becomes_harder_for_this_learner() -> None:
    state = told(*(evidence(right=False, number=8 * number) for number in range(3)))
    assert state.item(PACK, "count.0").shift > 0.0
    assert state.item(PACK, "count.0").used == 3


def test_leaving_a_question_out_is_as_if_it_had_never_been() -> None:
    log = [evidence(skill, right=number % 3 > 0, number=number) for number, skill in enumerate(SKILLS * 4)]
    bad = evidence("add", right=False, number=50)
    assert replay([*log[:9], *log[9:]], CURRICULA) == told(*log)
    assert replay([piece for piece in [*log[:9], bad, *log[9:]] if piece is not bad], CURRICULA) == told(*log)
