"""``llm-tutor bench learner``: the hot paths of practice, on a learner with a log of 100,000 events.

The log is made, not real: 25,000 questions of the starter packs, some years of practice, answered at random some
minutes apart, each posed, attempted twice and closed, as practice writes them. What is
measured is what the program does with it: from the file to the home screen, from nothing to all estimates, one choice
of a question, one check of an answer. Beside it, what would be done without snapshots (``replay_s``).
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.clock import milliseconds
from engine.content.item import Item
from engine.content.item_bank import ItemBank
from engine.content.pack_store import PackStore
from engine.errors import PackError
from engine.evaluation.bench_checks import check_p95_ms
from engine.ids import uuid7
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from engine.sync import outbox
from engine.sync.practice_events import AttemptGraded, Ending, PracticeMode, QuestionClosed, QuestionPosed
from engine.tutor.practice.agenda import Agenda, Aim, Wanted
from engine.tutor.practice.closing import guess_of
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.practice_store import PosedQuestion, PracticeStore, Status
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback
    from engine.storage.database import LearnerDatabase
    from engine.sync.event_types import LearningEvent

EVENTS = 100_000
_EVENTS_A_QUESTION = 4
_DECISIONS = 60
_START = datetime(2025, 9, 1, 8, tzinfo=UTC)
_BETWEEN = timedelta(minutes=4)
_SEED = 5


class _Now:
    """The moment after the last question."""

    def now(self) -> datetime:
        return _START + EVENTS // _EVENTS_A_QUESTION * _BETWEEN + timedelta(days=1)


def bench_learner(folder: Path, packs: Path, *, progress: "ProgressCallback") -> dict[str, object]:
    """All figures; the learner is made in ``folder``, the packs are those installed in ``packs``.

    Raises:
        PackError: no installed pack has questions.
    """
    bank = ItemBank(PackStore(packs))
    held = [(it.pack.info.id, item) for it in bank.packs() for item in it.items.values()]
    if not held:
        raise PackError("No installed pack has questions.", todo="Run 'llm-tutor prepare' first.")
    paths = DataPaths(folder)
    with open_learner_database(paths, _Now()) as database:
        _fill(database, held, progress)
        replay_s = _seconds(lambda: _agenda(database, bank).knowledge())  # keeps a snapshot
    with open_learner_database(paths, _Now()) as database:
        home_ms = 1000 * _median([_seconds(lambda: _home(database, bank)) for _ in range(5)])
        decisions = _decisions(_agenda(database, bank))
    return {
        "events": EVENTS,
        "decision_p95_ms": round(decisions, 2),
        "check_p95_ms": round(check_p95_ms(), 2),
        "home_ms": round(home_ms, 1),
        "replay_s": round(replay_s, 2),
    }


def _agenda(database: "LearnerDatabase", bank: ItemBank) -> Agenda:
    return Agenda(database, bank, LearningRecord(bank), _Now(), lambda _: 0)


def _home(database: "LearnerDatabase", bank: ItemBank) -> None:
    """What the home screen needs, by a program that has just been started."""
    agenda = _agenda(database, ItemBank(bank.store))
    agenda.today()
    agenda.last_pack()


def _decisions(agenda: Agenda) -> float:
    """95th percentile of a choice in a pack, in milliseconds, everything that is known being loaded."""
    packs = sorted(agenda.curricula)
    agenda.next(Wanted(Aim.LEARN, packs[0]), "warm")
    times = [
        _seconds(partial(agenda.next, Wanted(Aim.LEARN, packs[n % len(packs)]), "bench"))
        for n in range(_DECISIONS)
    ]
    return 1000 * sorted(times)[int(0.95 * len(times))]


def _fill(
    database: "LearnerDatabase", held: Sequence[tuple[str, Item]], progress: "ProgressCallback"
) -> None:
    rng = random.Random(_SEED)
    store, questions = PracticeStore(), EVENTS // _EVENTS_A_QUESTION
    with database.transaction() as connection:
        for n in range(questions):
            at = _START + n * _BETWEEN
            pack, item = held[rng.randrange(len(held))]
            evidence = _evidence(pack, item, at, rng)
            store.insert(connection, _posed(evidence))
            for event in _events(evidence):
                outbox.append(connection, event, now=at)
            if n % 1000 == 0:
                progress(Progress("Making a learner", n, questions, "questions"))


def _events(evidence: Evidence) -> Iterator["LearningEvent"]:
    """What is written while a question is answered."""
    yield QuestionPosed(
        evidence.question, evidence.pack, evidence.item, 0, evidence.purpose, PracticeMode.PRACTICE
    )
    yield AttemptGraded(evidence.question, "s1", 1, Verdict(Outcome.NOT_YET, Flaw.WRONG), 12.0)
    yield AttemptGraded(evidence.question, "s1", 2, Verdict(Outcome.RIGHT), 9.0)
    yield QuestionClosed(Ending.SOLVED, evidence)


def _posed(evidence: Evidence) -> PosedQuestion:
    return PosedQuestion(
        id=evidence.question,
        session="bench",
        posed=evidence.at,
        pack=evidence.pack,
        item=evidence.item,
        seed=0,
        purpose=evidence.purpose,
        mode=PracticeMode.PRACTICE,
        status=Status.CLOSED,
        ending=Ending.SOLVED,
        closed=evidence.at,
    )


def _evidence(pack: str, item: Item, at: datetime, rng: random.Random) -> Evidence:
    right = rng.random() < 0.75
    return Evidence(
        question=str(uuid7(at)),
        at=milliseconds(at),
        pack=pack,
        item=item.id,
        results=tuple(SkillResult(skill, 1.0 if right else 0.0, right) for skill in item.skills),
        difficulty=item.difficulty,
        guess=guess_of(item),
        purpose=Purpose.LEARN,
        seconds=rng.uniform(5, 90),
        expected_s=item.seconds,
        interleaved=rng.random() < 0.7,
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
