import hashlib
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.learner.adaptation import decide
from engine.learner.curriculum import curriculum
from engine.learner.decision import Decision, Reason
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.learner_state import LearnerState
from engine.learner.mastery import DAY_MS, SkillRecord, Try
from engine.learner.policy_rules import CURRENT, VERSIONS
from engine.learner.replay import fold, replay
from engine.learner.situation import ItemFacts, Situation
from engine.learner.skill_state import Estimate
from tests.engine.learner.lesson import CURRICULA, PACK, SKILLS, START, bank, evidence, graph, logs, some_log

PROFICIENT = SkillRecord(
    Estimate(2.5, 0.3), answers=6, streak=3, proficient_since=START, last_at=START, practised=1
)


def situation(*log: Evidence, **changes: object) -> Situation:
    state = replay(log, CURRICULA)
    plain = Situation(state, graph(), bank(), history=tuple(log), now=START + 3_600_000)
    return replace(plain, **changes)  # type: ignore[arg-type]


def known(*skills: str, questions: int = 1, lately: float = 0.7, **records: SkillRecord) -> LearnerState:
    """A state in which ``skills`` are proficient."""
    kept = dict.fromkeys(skills, PROFICIENT) | records
    return LearnerState(
        questions=questions, lately=lately, skills={(PACK, skill): record for skill, record in kept.items()}
    )


def decided(moment: Situation) -> Decision:
    decision = decide(moment)
    assert decision is not None
    return decision


def test_a_new_learner_begins_with_what_rests_on_nothing() -> None:
    choice = decided(situation()).choice
    assert (choice.skill, choice.reason, choice.purpose) == ("count", Reason.NEW_SKILL, Purpose.EVIDENCE)


def test_a_new_skill_is_practised_three_times_in_a_row() -> None:
    state = known("count", add=SkillRecord(answers=2, practised=2), subtract=SkillRecord(answers=9))
    moment = situation(evidence("add", number=1), state=state)
    assert decided(moment).choice.skill == "add"


def test_after_that_skills_are_mixed() -> None:
    state = known("count", add=SkillRecord(answers=4), subtract=SkillRecord(answers=4))
    for seed in range(10):
        moment = situation(evidence("add", number=1), state=state, seed=seed)
        assert decided(moment).choice.skill == "subtract"


def test_every_eighth_question_is_a_review() -> None:
    moment = situation(evidence("add"), state=known("count", questions=7, add=SkillRecord(answers=4)))
    choice = decided(moment).choice
    assert (choice.skill, choice.purpose) == ("count", Purpose.REVIEW)


def test_the_most_forgotten_skill_is_reviewed_first() -> None:
    state = known("count", "add", "subtract", questions=7)
    moment = situation(evidence("multiply"), state=state, recall={"add": 0.5, "subtract": 0.9})
    assert decided(moment).choice.skill == "add"


def test_a_review_on_another_day_is_to_confirm() -> None:
    state = known("count", questions=7)
    moment = situation(evidence("add"), state=state, now=START + 2 * DAY_MS)
    assert decided(moment).choice.reason is Reason.CONFIRM


def test_five_misses_lead_to_the_weakest_prerequisite_and_then_to_a_worked_example() -> None:
    shaky = replace(PROFICIENT, estimate=Estimate(0.8, 0.5))
    stuck = SkillRecord(answers=9, misses=5)
    state = known("add", "multiply", count=PROFICIENT, subtract=shaky, divide=stuck, questions=20)
    miss = evidence("divide", right=False)
    first = decided(situation(miss, state=state)).choice
    assert (first.skill, first.purpose) == ("subtract", Purpose.PROBE)
    probes = [miss, *(evidence(name, purpose=Purpose.PROBE) for name in ("subtract", "multiply"))]
    after = decided(situation(*probes, state=state)).choice
    assert (after.skill, after.reason, after.worked_example) == ("divide", Reason.AFTER_MISSES, True)


def test_a_skill_that_goes_nowhere_is_rested() -> None:
    miss = evidence("add", right=False)
    state = LearnerState()
    for piece in [*[evidence(number=number) for number in range(8)], *[miss] * 12]:
        state = fold(state, piece, CURRICULA)
    choice = decided(situation(miss, state=replace(state, lately=0.7, long_run=0.7))).choice
    assert choice.skill == "subtract"


