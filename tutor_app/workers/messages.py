"""What the window and the engine's processes say to each other: small frozen values, pickled over pipes.

Both ends are this program, started by itself, on one computer and for one person.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """Run ``method`` ("service.name") with ``arguments``. ``number`` is chosen by the window, and unique."""

    number: int
    method: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the request with this number; it still ends with ``Finished`` or ``Failed``."""

    number: int


@dataclass(frozen=True, slots=True)
class Emitted:
    """Something on the way to the result: an event of a turn, or ``engine.types.Progress``."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a request, and its result."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something did not work, for a person to read.

    Attributes:
        what: one plain sentence: what happened.
        todo: one plain sentence: what to do next.
        code: of ``engine.errors``, or "cancelled", "bug" (ours), "crash" (the engine's process ended).
    """

    what: str
    todo: str = ""
    code: str = "error"


@dataclass(frozen=True, slots=True)
class Failed:
    """The end of a request that did not work."""

    number: int
    failure: Failure


Answer = Emitted | Finished | Failed
