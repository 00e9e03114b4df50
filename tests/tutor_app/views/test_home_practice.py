"""What the first page says of practice, and where its one click goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor_app.services.practising import NextSkill, TodayCard
from tutor_app.views.home_practice import HomePractice, today_card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

NEXT = NextSkill("org.example.plants", "Plants", "Say why", "leaf.colour", "new_skill")


def test_without_anything_to_practise_there_is_no_card() -> None:
    assert today_card(TodayCard()) is None


@pytest.mark.parametrize(
    ("today", "title", "aim"),
    [
        (TodayCard(due=9, minutes=6, next=NEXT), "Today: 9 due, about 6 min", "review"),
        (TodayCard(waits=True, open_skill="Say why", next=NEXT), "Continue", "open"),
        (
            TodayCard(due=9, minutes=6, waits=True, open_skill="Say why", next=NEXT),
            "Today: 9 due, about 6 min",
            "review",
        ),
        (TodayCard(next=NEXT), "Say why · Plants", "today"),
    ],
)
def test_the_card_says_what_one_click_begins(today: TodayCard, title: str, aim: str) -> None:
    card = today_card(today)
    assert card is not None
    assert (card.title, card.place.aim) == (title, aim)


def test_what_the_first_question_needs_is_loaded_once_before_the_click(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = HomePractice(context)
    qtbot.addWidget(home)
    called: list[str] = []
    monkeypatch.setattr(context.engine, "call", called.append)
    home._show(TodayCard())
    assert called == []
    home._show(TodayCard(next=NEXT))
    home._show(TodayCard(due=2, next=NEXT))
    assert called == ["practice.get_ready"]
