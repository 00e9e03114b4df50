"""Which question comes next: policy O4 of ``teaching.md`` 1.2, the version logged with each decision.

The policy is a list of plans in the order of their urgency (a skill, a purpose, a reason, and what kind of item is
looked for). The first plan that has an item is the choice; the next one for another skill is the alternative. Nothing
here reads a clock or rolls dice: ``Situation`` holds the time and the seed.

Where it departs from ``teaching.md``, ``eval adaptation`` was the judge: reviews go by how surely a skill is still
there (a cautious ability times memory) instead of the longest gap; a prerequisite that is surely known is not probed;
easy wins also come when success has long been below .66; after any right answer the next item is at the reference
difficulty.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from engine.learner.decision import Choice, Decision, Reason
from engine.learner.evidence import Purpose
from engine.learner.mastery import DAY_MS, TEST_OUT_HARDER
from engine.learner.policy_rules import CURRENT, Rules
from engine.learner.situation import ItemFacts, Situation
from engine.learner.view import Pace, View, is_spinning

EXAMPLE_WEIGHT = 0.5
"""Weight of the evidence of a question before which a worked example was shown: it raises no level."""

_REVIEW_EVERY = 8
_BLOCKED = 3
_STUCK = 5
_MOST_PROBES = 2
_WIN_EVERY = 8  # questions between two reviews that are there to cheer up
_WIN_OFTEN = 2  # the same while the long run is below its least
_SURELY_KNOWN = 0.7  # of View.safety
_TARGET = 0.75
_EASY_TARGET = 0.85
_SAILING_HARDER = 0.3
_TEST_OUT_MARGIN = 0.7  # logits above the test-out's difficulty
_USED = 0.15  # logits, or chance, that an item is put back for each earlier use
_SHAKY = 0.5  # logits above the reference, below which a new skill begins with an example
_MISSES_FOR_EXAMPLE = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What to practise next, before an item is looked for.

    Attributes:
        skill: id of the skill.
        purpose: as it will stand in the evidence.
        reason: why.
        difficulty: wanted, in logits; None to go by the chance of success.
        chance: wanted chance of success where ``difficulty`` is None.
        at_least: least difficulty of an item, in logits.
        worked_example: show one first.
    """

    skill: str
    purpose: Purpose
    reason: Reason
    difficulty: float | None = None
    chance: float = _TARGET
    at_least: float | None = None
    worked_example: bool = False


def decide(situation: Situation, rules: Rules = CURRENT) -> Decision | None:
    """The next question; None if the pack has no item that could be asked.

    Args:
        situation: the moment before it.
        rules: the version of the policy; an older one makes an old decision again.
    """
    view = View(situation, rules)
    choice: Choice | None = None
    features: dict[str, float] = {}
    for plan in _plans(view):
        if choice is not None and plan.skill == choice.skill:
            continue
        item = _best_item(view, plan)
        if item is None:
            continue
        found = Choice(
            item.item, plan.skill, plan.purpose, view.predicted(item), plan.reason, plan.worked_example
        )
        if choice is not None:
            return _decision(view, choice, found, features)
        choice, features = found, _features(view, plan, item)
    return None if choice is None else _decision(view, choice, None, features)


def _plans(view: View) -> Iterator[Plan]:
    """All plans, the most urgent first."""
    if view.situation.wanted is not None:
        yield _practice(view, view.situation.wanted, Purpose.CHOSEN, Reason.CHOSEN)
    blocked = _blocked_skill(view)
    if blocked is not None:
        yield from _skill_plans(view, blocked)
    if view.situation.turn % _REVIEW_EVERY == 0:
        yield from _reviews(view)
    if _needs_win(view):
        yield from _wins(view)
    for skill in _active(view):
        yield from _skill_plans(view, skill)
    for skill in view.taken_as_known:
        if skill not in view.proficient:
            yield _evidence(view, skill, Reason.VERIFY)
    yield from _reviews(view)
    for skill in view.situation.curriculum.order:
        if skill not in view.proficient:
            yield _practice(view, skill, Purpose.LEARN, Reason.CONTINUE)


