"""What another program knew of imported questions, told to the event log: one event for each card.

How a memory follows from reviews or an interval is in ``engine.learner.imported_memory``; how the log is folded, in
``learning_record``.
"""

from collections.abc import Mapping
from dataclasses import asdict

from engine.clock import Clock, milliseconds
from engine.content.importers.imported_items import ImportedItems
from engine.learner.fsrs6 import Fsrs6, Memory, Rating, fsrs6
from engine.learner.imported_memory import memory_from_interval, memory_from_reviews
from engine.storage.database import LearnerDatabase
from engine.sync import outbox
from engine.sync.practice_events import MemoryImported
from engine.tutor.practice.learning_log import read_body
from engine.tutor.practice.learning_record import fitted_parameters


def record_memories(database: LearnerDatabase, pack: str, imported: ImportedItems, clock: Clock) -> int:
    """Take over what is remembered of the items of ``pack``; returns of how many.

    A card that was taken over before keeps what it has, so that importing a file again changes nothing.

    Raises:
        StorageError: it could not be written; nothing of it is there then.
    """
    now = clock.now()
    with database.transaction() as connection:
        model = fsrs6(fitted_parameters(connection))
        known = {
            body.get("item")
            for event in outbox.all_events(connection)
            if event.kind == MemoryImported.kind
            and (body := read_body(event.kind, event.v, event.body))
            and body.get("pack") == pack
        }
        found = memories_of(imported, model, now=milliseconds(now))
        new = {item: memory for item, memory in found.items() if item not in known}
        for item, memory in new.items():
            outbox.append(connection, MemoryImported(pack, item, asdict(memory)), now=now)
    return len(new)


def memories_of(imported: ImportedItems, model: Fsrs6, *, now: int) -> Mapping[str, Memory]:
    """The memory of each item that was reviewed, as ``model`` has it. Reviews after ``now`` (ms UTC) are left out."""
    kept = {item["id"] for item in imported.items}
    found: dict[str, Memory] = {}
    for item, reviews in imported.reviews.items():
        past = [(review.at, Rating(review.rating)) for review in reviews if 0 < review.at <= now]
        memory = memory_from_reviews(past, model)
        if memory is not None:
            found[item] = memory
    for item, interval in imported.intervals.items():
        if 0 < interval.last <= now:
            found[item] = memory_from_interval(interval.days, interval.ease, model, last=interval.last)
    return {item: memory for item, memory in found.items() if item in kept}