def test_a_learner_for_whom_it_goes_badly_gets_something_known() -> None:
    state = known("count", lately=0.3, add=SkillRecord(answers=4))
    choice = decided(situation(evidence("add", right=False), state=state)).choice
    assert (choice.skill, choice.reason) == ("count", Reason.EASY_WIN)


def test_after_the_win_an_easier_item_comes_with_a_worked_example() -> None:
    state = known("count", lately=0.3, add=SkillRecord(answers=4, tries=(Try(False, 0.0),)))
    state = replace(state, skills={**state.skills, (PACK, "subtract"): PROFICIENT})
    won = evidence("count", purpose=Purpose.REVIEW)
    choice = decided(situation(won, state=state)).choice
    assert choice.worked_example
    assert choice.purpose is Purpose.LEARN


def test_easy_wins_go_round_among_what_is_surely_known() -> None:
    long_ago = replace(PROFICIENT, practised=1)
    lately = replace(PROFICIENT, estimate=Estimate(3.5, 0.2), practised=9)
    state = known("count", lately=0.3, count=lately, add=long_ago, subtract=SkillRecord(answers=4))
    moment = situation(evidence("subtract", right=False), state=state)
    assert decided(moment).choice.skill == "add"
    first = decide(moment, VERSIONS["o4.1"])
    assert first is not None
    assert first.choice.skill == "count"


def test_a_skill_that_rests_is_tried_again_once_something_else_was_learned() -> None:
    stuck = SkillRecord(
        answers=12, misses=12, tries=(Try(False, 0.0),) * 6, last_at=START + 60_000, practised=30
    )
    begun = SkillRecord(answers=4, tries=(Try(True, 0.0),), last_at=START)
    state = known("count", questions=60, add=stuck, subtract=begun)
    assert decided(situation(evidence("count"), state=state)).choice.skill == "subtract"
    learned = replace(PROFICIENT, proficient_since=START + 120_000)
    state = known("count", "subtract", questions=60, add=stuck, subtract=learned)
    assert decided(situation(evidence("count"), state=state)).choice.skill == "add"


def test_decisions_of_an_earlier_version_come_out_to_the_same_bytes() -> None:
    written = hashlib.sha256()
    for seed, ability in enumerate((0.9, 0.6, 0.4, 0.25)):
        rng = random.Random(seed)
        state, history = LearnerState(), list[Evidence]()
        for turn in range(120):
            now = START + turn * 60_000 + turn // 30 * DAY_MS
            moment = Situation(state, graph(), bank(), tuple(history[-30:]), seed=seed, now=now)
            decision = decide(moment, VERSIONS["o4.1"])
            assert decision is not None
            written.update(decision.to_json().encode())
            choice = decision.choice
            piece = evidence(
                choice.skill,
                right=rng.random() < ability,
                number=turn,
                at=now,
                item=choice.item,
                purpose=choice.purpose,
            )
            state = fold(state, piece, CURRICULA)
            history.append(piece)
    assert written.hexdigest() == "e6060631a69d4a005c4a49dd43d1d1071bfc3dfdd88e0f487c462f3671329726"


def test_a_learner_for_whom_it_goes_very_well_may_test_out() -> None:
    state = replace(known("count", lately=0.97), general=Estimate(2.0, 0.1))
    choice = decided(situation(evidence("count"), state=state)).choice
    assert choice.purpose is Purpose.TEST_OUT
    facts = {item.item: item for item in bank()}
    assert facts[choice.item].difficulty >= 0.3


def test_the_learner_may_pick_the_skill() -> None:
    choice = decided(situation(wanted="divide")).choice
    assert (choice.skill, choice.purpose, choice.reason) == ("divide", Purpose.CHOSEN, Reason.CHOSEN)


def test_what_placement_took_as_known_is_asked_for_in_the_end() -> None:
    taken = SkillRecord(Estimate(0.5, 1.0), taken_as_known=True)
    state = known("add", "subtract", "multiply", "divide", count=taken)
    choice = decided(situation(evidence("divide"), state=state)).choice
    assert (choice.skill, choice.reason) == ("count", Reason.VERIFY)


def test_a_finished_course_goes_on_with_reviews() -> None:
    choice = decided(situation(evidence("divide"), state=known(*SKILLS))).choice
    assert choice.purpose is Purpose.REVIEW


