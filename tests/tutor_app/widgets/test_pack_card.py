"""A holding as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from tutor_app.services.holdings import Holding, HoldingKind, HoldingState
from tutor_app.widgets.pack_card import PackCard, kind_and_size, shortened

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

PLANTS = Holding("org.plants", "Plants", HoldingKind.PACK, HoldingState.READY, "About leaves.", passages=3)


def card(qtbot: QtBot, theme: Theme, holding: Holding, *, managed: bool = True) -> PackCard:
    made = PackCard(theme, holding, managed=managed)
    qtbot.addWidget(made)
    made.show()
    return made


def names(made: PackCard) -> list[str]:
    return [button.accessibleName() for button in made.findChildren(QAbstractButton)]


def texts(made: PackCard) -> list[str]:
    return [label.text() for label in made.findChildren(QLabel) if label.text()]


def test_every_button_says_what_it_is_for(qtbot: QtBot, theme: Theme) -> None:
    made = card(qtbot, theme, PLANTS)
    assert names(made) == ["Ask in “Plants”", "Read “Plants”", "Details of “Plants”", "Remove “Plants”"]
    assert "Course pack, 3 passages" in texts(made)


def test_elsewhere_than_in_the_library_it_is_not_managed(qtbot: QtBot, theme: Theme) -> None:
    assert names(card(qtbot, theme, PLANTS, managed=False)) == ["Ask in “Plants”", "Read “Plants”"]


def test_a_damaged_one_can_only_be_removed(qtbot: QtBot, theme: Theme) -> None:
    damaged = Holding("org.plants", "org.plants", HoldingKind.PACK, HoldingState.DAMAGED)
    made = card(qtbot, theme, damaged)
    assert names(made) == ["Remove “org.plants”"]
    assert "Its files cannot be read. Remove it, then add it again." in texts(made)
    with qtbot.waitSignal(made.removed) as caught:
        made.findChildren(QAbstractButton)[0].click()
    assert caught.args == [damaged]


def test_one_without_its_vectors_says_so_in_words(qtbot: QtBot, theme: Theme) -> None:
    words = Holding("local.1", "Notes", HoldingKind.DOCUMENT, HoldingState.WORDS, passages=1)
    assert "For now, ask with words from the text." in texts(card(qtbot, theme, words))
    assert kind_and_size(words) == "Document, 1 passage"


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Short.", 20, "Short."),
        ("One sentence. Another one that is long.", 20, "One sentence."),
        ("One very long sentence without an end", 20, "One very long …"),
        ("Donaudampfschifffahrtsgesellschaft", 20, "Donaudampf …"),
    ],
)
def test_a_long_text_ends_with_a_sentence_or_a_word(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
