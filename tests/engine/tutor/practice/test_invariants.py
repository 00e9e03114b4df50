"""The promises of practice (teaching.md, the end of section 4), kept by random learners whatever they do."""

from pathlib import Path

import pytest

from engine.tutor.practice import learning_record
from tests.engine.tutor.practice.traces import RandomLearner

LEARNERS = 24
THINGS = 60


@pytest.mark.parametrize("seed", range(LEARNERS))
def test_no_promise_is_broken(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 2 + seed % 5)
    learner = RandomLearner(tmp_path / "home", seed)
    learner.live(THINGS)
    learner.room.database.close()