def test_an_item_is_not_seen_twice_within_a_day() -> None:
    yesterday, lately = START - DAY_MS, START - 3_600_000
    items = tuple(
        replace(item, last_used=lately if number != 7 else yesterday, times_used=1)
        for number, item in enumerate(bank()[:8])
    )
    choice = decided(situation(items=items, now=START)).choice
    assert choice.item == items[7].item


def test_an_exhausted_bank_is_used_again_but_not_the_item_just_seen() -> None:
    items = tuple(replace(item, last_used=START, times_used=1) for item in bank()[:8])
    before = evidence("count", item="count.3")
    choice = decided(situation(before, items=items, now=START + 60_000)).choice
    assert choice.item != "count.3"


def test_an_item_with_variants_may_come_again() -> None:
    items = tuple(replace(item, last_used=START) for item in bank(parametric=True)[:8])
    assert decide(situation(items=items, now=START + 60_000)) is not None


def test_an_item_that_needs_an_unknown_skill_as_well_is_not_asked() -> None:
    both = ItemFacts(PACK, "both", ("count", "divide"), 0.0)
    assert decide(situation(items=(both,))) is None
    alone = ItemFacts(PACK, "alone", ("count",), 2.5)
    assert decided(situation(items=(both, alone))).choice.item == "alone"


def test_nothing_to_ask_is_none() -> None:
    assert decide(situation(items=())) is None
    assert decide(situation(curriculum=curriculum(PACK, [], []))) is None


def test_the_alternative_is_about_another_skill() -> None:
    state = known("count", add=SkillRecord(answers=4), subtract=SkillRecord(answers=4))
    decision = decided(situation(evidence("count"), state=state))
    assert decision.alternative is not None
    assert decision.alternative.skill != decision.choice.skill


@given(logs, st.integers(0, 99))
def test_the_same_situation_gives_the_same_bytes(log: list[Evidence], seed: int) -> None:
    mine = [piece for piece in log if piece.pack == PACK]
    one = decided(situation(*mine, seed=seed))
    other = decided(situation(*mine, seed=seed))
    assert one.to_json() == other.to_json()
    assert one.policy == CURRENT.version


@given(logs)
def test_a_decision_survives_being_written_down(log: list[Evidence]) -> None:
    written = decided(situation(*[piece for piece in log if piece.pack == PACK])).to_json()
    assert Decision.from_json(written).to_json() == written


@given(st.integers(0, 1 << 32), st.floats(0.1, 0.95))
@settings(max_examples=25, deadline=None)
def test_a_whole_course_keeps_the_rules(seed: int, ability: float) -> None:
    rng = random.Random(seed)
    state, history = LearnerState(), list[Evidence]()
    used: dict[str, tuple[int, int]] = {}
    for turn in range(60):
        now = START + turn * 60_000
        items = tuple(
            replace(item, times_used=used[item.item][0], last_used=used[item.item][1])
            if item.item in used
            else item
            for item in bank()
        )
        moment = Situation(state, graph(), items, tuple(history[-30:]), seed=seed, now=now)
        decision = decided(moment)
        choice = decision.choice
        assert decision.alternative is None or decision.alternative.skill != choice.skill
        assert not history or choice.item != history[-1].item
        assert 0.0 < choice.predicted < 1.0
        if choice.purpose in (Purpose.LEARN, Purpose.EVIDENCE, Purpose.TEST_OUT):
            needed = graph().prerequisites[choice.skill]
            assert all(state.skill(PACK, other).proficient for other in needed)
        else:
            assert state.skill(PACK, choice.skill).proficient
        right = rng.random() < ability
        piece = evidence(
            choice.skill,
            question=f"q{turn}",
            at=now,
            item=choice.item,
            purpose=choice.purpose,
            results=(SkillResult(choice.skill, 1.0 if right else 0.0, right),),
        )
        state = fold(state, piece, CURRICULA)
        history.append(piece)
        used[choice.item] = (used.get(choice.item, (0, 0))[0] + 1, now)


@pytest.mark.parametrize("seed", range(3))
def test_replaying_the_log_gives_each_decision_again(seed: int) -> None:
    log = [piece for piece in some_log(seed, 30) if piece.pack == PACK]
    made = [decided(situation(*log[:cut])).to_json() for cut in range(len(log))]
    state = LearnerState()
    for cut, piece in enumerate(log):
        again = decided(situation(*log[:cut], state=state)).to_json()
        assert again == made[cut]
        state = fold(state, piece, CURRICULA)
