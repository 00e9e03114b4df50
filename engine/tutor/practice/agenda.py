"""What there is to do: the reviews of today, and the question that comes next for what the learner wants."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.clock import Clock, milliseconds
from engine.content.item_bank import ItemBank, PackItems
from engine.errors import StorageBusyError, StorageFullError, StorageReadOnlyError, UsageError
from engine.learner.curriculum import Curriculum
from engine.learner.decision import Reason
from engine.learner.evidence import Evidence, Purpose
from engine.learner.fsrs6 import fsrs6
from engine.learner.mastery import DAY_MS
from engine.learner.review_queue import DayAhead, Reviewable, Schedule, Today, forecast, today
from engine.learner.scheduler import CardKind
from engine.storage.database import LearnerDatabase
from engine.sync import outbox
from engine.sync.practice_events import Ending, PlanChanged, PracticeMode
from engine.tutor.practice.exam import exam_question
from engine.tutor.practice.fitting import fit_is_due, fit_models
from engine.tutor.practice.item_review import without_dropped
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.learning_log import latest_evidence
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.plan import Plan, stored_plan
from engine.tutor.practice.posing import (
    Chosen,
    PackMoment,
    about_passages,
    by_policy,
    fact_again,
    placement,
    skill_check,
    unproven,
    variant_of,
)
from engine.tutor.practice.practice_store import PosedQuestion, PracticeStore, Status
from engine.tutor.practice.proof import proven_items

_RECENT = 200
_LOOKED_BACK = 20
_log = logging.getLogger(__name__)


class Aim(StrEnum):
    """What the learner wants to do."""

    TODAY = "today"  # what is due, then what comes next
    LEARN = "learn"  # what comes next in a pack
    REVIEW = "review"  # only what is due
    SKILL = "skill"  # one skill
    PLACEMENT = "placement"  # find out what is known


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the learner wants to practise. An empty ``pack`` is the one practised last."""

    aim: Aim
    pack: str = ""
    skill: str = ""
    mode: PracticeMode = PracticeMode.PRACTICE


