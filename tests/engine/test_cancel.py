"""A token is set by a person, by its parent or by its time limit."""

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled


class Seconds:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_new_token_lets_the_job_go_on() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    assert not token.timed_out


def test_a_cancelled_token_stops_the_job_and_stays_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()
    assert not token.timed_out


def test_the_limit_counts_from_the_making_of_the_token() -> None:
    clock = Seconds()
    token = CancelToken(5, monotonic=clock)
    clock.now = 104.9
    assert (token.cancelled, token.timed_out) == (False, False)
    clock.now = 105.0
    assert (token.cancelled, token.timed_out) == (True, True)


def test_a_person_who_stops_a_job_before_its_limit_is_not_called_a_time_out() -> None:
    clock = Seconds()
    token = CancelToken(5, monotonic=clock)
    token.cancel()
    clock.now = 200.0
    assert token.cancelled
    assert not token.timed_out


def test_a_parents_cancellation_and_limit_are_its_childrens_too() -> None:
    clock = Seconds()
    for end in ("cancel", "limit"):
        parent = CancelToken(5, monotonic=clock)
        child = CancelToken(50, parent=parent, monotonic=clock)
        grandchild = CancelToken(parent=child, monotonic=clock)
        assert (grandchild.cancelled, grandchild.timed_out) == (False, False)
        if end == "cancel":
            parent.cancel()
        else:
            clock.now += 6
        assert (grandchild.cancelled, grandchild.timed_out) == (True, False)  # its own limit it was not


def test_a_childs_end_is_not_its_parents() -> None:
    parent = CancelToken()
    child = CancelToken(parent=parent)
    child.cancel()
    assert not parent.cancelled
