"""Practice for the window: what there is to do, one question after the other, and what a sitting was.

It has a lane of its own, so that the first question does not wait for a long answer or a search. No models needed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.answers.tex import preview
from engine.answers.verdict import Outcome
from engine.clock import milliseconds
from engine.content.instance import distinct_seeds, instantiate
from engine.errors import UsageError
from engine.learner.evidence import Purpose
from engine.learner.placement import MOST_QUESTIONS
from engine.sync.practice_events import PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.question_state import NextHelp
from tutor_app.richtext.formula import typeset, warm_up
from tutor_app.services.practising import (
    NextSkill,
    Offers,
    PackOffer,
    PassageRef,
    Preview,
    Response,
    ShownQuestion,
    Summary,
    TodayCard,
    Wish,
)
from tutor_app.services.question_view import LISTS, shown_question, with_reason, worked_example
from tutor_app.services.sitting_end import next_skill, sitting_end

if TYPE_CHECKING:
    from engine.content.item import Item
    from engine.runtime import Runtime
    from engine.tutor.practice.asked import Asked
    from engine.tutor.practice.practice_store import Attempt, PosedQuestion
    from tutor_app.services.practising import WorkedExample
    from tutor_app.workers.workbench import Job, Workbench

EXAM_QUESTIONS = 10
_EXAMPLE_AMONG = 12  # variants


class PracticeService:
    """The practice of one profile."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._unread: tuple[Attempt, str] | None = None

    def get_ready(self, _job: Job) -> None:
        """Load what the first question needs, while what there is to do is being read: typesetting is most of it."""
        warm_up()

    def warm(self, _job: Job) -> None:
        """Get ready to check answers, while the first question is being read."""
        self._runtime.checker.warm()

    def today(self, _job: Job) -> TodayCard:
        """What there is to do today."""
        return self._today()

    def offers(self, _job: Job) -> Offers:
        """What a sitting can be chosen from."""
        known, graphs = self._runtime.agenda.knowledge(), self._runtime.agenda.curricula
        packs = []
        for pack in self._runtime.items.packs():
            identifier = pack.pack.info.id
            skills = graphs[identifier].skills
            begun = sum(1 for of, skill in known.state.skills if of == identifier and skill in skills)
            packs.append(
                PackOffer(identifier, pack.pack.info.title, begun, len(skills), self._next_of(identifier))
            )
        return Offers(self._today(), tuple(packs))

    def resume(self, _job: Job) -> ShownQuestion | None:
        """The question that waits for an answer, if there is one."""
        asked = self._runtime.practice.open()
        if asked is None:
            return None
        return self._shown(asked)

    def next(self, _job: Job, wish: Wish) -> ShownQuestion | None:
        """The next question of a sitting; the one that is open, if there is one; None where the sitting is over.

        An exam and a placement are sittings of their own: what is open from before is put off.

        Raises:
            UsageError: the pack has no questions, or not that skill.
        """
        practice = self._runtime.practice
        asked = practice.open()
        mode = PracticeMode(wish.mode)
        of_its_own = Aim(wish.aim) is Aim.PLACEMENT or mode is PracticeMode.EXAM
        if asked is not None and asked.posed.session != wish.session and of_its_own:
            practice.leave()
        elif asked is not None:
            return self._shown(asked)
        if mode is PracticeMode.EXAM and len(practice.sitting(wish.session)) >= EXAM_QUESTIONS:
            return None
        wanted = Wanted(Aim(wish.aim), wish.pack, wish.skill, mode)
        chosen = self._runtime.agenda.next(wanted, wish.session)
        if chosen is None:
            return None
        return self._shown(practice.pose(chosen, wish.session, mode))

    def quiz(self, _job: Job, wish: Wish, passages: tuple[PassageRef, ...]) -> ShownQuestion | None:
        """A question about passages that were just read, the best first; the one that is open, if there is one.

        None where no pack has a question about them.
        """
        practice = self._runtime.practice
        asked = practice.open()
        if asked is not None:
            return self._shown(asked)
        for pack in dict.fromkeys(it.pack for it in passages):
            read = tuple(it.passage for it in passages if it.pack == pack)
            chosen = self._runtime.agenda.about(pack, read)
            if chosen is not None:
                return self._shown(practice.pose(chosen, wish.session, PracticeMode(wish.mode)))
        return None

    def answer(self, _job: Job, step: str, response: Response) -> ShownQuestion:
        """Check an answer.

        Raises:
            UsageError: no question is open, or the step is not asked.
        """
        graded = self._runtime.practice.answer(step, response)
        unread = graded.verdict.outcome is Outcome.UNREADABLE
        self._unread = (graded.asked.attempts[-1], graded.reply.text) if unread else None
        return replace(self._shown(graded.asked), help_given=graded.help_given)

    def help(self, _job: Job) -> ShownQuestion:
        """The next level of help, or how long it is too early for it.

        Raises:
            UsageError: there is none.
        """
        return self._helped(self._runtime.practice.help())

    def tell(self, _job: Job) -> ShownQuestion:
        """Give in to "just tell me".

        Raises:
            UsageError: there is no help.
        """
        return self._helped(self._runtime.practice.tell())

    def leave(self, _job: Job, question: str) -> None:
        """Put a question off, if it is still open; never another one that a terminal has posed meanwhile."""
        waiting = self._runtime.practice.waiting()
        if waiting is not None and waiting.posed.id == question:
            self._runtime.practice.leave()

    def void(self, _job: Job, question: str, reason: str) -> None:
        """A question is bad: it does not count.

        Raises:
            UsageError: it is not there.
        """
        self._runtime.practice.void(question, VoidReason(reason))

    def restore(self, _job: Job, question: str) -> None:
        """Let it count again.

        Raises:
            UsageError: it is not there, or counts already.
        """
        self._runtime.practice.restore(question)

    def closed(self, _job: Job, question: str) -> ShownQuestion:
        """A question of a sitting once more, to look at.

        Raises:
            UsageError: its item is gone.
        """
        return self._shown(self._runtime.practice.asked(question), told=True)

    def preview(self, _job: Job, typed: str, kind: str) -> Preview:
        """How what is typed as the answer to a step of this ``kind`` reads as mathematics."""
        tex = preview(typed, listed=kind in LISTS) if typed.strip() else ""
        return Preview(typed, typeset(tex, display=True) if tex else None)

    def summary(self, _job: Job, session: str) -> Summary:
        """What a sitting was, and what comes next."""
        return sitting_end(self._runtime, session, self._now)

    @property
    def _runtime(self) -> Runtime:
        return self._workbench.runtime

    @property
    def _now(self) -> int:
        return milliseconds(self._workbench.clock.now())

    def _shown(self, asked: Asked, *, told: bool = False) -> ShownQuestion:
        posed = asked.posed
        sitting = self._runtime.practice.sitting(posed.session)
        counted = [it.id for it in sitting if it.id == posed.id or it.status is not Status.VOID]
        number = counted.index(posed.id) + 1
        shown = shown_question(self._runtime.items, asked, self._now, number=number, told=told)
        if self._unread is not None and asked.attempts and asked.attempts[-1] == self._unread[0]:
            shown = with_reason(shown, self._unread[0].step, self._unread[1])
        return replace(shown, example=self._example(posed), most=_most(posed))

    def _helped(self, given: Asked | NextHelp) -> ShownQuestion:
        if not isinstance(given, NextHelp):
            return self._shown(given)
        asked = self._runtime.practice.open()
        if asked is None:
            raise UsageError("No question is open.", todo="Ask for the next one.")
        return replace(self._shown(asked), wait_s=max(given.wait_s, 0.1))

    def _today(self) -> TodayCard:
        runtime = self._runtime
        if not runtime.items.packs():
            return TodayCard()
        asked, today = runtime.practice.waiting(), runtime.agenda.today()
        shown = self._shown(asked) if asked else None
        return TodayCard(
            due=len(today.reviews),
            minutes=max(1, round(today.minutes)) if today.reviews else 0,
            waiting=today.waiting,
            waits=shown is not None,
            open_skill=shown.skill if shown else "",
            open_pack=shown.pack_title if shown else "",
            next=self._next_of(runtime.agenda.last_pack()),
        )

    def _next_of(self, pack: str) -> NextSkill | None:
        return next_skill(self._runtime, self._runtime.agenda.next(Wanted(Aim.LEARN, pack), ""))

    def _example(self, posed: PosedQuestion) -> WorkedExample | None:
        """The item with other numbers, or the easiest other one of its skill, with its solution."""
        pack = self._runtime.items.pack(posed.pack)
        if pack is None or not posed.worked_example or posed.ending is not None:
            return None
        if posed.mode is PracticeMode.EXAM:  # there is no help in one
            return None
        item = pack.items[posed.item]
        if item.parametric:
            other = example_seed(item, posed.seed)
            return worked_example(instantiate(item, other)) if other is not None else None
        like = [it for it in pack.items.values() if it.skills[0] == item.skills[0] and it.id != item.id]
        easiest = min(like, key=lambda it: (it.picture is not None, it.difficulty, it.id), default=None)
        return worked_example(instantiate(easiest, 0)) if easiest else None


def example_seed(item: Item, asked: int) -> int | None:
    """A variant to show before the one that is asked: the last of many, since the next questions are the first ones."""
    seeds = reversed(distinct_seeds(item, _EXAMPLE_AMONG))
    return next((seed for seed in seeds if seed != asked), None)


def _most(posed: PosedQuestion) -> int:
    """How many questions its sitting has at most; 0 where there is no end to it."""
    if posed.mode is PracticeMode.EXAM:
        return EXAM_QUESTIONS
    return MOST_QUESTIONS if posed.purpose is Purpose.PLACEMENT else 0
