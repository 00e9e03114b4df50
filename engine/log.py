"""Logging: to standard error, quiet by default, and never a learner's words."""

import logging
import sys


def configure_logging(*, verbose: bool) -> None:
    """Send the engine's log to standard error: warnings, or everything when ``verbose``."""
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )
    for noisy in ("httpx", "httpcore", "markdown_it", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