class Agenda:
    """Chooses what comes next.

    Args:
        database: the learner's.
        bank: the items.
        record: what is known of the learner.
        clock: the time.
        utc_offset: minutes that local time is ahead of UTC at a moment.
    """

    def __init__(
        self,
        database: LearnerDatabase,
        bank: ItemBank,
        record: LearningRecord,
        clock: Clock,
        utc_offset: Callable[[datetime], int],
    ) -> None:
        self._database = database
        self._bank = bank
        self._record = record
        self._clock = clock
        self._utc_offset = utc_offset
        self._store = PracticeStore()

    def knowledge(self) -> Knowledge:
        """What is known of the learner now; keeps a snapshot from time to time."""
        with self._database.reading() as connection:
            known = self._record.current(connection)
        if self._record.wants_saving():
            try:
                with self._database.transaction() as connection:
                    self._record.save(connection)
            except (StorageFullError, StorageReadOnlyError, StorageBusyError) as error:
                _log.warning("no snapshot was kept: %s", error.code)  # it can be done without
        return known

    def knowledge_without(self, questions: Collection[str]) -> Knowledge:
        """What would be known of the learner now if ``questions`` had not been posed."""
        with self._database.reading() as connection:
            return self._record.without(connection, frozenset(questions))

    def fit_when_due(self) -> None:
        """Fit memory and predictor to the learner, once a month: seconds for a long log, so not before a question."""
        if fit_is_due(self._database, self._clock):
            fit_models(self._database, self._record, self._clock)

    @property
    def curricula(self) -> Mapping[str, Curriculum]:
        """The skills of the packs that have questions, by pack."""
        return self._record.ground.curricula

    def plan(self) -> Plan:
        """When and how much the learner wants to practise."""
        with self._database.reading() as connection:
            return stored_plan(connection)

    def change_plan(self, plan: Plan) -> None:
        """Keep another plan."""
        event = PlanChanged(
            tuple(sorted(plan.days)), plan.minutes, plan.exam.isoformat() if plan.exam else ""
        )
        with self._database.transaction() as connection:
            outbox.append(connection, event, now=self._clock.now())

    def today(self) -> Today:
        """The reviews of today, within the minutes of the plan."""
        return self._reviews_of_today(self.knowledge(), self.schedule())

    def forecast(self, days: int = 30) -> list[DayAhead]:
        """The reviews of the coming days."""
        return forecast(self.reviewable(self.knowledge()), self.schedule(), now=self._now(), days=days)

    def schedule(self) -> Schedule:
        """By what due times are found."""
        plan, offset = self.plan(), self._utc_offset(self._clock.now())
        model = fsrs6(self.knowledge().memory.parameters)
        return Schedule(plan.review_plan(offset), model, plan.routine(offset))

    def reviewable(self, known: Knowledge) -> list[Reviewable]:
        """The cards that may be reviewed: skills that were learned, and facts, as far as their packs are there."""
        return list(self._reviewable(known))

    def next(self, wanted: Wanted, session: str) -> Chosen | None:
        """What to pose next; None if there is nothing (more) of it.

        Raises:
            UsageError: the pack or the skill is not there.
        """
        known = self.knowledge()
        retry = self._retry(wanted, session, known)
        if retry is not None:
            return retry
        if wanted.aim in (Aim.TODAY, Aim.REVIEW) and not wanted.pack:
            review = self._review(known)
            if review is not None or wanted.aim is Aim.REVIEW:
                return review
        moment = self._moment(self._pack(wanted.pack), known)
        if wanted.aim is Aim.PLACEMENT:
            return placement(moment, self._placed(session, moment))
        if wanted.aim is Aim.LEARN and wanted.mode is PracticeMode.EXAM:
            return exam_question(moment, self._posed(session)) or unproven(moment)
        if wanted.aim is Aim.SKILL:
            if wanted.skill not in moment.graph.skills:
                raise UsageError("The pack has no such skill.", todo="Choose one of its map.")
            return by_policy(moment, wanted=wanted.skill) or unproven(moment, wanted=wanted.skill)
        return by_policy(moment) or unproven(moment)

    def about(self, pack: str, passages: Sequence[str]) -> Chosen | None:
        """A question about passages of ``pack`` that were just read; None if there is none."""
        items = self._bank.pack(pack)
        if items is None:
            return None
        moment = self._moment(items, self.knowledge())
        return about_passages(moment, passages) or about_passages(
            moment, passages, self._bank.skills_taught(items, passages)
        )

    def last_pack(self) -> str:
        """Id of the pack that was practised last and is still there; for a beginner the first, courses first."""
        with self._database.reading() as connection:
            latest = self._store.latest(connection, 1)
        packs = self._bank.packs()
        known = {it.pack.info.id for it in packs}
        if latest and latest[0].pack in known:
            return latest[0].pack
        first = min(packs, key=lambda it: it.pack.info.origin == "document", default=None)
        return first.pack.info.id if first else ""

    def _pack(self, identifier: str) -> PackItems:
        pack = self._bank.pack(identifier or self.last_pack())
        if pack is None or not pack.items:
            raise UsageError(
                "That pack has no questions to practise.",
                todo="Choose another one, or read and ask about it.",
            )
        return pack

    def _moment(self, pack: PackItems, known: Knowledge) -> PackMoment:
        identifier = pack.pack.info.id
        with self._database.reading() as connection:
            (device,) = connection.execute("SELECT id FROM device").fetchone()
            uses = self._store.uses(connection, identifier, void=known.void)
            pack = without_dropped(connection, pack)
            return PackMoment(
                pack,
                self.curricula[identifier],
                known,
                uses,
                known.latest(identifier),
                int.from_bytes(device[:4], "big"),
                self._now(),
                proven_items(connection, pack, uses),
            )

    def _retry(self, wanted: Wanted, session: str, known: Knowledge) -> Chosen | None:
        """After a solution was shown another question like it comes next, in the next sitting if there is none in this.

        That there is neither help nor a second try in placement and in an exam, it has to wait for its end.
        """
        if wanted.aim is Aim.PLACEMENT or wanted.mode is PracticeMode.EXAM:
            return None
        shown = self._shown_last(session)
        pack = self._bank.pack(shown.pack) if shown else None
        if shown is None or pack is None:
            return None
        if shown.session != session and wanted.pack not in ("", shown.pack):
            return None
        return variant_of(self._moment(pack, known), shown.item)

    def _shown_last(self, session: str) -> PosedQuestion | None:
        """The question whose solution was shown, and after which none like it came, in this sitting or today."""
        with self._database.reading() as connection:
            latest = self._store.latest(connection, _LOOKED_BACK)
        for posed in latest:
            if posed.status is Status.VOID:
                continue
            if posed.session != session and self._now() - posed.posed >= DAY_MS:
                return None
            if posed.ending is Ending.SHOWN:
                return posed
            if posed.purpose is Purpose.RETRY:
                return None
        return None

    def _placed(self, session: str, moment: PackMoment) -> list[Evidence]:
        """The placement questions of this sitting that were answered."""
        posed = self._posed(session)
        return [it for it in moment.history if it.question in posed and it.purpose is Purpose.PLACEMENT]

    def _posed(self, session: str) -> set[str]:
        with self._database.reading() as connection:
            return {it.id for it in self._store.of_session(connection, session)}

    def _reviews_of_today(self, known: Knowledge, schedule: Schedule) -> Today:
        now = self._now()
        done = self._minutes_reviewed(schedule, now)
        return today(self.reviewable(known), schedule, now=now, minutes_done=done)

    def _review(self, known: Knowledge) -> Chosen | None:
        for one in self._reviews_of_today(known, self.schedule()).reviews:
            pack = self._bank.pack(one.card.pack)
            if pack is None:
                continue
            moment = self._moment(pack, known)
            if one.card.kind is CardKind.ITEM:
                chosen = fact_again(moment, one.card.id)
            else:
                chosen = skill_check(moment, one.card.id, Purpose.REVIEW, Reason.REVIEW)
            if chosen is not None:
                return chosen
        return None

    def _reviewable(self, known: Knowledge) -> Iterator[Reviewable]:
        packs, graphs = {it.pack.info.id: it for it in self._bank.packs()}, self.curricula
        for card, memory in known.memory.cards.items():
            pack = packs.get(card.pack)
            graph = graphs.get(card.pack)
            if pack is None or graph is None:
                continue
            if card.kind is CardKind.ITEM:
                item = pack.items.get(card.id)
                if item is not None:
                    resting = len(graph.descendants.get(item.skills[0], ())) if item.skills else 0
                    yield Reviewable(card, memory, 1.0 + resting, item.seconds)
            elif card.id in graph.skills and known.state.skill(card.pack, card.id).proficient:
                resting, seconds = len(graph.descendants[card.id]), _seconds(pack, card.id)
                yield Reviewable(card, memory, 1.0 + resting, seconds, graph.exercised[card.id])

    def _minutes_reviewed(self, schedule: Schedule, now: int) -> float:
        with self._database.reading() as connection:
            latest = latest_evidence(connection, _RECENT)
        day = schedule.routine.day(now)
        reviews = [it for it in latest if it.purpose is Purpose.REVIEW and schedule.routine.day(it.at) == day]
        return sum(it.seconds for it in reviews) / 60

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _seconds(pack: PackItems, skill: str) -> float:
    own = [it.seconds for it in pack.items.values() if it.skills[0] == skill]
    return sum(own) / len(own) if own else 60.0
