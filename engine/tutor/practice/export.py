"""A learner's practice, for a file that another program reads."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from engine.content.item_bank import ItemBank
from engine.storage.database import LearnerDatabase
from engine.sync import outbox
from engine.tutor.export_file import ExportWatch, write_lines
from engine.tutor.practice.export_csv import attempt_lines
from engine.tutor.practice.export_xapi import statement_lines, statements
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.practice_log import Happened, happened


class PracticeExport(StrEnum):
    """The forms. Everything, with what was said, is written by ``engine.tutor.export``."""

    CSV = "csv"
    XAPI = "xapi"


def write_practice(
    database: LearnerDatabase,
    bank: ItemBank,
    form: PracticeExport,
    target: Path,
    watch: ExportWatch | None = None,
) -> int:
    """Write ``target``, replacing it only when it is whole; returns the number of rows or statements.

    Raises:
        StorageError: it cannot be read or written.
        Cancelled: it was stopped; no file is left.
    """
    return write_lines(target, _lines(database, bank, form, watch or ExportWatch())) - 1


def _lines(
    database: LearnerDatabase, bank: ItemBank, form: PracticeExport, watch: ExportWatch
) -> Iterator[str]:
    """One line more than there are rows or statements: the head of a table, the end of a list."""
    with database.reading() as connection:
        events = watch.over(outbox.all_events(connection), "Reading", outbox.count(connection))
        log = list(happened(connection, events))
    if form is PracticeExport.CSV:
        yield from watch.over(attempt_lines(log), "Writing", len(log))
    else:
        watched: Iterator[Happened] = watch.over(log, "Writing", len(log))
        yield from statement_lines(statements(watched, LearningRecord(bank).ground.curricula))
