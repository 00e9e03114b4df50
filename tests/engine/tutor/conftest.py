"""A tutor for a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.tutor.small_tutor import SmallTutor, opened


@pytest.fixture
def quoting(tmp_path: Path) -> Iterator[SmallTutor]:
    """A tutor without a model."""
    with opened(tmp_path, None) as tutor:
        yield tutor