def _blocked_skill(view: View) -> str | None:
    """A brand-new skill is practised three times in a row before others are mixed in."""
    skill = view.previous_skill
    if skill is None or skill not in view.records or skill in view.proficient:
        return None
    begun = view.records[skill].answers
    return skill if 0 < begun < _BLOCKED and _previous_purpose(view) is not Purpose.REVIEW else None


def _previous_purpose(view: View) -> Purpose | None:
    previous = view.situation.previous
    return previous.purpose if previous else None


def _active(view: View) -> list[str]:
    """The skills that are practised side by side, shuffled, the previous one last."""
    graph = view.situation.curriculum
    open_skills = [
        skill
        for skill in graph.fringe(view.proficient, view.taken_as_known)
        if skill not in view.taken_as_known
    ] or [skill for skill in graph.order if skill not in view.proficient and skill not in view.taken_as_known]
    awake = [skill for skill in open_skills if not view.is_resting(skill)] or open_skills
    window = sorted(awake, key=lambda skill: view.records[skill].answers == 0)[: view.window]
    rng = random.Random(f"{view.situation.seed}:{view.situation.turn}")  # noqa: S311 - it decides between equals
    drawn = sorted((rng.random(), place) for place in range(len(window)))
    shuffled = [window[place] for _, place in drawn]
    return sorted(shuffled, key=lambda skill: skill == view.previous_skill)


def _skill_plans(view: View, skill: str) -> Iterator[Plan]:
    """What to do for a skill that is being learned."""
    record = view.records[skill]
    if record.misses >= _STUCK or is_spinning(record):
        if record.misses % _STUCK == 0:
            yield from _probes(view, skill)
        yield Plan(skill, Purpose.LEARN, Reason.AFTER_MISSES, chance=_EASY_TARGET, worked_example=True)
    elif _may_test_out(view, skill):
        harder = view.ref(skill) + TEST_OUT_HARDER
        yield Plan(skill, Purpose.TEST_OUT, Reason.TEST_OUT, difficulty=harder, at_least=harder)
    if record.answers == 0 or (record.tries and record.tries[-1].right):
        reason = Reason.NEW_SKILL if record.answers == 0 else Reason.SHOW_IT
        yield _evidence(view, skill, reason)
    yield _practice(view, skill, Purpose.LEARN, Reason.CONTINUE)


def _evidence(view: View, skill: str, reason: Reason) -> Plan:
    """Items at the reference difficulty: only those show that a skill is there."""
    harder = _SAILING_HARDER if view.pace is Pace.SAILING else 0.0
    example = reason is Reason.NEW_SKILL and view.ability(skill) - view.ref(skill) < _SHAKY
    return Plan(skill, Purpose.EVIDENCE, reason, difficulty=view.ref(skill) + harder, worked_example=example)


def _practice(view: View, skill: str, purpose: Purpose, reason: Reason) -> Plan:
    """Items that will probably be solved, for learning."""
    struggling = view.pace is Pace.STRUGGLING
    record = view.records.get(skill)
    return Plan(
        skill,
        purpose,
        reason,
        chance=_EASY_TARGET if struggling else _TARGET,
        worked_example=struggling or (record is not None and record.misses >= _MISSES_FOR_EXAMPLE),
    )


def _may_test_out(view: View, skill: str) -> bool:
    """Going very well, and probably able to solve a harder item: a try to skip the skill."""
    record = view.records[skill]
    if record.tested_out:
        return True
    if view.pace is not Pace.SAILING or record.misses:
        return False
    return view.ability(skill) - view.ref(skill) - TEST_OUT_HARDER >= _TEST_OUT_MARGIN


