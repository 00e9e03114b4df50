"""What is told of a pack beside the library."""

from __future__ import annotations

import pytest

from tutor_app import i18n
from tutor_app.services.holdings import Holding, HoldingDetails, HoldingKind, HoldingState
from tutor_app.widgets.pack_details import facts


@pytest.mark.parametrize(
    ("window", "title", "told"),
    [("en", "Language", "English, German, tlh"), ("de", "Sprache", "Englisch, Deutsch, tlh")],
)
def test_languages_are_named_in_the_windows(window: str, title: str, told: str) -> None:
    holding = Holding("org.plants", "Plants", HoldingKind.PACK, HoldingState.READY)
    details = HoldingDetails(holding, "folder", "1.0.0", (), "", ("en", "de", "tlh"), "", {}, 1000)
    i18n.install(i18n.load(window))
    try:
        assert dict(facts(details))[title] == told
    finally:
        i18n.install(i18n.load("en"))
