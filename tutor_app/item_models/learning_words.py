"""What the window says of skills, reviews and days: levels, what is missing, when something is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from engine.learner.mastery import Level, MissingKind
from engine.learner.trend import Direction
from tutor_app.i18n import tr, trn
from tutor_app.services.learning_facts import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.learner.mastery import Missing
    from tutor_app.services.learning_facts import CalibrationFacts, PractisedDay, ReviewDay, SkillFacts

_EVEN = 0.05
_DAYS_A_WEEK = 7


def level_name(level: Level) -> str:
    """The word for a level."""
    return {
        Level.NOT_STARTED: tr("Not started"),
        Level.ATTEMPTED: tr("Attempted"),
        Level.FAMILIAR: tr("Familiar"),
        Level.PROFICIENT: tr("Proficient"),
        Level.MASTERED: tr("Mastered"),
    }[level]


def level_meaning(level: Level) -> str:
    """What a level says, in a sentence."""
    return {
        Level.NOT_STARTED: tr("Nothing was answered about it yet."),
        Level.ATTEMPTED: tr("You have begun, and it does not always come out right yet."),
        Level.FAMILIAR: tr("Most of it comes out right."),
        Level.PROFICIENT: tr("You can do it. It is checked once more on another day."),
        Level.MASTERED: tr("You could still do it on another day, among other things."),
    }[level]


def missing_text(missing: Sequence[Missing], now: int) -> str:
    """What has yet to be shown before a skill counts as mastered; "" for nothing."""
    by_kind = {one.kind: one for one in missing}
    parts = []
    unaided, harder = by_kind.get(MissingKind.UNAIDED), by_kind.get(MissingKind.HARDER)
    if unaided is not None:
        parts.append(_unaided(unaided.count, harder=harder is not None))
    mixed = by_kind.get(MissingKind.MIXED_LATER)
    if mixed is not None:
        if not parts and mixed.not_before <= now:
            parts.append(tr("one more, mixed with other skills"))
        elif not parts:
            parts.append(tr("one more, mixed with other skills, from tomorrow on"))
        else:
            parts.append(tr("then one more on another day, mixed with other skills"))
    return tr("Still to show: {what}.", what="; ".join(parts)) if parts else ""


def _unaided(count: int, *, harder: bool) -> str:
    if harder and count == 1:
        return tr("one right without help, a harder one")
    if harder:
        return trn(
            "{n} right without help, a harder one",
            "{n} right in a row without help, one of them harder",
            count,
        )
    return trn("{n} right without help", "{n} right in a row without help", count)


def chance_text(chance: float) -> str:
    """A chance in words that need no per cents: "about 7 of 10"."""
    return tr("{n} of 10", n=min(9, max(1, round(chance * 10))))


def due_text(due: int, now: int) -> str:
    """When the next review is due (both in ms), in words: today, tomorrow, or a day."""
    when, today = _local(due), _local(now)
    ahead = (when - today).days
    if ahead <= 0:
        return tr("The next review is due today.")
    if ahead == 1:
        return tr("The next review is due tomorrow.")
    return tr("The next review is due on {day}.", day=day_text(when))


def day_text(day: date) -> str:
    """A day as the language writes it, without the year: "Tue 3 Nov"."""
    # Translators: how a day is written, in Qt's letters: ddd the day of the week, d the day, MMM the month.
    return QLocale().toString(QDate(day.year, day.month, day.day), tr("ddd d MMM"))


def long_day_text(day: date) -> str:
    """A day as ``day_text`` writes it, with its year: "Tue 3 Nov 2026"."""
    # Translators: in Qt's letters: ddd the day of the week, d the day, MMM the month, yyyy the year.
    return QLocale().toString(QDate(day.year, day.month, day.day), tr("ddd d MMM yyyy"))


def moment_text(at: int) -> str:
    """A past moment (ms): its day and time."""
    moment = datetime.fromtimestamp(at / 1000)  # noqa: DTZ006 - the learner's own time
    return f"{day_text(moment.date())}, {time_text(moment)}"


def time_text(moment: datetime) -> str:
    """The time of a day as the language writes it: "15:04", "3:04 PM"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def weekday_names() -> list[str]:
    """The days of the week in full, Monday first."""
    return [QLocale().standaloneDayName(day + 1) for day in range(_DAYS_A_WEEK)]


