"""Practice in words: why a question comes, what kind of not-yet an answer is, what a level is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor_app.i18n import dotted, tr, trn

if TYPE_CHECKING:
    from tutor_app.services.practising import NextSkill, Summary

_SOON_DAYS = 2


def reason_sentence(reason: str) -> str:
    """Why a question or a skill comes now; "" for a reason that needs no words."""
    return {
        "new_skill": tr("New. You know everything you need for it."),
        "continue": tr("You have begun it, and are not there yet."),
        "show_it": tr("That went well. One more, to be sure."),
        "after_misses": tr("One more of this kind, with time to look at it."),
        "check_prerequisite": tr("Something underneath may be missing."),
        "easy_win": tr("Something that you know, for a breather."),
        "review": tr("You know it. It is time to see it again."),
        "confirm": tr("You can do it. Does it still go well on another day?"),
        "test_out": tr("It goes so well that you may skip ahead."),
        "verify": tr("You seem to know it. One question to make sure."),
        "chosen": tr("You chose this."),
        "placement": tr("This shows best what you already know."),
    }.get(reason, "")


def reply_kind(outcome: str, flaw: str) -> str:
    """The kind of an answer in a word or two."""
    if outcome == "right":
        return tr("Right")
    if outcome in ("unsure", "unreadable"):
        return tr("Does not count")
    kind = {
        "form": tr("the form"),
        "unsimplified": tr("simplify"),
        "sign": tr("the sign"),
        "unit": tr("the unit"),
        "no_unit": tr("the unit"),
        "spelling": tr("spelling"),
        "rounding": tr("rounding"),
        "incomplete": tr("incomplete") if outcome == "partly" else "",
        "order": tr("the order"),
    }.get(flaw, "")
    if outcome == "partly" and not kind:
        return tr("Partly right")
    return tr("Not yet: {kind}", kind=kind) if kind else tr("Not yet")


def level_name(level: str) -> str:
    """What a level of a skill is called."""
    return {
        "not_started": tr("not started"),
        "attempted": tr("attempted"),
        "familiar": tr("familiar"),
        "proficient": tr("proficient"),
        "mastered": tr("mastered"),
    }.get(level, level)


def hint_name(level: int) -> str:
    """What help of a level is called: it says what it is, not which one of how many."""
    return {
        1: tr("Where to look"),
        2: tr("The rule"),
        3: tr("Another one like it"),
        4: tr("A step on the way"),
    }.get(level, tr("Help"))


def due_line(due: int, minutes: int) -> str:
    """What is due today."""
    return trn(
        "Today: {n} due, about {minutes} min", "Today: {n} due, about {minutes} min", due, minutes=minutes
    )


def next_review(summary: Summary) -> str:
    """When reviews are due next; "" where there is nothing to review."""
    days = summary.due_days
    if days is None:
        return ""
    count = summary.due_count
    if days == 0:
        return trn("{n} review is due today.", "{n} reviews are due today.", count)
    if days < _SOON_DAYS:
        return trn("{n} review is due tomorrow.", "{n} reviews are due tomorrow.", count)
    return trn("{n} review is due in {days} days.", "{n} reviews are due in {days} days.", count, days=days)


def next_line(following: NextSkill) -> str:
    """A skill and its pack in one line."""
    return dotted(following.skill, following.pack_title)


def result_name(result: str) -> str:
    """How a question went."""
    return {
        "right": tr("right at once"),
        "helped": tr("right in the end"),
        "missed": tr("not yet"),
    }.get(result, tr("put off"))
