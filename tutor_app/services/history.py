"""The conversations of a profile, and their turns a page at a time, the newest page first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor_app.services.turn_view import PackNames, shown_turn
from tutor_app.services.turns import ConversationEntry, TurnPage

if TYPE_CHECKING:
    from engine.tutor.conversation_store import Conversation, ConversationStore
    from tutor_app.workers.workbench import Job, Workbench


class HistoryService:
    """Reads and changes the list of conversations."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def conversations(self, _job: Job, search: str = "", limit: int = 200) -> tuple[ConversationEntry, ...]:
        """Those that contain ``search``: pinned ones first, then the latest."""
        store = self._store
        return tuple(_entry(store, one) for one in store.conversations(search=search, limit=limit))

    def turns(self, _job: Job, conversation: str, skip: int, limit: int) -> TurnPage:
        """``limit`` turns before the last ``skip`` ones.

        Raises:
            UsageError: there is no such conversation.
        """
        store = self._store
        found = store.conversation(conversation)
        stored = store.last_turns(conversation, skip + limit)
        wanted = stored[: max(0, len(stored) - skip)][-limit:] if limit else []
        names = PackNames(self._workbench.runtime.indexes)
        newest = stored[-1].id if stored else ""
        turns = tuple(shown_turn(turn, names, last=turn.id == newest) for turn in wanted)
        return TurnPage(conversation, found.title, turns, max(0, found.turns - skip - len(turns)))

    def text(self, _job: Job, conversation: str) -> str:
        """A whole conversation as Markdown."""
        lines: list[str] = []
        for turn in self._store.turns(conversation):
            lines += [f"**{turn.question}**", turn.outcome.answer]
        return "\n\n".join(line for line in lines if line)

    def rename(self, _job: Job, conversation: str, title: str) -> None:
        """Give it another title."""
        self._store.rename(conversation, title)

    def pin(self, _job: Job, conversation: str, pinned: bool) -> None:
        """Keep it at the top, or no longer."""
        self._store.pin(conversation, pinned=pinned)

    def delete(self, _job: Job, conversation: str) -> None:
        """Take it out of the list."""
        self._store.delete(conversation)

    def undelete(self, _job: Job, conversation: str) -> None:
        """Bring it back."""
        self._store.undelete(conversation)

    @property
    def _store(self) -> ConversationStore:
        return self._workbench.runtime.conversations


def _entry(store: ConversationStore, one: Conversation) -> ConversationEntry:
    last = store.last_turns(one.id, 1)
    question = last[0].question if last else ""
    return ConversationEntry(one.id, one.title, one.changed, one.pinned, question)
