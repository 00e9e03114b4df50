"""What is done about a damaged learner's database: keep it, and go back to the newest good copy."""

from datetime import datetime

from engine.errors import StorageError
from engine.paths import DataPaths
from engine.storage.backup import STAMP, list_backups, restore, set_aside


def recover(paths: DataPaths, now: datetime) -> str:
    """Set the damaged file aside, restore the newest backup that is sound; says in words what was done.

    Without any backup the learner starts with an empty database; the damaged file is kept all the same.
    Nobody may have the database open.

    Raises:
        StorageError: the folder cannot be written to, or is full.
    """
    aside = paths.backups / f"damaged-{now.strftime(STAMP)}.db"
    for backup in list_backups(paths.backups):
        try:
            restore(backup.path, paths.learner_db, aside)
        except StorageError as error:
            if error.code in ("storage.full", "storage.read_only"):
                raise
            continue
        return (
            f"Your data was damaged, so the backup of {backup.made:%Y-%m-%d %H:%M} UTC was restored. "
            f"The damaged file is kept as {aside}."
        )
    set_aside(paths.learner_db, aside)
    paths.learner_db.unlink(missing_ok=True)
    return (
        "Your data was damaged and there was no backup, so a new file was begun. "
        f"The damaged file is kept as {aside}."
    )
