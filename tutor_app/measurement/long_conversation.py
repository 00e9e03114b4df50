"""A conversation of many messages, and the text of a long answer, made from the words of an installed pack."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

from engine.clock import SystemClock
from engine.content.pack_store import PackStore
from engine.sentences import split_sentences
from engine.storage.database import open_learner_database
from engine.tutor.conversation_store import ConversationStore, TurnOutcome
from engine.tutor.recorder import Recorder
from engine.types import Act, AnswerMode, AnswerPart, Citation, TurnStatus

if TYPE_CHECKING:
    from pathlib import Path

    from engine.content.pack import Pack
    from engine.paths import DataPaths
    from engine.types import Passage

_PAGE_WORDS = 300


def some_pack(paths: DataPaths) -> Pack:
    """The first installed pack, with all its text."""
    store = PackStore(paths.packs)
    return store.content(store.installed()[0])


def keep_conversation(paths: DataPaths, pack: Pack, turns: int) -> str:
    """Store a conversation of ``turns`` questions and answers; returns its id."""
    with open_learner_database(paths, SystemClock()) as database:
        store = ConversationStore(database, SystemClock())
        recorder = Recorder(database, store, SystemClock())
        conversation: str | None = None
        for passage in islice(cycle(pack.passages), turns):
            turn = recorder.begin(conversation, f"What about {passage.title}?", AnswerMode.EXPLAIN)
            conversation = turn.conversation
            recorder.finish(turn, _outcome(pack.info.id, passage))
    return conversation or ""


def write_book(pack: Pack, pages: int, path: Path) -> None:
    """Write a Markdown book of about ``pages`` pages of 300 words."""
    words, lines = 0, []
    for number, passage in enumerate(cycle(pack.passages), 1):
        lines.append(f"## {number} {passage.title}\n\n{passage.text}\n")
        words += len(passage.text.split())
        if words > pages * _PAGE_WORDS:
            break
    path.write_text("\n".join(lines), encoding="utf-8")


def tokens(pack: Pack) -> list[str]:
    """A long answer in pieces of about a token."""
    text = " ".join(passage.text for passage in pack.passages[:12])
    return [f"{word} " for word in text.split()]


def _outcome(pack: str, passage: Passage) -> TurnOutcome:
    sentences = split_sentences(passage.text)[:3]
    return TurnOutcome(
        status=TurnStatus.ANSWERED,
        answer=" ".join(sentences),
        parts=tuple(AnswerPart(sentence, 1) for sentence in sentences),
        act=Act.EXPLAIN,
        citations=(Citation(pack, passage.id, passage.title, sentences[0] if sentences else ""),),
    )
