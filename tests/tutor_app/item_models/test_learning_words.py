"""Levels, what is missing and when something is due, in words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from engine.learner.mastery import DAY_MS, Level, Missing, MissingKind
from engine.learner.trend import Direction
from tests.tutor_app.learner_facts import NOW, progress, skill
from tutor_app.item_models.learning_words import (
    calibration_text,
    chance_text,
    day_text,
    due_text,
    forecast_text,
    level_meaning,
    level_name,
    long_day_text,
    missing_text,
    skill_line,
    spent_text,
    trend_text,
    weekday_names,
)
from tutor_app.services.learning_facts import CalibrationFacts, ReviewDay

UNAIDED, HARDER, MIXED = MissingKind.UNAIDED, MissingKind.HARDER, MissingKind.MIXED_LATER


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            (Missing(UNAIDED, 2), Missing(HARDER, 1), Missing(MIXED, 1)),
            (
                "Still to show: 2 right in a row without help, one of them harder; then one more on another day,"
                " mixed with other skills."
            ),
        ),
        (
            (Missing(UNAIDED, 1), Missing(HARDER, 1)),
            "Still to show: one right without help, a harder one.",
        ),
        ((Missing(UNAIDED, 1),), "Still to show: 1 right without help."),
        ((Missing(UNAIDED, 3),), "Still to show: 3 right in a row without help."),
        (
            (Missing(MIXED, 1, NOW + DAY_MS),),
            "Still to show: one more, mixed with other skills, from tomorrow on.",
        ),
        ((Missing(MIXED, 1, NOW - 1),), "Still to show: one more, mixed with other skills."),
        ((), ""),
    ],
)
def test_what_is_missing_is_a_sentence(missing: tuple[Missing, ...], said: str) -> None:
    assert missing_text(missing, NOW) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(-5, "today"), (0, "today"), (1, "tomorrow"), (9, "on ")],
)
def test_a_review_is_due_today_tomorrow_or_on_a_day(ahead: int, said: str) -> None:
    assert f"is due {said}" in due_text(NOW + ahead * DAY_MS, NOW)


@pytest.mark.parametrize(("chance", "said"), [(0.0, "1 of 10"), (0.72, "7 of 10"), (1.0, "9 of 10")])
def test_a_chance_is_never_none_and_never_certain(chance: float, said: str) -> None:
    assert chance_text(chance) == said


def test_every_level_has_a_word_and_a_meaning_of_its_own() -> None:
    assert len({level_name(level) for level in Level}) == len(Level)
    assert len({level_meaning(level) for level in Level}) == len(Level)


def test_a_skill_that_cannot_be_begun_says_so() -> None:
    assert "something comes before it" in skill_line(skill("halve", 2, ("add",)))
    assert skill_line(skill("add", level=Level.MASTERED)) == "Add. Mastered."


def test_a_trend_is_only_named_where_there_is_enough() -> None:
    assert "After four sittings" in trend_text(Direction.NOT_ENOUGH, 3)
    assert trend_text(Direction.NOT_ENOUGH, 0) == "Nothing was practised yet."
    assert len({trend_text(direction, 30) for direction in Direction}) == len(Direction)


@pytest.mark.parametrize(
    ("count", "over", "said"),
    [
        (12, 0.0, "12 of 30"),
        (30, 0.04, "as they were"),
        (30, 0.12, "12 fewer come out right"),
        (30, -0.12, "12 more come out right"),
    ],
)
def test_predictions_are_judged_by_what_happened(count: int, over: float, said: str) -> None:
    assert said in calibration_text(CalibrationFacts(count, 30, over, ()))


def test_forecast_and_time_are_summed_up() -> None:
    found = progress()
    ahead = "In the next 30 days: 30, about 2 minutes on a day with reviews."
    assert forecast_text(found.forecast) == f"No review is planned for today. {ahead}"
    assert forecast_text(()) == "No reviews are ahead. They come when you have learned a skill."
    assert spent_text(found.spent) == "60 minutes and 60 questions on 24 of the last 30 days."
    assert spent_text(found.spent[-1:]) == "Nothing was practised in the last 1 days."


@pytest.mark.parametrize(
    ("reviews", "waiting", "said"),
    [
        (3, 0, "3 reviews are planned for today. In"),
        (1, 4, "1 review is planned for today. 4 more wait for your next learning days. In"),
        (0, 7, "Today is not one of your learning days: 7 reviews wait for the next one. In"),
        (0, 0, "No review is planned for today. In"),
    ],
)
def test_what_waits_today_is_said_with_what_is_planned(reviews: int, waiting: int, said: str) -> None:
    day = date(2026, 11, 28)
    days = (ReviewDay(day, reviews, 2.0 * reviews, waiting), ReviewDay(date(2026, 11, 30), 7, 14.0, 0))
    assert forecast_text(days).startswith(said)


def test_the_week_begins_on_monday() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    try:
        assert weekday_names()[0] == "Monday"
        assert len(weekday_names()) == 7
    finally:
        QLocale.setDefault(before)


def test_a_day_with_its_year_is_the_day_without_it_and_its_year() -> None:
    day = date(2026, 11, 28)
    assert long_day_text(day) == f"{day_text(day)} 2026"
