"""A learner with a small pack: what the tests of practice drive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from engine.answers.answer import Answer, MistakeRule, Response
from engine.answers.check import check
from engine.answers.verdict import Verdict
from engine.content.installed_pack import InstalledFrom, InstalledPack, InstallRecord
from engine.content.item import Hints, Item, ItemKind, Misconception, Mistake, Option, Step
from engine.content.item_bank import ItemBank, PackItems
from engine.content.pack import PackInfo
from engine.content.pack_store import PackStore
from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.paths import DataPaths
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Agenda, Aim, Wanted
from engine.tutor.practice.asked import Asked
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice import Practice
from engine.types import Skill, SkillEdge

PACK = "org.example.sums"
SITTING = "sitting-1"
HINTS = Hints(
    "Look at both numbers.", "Sums are made by counting on.", "3 + 4 = 7.", "Count on from the first."
)


@dataclass
class HandClock:
    """A clock that is set by hand."""

    time: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def wait(self, seconds: float = 0, *, days: float = 0) -> None:
        self.time += timedelta(seconds=seconds, days=days)


def step(identifier: str, skill: str, value: str, ask: str = "") -> Step:
    return Step(
        identifier,
        skill,
        ask,
        ItemKind.NUMBER,
        {"value": value},
        hints=HINTS,
        solution=("Count on.",),
        mistakes=(Mistake("m.minus", {"value": "a - b"}),),
    )


def adding(identifier: str, *, skill: str = "add", difficulty: float = 0.0) -> Item:
    """a + b, with other numbers each time."""
    return Item(
        identifier,
        (skill,),
        "What is [[a]] + [[b]]?",
        (step("s1", skill, "a + b"),),
        difficulty=difficulty,
        seconds=20,
        variables={
            "a": tuple(map(Fraction, range(20, 60))),
            "b": tuple(map(Fraction, range(3, 12))),
        },
    )


def two_steps() -> Item:
    """First add, then double."""
    return Item(
        "double-1",
        ("double", "add"),
        "Add 20 and 4, then double it.",
        (step("first", "add", "24", "What is 20 + 4?"), step("last", "double", "48", "And doubled?")),
        variables={"a": (Fraction(20),), "b": (Fraction(4),)},
    )


def choosing() -> Item:
    options = (
        Option("sum", "A sum"),
        Option("product", "A product", "m.times"),
        Option("rest", "A difference"),
    )
    return Item(
        "name-1",
        ("add",),
        "What is 2 + 3 called?",
        (Step("s1", "add", "", ItemKind.CHOICE, "sum", options, hints=HINTS, solution=("A sum.",)),),
    )


def pack_items() -> PackItems:
    items = [
        *(adding(f"add-{n}", difficulty=d) for n, d in enumerate((-0.8, -0.4, 0.0, 0.2, 0.6, 0.9))),
        *(adding(f"double-add-{n}", skill="double", difficulty=d) for n, d in enumerate((-0.6, 0.0, 0.7))),
        two_steps(),
        choosing(),
    ]
    info = PackInfo(PACK, "1.0.0", "Sums")
    return PackItems(
        InstalledPack(Path("nowhere"), InstallRecord(info, InstalledFrom.STARTER, "0")),
        (Skill("add", "Add"), Skill("double", "Double")),
        (SkillEdge("add", "double", "requires"), SkillEdge("double", "add", "exercises", 0.5)),
        {item.id: item for item in items},
        {
            "m.minus": Misconception(
                "m.minus", "add", "Takes away.", "Did you put together or take away?", "p-1"
            )
        },
    )


class MemoryBank(ItemBank):
    """A bank with packs that are nowhere on the disk."""

    def __init__(self, *packs: PackItems) -> None:
        super().__init__(PackStore(Path("nowhere")))
        self.held: dict[str, PackItems] = {pack.pack.info.id: pack for pack in packs}

    def packs(self) -> list[PackItems]:
        return list(self.held.values())

    def pack(self, identifier: str) -> PackItems | None:
        return self.held.get(identifier)


class PlainChecker:
    """Checks in this process, and can be made to crash."""

    broken = False

    def check(self, answer: Answer, response: Response, mistakes: tuple[MistakeRule, ...] = ()) -> Verdict:
        if self.broken:
            raise RuntimeError("the program was killed")
        return check(answer, response, mistakes)


@dataclass
class Classroom:
    """Everything for one learner."""

    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    bank: MemoryBank = field(default_factory=lambda: MemoryBank(pack_items()))
    checker: PlainChecker = field(default_factory=PlainChecker)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.database: LearnerDatabase = open_learner_database(DataPaths(self.folder), self.clock)
        self.record = LearningRecord(self.bank)
        self.practice = Practice(self.database, self.bank, self.checker, self.clock)
        self.start_agenda()

    def start_agenda(self) -> None:
        self.agenda = Agenda(self.database, self.bank, self.record, self.clock, lambda _: 0)

    def restart(self) -> None:
        self.database.close()
        self.start()

    def pose(
        self,
        item: str,
        *,
        seed: int = 0,
        purpose: Purpose = Purpose.LEARN,
        mode: PracticeMode = PracticeMode.PRACTICE,
    ) -> Asked:
        return self.practice.pose(Chosen(PACK, item, seed, purpose, Reason.CONTINUE), SITTING, mode)

    def solve(self, asked: Asked | None = None) -> None:
        """Answer all that is asked, rightly."""
        asked = asked or self.practice.open()
        assert asked is not None
        while not asked.state.done:
            self.clock.wait(10)
            current = asked.state.steps[asked.state.current].step
            asked = self.practice.answer(current.id, right(asked, current.id)).asked

    def miss(self, asked: Asked, response: str = "999") -> None:
        self.clock.wait(10)
        self.practice.answer(asked.state.steps[asked.state.current].step.id, response)


def practise(room: Classroom, count: int) -> None:
    """Solve what comes next."""
    for _ in range(count):
        chosen = room.agenda.next(Wanted(Aim.LEARN, PACK), SITTING)
        assert chosen is not None
        room.solve(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))


def right(asked: Asked, step_id: str) -> Response:
    from engine.content.model_answer import model_response

    return model_response(next(it for it in asked.question.steps if it.id == step_id).answer)


def bodies(room: Classroom) -> list[tuple[str, Mapping[str, object]]]:
    """Kind and body of all events."""
    import json

    from engine.sync import outbox

    with room.database.reading() as connection:
        return [(event.kind, json.loads(event.body)) for event in outbox.all_events(connection)]