def skill_line(skill: SkillFacts) -> str:
    """A skill in a line, for a screen reader: its name, its level, whether it can be begun."""
    state = level_name(skill.level)
    if skill.level is Level.NOT_STARTED and not skill.ready:
        state = tr("Not started; something comes before it")
    return f"{skill.name}. {state}."


def trend_text(direction: Direction, answers: int) -> str:
    """What may be said of a trend."""
    if not answers:
        return tr("Nothing was practised yet.")
    return {
        Direction.NOT_ENOUGH: tr("After four sittings you see here where it is going."),
        Direction.STEADY: tr("It stays about the same. Ups and downs like these are chance."),
        Direction.IMPROVING: tr("It is getting better, and more than by chance."),
        Direction.DECLINING: tr(
            "Fewer come out right at once lately. New things do that; so does too much at a time."
        ),
    }[direction]


def calibration_text(found: CalibrationFacts) -> str:
    """Whether predictions came true, in a sentence."""
    if found.count < found.needed:
        return tr(
            "There is not enough data yet: {n} of {needed} predictions.", n=found.count, needed=found.needed
        )
    if abs(found.over) <= _EVEN:
        return tr("Questions come out as they were predicted.")
    points = round(abs(found.over) * 100)
    if found.over > 0:
        return tr(
            "Of 100 questions, {n} fewer come out right than was predicted. The next predictions allow for that.",
            n=points,
        )
    return tr(
        "Of 100 questions, {n} more come out right than was predicted. The next predictions allow for that.",
        n=points,
    )


def forecast_text(days: Sequence[ReviewDay]) -> str:
    """How many reviews are ahead, in a sentence."""
    reviews = sum(one.reviews for one in days)
    if not any(one.reviews or one.waiting for one in days):
        return tr("No reviews are ahead. They come when you have learned a skill.")
    minutes = max(1, round(sum(one.minutes for one in days) / max(1, sum(bool(one.reviews) for one in days))))
    ahead = trn(
        "In the next {days} days: {reviews}, about {n} minute on a day with reviews.",
        "In the next {days} days: {reviews}, about {n} minutes on a day with reviews.",
        minutes,
        reviews=reviews,
        days=len(days),
    )
    return f"{_of_today(days[0])} {ahead}"


def _of_today(day: ReviewDay) -> str:
    """What is planned for today, and what waits for another day."""
    waiting = trn(
        "{n} more waits for your next learning day.",
        "{n} more wait for your next learning days.",
        day.waiting,
    )
    if day.reviews:
        planned = trn("{n} review is planned for today.", "{n} reviews are planned for today.", day.reviews)
        return f"{planned} {waiting}" if day.waiting else planned
    if day.waiting:
        return trn(
            "Today is not one of your learning days: {n} review waits for the next one.",
            "Today is not one of your learning days: {n} reviews wait for the next one.",
            day.waiting,
        )
    return tr("No review is planned for today.")


def spent_text(days: Sequence[PractisedDay]) -> str:
    """How much time was spent, in a sentence."""
    practised = [one for one in days if one.questions]
    if not practised:
        return tr("Nothing was practised in the last {days} days.", days=len(days))
    return tr(
        "{minutes} minutes and {questions} questions on {n} of the last {days} days.",
        minutes=round(sum(one.minutes for one in practised)),
        questions=sum(one.questions for one in practised),
        n=len(practised),
        days=len(days),
    )


def result_text(result: Result) -> str:
    """What became of a question."""
    return {
        Result.RIGHT: tr("Right at once"),
        Result.HELPED: tr("Solved on the way"),
        Result.SHOWN: tr("Solution shown"),
        Result.MISSED: tr("Not yet"),
        Result.LEFT: tr("Put off"),
    }[result]


def _local(at: int) -> date:
    return datetime.fromtimestamp(at / 1000).date()  # noqa: DTZ006 - the learner's own day
