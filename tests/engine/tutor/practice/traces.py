"""Random learners: each does whatever a front end lets them do, and looks at every moment whether a promise is broken.

The learner's own account of the open question (what was tried, which help was seen, and when) is kept apart from what
the program stores, so that the two can be compared. ``BREACHES`` of promises are assertion errors.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import UsageError
from engine.learner.evidence import Purpose
from engine.learner.mastery import Level
from engine.sync import outbox
from engine.sync.practice_events import Ending, PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.asked import Asked, Graded
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.progress import levels
from engine.tutor.practice.question_state import NextHelp
from tests.engine.tutor.practice.classroom import PACK, Classroom, right

CREDIT = (1.0, 0.6, 0.4, 0.0, 0.0, 0.0)
WORD = "zebra"
_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,127}|")
_ONE_ATTEMPT = (Purpose.PLACEMENT, Purpose.TEST_OUT)


@dataclass
class Own:
    """A learner's own account of one step."""

    level: int = 0
    since: float = 0.0
    tried: bool = False
    first: str = ""


@dataclass
class RandomLearner:
    """One learner; ``live`` does some things.

    Attributes:
        asked: the question on the screen.
        own: by step, what was done in it.
        shown: the item whose solution was shown last, until one like it came.
    """

    folder: Path
    seed: int
    room: Classroom = field(init=False)
    asked: Asked | None = None
    own: dict[str, Own] = field(default_factory=dict)
    past: list[str] = field(default_factory=list)
    shown: Asked | None = None
    surface: tuple[object, float] | None = None
    sitting: int = 0
    tells: int = 0
    _shown_at: float = 0.0
    mode: PracticeMode = PracticeMode.PRACTICE

    def __post_init__(self) -> None:
        self.room = Classroom(self.folder)
        self.rng = random.Random(self.seed)
        self._hurry()

    def live(self, things: int) -> None:
        for _ in range(things):
            (self._with_question if self.asked else self._between)()
            self._look_around()
        self._look_back()

    def _hurry(self) -> None:
        with self.room.database.reading() as connection:
            connection.execute("PRAGMA synchronous=OFF")

    def _between(self) -> None:
        chance = self.rng.random()
        if chance < 0.12:
            self._wait()
        elif chance < 0.2 and self.past:
            self._void(self.rng.choice(self.past))
        elif chance < 0.25:
            self.sitting += 1
            self.mode = self.rng.choice(list(PracticeMode))
        elif chance < 0.3:
            self._restart()
        else:
            self._next()

    def _with_question(self) -> None:
        self.room.clock.wait(self.rng.choice((0, 1, 4, 13, 125)))
        act = self.rng.choices(
            (self._answer_right, self._answer_wrong, self._answer_nonsense, self._help, self._tell),
            (8, 5, 1, 5, 2),
        )[0]
        chance = self.rng.random()
        if chance < 0.03:
            self._leave()
        elif chance < 0.05:
            self._void(self._open.posed.id)
        elif chance < 0.08:
            self._restart()
        elif chance < 0.1:
            self.room.clock.wait(-self.rng.choice((5, 4000)))
            self._forget_times()
        else:
            act()

    @property
    def _open(self) -> Asked:
        assert self.asked is not None
        return self.asked

    @property
    def _step(self) -> str:
        return self._open.state.steps[self._open.state.current].step.id

    @property
    def _silent(self) -> bool:
        return self._open.posed.mode is PracticeMode.EXAM or self._open.posed.purpose in _ONE_ATTEMPT

    def _next(self) -> None:
        aim = self.rng.choice(
            (Aim.TODAY, Aim.TODAY, Aim.LEARN, Aim.LEARN, Aim.SKILL, Aim.REVIEW, Aim.PLACEMENT)
        )
        skill = self.rng.choice(("add", "double")) if aim is Aim.SKILL else ""
        pack = "" if aim in (Aim.TODAY, Aim.REVIEW) else PACK
        wanted = Wanted(aim, pack, skill, self.mode)
        session = f"sitting-{self.sitting}"
        chosen = self.room.agenda.next(wanted, session)
        if self.rng.random() < 0.3:
            self._decide_again(wanted, session, chosen)
        if chosen is None:
            assert aim in (Aim.REVIEW, Aim.PLACEMENT)
            return
        asked = self.room.practice.pose(chosen, session, self.mode)
        self._check_retry(chosen, wanted, asked)
        now = self.room.clock.now().timestamp()
        surface = (asked.question.item.id, tuple(asked.question.values.items()))
        if self.surface is not None and 0 <= now - self.surface[1] < 86_000:
            assert self.surface[0] != surface, "one surface form twice in a row"
        self.surface = (surface, now)
        self.asked, self.tells = asked, 0
        self.own = {step.id: Own(since=now) for step in asked.question.steps}
        self.past.append(asked.posed.id)

    def _check_retry(self, chosen: Chosen, wanted: Wanted, asked: Asked) -> None:
        if self.shown is None or wanted.aim is Aim.PLACEMENT or self.mode is PracticeMode.EXAM:
            return
        assert chosen.purpose is Purpose.RETRY, "no retry after a solution"
        assert asked.question.item.skills[0] == self.shown.question.item.skills[0]
        assert asked.question.stem != self.shown.question.stem
        self.shown = None

    def _decide_again(self, wanted: Wanted, session: str, chosen: Chosen | None) -> None:
        before = self.room.agenda
        self.room.record = LearningRecord(self.room.bank)
        self.room.start_agenda()
        again = self.room.agenda.next(wanted, session)
        assert again == chosen, "a decision that cannot be made again"
        if chosen is not None and chosen.decision is not None:
            assert again is not None
            assert again.decision is not None
            assert again.decision.to_json() == chosen.decision.to_json()
        self.room.agenda = before

    def _answer_right(self) -> None:
        whole = self.rng.random() < 0.15
        step = self._open.question.steps[-1].id if whole else self._step
        self._answered(step, self.room.practice.answer(step, right(self._open, step)), "right")

    def _answer_wrong(self) -> None:
        step = self._step
        typed = "product" if self._open.question.item.id == "name-1" else str(self.rng.randrange(900, 999))
        self._answered(step, self.room.practice.answer(step, typed), "wrong")

    def _answer_nonsense(self) -> None:
        step = self._step
        typed = self.rng.choice((f"{WORD} + (", "\ud800\0", WORD * 50, "", "(" * 90))
        graded = self.room.practice.answer(step, typed)
        self._answered(step, graded, "" if not _is_decided(graded) else "wrong")

    def _answered(self, step: str, graded: Graded, how: str) -> None:
        own = self.own[step]
        if how:
            own.first = own.first or how
            own.tried = True
        if graded.help_given:
            assert not self._silent
            self._saw(step, graded.help_given)
        self._now(graded.asked, decided=how)

    def _help(self) -> None:
        step, own, now = self._step, self.own[self._step], self.room.clock.now().timestamp()
        try:
            given = self.room.practice.help()
        except UsageError:
            assert self._silent, "no help"
            return
        assert not self._silent, "help in an exam"
        if isinstance(given, NextHelp):
            assert not own.tried, "no help after an attempt"
            return
        level = given.state.steps[self._open.state.current].level
        dwelt = now - own.since >= (120 if level == 5 else 3)
        learns = self._open.posed.mode is PracticeMode.LEARN and own.first
        assert own.tried or dwelt or learns, f"level {level} without an attempt or time"
        assert level == own.level + 1, f"level {level} after {own.level}"
        self._saw(step, level)
        self._now(given)

    def _tell(self) -> None:
        step, own = self._step, self.own[self._step]
        try:
            given = self.room.practice.tell()
        except UsageError:
            assert self._silent, "no help"
            return
        assert not self._silent, "help in an exam"
        self.tells += 1
        if isinstance(given, NextHelp):
            assert own.level == 4
            assert self.tells < 3
            return
        level = given.state.steps[self._open.state.current].level
        learns = self._open.posed.mode is PracticeMode.LEARN
        assert level == 5 if self.tells >= 3 else level == own.level + 1 or (level == 5 and learns)
        self._saw(step, level)
        self._now(given)

    def _saw(self, step: str, level: int) -> None:
        own = self.own[step]
        own.level, own.since, own.tried = level, self.room.clock.now().timestamp(), False

    def _forget_times(self) -> None:
        """A clock that was set back says nothing about time to read; the program may ask for all of it."""
        for own in self.own.values():
            own.since = min(own.since, self.room.clock.now().timestamp())

    def _leave(self) -> None:
        before, asked = self.room.agenda.knowledge(), self._open
        self.room.practice.leave()
        missed = any(own.first == "wrong" for own in self.own.values())
        now = self.room.practice.asked(asked.posed.id)
        assert now.posed.status is (Status.CLOSED if missed else Status.DEFERRED)
        if missed:
            self._check_end(now, before)
        self.asked = None

    def _void(self, question: str) -> None:
        posed = self.room.practice.asked(question).posed
        if posed.status is Status.VOID and self.rng.random() < 0.7:
            self.room.practice.restore(question)
            with_solution = self.room.practice.asked(question).posed.ending is Ending.SHOWN
        else:
            self.room.practice.void(question, self.rng.choice(list(VoidReason)))
            with_solution = posed.ending is Ending.SHOWN
        if with_solution:
            self.shown = None  # which one was shown last may have changed
            self.sitting += 1
            self.room.clock.wait(days=1.1)
        if self.asked is not None and self.asked.posed.id == question:
            self.asked = None

    def _restart(self) -> None:
        open_before = self.asked
        self.room.restart()
        self._hurry()
        assert self.room.practice.open() == open_before, "a restart changed the question"

    def _wait(self) -> None:
        self.room.clock.wait(days=self.rng.choice((0.01, 0.4, 1, 3, 20)))
        if self.room.clock.now().timestamp() - self._shown_at >= 86_400:
            self.shown = None

    def _now(self, asked: Asked, *, decided: str = "") -> None:
        """What is on the screen after something was done."""
        ending = asked.posed.ending
        if self._silent and decided:
            over = decided == "wrong" or asked.state.done
            assert (ending is not None) == over, "one attempt, and on"
        if ending is None:
            self.asked = asked
            return
        self.asked = None
        if ending is Ending.SHOWN:
            self.shown, self._shown_at = asked, asked.posed.posed / 1000
        self._check_end(asked, self._before)

    def _check_end(self, asked: Asked, before: Knowledge) -> None:
        after = self.room.agenda.knowledge()
        evidence = after.latest(PACK)[-1]
        assert evidence.question == asked.posed.id
        for result in evidence.results:
            steps = [it.id for it in asked.question.steps if it.skill == result.skill]
            assert result.credit == min(self._credit(asked, step) for step in steps)
            assert result.first_right == (result.credit == 1.0)
        assert evidence.level == max(own.level for own in self.own.values())
        if evidence.level >= 3:
            order = list(Level)
            graphs = self.room.agenda.curricula
            was, now = levels(before, graphs), levels(after, graphs)
            for key in now:
                assert order.index(now[key]) <= max(1, order.index(was.get(key, Level.NOT_STARTED))), (
                    "bought mastery"
                )
                record, old = after.state.skill(*key), before.state.skill(*key)
                if key in before.state.skills:
                    assert record.estimate.mean <= old.estimate.mean
            for result in evidence.results:
                record = after.state.skill(PACK, result.skill)
                assert record.streak <= 1
                assert not record.tries[-1].right
            assert after.state.general.mean <= before.state.general.mean

    def _credit(self, asked: Asked, step: str) -> float:
        own = self.own[step]
        solved = next(it for it in asked.state.steps if it.step.id == step).solved
        return CREDIT[own.level] if solved and own.first != "wrong" else 0.0

    def _look_around(self) -> None:
        self._before = self.room.agenda.knowledge()
        with self.room.database.reading() as connection:
            (count,) = connection.execute("SELECT count(*) FROM questions WHERE status = 'open'").fetchone()
        assert count == (self.asked is not None), "not one question open"

    def _look_back(self) -> None:
        """At the end: the log holds no words, and says what is known, also without what was voided."""
        with self.room.database.transaction() as connection:
            events = outbox.all_events(connection)
            connection.execute("DELETE FROM snapshots")
        for event in events:
            assert WORD not in event.body
            assert all(map(_SHAPE.fullmatch, _texts(json.loads(event.body)))), event.body
        known = self.room.agenda.knowledge()
        with self.room.database.transaction() as connection:
            assert estimates(LearningRecord(self.room.bank).current(connection)) == estimates(known)
            for question in known.void:
                connection.execute(
                    "DELETE FROM events WHERE json_extract(body, '$.question') = ?", (question,)
                )
            connection.execute("DELETE FROM snapshots")
            never = LearningRecord(self.room.bank).current(connection)
        assert estimates(never) == estimates(known), "a voided question left a trace"


def estimates(known: Knowledge) -> tuple[object, ...]:
    """All that is known, to be compared."""
    return known.state.to_dict(), known.memory.to_dict(), known.recent


def _is_decided(graded: Graded) -> bool:
    return graded.verdict.outcome.value in ("right", "not_yet", "partly")


def _texts(body: object) -> list[str]:
    if isinstance(body, Mapping):
        return [text for part in body.values() for text in _texts(part)] + list(body)
    if isinstance(body, list):
        return [text for part in body for text in _texts(part)]
    return [body] if isinstance(body, str) else []