def _probes(view: View, skill: str) -> Iterator[Plan]:
    """The weakest prerequisites that were not probed since the last try at ``skill``, two at most."""
    probed: list[str] = []
    for past in reversed(view.situation.history):
        if past.results and past.results[0].skill == skill:
            break
        if past.purpose is Purpose.PROBE:
            probed.append(past.results[0].skill)
    if len(probed) >= _MOST_PROBES:
        return
    needed = view.situation.curriculum.prerequisites[skill]
    for weak in sorted(needed, key=lambda other: round(view.ability(other) - view.ref(other), 9)):
        if weak not in probed and view.safety(weak) < _SURELY_KNOWN:
            yield Plan(weak, Purpose.PROBE, Reason.CHECK_PREREQUISITE, difficulty=view.ref(weak))


def _reviews(view: View) -> Iterator[Plan]:
    """Known skills, first those that are most likely gone, then those not met for longest."""
    known = [skill for skill in view.proficient if skill != view.previous_skill]
    order = sorted(known, key=lambda skill: (round(view.safety(skill), 9), view.records[skill].practised))
    for skill in order:
        record = view.records[skill]
        since = record.proficient_since or 0
        confirm = not record.mastered and view.situation.now - since >= DAY_MS
        reason = Reason.CONFIRM if confirm else Reason.REVIEW
        yield Plan(skill, Purpose.REVIEW, reason, difficulty=view.ref(skill))


def _wins(view: View) -> Iterator[Plan]:
    """Known skills that will go well: the sure ones in turn, then the others, the surest first."""
    known = [skill for skill in view.proficient if skill != view.previous_skill]
    for skill in sorted(known, key=lambda skill: _win_rank(view, skill)):
        yield Plan(skill, Purpose.REVIEW, Reason.EASY_WIN, difficulty=view.ref(skill))


def _win_rank(view: View, skill: str) -> tuple[float, float]:
    short = round(view.ref(skill) - view.ability(skill), 9)
    margin = view.rules.win_margin
    if margin is not None and -short >= margin:
        return float("-inf"), view.records[skill].practised
    return short, 0.0


def _needs_win(view: View) -> bool:
    """Whether it goes so badly, now or for some time, that something known should come in between."""
    since = next(
        (
            number
            for number, past in enumerate(reversed(view.situation.history))
            if past.purpose is Purpose.REVIEW
        ),
        _WIN_EVERY,
    )
    if view.situation.state.long_run < view.rules.long_run_least and since >= _WIN_OFTEN:
        return True
    return view.pace is Pace.STRUGGLING and since >= _WIN_EVERY


def _best_item(view: View, plan: Plan) -> ItemFacts | None:
    """The item that comes closest to the plan; often used ones are put back."""
    best: tuple[float, str] | None = None
    found: ItemFacts | None = None
    for item in view.items(plan.skill):
        if plan.at_least is not None and item.difficulty < plan.at_least:
            continue
        if plan.difficulty is None:
            away = abs(view.predicted(item) - plan.chance)
        else:
            away = abs(item.difficulty - plan.difficulty)
        rank = (round(away + _USED * item.times_used, 9), item.item)
        if best is None or rank < best:
            best, found = rank, item
    return found


def _features(view: View, plan: Plan, item: ItemFacts) -> dict[str, float]:
    """The numbers behind a choice."""
    record = view.records.get(plan.skill)
    state = view.situation.state
    numbers = {
        "ability": view.ability(plan.skill),
        "difficulty": view.difficulty(item),
        "lately": state.lately,
        "recall": view.recall(plan.skill),
        "ref": view.ref(plan.skill),
        "times_used": float(item.times_used),
        "window": float(view.window),
    }
    if record is not None:
        numbers["variance"] = record.estimate.variance + state.general.variance
        numbers["answers"] = float(record.answers)
        numbers["misses"] = float(record.misses)
        numbers["streak"] = float(record.streak)
    return numbers


def _decision(view: View, choice: Choice, other: Choice | None, features: dict[str, float]) -> Decision:
    moment = view.situation
    return Decision(view.rules.version, choice, other, features, moment.turn, moment.seed, moment.now)
