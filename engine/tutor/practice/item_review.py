"""A person looks the automatic items of a document over: each is kept, dropped, or left as it is.

One that is kept counts from then on as if it were proven (``proof``). One that is dropped is asked no more, and its
questions are voided; taking that back lets those count again that were voided with it, and no others. The judgements
are events; an item's words are not in them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from engine.clock import Clock
from engine.content.item_bank import ItemBank, PackItems
from engine.errors import UsageError
from engine.ids import uuid7
from engine.storage.database import LearnerDatabase
from engine.storage.sqlite import Connection
from engine.sync import outbox
from engine.sync.practice_events import ItemJudged, Judgement, VoidReason
from engine.tutor.practice.learning_log import judgements, voided_because
from engine.tutor.practice.practice_store import PracticeStore, Status
from engine.tutor.practice.question_book import QuestionBook


class ItemReview:
    """Reads and writes judgements; see ``Practice`` for the arguments."""

    def __init__(
        self,
        database: LearnerDatabase,
        bank: ItemBank,
        clock: Clock,
        new_id: Callable[[datetime], UUID] = uuid7,
    ) -> None:
        self._database = database
        self._bank = bank
        self._clock = clock
        self._new_id = new_id
        self._store = PracticeStore()
        self._book = QuestionBook(bank, self._store, clock, new_id)

    def judgements(self, pack: str) -> Mapping[str, Judgement]:
        """What holds of the items of ``pack`` now; those that nobody judged are left out."""
        with self._database.reading() as connection:
            return judgements(connection, pack)

    def judge(self, pack: str, item: str, judgement: Judgement, *, by: str = "learner") -> None:
        """Say something of an item.

        Raises:
            UsageError: the pack has no such item.
        """
        found = self._bank.pack(pack)
        if found is None or item not in found.items:
            raise UsageError("That question is not there any more.", todo="Look through what is there.")
        with self._database.transaction() as connection:
            if judgements(connection, pack).get(item, Judgement.OPEN) is judgement:
                return
            event = ItemJudged(pack, item, judgement, by)
            outbox.append(connection, event, now=self._clock.now(), new_id=self._new_id)
            if judgement is Judgement.DROPPED:
                self._void_questions(connection, pack, item, by)
            else:
                self._restore_questions(connection, pack, item)

    def _void_questions(self, connection: Connection, pack: str, item: str, by: str) -> None:
        for posed in self._store.of_item(connection, pack, item):
            if posed.status is not Status.VOID:
                self._book.void(connection, posed, VoidReason.ITEM, by=by)

    def _restore_questions(self, connection: Connection, pack: str, item: str) -> None:
        with_it = voided_because(connection, VoidReason.ITEM)
        for posed in self._store.of_item(connection, pack, item):
            if posed.status is Status.VOID and posed.id in with_it:
                self._book.restore(connection, posed)


def without_dropped(connection: Connection, pack: PackItems) -> PackItems:
    """``pack`` without the items that were dropped."""
    judged = judgements(connection, pack.pack.info.id)
    if Judgement.DROPPED not in judged.values():
        return pack
    kept = {name: it for name, it in pack.items.items() if judged.get(name) is not Judgement.DROPPED}
    return replace(pack, items=kept)
