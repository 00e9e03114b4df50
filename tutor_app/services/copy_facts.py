"""What the window is told of the backups that are kept, and of cards that were written."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """One among the backups: when it was made, and its size."""

    made: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class CardsWritten:
    """How many questions of a pack are in a file, and how many had no place in it."""

    written: int
    left_out: int
