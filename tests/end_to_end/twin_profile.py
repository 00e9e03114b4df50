"""A second profile in which everything happened as in the first, but for one question that was never posed."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from engine.paths import DataPaths
from engine.storage.sqlite import OpenMode, connect

if TYPE_CHECKING:
    from pathlib import Path


def profile_without(question: str, paths: DataPaths, root: Path) -> DataPaths:
    """A copy of a profile that no window has open, in ``root``, with no trace of ``question`` and nothing computed."""
    shutil.copytree(paths.root, root, symlinks=True)
    twin = DataPaths(root)
    with closing(connect(twin.learner_db, mode=OpenMode.PRECIOUS)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        of_it = connection.execute("DELETE FROM events WHERE instr(body, ?)", (question,)).rowcount
        for table in ("hints", "attempts"):
            connection.execute(f"DELETE FROM {table} WHERE question = ?", (question,))
        connection.execute("DELETE FROM questions WHERE id = ?", (question,))
        connection.execute("DELETE FROM snapshots")
        connection.execute("COMMIT")
    assert of_it
    return twin
