"""What the window is told of backups and of files that were written for outside."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """One among the backups: when it was made, and its size."""

    made: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds.

    Attributes:
        made: when it was made, if it has the name that backups are given.
        newest: when the last thing in it happened; None where nothing did.
        conversations: how many there are; deleted ones are not counted.
        questions: how many were asked in them.
        answers: how many were given in practice.
        bytes: size of the file.
    """

    made: datetime | None
    newest: datetime | None
    conversations: int
    questions: int
    answers: int
    bytes: int


@dataclass(frozen=True, slots=True)
class CardsWritten:
    """How many questions of a pack are in a file, and how many had no place in it."""

    written: int
    left_out: int
