"""What the first page says of practice, and where its one click goes."""

import pytest

from tutor_app.services.practising import NextSkill, TodayCard
from tutor_app.views.home_practice import today_card

NEXT = NextSkill("org.example.plants", "Plants", "Say why", "leaf.colour", "new_skill")


def test_without_anything_to_practise_there_is_no_card() -> None:
    assert today_card(TodayCard()) is None


@pytest.mark.parametrize(
    ("today", "title", "aim"),
    [
        (TodayCard(due=9, minutes=6, next=NEXT), "Today: 9 due, about 6 min", "review"),
        (TodayCard(due=9, minutes=6, waits=True, open_skill="Say why", next=NEXT), "Continue", "open"),
        (TodayCard(next=NEXT), "Say why · Plants", "today"),
    ],
)
def test_the_card_says_what_one_click_begins(today: TodayCard, title: str, aim: str) -> None:
    card = today_card(today)
    assert card is not None
    assert (card.title, card.place.aim) == (title, aim)
