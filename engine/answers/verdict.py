"""What a checker says of an answer: right, not yet and in which way, or that it cannot tell."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Whether an answer is right.

    ``UNSURE`` and ``UNREADABLE`` are never counted as wrong: the first could not be decided in time, the second is no
    attempt at all. ``PARTLY`` is for answers of several parts of which some are right.
    """

    RIGHT = "right"
    NOT_YET = "not_yet"
    PARTLY = "partly"
    UNSURE = "unsure"
    UNREADABLE = "unreadable"


class Flaw(StrEnum):
    """In which way an answer is not right yet."""

    WRONG = "wrong"
    FORM = "form"  # the right value, not written as asked ("as a decimal")
    UNSIMPLIFIED = "unsimplified"
    SIGN = "sign"
    UNIT = "unit"  # the right number with another unit
    NO_UNIT = "no_unit"
    SPELLING = "spelling"
    ROUNDING = "rounding"
    INCOMPLETE = "incomplete"  # what is there is right, something is missing
    ORDER = "order"  # the right things in another order


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a check.

    Attributes:
        outcome: whether it is right.
        flaw: in which way it is not; None when right, unsure or unreadable.
        misconception: id of the misconception whose wrong answer it is; empty for none.
        right_parts: ids of the options, gaps, pairs or expectations that are right.
        message: for ``UNREADABLE``, what cannot be read, as a sentence; empty otherwise.
    """

    outcome: Outcome
    flaw: Flaw | None = None
    misconception: str = ""
    right_parts: tuple[str, ...] = ()
    message: str = ""
