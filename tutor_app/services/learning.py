"""How far the learner has come, and the plan: the map of skills, figures, past questions, days and minutes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from engine.clock import milliseconds
from engine.content.instance import instantiate
from engine.errors import UserFacingError
from engine.learner.calibration import LEAST_PREDICTIONS, Prediction, calibration
from engine.learner.mastery import Level
from engine.learner.patterns import misconceptions
from engine.learner.trend import trend
from engine.sync.practice_events import Ending, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.learning_log import latest_evidence
from engine.tutor.practice.plan import Plan
from engine.tutor.practice.practice_store import PracticeStore, Status
from engine.tutor.practice.progress import levels, skill_map
from tutor_app.richtext.document import RichText
from tutor_app.richtext.opening import opening
from tutor_app.services.learning_days import LocalDays
from tutor_app.services.learning_facts import (
    CalibrationFacts,
    ChanceBin,
    PackChoice,
    PastQuestion,
    PlanChoice,
    PlanFacts,
    ProgressFacts,
    Result,
    ReviewDay,
    SeenMisconception,
    SkillFacts,
    SkillMap,
    TrendFacts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.content.item import Item
    from engine.content.item_bank import PackItems
    from engine.learner.evidence import Evidence
    from engine.learner.review_queue import DayAhead
    from engine.runtime import Runtime
    from engine.tutor.practice.practice_store import PosedQuestion
    from engine.tutor.practice.progress import SkillStanding
    from tutor_app.workers.workbench import Job, Workbench

_LOOKED_AT = 3000
_PREDICTIONS = 500
_LISTED = 20
_DAYS = 30
_CALENDAR_DAYS = 366
_EPOCH = date(1970, 1, 1)
_LONGEST_TEXT = 220


class LearningService:
    """Reads what is known of one learner; changes the plan and what counts."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._clock = workbench.clock
        self._store = PracticeStore()

    def skill_map(self, _job: Job, pack: str = "") -> SkillMap:
        """The map of ``pack``; of the one practised last by default, or where ``pack`` is gone."""
        runtime, now = self._runtime, self._now()
        agenda = runtime.agenda
        packs = self._packs()
        known = [one.id for one in packs]
        shown = pack if pack in known else agenda.last_pack()
        items = runtime.items.pack(shown)
        if items is None:
            return SkillMap(packs, "", now=now)
        standings = skill_map(items, agenda.curricula[shown], agenda.knowledge(), agenda.schedule(), now=now)
        chosen = agenda.next(Wanted(Aim.LEARN, shown), "")
        following = items.items[chosen.item].skills[0] if chosen is not None else ""
        return SkillMap(packs, shown, tuple(map(_facts, standings)), following, now)

    def passage(self, _job: Job, pack: str, skill: str) -> str:
        """Id of the first passage that teaches ``skill``, as its main one if there is one; "" where none does."""
        index = next((one for one in self._runtime.indexes if one.info.id == pack), None)
        if index is None:
            return ""
        passages = [it.passage for it in index.passages(range(index.passage_count + 1))]
        ranked = [(it.skills.index(skill), at) for at, it in enumerate(passages) if skill in it.skills]
        return passages[min(ranked)[1]].id if ranked else ""

    def progress(self, _job: Job, pack: str = "") -> ProgressFacts:
        """The figures of ``pack``; of all together by default."""
        runtime = self._runtime
        with runtime.database.reading() as connection:
            evidence = latest_evidence(connection, _LOOKED_AT, pack=pack)
            posed = self._store.latest(connection, _LOOKED_AT)
        counted = [it for it in evidence if it.weight > 0 and it.results]
        mine = [it for it in posed if not pack or it.pack == pack]
        days = LocalDays(self._clock.now())
        return ProgressFacts(
            packs=self._packs(),
            pack=pack,
            answers=len(counted),
            trend=_trend(counted, days),
            calibration=_calibration(mine, counted),
            forecast=_ahead(runtime.agenda.forecast(_DAYS)),
            spent=days.last(evidence, _DAYS),
            misconceptions=self._misconceptions(counted),
            questions=self._questions(mine, {it.question: it for it in evidence}),
        )

    def void(self, _job: Job, question: str) -> None:
        """Take a question out of everything.

        Raises:
            UsageError: there is no such question.
        """
        self._runtime.practice.void(question, VoidReason.OTHER)

    def restore(self, _job: Job, question: str) -> None:
        """Let it count again.

        Raises:
            UsageError: there is no such question, or it counts.
        """
        self._runtime.practice.restore(question)

    def plan(self, _job: Job) -> PlanFacts:
        """The plan, and the days around today."""
        runtime = self._runtime
        plan = runtime.agenda.plan()
        with runtime.database.reading() as connection:
            evidence = latest_evidence(connection, _LOOKED_AT)
        days = LocalDays(self._clock.now())
        practised = tuple(it for it in days.last(evidence, _CALENDAR_DAYS) if it.questions)
        return PlanFacts(
            PlanChoice(plan.days, plan.minutes, plan.exam),
            days.today,
            practised,
            _ahead(runtime.agenda.forecast(_DAYS)),
        )

    def change_plan(self, job: Job, wanted: PlanChoice) -> PlanFacts:
        """Keep another plan.

        Raises:
            UsageError: it has no day, or its minutes cannot be planned.
        """
        self._runtime.agenda.change_plan(Plan(wanted.days, wanted.minutes, wanted.exam))
        return self.plan(job)

    @property
    def _runtime(self) -> Runtime:
        return self._workbench.runtime

    def _now(self) -> int:
        return milliseconds(self._clock.now())

    def _packs(self) -> tuple[PackChoice, ...]:
        agenda = self._runtime.agenda
        graphs = agenda.curricula
        begun = [
            pack
            for (pack, skill), level in levels(agenda.knowledge(), graphs).items()
            if level is not Level.NOT_STARTED and skill in graphs[pack].skills
        ]
        return tuple(
            PackChoice(info.id, info.title, len(graphs[info.id].skills), begun.count(info.id))
            for info in (it.pack.info for it in self._runtime.items.packs())
        )

    def _misconceptions(self, evidence: Sequence[Evidence]) -> tuple[SeenMisconception, ...]:
        found: list[SeenMisconception] = []
        for pack in self._runtime.items.packs():
            names = {skill.id: skill.name for skill in pack.skills}
            identifier = pack.pack.info.id
            for one in misconceptions([it for it in evidence if it.pack == identifier]):
                known = pack.misconceptions.get(one.misconception)
                if known is not None and one.skill in names:
                    name = names[one.skill]
                    found.append(
                        SeenMisconception(
                            identifier,
                            one.skill,
                            name,
                            known.description,
                            known.passage,
                            one.count,
                            one.of,
                        )
                    )
        return tuple(sorted(found, key=lambda one: -one.count))

    def _questions(
        self, posed: Sequence[PosedQuestion], evidence: dict[str, Evidence]
    ) -> tuple[PastQuestion, ...]:
        past = [it for it in posed if it.status is not Status.OPEN][:_LISTED]
        return tuple(self._past(one, evidence.get(one.id)) for one in past)

    def _past(self, one: PosedQuestion, evidence: Evidence | None) -> PastQuestion:
        pack = self._runtime.items.pack(one.pack)
        item = pack.items.get(one.item) if pack else None
        return PastQuestion(
            one.id,
            one.posed,
            one.pack,
            pack.pack.info.title if pack else "",
            _skill_name(pack, item),
            _text(item, one.seed) if item else RichText(),
            _result(one, evidence),
            one.status is Status.VOID,
        )


