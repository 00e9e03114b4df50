"""What another program knew is taken over into the log, once."""

from pathlib import Path

import pytest

from engine.clock import milliseconds
from engine.content.importers.imported_items import (
    Asked,
    ImportedItems,
    ItemCollector,
    PastInterval,
    PastReview,
)
from engine.learner.fsrs6 import DAY_MS, Rating, fsrs6
from engine.learner.scheduler import Card, CardKind
from engine.sync.practice_events import MemoryImported
from engine.tutor.practice.imported_memories import memories_of, record_memories
from tests.engine.tutor.practice.classroom import PACK, Classroom, bodies


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path)


def deck(now: int) -> ImportedItems:
    collector = ItemCollector("Deck")
    for name in ("seen", "planned", "new"):
        collector.add(Asked(name, "", f"{name}?", {"type": "number", "answer": {"value": "1"}}))
    collector.reviewed("seen", [PastReview(now - 2 * DAY_MS, 1), PastReview(now - 9 * DAY_MS, 3)])
    collector.reviewed("not taken over", [PastReview(now - DAY_MS, 3)])
    collector.planned("planned", PastInterval(10, 2.5, now - 4 * DAY_MS))
    return collector.result()


def test_reviews_are_replayed_and_an_interval_becomes_a_stability() -> None:
    now, model = 1_780_000_000_000, fsrs6()
    found = memories_of(deck(now), model, now=now)
    first = model.review(None, Rating.GOOD, at=now - 9 * DAY_MS, seen=now - 9 * DAY_MS)
    expected = model.review(first, Rating.AGAIN, at=now - 2 * DAY_MS, seen=now - 2 * DAY_MS)
    assert found["seen"] == expected
    assert (found["planned"].stability, found["planned"].last) == (10, now - 4 * DAY_MS)
    assert set(found) == {"seen", "planned"}


def test_reviews_that_are_still_to_come_do_not_count() -> None:
    now = 1_780_000_000_000
    assert memories_of(deck(now), fsrs6(), now=now - 10 * DAY_MS) == {}


def test_what_was_taken_over_is_known_and_a_second_time_changes_nothing(room: Classroom) -> None:
    imported = deck(milliseconds(room.clock.now()))
    assert record_memories(room.database, PACK, imported, room.clock) == 2
    assert record_memories(room.database, PACK, imported, room.clock) == 0
    told = [body for kind, body in bodies(room) if kind == MemoryImported.kind]
    assert [body["item"] for body in told] == ["seen", "planned"]
    cards = room.agenda.knowledge().memory.cards
    now = milliseconds(room.clock.now())
    assert cards[Card(CardKind.ITEM, PACK, "seen")] == memories_of(imported, fsrs6(), now=now)["seen"]


def test_another_pack_with_the_same_ids_has_memories_of_its_own(room: Classroom) -> None:
    imported = deck(milliseconds(room.clock.now()))
    record_memories(room.database, PACK, imported, room.clock)
    assert record_memories(room.database, "imported.other", imported, room.clock) == 2
