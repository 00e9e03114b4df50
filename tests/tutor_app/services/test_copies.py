"""Files that are written for outside."""

from pathlib import Path

import pytest

from engine.errors import StorageError
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from tests.engine.storage.profile import SteppingClock, ask, questions
from tutor_app.services.copies import BACKUP, EVERYTHING, CopiesService
from tutor_app.workers.workbench import Job, Workbench


@pytest.mark.parametrize("form", [BACKUP, EVERYTHING])
def test_no_copy_takes_the_place_of_the_data(tmp_path: Path, form: str) -> None:
    paths = DataPaths(tmp_path / "home")
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "old")
    workbench = Workbench(paths, models=False)
    with pytest.raises(StorageError, match="is the data that is in use"):
        CopiesService(workbench).export(Job(), str(paths.learner_db), form)
    workbench.close()
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["old"]
