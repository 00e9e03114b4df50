"""Cancellation: one token a job, checked between small steps. No threads are killed."""

import threading
import time
from collections.abc import Callable

from engine.errors import Cancelled


class CancelToken:
    """Set once by whoever wants the job to stop, or by its time limit; read by the job.

    Args:
        limit_s: seconds after which the token counts as cancelled by itself; None for no limit.
        parent: a token whose cancellation is this one's too.
        monotonic: the clock of the limit, in seconds.
    """

    def __init__(
        self,
        limit_s: float | None = None,
        *,
        parent: "CancelToken | None" = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parent = parent
        self._event = threading.Event()
        self._monotonic = monotonic
        self._deadline = None if limit_s is None else monotonic() + limit_s

    def cancel(self) -> None:
        """Ask the job to stop. Safe from any thread, and more than once."""
        self._event.set()

    @property
    def timed_out(self) -> bool:
        """Whether this token's time limit, and not a person, ended the job."""
        return not self._stopped and self.cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the job should stop."""
        return self._stopped or (self._deadline is not None and self._monotonic() >= self._deadline)

    @property
    def _stopped(self) -> bool:
        return self._event.is_set() or (self._parent is not None and self._parent.cancelled)

    def check(self) -> None:
        """Raise ``Cancelled`` if the job should stop."""
        if self.cancelled:
            raise Cancelled