def _facts(one: SkillStanding) -> SkillFacts:
    return SkillFacts(
        one.skill,
        one.name,
        one.goal,
        one.level,
        one.requires,
        one.layer,
        one.chance,
        one.answers,
        one.missing,
        one.ready,
        one.due,
        one.items,
    )


def _trend(evidence: Sequence[Evidence], days: LocalDays) -> TrendFacts:
    found = trend(evidence)
    drawn = evidence[len(evidence) - len(found.average) :]
    return TrendFacts(found.direction, found.average, tuple(days.day(piece.at) for piece in drawn))


def _calibration(posed: Sequence[PosedQuestion], evidence: Sequence[Evidence]) -> CalibrationFacts:
    """Of the predictions that were stored when the questions were posed."""
    right = {piece.question: piece.first_right for piece in evidence}
    made = [
        Prediction(one.predicted, right[one.id])
        for one in posed
        if one.predicted is not None and one.id in right
    ][:_PREDICTIONS]
    found = calibration(made)
    bins = tuple(ChanceBin(part.predicted, part.right, part.count) for part in found.bins)
    return CalibrationFacts(found.count, LEAST_PREDICTIONS, found.over, bins)


def _ahead(days: Sequence[DayAhead]) -> tuple[ReviewDay, ...]:
    return tuple(
        ReviewDay(_EPOCH + timedelta(one.day), one.reviews, one.minutes, one.waiting) for one in days
    )


def _skill_name(pack: PackItems | None, item: Item | None) -> str:
    if pack is None or item is None:
        return ""
    return next((skill.name for skill in pack.skills if skill.id == item.skills[0]), "")


def _text(item: Item, seed: int) -> RichText:
    try:
        question = instantiate(item, seed)
    except UserFacingError:  # the item was changed since
        return RichText()
    return opening(question.stem or question.steps[0].ask, _LONGEST_TEXT)


def _result(one: PosedQuestion, evidence: Evidence | None) -> Result:
    if one.ending in (None, Ending.LEFT):
        return Result.LEFT
    if one.ending is Ending.SOLVED:
        first = evidence is not None and evidence.first_right
        return Result.RIGHT if first else Result.HELPED
    return Result.SHOWN if one.ending is Ending.SHOWN else Result.MISSED
