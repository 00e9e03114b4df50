"""Automatic questions of a document can be practised, and do not count until they are proven; quiz me on this."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.content.installed_pack import InstalledFrom, InstalledPack, InstallRecord
from engine.content.item import Origin
from engine.content.item_bank import PackItems
from engine.content.item_json import read_item
from engine.content.pack import PackInfo
from engine.content.pack_store import PackStore
from engine.errors import UsageError
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.sync.practice_events import Judgement, PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.item_review import ItemReview
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.proof import answers_by_item
from engine.types import Skill
from tests.engine.content.lake import lake
from tests.engine.content.test_auto_items import made
from tests.engine.tutor.practice.classroom import (
    PACK,
    SITTING,
    Classroom,
    MemoryBank,
    adding,
    bodies,
    pack_items,
)

DOCUMENT = "local.lake"


def document_items() -> PackItems:
    items = [read_item(it) for it in made(lake())]
    info = PackInfo(DOCUMENT, "1.0.0", "A lake", origin="document")
    skills = tuple(Skill(it.id, it.title) for it in lake().sections)
    installed = InstalledPack(Path("nowhere"), InstallRecord(info, InstalledFrom.DOCUMENT, "1"))
    return PackItems(installed, skills, (), {it.id: it for it in items}, {})


class _TaughtBank(MemoryBank):
    """Knows what passages teach without a folder."""

    def skills_taught(self, pack: PackItems, passages: object) -> frozenset[str]:
        return frozenset({"double"}) if pack.pack.info.id == PACK else frozenset()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    sums = pack_items()
    taught = {**sums.items, "add-2": replace(sums.items["add-2"], passages=("p-1", "p-2"))}
    bank = _TaughtBank(document_items(), replace(sums, items=taught))
    classroom = Classroom(tmp_path / "home", bank=bank)
    yield classroom
    classroom.database.close()


def practise(room: Classroom) -> str:
    chosen = room.agenda.next(Wanted(Aim.LEARN, DOCUMENT), SITTING)
    assert chosen is not None
    room.solve(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))
    return chosen.item


def test_a_documents_questions_come_one_after_the_other_the_least_used_first(room: Classroom) -> None:
    count = len(room.bank.held[DOCUMENT].items)
    assert len({practise(room) for _ in range(count)}) == count
    assert practise(room) in room.bank.held[DOCUMENT].items


def test_they_say_nothing_about_mastery(room: Classroom) -> None:
    practise(room)
    (closed,) = [body for kind, body in bodies(room) if kind == "question.closed"]
    assert closed["weight"] == 0.0
    assert not any(pack == DOCUMENT for pack, _ in room.agenda.knowledge().state.skills)


def test_an_approved_one_counts_and_is_chosen_by_the_policy(room: Classroom) -> None:
    held = room.bank.held[DOCUMENT]
    first = next(iter(held.items.values()))
    room.bank.held[DOCUMENT] = replace(held, items={first.id: replace(first, approved=True)})
    chosen = room.agenda.next(Wanted(Aim.LEARN, DOCUMENT), SITTING)
    assert chosen is not None
    assert chosen.decision is not None
    room.solve(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))
    assert next(body for kind, body in bodies(room) if kind == "question.closed")["weight"] != 0.0


def reviewed(room: Classroom) -> ItemReview:
    return ItemReview(room.database, room.bank, room.clock)


def test_one_that_a_person_kept_counts_as_if_it_were_proven(room: Classroom) -> None:
    item = next(iter(room.bank.held[DOCUMENT].items))
    reviewed(room).judge(DOCUMENT, item, Judgement.KEPT)
    assert practise(room) == item, "the policy has one to choose now"
    assert next(body for kind, body in bodies(room) if kind == "question.closed")["weight"] != 0.0
    assert reviewed(room).judgements(DOCUMENT) == {item: Judgement.KEPT}


def test_one_that_was_dropped_is_asked_no_more_and_its_questions_do_not_count(room: Classroom) -> None:
    first = practise(room)
    before = room.agenda.knowledge()
    review = reviewed(room)
    review.judge(DOCUMENT, first, Judgement.DROPPED)
    assert room.agenda.knowledge().memory.cards == {}
    others = len(room.bank.held[DOCUMENT].items) - 1
    assert first not in {practise(room) for _ in range(others + 1)}
    after = room.agenda.knowledge().memory.cards
    review.judge(DOCUMENT, first, Judgement.OPEN)
    assert room.agenda.knowledge().memory.cards == {**before.memory.cards, **after}


def test_taking_it_back_brings_back_only_what_went_with_it(room: Classroom) -> None:
    item = practise(room)
    (posed,) = room.practice.sitting(SITTING)
    room.practice.void(posed.id, VoidReason.UNCLEAR)
    review = reviewed(room)
    review.judge(DOCUMENT, item, Judgement.DROPPED)
    review.judge(DOCUMENT, item, Judgement.KEPT)
    assert room.practice.sitting(SITTING)[0].status is Status.VOID
    with pytest.raises(UsageError):
        review.judge(DOCUMENT, "gone", Judgement.KEPT)


def test_a_proven_one_counts_from_then_on(room: Classroom) -> None:
    info = PackInfo(PACK, "1.0.0", "Sums")
    auto = replace(adding("add-auto"), origin=Origin.AUTO)
    room.bank.held[PACK] = replace(
        pack_items(),
        pack=InstalledPack(Path("nowhere"), InstallRecord(info, InstalledFrom.DOCUMENT, "2")),
        items={"add-auto": auto, "add-1": adding("add-1")},
    )
    for n in range(20):
        able = n % 2 == 0
        for item in ("add-1", "add-1", "add-1", "add-1", "add-1", "add-auto"):
            asked = room.pose(item, seed=n)
            if not able:
                room.miss(asked)
            room.solve(room.practice.open())
    closed = [body for kind, body in bodies(room) if kind == "question.closed" and body["item"] == "add-auto"]
    assert {body["weight"] for body in closed} == {0.0}
    room.solve(room.pose("add-auto", seed=99))
    assert [body for kind, body in bodies(room) if kind == "question.closed"][-1]["weight"] != 0.0


def test_a_beginner_is_led_to_a_course_and_not_to_a_document(room: Classroom) -> None:
    assert room.agenda.last_pack() == PACK


def test_quiz_me_takes_a_question_that_the_passage_teaches(room: Classroom) -> None:
    chosen = room.agenda.about(PACK, ["p-2"])
    assert chosen is not None
    assert (chosen.item, chosen.purpose) == ("add-2", Purpose.CHOSEN)


def test_else_one_of_the_skill_that_the_passage_teaches(room: Classroom) -> None:
    chosen = room.agenda.about(PACK, ["p-9"])
    assert chosen is not None
    assert room.bank.held[PACK].items[chosen.item].skills[0] == "double"


def test_about_a_document_it_takes_an_automatic_one_and_then_another(room: Classroom) -> None:
    first = room.agenda.about(DOCUMENT, ["p2"])
    assert first is not None
    assert room.bank.held[DOCUMENT].items[first.item].passages == ("p2",)
    room.solve(room.practice.pose(first, SITTING, PracticeMode.PRACTICE))
    second = room.agenda.about(DOCUMENT, ["p2"])
    assert second is not None
    assert second.item != first.item


def test_it_is_none_where_there_is_nothing(room: Classroom) -> None:
    assert room.agenda.about("gone", ["p-1"]) is None
    assert room.agenda.about(DOCUMENT, ["p9"]) is None


def test_an_answer_is_seen_beside_those_around_it() -> None:
    def one(item: str, *, right: bool) -> Evidence:
        result = SkillResult("s", 1.0 if right else 0.0, right)
        return Evidence("q", 0, "p", item, (result,), 0.0, 0.0, Purpose.LEARN, 1.0, 1.0)

    found = answers_by_item([one("a", right=True), one("x", right=True), one("a", right=False)])
    assert [(it.right, it.others) for it in found["x"]] == [(True, 0.5)]


def test_the_store_of_a_document_is_not_needed_to_practise_it(room: Classroom) -> None:
    assert isinstance(room.bank.store, PackStore)
    assert practise(room)
