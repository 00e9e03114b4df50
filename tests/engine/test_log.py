"""The log goes to standard error and is quiet unless asked for."""

import contextlib
import logging
from collections.abc import Iterator

import pytest

from engine.log import configure_logging


@contextlib.contextmanager
def _without_handlers() -> Iterator[None]:
    """Logging as in a new process; the test runner's own handlers come back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogger("httpx").level
    root.handlers = []
    yield
    root.handlers, level, httpx_level = before
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(httpx_level)


@pytest.mark.parametrize(("verbose", "shown"), [(False, ["warned"]), (True, ["told", "warned"])])
def test_only_warnings_are_shown_unless_asked_for_more(
    capsys: pytest.CaptureFixture[str], *, verbose: bool, shown: list[str]
) -> None:
    with _without_handlers():
        configure_logging(verbose=verbose)
        logging.getLogger("engine.somewhere").info("told")
        logging.getLogger("engine.somewhere").warning("warned")
        logging.getLogger("httpx").info("GET https://example.org/?q=words")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.rpartition(": ")[2] for line in printed.err.splitlines()] == shown
