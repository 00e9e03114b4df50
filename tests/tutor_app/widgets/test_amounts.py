"""How much, in words."""

import pytest
from PySide6.QtCore import QLocale

from engine.types import Progress
from tutor_app.widgets.amounts import progress_text, size_text


@pytest.fixture(autouse=True)
def _english(qapp: object) -> None:
    QLocale.setDefault(QLocale("en"))


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "1 KB"), (38_400, "38 KB"), (999_999, "1,000 KB"), (43_000_000, "43 MB"), (1_240_000_000, "1.2 GB")],
)
def test_a_size_is_in_the_unit_that_fits(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (None, ""),
        (Progress("x", 3, None, "pages"), ""),
        (Progress("x", 12, 1_400, "pages"), "12 of 1,400 pages"),
        (Progress("x", 3, 7, "modules"), "3 of 7"),
        (Progress("x", 43_400_000, 98_362_432, "bytes"), "43 of 98 MB"),
        (Progress("x", 1_500_000_000, 2_497_280_736, "bytes"), "1.5 of 2.5 GB"),
        (Progress("x", 100, 38_000, "bytes"), "38 KB"),
    ],
)
def test_how_far_it_is(progress: Progress | None, text: str) -> None:
    assert progress_text(progress) == text
