"""Conversations, their turns and citations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.paths import DataPaths
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.tutor.conversation_store import ConversationStore
from engine.tutor.recorder import Recorder
from engine.types import AnswerMode
from tests.engine.storage.profile import ANSWERED, START, SteppingClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LearnerDatabase]:
    with open_learner_database(DataPaths(tmp_path), SteppingClock()) as opened:
        yield opened


@pytest.fixture
def recorder(database: LearnerDatabase) -> Recorder:
    clock = SteppingClock()
    return Recorder(database, ConversationStore(database, clock), clock)


@pytest.fixture
def store(recorder: Recorder) -> ConversationStore:
    return recorder.store


def _ask(
    recorder: Recorder, question: str, conversation: str | None = None, answer: str = "An answer."
) -> str:
    turn = recorder.begin(conversation, question, AnswerMode.EXPLAIN)
    recorder.finish(turn, replace(ANSWERED, answer=answer))
    return turn.conversation


def _titles(store: ConversationStore, search: str = "") -> list[str]:
    return [conversation.title for conversation in store.conversations(search=search)]


def test_a_new_profile_has_no_conversations(store: ConversationStore) -> None:
    assert store.conversations() == []


def test_the_one_asked_in_last_comes_first(recorder: Recorder, store: ConversationStore) -> None:
    first = _ask(recorder, "first")
    _ask(recorder, "second")
    assert _titles(store) == ["second", "first"]
    _ask(recorder, "again", first)
    assert _titles(store) == ["first", "second"]
    found = store.conversation(first)
    assert (found.title, found.turns, found.pinned) == ("first", 2, False)
    assert START < found.created < found.changed


def test_pinned_ones_come_before_all(recorder: Recorder, store: ConversationStore) -> None:
    first = _ask(recorder, "first")
    _ask(recorder, "second")
    store.pin(first, pinned=True)
    assert _titles(store) == ["first", "second"]
    assert store.conversation(first).pinned
    store.pin(first, pinned=False)
    assert _titles(store) == ["second", "first"]


@pytest.mark.parametrize(
    "search",
    ["Straße", "STRASSE", "été", "ÉTÉ", "100%", "a_b", "שלום", "🌱", "grün", "", "question 1"],
)
def test_search_finds_words_in_title_question_and_answer(
    recorder: Recorder, store: ConversationStore, search: str
) -> None:
    _ask(recorder, "Question 1 about Straße, 100% a_b", answer="L'été est grün. שלום 🌱")
    assert _titles(store, search) == ["Question 1 about Straße, 100% a_b"]


@pytest.mark.parametrize("search", ["100_", "a%b", "winter", "'", '"', "\udc80"])
def test_search_does_not_find_what_is_not_there(
    recorder: Recorder, store: ConversationStore, search: str
) -> None:
    _ask(recorder, "Question about Straße, 100% a_b")
    assert _titles(store, search) == []


def test_search_finds_a_later_question(recorder: Recorder, store: ConversationStore) -> None:
    conversation = _ask(recorder, "first")
    _ask(recorder, "Photosynthesis?", conversation)
    _ask(recorder, "other")
    assert _titles(store, "photosynthesis") == ["first"]
    assert store.conversations(search="photosynthesis")[0].turns == 2


def test_the_list_can_be_cut(recorder: Recorder, store: ConversationStore) -> None:
    for n in range(4):
        _ask(recorder, str(n))
    assert [conversation.title for conversation in store.conversations(limit=2)] == ["3", "2"]


def test_renaming_changes_the_title(recorder: Recorder, store: ConversationStore) -> None:
    conversation = _ask(recorder, "first")
    store.rename(conversation, "Plants")
    assert store.conversation(conversation).title == "Plants"


def test_deleting_can_be_undone(recorder: Recorder, store: ConversationStore) -> None:
    conversation = _ask(recorder, "first")
    before = store.conversation(conversation)
    store.delete(conversation)
    assert store.conversations() == []
    assert store.conversations(search="first") == []
    with pytest.raises(UsageError, match="no conversation"):
        store.conversation(conversation)
    store.undelete(conversation)
    assert store.conversation(conversation) == before


def test_asking_in_a_deleted_conversation_brings_it_back(
    recorder: Recorder, store: ConversationStore
) -> None:
    conversation = _ask(recorder, "first")
    store.delete(conversation)
    _ask(recorder, "more", conversation)
    assert _titles(store) == ["first"]


def test_purging_removes_what_was_deleted_long_ago_with_all_its_words(
    database: LearnerDatabase, recorder: Recorder, store: ConversationStore
) -> None:
    gone, recent, kept = (_ask(recorder, name) for name in ("gone", "recent", "kept"))
    store.delete(gone)
    clock = recorder.clock
    assert isinstance(clock, SteppingClock)
    clock.time += timedelta(days=40)
    store.delete(recent)
    assert store.purge(deleted_for=timedelta(days=30)) == 1
    store.undelete(recent)
    assert _titles(store) == ["kept", "recent"]
    assert store.turns(gone) == []
    assert store.turns(kept) != []
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM citations").fetchone() == (2,)
    with pytest.raises(UsageError):
        store.undelete(gone)


def test_changing_an_unknown_conversation_is_refused(store: ConversationStore) -> None:
    for change in (
        store.delete,
        store.undelete,
        store.conversation,
        lambda identifier: store.rename(identifier, "x"),
    ):
        with pytest.raises(UsageError):
            change("none")
    assert store.turns("none") == []


def test_turns_come_in_the_order_they_were_asked_whatever_the_clock_does(
    recorder: Recorder, store: ConversationStore
) -> None:
    conversation = _ask(recorder, "0")
    clock = recorder.clock
    assert isinstance(clock, SteppingClock)
    for n in range(1, 6):
        clock.time -= timedelta(days=1)
        _ask(recorder, str(n), conversation)
    assert [turn.question for turn in store.turns(conversation)] == ["0", "1", "2", "3", "4", "5"]
    assert [turn.question for turn in store.last_turns(conversation, 2)] == ["4", "5"]
    assert store.last_turns(conversation, 0) == []


def test_a_turn_is_read_back_whole(recorder: Recorder, store: ConversationStore) -> None:
    asked = recorder.begin(None, "Why do leaves look green?", AnswerMode.SIMPLER)
    citations = (*ANSWERED.citations, replace(ANSWERED.citations[0], passage="p-2", page=None, section=""))
    outcome = replace(ANSWERED, citations=citations)
    recorder.finish(asked, outcome)
    assert store.turns(asked.conversation) == [replace(asked, outcome=outcome)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=300) | st.text(st.characters(codec=None), max_size=50))
def test_any_text_can_be_asked_and_answered(recorder: Recorder, store: ConversationStore, text: str) -> None:
    conversation = _ask(recorder, text, answer=text)
    [turn] = store.turns(conversation)
    readable = text.encode("utf-8", "replace").decode()
    assert (turn.question, turn.outcome.answer) == (readable, readable)
    store.conversations(search=text)
