"""A learner's practice, for a file that another program reads."""

from enum import StrEnum
from pathlib import Path

from engine.atomic import write_atomically
from engine.content.item_bank import ItemBank
from engine.storage.database import LearnerDatabase
from engine.tutor.practice.export_csv import attempts_as_csv
from engine.tutor.practice.export_xapi import statements, statements_as_json
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.practice_log import happened


class PracticeExport(StrEnum):
    """The forms. Everything, with what was said, is written by ``engine.tutor.export``."""

    CSV = "csv"
    XAPI = "xapi"


def write_practice(database: LearnerDatabase, bank: ItemBank, form: PracticeExport, target: Path) -> int:
    """Write ``target``, replacing it only when it is whole; returns the number of rows or statements.

    Raises:
        StorageError: it cannot be read or written.
    """
    with database.reading() as connection:
        log = list(happened(connection))
    if form is PracticeExport.CSV:
        text = attempts_as_csv(log)
        count = text.count("\n") - 1
    else:
        told = list(statements(log, LearningRecord(bank).ground.curricula))
        text, count = statements_as_json(told), len(told)
    write_atomically(target, text.encode())
    return count
