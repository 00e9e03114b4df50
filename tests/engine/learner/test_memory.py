import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.curriculum import curriculum
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Memory, Rating, fsrs6
from engine.learner.memory import MemoryState, fold, replay, steps, with_imported
from engine.learner.scheduler import Card, CardKind, ReviewPlan, due_at
from engine.types import Skill, SkillEdge

NOW = 1_780_000_000_000
PACK = "org.maths"
CURRICULA = {
    PACK: curriculum(
        PACK,
        [Skill(name, name) for name in ("count", "add", "multiply")],
        [SkillEdge("add", "count", "exercises", 0.6), SkillEdge("multiply", "add", "exercises", 0.5)],
    )
}
FACTS = {(PACK, "fact")}


def answered(
    question: int,
    day: float,
    *results: tuple[str, float],
    item: str = "item",
    weight: float = 1.0,
    seconds: float = 30,
) -> Evidence:
    parts = tuple(SkillResult(skill, credit, first_right=credit == 1) for skill, credit in results)
    at = NOW + round(day * DAY_MS)
    return Evidence(
        f"q{question}", at, PACK, item, parts, 0.0, 0.0, Purpose.REVIEW, seconds, 30, weight=weight
    )


def skill(name: str) -> Card:
    return Card(CardKind.SKILL, PACK, name)


@st.composite
def logs(draw: st.DrawFn) -> list[Evidence]:
    """Logs with repeated questions, wrong clocks, facts, several skills, guesses and unproven items."""
    log, day = [], 0.0
    for _ in range(draw(st.integers(0, 25))):
        day += draw(st.sampled_from((0.0, 0.1, 1.0, 3.0, 40.0, -5.0, -2000.0, 2000.0)))
        names = draw(st.lists(st.sampled_from(("count", "add", "multiply")), min_size=1, unique=True))
        log.append(
            answered(
                draw(st.integers(0, 40)),
                day,
                *[(name, draw(st.sampled_from((0.0, 0.4, 1.0)))) for name in names],
                item=draw(st.sampled_from(("fact", "item"))),
                weight=draw(st.sampled_from((1.0, 1.0, 0.2, 0.0))),
                seconds=draw(st.sampled_from((0.0, 5.0, 30.0, 200.0))),
            )
        )
    return log


@given(logs(), st.integers(0, 25))
def test_folding_one_by_one_or_from_a_snapshot_is_the_same_as_replaying(
    log: list[Evidence], split: int
) -> None:
    whole = replay(log, CURRICULA, FACTS)
    kept = json.loads(json.dumps(replay(log[:split], CURRICULA, FACTS).to_dict()))
    state = MemoryState.from_dict(kept)
    assert state is not None
    for piece in log[split:]:
        state = fold(state, piece, CURRICULA, FACTS)
    assert state == whole
    assert json.dumps(state.to_dict()) == json.dumps(whole.to_dict())


@given(logs())
def test_the_same_log_again_changes_nothing(log: list[Evidence]) -> None:
    state = replay(log, CURRICULA, FACTS)
    assert replay(log, CURRICULA, FACTS, start=state) == state


@given(logs())
def test_memories_stay_within_their_ranges(log: list[Evidence]) -> None:
    state = replay(log, CURRICULA, FACTS)
    for memory in state.cards.values():
        assert memory.stability >= 0.001
        assert 1 <= memory.difficulty <= 10
        assert memory.last <= memory.seen <= state.latest
        assert 0 <= memory.lapses < memory.reps


@given(logs())
def test_the_steps_of_a_log_rebuild_its_memories(log: list[Evidence]) -> None:
    model, rebuilt = fsrs6(), dict[Card, tuple[float, float]]()
    for step in steps(log, CURRICULA, FACTS):
        before = rebuilt.get(step.card)
        if before is None:
            rebuilt[step.card] = model.first(step.rating)
            continue
        after = model.next(*before, step.rating, days=step.days)
        partly = before[0] + step.share * (after[0] - before[0])
        rebuilt[step.card] = (partly, before[1]) if step.share < 1 else after
    state = replay(log, CURRICULA, FACTS)
    assert rebuilt.keys() == state.cards.keys()
    for card, (stability, difficulty) in rebuilt.items():
        assert stability == pytest.approx(state.cards[card].stability)
        assert difficulty == state.cards[card].difficulty


def test_a_log_of_another_version_has_to_be_replayed() -> None:
    assert MemoryState.from_dict({**MemoryState().to_dict(), "version": 0}) is None


def test_success_passes_on_its_share_along_exercises_edges() -> None:
    begun = replay([answered(1, 0, ("count", 1)), answered(2, 0, ("add", 1))], CURRICULA)
    after = fold(begun, answered(3, 10, ("add", 1)), CURRICULA)
    count = begun.cards[skill("count")]
    assert after.cards[skill("count")] == fsrs6().practise(count, 0.6, at=NOW + 10 * DAY_MS)
    assert skill("multiply") not in after.cards


def test_failure_blames_the_failed_skill_and_no_other() -> None:
    begun = replay([answered(1, 0, ("count", 1), ("add", 1), ("multiply", 1))], CURRICULA)
    after = fold(begun, answered(2, 10, ("add", 0), ("multiply", 1)), CURRICULA)
    assert after.cards[skill("count")] == begun.cards[skill("count")]
    assert after.cards[skill("add")].lapses == 1
    assert after.cards[skill("multiply")].lapses == 0
    assert after.cards[skill("multiply")].stability > begun.cards[skill("multiply")].stability


