"""Evidence into state: one piece at a time (``fold``) or a whole log (``replay``), by the same code.

Every estimate is what replaying the log says, so leaving out a voided question and replaying is exact. Evidence carries
the author's difficulty; the local correction to it is kept in the state.

Three choices differ from ``teaching.md`` 1.1 because ``eval adaptation`` was better for them. A helped answer counts
for the filter as half its credit. A new skill starts a quarter of the way from the usual prior to its mastered
prerequisites (starting just below them certified skills that were never shown). A skill that fails a review keeps one
step of its row, so that one right answer can restore what is otherwise well supported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.learner.curriculum import Curriculum
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.learner_state import ItemRecord, LearnerState
from engine.learner.mastery import (
    DAY_MS,
    REMEMBERED,
    TEST_OUT_HARDER,
    SkillRecord,
    Try,
    counts_for_streak,
    demoted,
    meets_rule,
)
from engine.learner.skill_state import (
    PRIOR_MEAN,
    Estimate,
    Observation,
    item_shift,
    observed,
)

_LATELY_RATE = 0.15
_LONG_RUN_RATE = 0.01
_GIVEN_AWAY = 3
"""From this hint level on, an answer is the hints' and not the learner's."""
_ENOUGH_WEIGHT = 0.5
_MISSED = 0.5
_AIDED = 0.5
_LAPSE_STREAK = 1
_FROM_PREREQUISITES = 0.25
_PLACEMENT_STEP = 0.5


def fold(state: LearnerState, evidence: Evidence, curricula: Mapping[str, Curriculum]) -> LearnerState:
    """``state`` after ``evidence``.

    Args:
        state: before it.
        evidence: the next piece of the log.
        curricula: by pack; a pack that is not there has skills of reference 0 and no edges.
    """
    return replay([evidence], curricula, start=state)


def replay(
    evidence: Iterable[Evidence],
    curricula: Mapping[str, Curriculum],
    *,
    start: LearnerState | None = None,
) -> LearnerState:
    """The state after all of ``evidence``, oldest first, from ``start`` or from nothing."""
    under_way = _UnderWay(start or LearnerState(), curricula)
    for piece in evidence:
        under_way.take(piece)
    return under_way.state()


class _UnderWay:
    """A state while it is being changed: the mappings are copied once, not for each piece."""

    def __init__(self, state: LearnerState, curricula: Mapping[str, Curriculum]) -> None:
        self._general = state.general
        self._history = state.history
        self._lately = state.lately
        self._long_run = state.long_run
        self._questions = state.questions
        self._skills = dict(state.skills)
        self._items = dict(state.items)
        self._curricula = curricula
        self._no_curriculum = Curriculum("")

    def state(self) -> LearnerState:
        """The state as it now is. The mappings are handed over: take no more evidence after this."""
        return LearnerState(
            general=self._general,
            history=self._history,
            lately=self._lately,
            long_run=self._long_run,
            questions=self._questions,
            skills=self._skills,
            items=self._items,
        )

    def take(self, evidence: Evidence) -> None:
        """Change the state by one piece of evidence."""
        self._questions += 1
        key = (evidence.pack, evidence.item)
        item = self._items.get(key) or ItemRecord()
        shift = item.shift
        if evidence.weight > 0.0 and evidence.results:
            shift = self._learn(evidence, item)
        self._items[key] = ItemRecord(
            shift, item.answers + (evidence.weight > 0.0), item.used + 1, evidence.at
        )

    def _learn(self, evidence: Evidence, item: ItemRecord) -> float:
        """Move the estimates; returns the item's new correction."""
        graph = self._curricula.get(evidence.pack, self._no_curriculum)
        before = [self._record(graph, evidence.pack, result.skill) for result in evidence.results]
        difficulty = evidence.difficulty + item.shift
        weakest = min([record.estimate.mean for record in before]) + self._general.mean
        whole = _observation(evidence, min([_score(result) for result in evidence.results]), difficulty)
        estimates = self._estimate(evidence, [record.estimate for record in before], difficulty)
        for result, record, estimate in zip(evidence.results, before, estimates, strict=True):
            moved = self._after(record, estimate, evidence, result, graph.ref(result.skill))
            self._skills[evidence.pack, result.skill] = moved
        right = evidence.first_right
        self._history = self._history.after(right=right)
        outcome = 1.0 if right else 0.0
        self._lately += _LATELY_RATE * (outcome - self._lately)
        self._long_run += _LONG_RUN_RATE * (outcome - self._long_run)
        if evidence.purpose is Purpose.PLACEMENT:
            self._place(evidence, graph)
        return item_shift(item.shift, item.answers, whole, weakest)

    def _estimate(
        self, evidence: Evidence, estimates: list[Estimate], difficulty: float
    ) -> tuple[Estimate, ...]:
        """Skills with one fate are judged together, skills that fared differently each by its own credit."""
        shares = [_score(result) for result in evidence.results]
        if min(shares) == max(shares):
            seen = _observation(evidence, shares[0], difficulty)
            moved, self._general = observed(estimates, self._general, seen)
            return moved
        apart = []
        for estimate, credit in zip(estimates, shares, strict=True):
            seen = _observation(evidence, credit, difficulty)
            (one,), self._general = observed([estimate], self._general, seen)
            apart.append(one)
        return tuple(apart)

    def _after(
        self,
        record: SkillRecord,
        estimate: Estimate,
        evidence: Evidence,
        result: SkillResult,
        ref: float,
    ) -> SkillRecord:
        """The record of one skill after its part of the evidence."""
        right = result.first_right and evidence.level < _GIVEN_AWAY
        streak, tested_out = record.streak, record.tested_out
        counts = _is_evidence(evidence)
        if not right:
            streak = tested_out = 0
        elif counts:
            streak += counts_for_streak(evidence.difficulty, ref)
            if evidence.purpose is Purpose.TEST_OUT and evidence.difficulty >= ref + TEST_OUT_HARDER:
                tested_out += 1
        moved = SkillRecord(  # named one by one: ``replace`` would take a third of a replay's time
            estimate=estimate,
            history=record.history.after(self._history.answers, right=right),
            answers=record.answers + 1,
            streak=streak,
            misses=0 if result.credit >= _MISSED else record.misses + 1,
            tries=(*record.tries[1 - REMEMBERED :], Try(right, evidence.difficulty, counts)),
            tested_out=tested_out,
            proficient_since=record.proficient_since,
            mastered=record.mastered,
            held_back=record.held_back and not right,
            taken_as_known=record.taken_as_known and right,
            last_at=evidence.at,
            practised=self._questions,
        )
        return self._judged(moved, evidence, ref, right=right)

    def _judged(self, record: SkillRecord, evidence: Evidence, ref: float, *, right: bool) -> SkillRecord:
        """Raise or lower the standing of a skill."""
        if evidence.purpose in (Purpose.REVIEW, Purpose.PROBE) and not right:
            mastered, since, held_back = demoted(record)
            return replace(
                record,
                mastered=mastered,
                proficient_since=since,
                held_back=held_back,
                tested_out=0,
                streak=_LAPSE_STREAK if record.proficient else 0,
            )
        if not right or not _is_evidence(evidence):
            return record
        if record.proficient_since is None:
            if meets_rule(record, self._general, ref):
                return replace(record, proficient_since=evidence.at)
            return record
        confirms = (
            evidence.interleaved
            and evidence.at - record.proficient_since >= DAY_MS
            and counts_for_streak(evidence.difficulty, ref)
        )
        return replace(record, mastered=True) if confirms and not record.mastered else record

    def _place(self, evidence: Evidence, graph: Curriculum) -> None:
        """What a placement question says about the skills around it."""
        for result in evidence.results:
            if result.skill not in graph.skills:
                continue
            raised = result.first_right and evidence.level < _GIVEN_AWAY
            around = graph.ancestors[result.skill] if raised else graph.descendants[result.skill]
            step = _PLACEMENT_STEP if raised else -_PLACEMENT_STEP
            for skill in around:
                record = self._record(graph, evidence.pack, skill)
                estimate = replace(record.estimate, mean=record.estimate.mean + evidence.weight * step)
                missed = bool(record.tries) and not record.tries[-1].right
                self._skills[evidence.pack, skill] = replace(
                    record, estimate=estimate, taken_as_known=raised and not missed
                )

    def _record(self, graph: Curriculum, pack: str, skill: str) -> SkillRecord:
        """The record of a skill, or a new one with its prior."""
        known = self._skills.get((pack, skill))
        return known if known is not None else SkillRecord(Estimate(self._prior(graph, pack, skill)))

    def _prior(self, graph: Curriculum, pack: str, skill: str) -> float:
        """A skill's mean before anything was asked, in logits: between the usual one and that of what it rests on."""
        needed = [self._skills.get((pack, other)) for other in graph.prerequisites.get(skill, ())]
        means = [record.estimate.mean for record in needed if record is not None and record.proficient]
        if not means:
            return PRIOR_MEAN
        return PRIOR_MEAN + _FROM_PREREQUISITES * (sum(means) / len(means) - PRIOR_MEAN)


def _is_evidence(evidence: Evidence) -> bool:
    """Whether a right answer may raise a level: not guessed at speed, not just after an example or the solution."""
    return evidence.weight > _ENOUGH_WEIGHT and evidence.purpose is not Purpose.RETRY


def _score(result: SkillResult) -> float:
    """What the filter takes for the outcome of a first attempt without help, 0 to 1.

    Credit is for the learner; taken as it is it would make those who use hints look able (they get more credit than
    the filter expects of a first attempt).
    """
    return 1.0 if result.first_right else _AIDED * result.credit


def _observation(evidence: Evidence, credit: float, difficulty: float) -> Observation:
    given_away = evidence.level >= _GIVEN_AWAY
    if given_away and len(evidence.results) == 1:
        credit = 0.0
    return Observation(credit, difficulty, evidence.guess, evidence.weight, helped_through=given_away)
