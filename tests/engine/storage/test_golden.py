"""Databases of every released schema open, come up to date and keep what is in them."""

import shutil
from pathlib import Path

import pytest

from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from engine.storage.migrations import SCHEMA_VERSION
from engine.sync import outbox
from engine.types import TurnStatus
from tests.engine.storage.profile import ANSWERED, SteppingClock, ask, is_sound, recorder

GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def test_there_is_a_golden_file_for_every_schema() -> None:
    names = sorted(file.name for file in GOLDEN.glob("*.db"))
    assert names == [f"learner_schema_{version}.db" for version in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.db")), ids=lambda path: path.stem)
def test_an_old_file_opens_with_all_that_is_in_it(golden: Path, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    shutil.copyfile(golden, paths.learner_db)
    with open_learner_database(paths, SteppingClock()) as database:
        assert database.notices == []
        assert is_sound(database)
        store = recorder(database, SteppingClock()).store
        titles = [conversation.title for conversation in store.conversations()]
        assert titles == ["Pinned: Γιατί; لماذا؟ 🌱", "Interrupted", "Why do leaves look green?"]
        turns = store.turns(store.conversations()[2].id)
        assert turns[0].outcome == ANSWERED
        assert [turn.outcome.status for turn in turns] == [TurnStatus.ANSWERED, *list(TurnStatus)[2:]]
        assert store.turns(store.conversations()[1].id)[0].outcome.status is TurnStatus.ASKED
        with database.reading() as connection:
            events = outbox.all_events(connection)
            pending = outbox.pending(connection)
        assert [event.seq for event in events] == list(range(1, 15))
        assert pending == events[2:]
        ask(database)
        with database.reading() as connection:
            newest = outbox.all_events(connection)[-1]
        assert (newest.dev, newest.seq) == (events[0].dev, 16)