def test_a_skill_that_nobody_practised_gets_no_memory_through_an_edge() -> None:
    assert replay([answered(1, 0, ("add", 1))], CURRICULA).cards.keys() == {skill("add")}


def test_a_fact_has_its_own_clock_beside_its_skills() -> None:
    state = replay([answered(1, 0, ("count", 1), item="fact")], CURRICULA, FACTS)
    assert state.cards.keys() == {Card(CardKind.ITEM, PACK, "fact"), skill("count")}


def test_a_forgotten_fact_is_a_lapse_of_its_card_alone() -> None:
    begun = replay([answered(1, 0, ("count", 1), item="fact")], CURRICULA, FACTS)
    after = fold(begun, answered(2, 5, ("count", 0), item="fact"), CURRICULA, FACTS)
    assert after.cards[Card(CardKind.ITEM, PACK, "fact")].lapses == 1
    assert after.cards[skill("count")] == begun.cards[skill("count")]


def test_an_automatic_item_runs_its_own_clock_only_and_a_fast_guess_none() -> None:
    automatic = replay([answered(1, 0, ("count", 1), item="fact", weight=0.0)], CURRICULA, FACTS)
    guessed = replay([answered(1, 0, ("count", 1), item="fact", weight=0.2)], CURRICULA, FACTS)
    assert automatic.cards.keys() == {Card(CardKind.ITEM, PACK, "fact")}
    assert not guessed.cards


def test_a_voided_question_leaves_no_trace() -> None:
    log = [answered(number, number, ("add", number % 2)) for number in range(8)]
    without = [piece for piece in log if piece.question != "q4"]
    assert replay(without, CURRICULA).cards != replay(log, CURRICULA).cards
    assert "q4" not in replay(without, CURRICULA).to_dict()["counted"]


def test_a_slow_learner_is_soon_measured_against_their_own_pace() -> None:
    log = [answered(number, number, ("count", 1), seconds=75) for number in range(20)]
    ratings = [step.rating for step in steps(log, CURRICULA)]
    assert ratings[0] is Rating.HARD
    assert ratings[-1] is Rating.GOOD


def due(state: MemoryState, now: int) -> int:
    card = skill("count")
    return due_at(card, state.cards[card], ReviewPlan(), model=fsrs6(), now=now)


def test_a_clock_that_was_years_ahead_does_not_hide_a_card() -> None:
    ahead = [answered(1, 0, ("count", 1)), answered(2, 1500, ("count", 1))]
    state = replay([*ahead, answered(3, 5, ("add", 0))], CURRICULA)
    interval = due(state, NOW + 5 * DAY_MS) - NOW - 5 * DAY_MS
    unharmed = replay(ahead, CURRICULA).cards[skill("count")].stability
    assert interval < 1.2 * unharmed * DAY_MS
    later = due(state, NOW + 5 * DAY_MS) + DAY_MS
    assert due(state, later) <= later


def test_a_clock_that_was_years_behind_neither_loses_nor_repeats_a_review() -> None:
    behind = [answered(1, 0, ("count", 1)), answered(2, -9000, ("count", 1))]
    state = replay(behind, CURRICULA)
    assert state.cards[skill("count")].reps == 2
    assert due(state, NOW - 9000 * DAY_MS) > NOW - 9000 * DAY_MS
    assert due(state, NOW + DAY_MS // 2) > NOW + DAY_MS // 2
    back = fold(state, answered(3, 3, ("count", 1)), CURRICULA)
    expected = fsrs6().review(
        replace(state.cards[skill("count")], last=NOW),
        Rating.GOOD,
        at=NOW + 3 * DAY_MS,
        seen=NOW + 3 * DAY_MS,
    )
    assert back.cards[skill("count")] == expected


def test_imported_memories_are_kept_beside_ours() -> None:
    theirs = Memory(90.0, 4.0, NOW - DAY_MS, NOW - DAY_MS, 12, 1)
    ours = replay([answered(1, 0, ("count", 1))], CURRICULA)
    merged = with_imported(ours, {skill("count"): theirs, skill("add"): theirs})
    assert merged.cards[skill("count")] == ours.cards[skill("count")]
    assert merged.cards[skill("add")] == theirs
    assert steps([answered(2, 3, ("add", 1))], CURRICULA, start=merged) == []


def test_recall_of_a_skill_fades_and_an_unknown_skill_does_not() -> None:
    state = replay([answered(1, 0, ("count", 1))], CURRICULA)
    assert state.recall(PACK, "count", now=NOW) == 1.0
    assert state.recall(PACK, "count", now=NOW + 30 * DAY_MS) < 0.8
    assert state.recall(PACK, "add", now=NOW) == 1.0


def test_other_parameters_take_effect_by_a_replay() -> None:
    log = [answered(1, 0, ("count", 1)), answered(2, 4, ("count", 1))]
    slower = (*DEFAULTS[:2], 9.0, *DEFAULTS[3:])
    state = replay(log, CURRICULA, start=MemoryState(parameters=slower))
    assert state.cards[skill("count")].stability > 9.0
    assert state.parameters == slower
