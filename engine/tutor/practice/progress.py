"""How far the learner has come: the map of a pack's skills, and what a sitting was.

Everything is computed from what ``LearningRecord`` knows; trends and calibration are in ``engine.learner.analytics``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.content.item_bank import PackItems
from engine.learner.curriculum import Curriculum
from engine.learner.evidence import Evidence
from engine.learner.mastery import Level, Missing, level, missing_evidence
from engine.learner.predictor import features
from engine.learner.review_queue import Schedule
from engine.learner.scheduler import Card, CardKind, due_at
from engine.tutor.practice.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """One skill on the map.

    Attributes:
        requires: ids of the skills that come directly before it.
        layer: how many skills deep it lies, from 0; for drawing.
        chance: of a right first answer now, 0 to 1.
        answers: questions answered that count.
        missing: evidence that is missing before it counts as mastered.
        ready: everything it requires is there.
        due: when its next review is due (ms); None where nothing is to be reviewed.
        items: questions that the pack has for it.
    """

    skill: str
    name: str
    goal: str
    level: Level
    requires: tuple[str, ...]
    layer: int
    chance: float
    answers: int
    missing: tuple[Missing, ...]
    ready: bool
    due: int | None
    items: int


@dataclass(frozen=True, slots=True)
class SittingSummary:
    """What a sitting was.

    Attributes:
        questions: closed ones that count.
        first_right: how many were right at the first attempt, unaided.
        seconds: on task.
        raised, lowered: skills whose level changed, with the level they now have.
    """

    questions: int
    first_right: int
    seconds: float
    raised: tuple[tuple[str, Level], ...] = ()
    lowered: tuple[tuple[str, Level], ...] = ()


def skill_map(
    pack: PackItems, graph: Curriculum, known: Knowledge, schedule: Schedule, *, now: int
) -> tuple[SkillStanding, ...]:
    """All skills of a pack, prerequisites first.

    ``now`` is in milliseconds since 1970-01-01 UTC.
    """
    layers = _layers(graph)
    identifier = pack.pack.info.id
    records = {skill: known.state.skill(identifier, skill) for skill in graph.skills}
    able = {skill: True for skill, it in records.items() if it.proficient or it.taken_as_known}
    counts: dict[str, int] = {}
    for item in pack.items.values():
        counts[item.skills[0]] = counts.get(item.skills[0], 0) + 1
    standings = []
    for skill, about in graph.skills.items():
        record = records[skill]
        standings.append(
            SkillStanding(
                skill,
                about.name,
                about.goal,
                level(record, known.state.general, about.ref),
                graph.prerequisites[skill],
                layers[skill],
                known.predictor.predict(features(record.history, known.state.history)),
                record.answers,
                missing_evidence(record, known.state.general, about.ref),
                all(needed in able for needed in graph.prerequisites[skill]),
                _due(identifier, skill, known, schedule, now) if record.proficient else None,
                counts.get(skill, 0),
            )
        )
    return tuple(standings)


def sitting_summary(
    evidence: Iterable[Evidence],
    before: Mapping[tuple[str, str], Level],
    after: Mapping[tuple[str, str], Level],
) -> SittingSummary:
    """What a sitting was, from its evidence and the levels by (pack, skill) before and after it.

    A good day in one pack lifts what is thought of the others a little: that is no news of this sitting. Neither is a
    skill that was begun because a question about another one needed it.
    """
    closed = list(evidence)
    packs = {it.pack for it in closed}
    asked = {(it.pack, it.results[0].skill) for it in closed if it.results}
    order = list(Level)
    moves = [(key, before.get(key, Level.NOT_STARTED), now) for key, now in after.items() if key[0] in packs]
    changed = [
        (key[1], order.index(now) - order.index(then), now)
        for key, then, now in moves
        if key in asked or (then, now) != (Level.NOT_STARTED, Level.ATTEMPTED)
    ]
    return SittingSummary(
        len(closed),
        sum(it.first_right for it in closed),
        sum(it.seconds for it in closed),
        tuple((skill, now) for skill, moved, now in changed if moved > 0),
        tuple((skill, now) for skill, moved, now in changed if moved < 0),
    )


def levels(known: Knowledge, curricula: Mapping[str, Curriculum]) -> dict[tuple[str, str], Level]:
    """The level of every skill that was ever practised, by (pack, skill)."""
    return {
        (pack, skill): level(record, known.state.general, curricula[pack].ref(skill))
        for (pack, skill), record in known.state.skills.items()
        if pack in curricula
    }


def _due(pack: str, skill: str, known: Knowledge, schedule: Schedule, now: int) -> int | None:
    card = Card(CardKind.SKILL, pack, skill)
    memory = known.memory.cards.get(card)
    return due_at(card, memory, schedule.plan, model=schedule.model, now=now) if memory else None


def _layers(graph: Curriculum) -> dict[str, int]:
    layers: dict[str, int] = {}
    for skill in graph.skills:
        before: Sequence[int] = [layers[it] for it in graph.prerequisites[skill] if it in layers]
        layers[skill] = max(before, default=-1) + 1
    return layers
