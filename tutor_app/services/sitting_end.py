"""The end of a sitting: what was done, which skills are others now, what comes next and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import UserFacingError
from engine.learner.decision import Reason
from engine.learner.review_queue import coming
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.learning_log import latest_evidence
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.progress import levels, sitting_summary
from tutor_app.richtext.opening import opening
from tutor_app.services.practising import ChangedSkill, DoneQuestion, NextSkill, Summary
from tutor_app.services.question_view import result_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.content.item_bank import PackItems
    from engine.learner.evidence import Evidence
    from engine.runtime import Runtime
    from engine.tutor.practice.posing import Chosen

_MOST_IN_A_SITTING = 200
_LONGEST_TEXT = 90


def sitting_end(runtime: Runtime, session: str, now: int) -> Summary:
    """What a sitting was; what it has changed is told from the log, and so is the same after a restart.

    Args:
        runtime: the profile.
        session: id of the sitting.
        now: milliseconds since 1970-01-01 UTC.
    """
    agenda = runtime.agenda
    posed = [it for it in runtime.practice.sitting(session) if it.status is not Status.VOID]
    ids = {it.id for it in posed}
    with runtime.database.reading() as connection:
        evidence = [it for it in latest_evidence(connection, _MOST_IN_A_SITTING) if it.question in ids]
    after = levels(agenda.knowledge(), agenda.curricula)
    before = levels(agenda.knowledge_without(ids), agenda.curricula) if evidence else after
    what = sitting_summary(evidence, before, after)
    names = {skill.id: skill.name for pack in runtime.items.packs() for skill in pack.skills}
    changed = [(skill, level, True) for skill, level in what.raised]
    changed += [(skill, level, False) for skill, level in what.lowered]
    pack = runtime.items.pack(posed[-1].pack) if posed else None
    chosen = agenda.next(Wanted(Aim.LEARN, pack.pack.info.id), "") if pack else None
    other = chosen.decision.alternative if chosen and chosen.decision else None
    offers = (
        next_skill(runtime, chosen),
        _named(pack, other.skill, other.reason.value) if pack and other else None,
    )
    met = {(it.pack, result.skill) for it in evidence for result in it.results}
    sensible = [it for it in offers if it is not None and not _is_just_reviewed(it, met)]
    due_days, due_count = _due_next(runtime, now)
    missed = _missed(evidence)
    return Summary(
        session=session,
        mode=posed[-1].mode.value if posed else PracticeMode.PRACTICE.value,
        questions=what.questions,
        first_right=what.first_right,
        minutes=max(1, round(what.seconds / 60)) if what.questions else 0,
        changed=tuple(
            ChangedSkill(names.get(skill, skill), level, rose, missed=skill in missed)
            for skill, level, rose in changed
        ),
        done=tuple(_done(runtime, it.id) for it in posed if it.status is Status.CLOSED),
        next=sensible[0] if sensible else None,
        alternative=sensible[1] if len(sensible) > 1 else None,
        due_days=due_days,
        due_count=due_count,
    )


def next_skill(runtime: Runtime, chosen: Chosen | None) -> NextSkill | None:
    """The skill that a question was chosen for, and why; None for no question."""
    pack = runtime.items.pack(chosen.pack) if chosen else None
    if chosen is None or pack is None:
        return None
    skill = chosen.decision.choice.skill if chosen.decision else pack.items[chosen.item].skills[0]
    return _named(pack, skill, chosen.reason.value)


def _named(pack: PackItems, skill: str, reason: str) -> NextSkill:
    name = next((it.name for it in pack.skills if it.id == skill), skill)
    return NextSkill(pack.pack.info.id, pack.pack.info.title, name, skill, reason)


def _is_just_reviewed(offer: NextSkill, met: set[tuple[str, str]]) -> bool:
    """The policy reviews what is least sure, due or not: nobody is told that it is time for what was just answered."""
    return offer.reason == Reason.REVIEW.value and (offer.pack, offer.skill_id) in met


def _missed(evidence: Iterable[Evidence]) -> set[str]:
    """The skills of which nothing was right at once."""
    results = [result for it in evidence for result in it.results]
    return {it.skill for it in results} - {it.skill for it in results if it.first_right}


def _done(runtime: Runtime, question: str) -> DoneQuestion:
    try:
        asked = runtime.practice.asked(question)
    except UserFacingError:  # its item is gone from the pack
        return DoneQuestion(question, "", "left")
    pack, skill = runtime.items.pack(asked.posed.pack), asked.question.item.skills[0]
    name = next((it.name for it in pack.skills if it.id == skill), skill) if pack else skill
    text = asked.question.stem or asked.question.steps[0].ask
    return DoneQuestion(question, name, result_of(asked), opening(text, _LONGEST_TEXT))


def _due_next(runtime: Runtime, now: int) -> tuple[int | None, int]:
    """Days until the next review, and how many there are by then."""
    agenda = runtime.agenda
    schedule = agenda.schedule()
    dates = [at for at, _ in coming(agenda.reviewable(agenda.knowledge()), schedule, now=now)]
    if not dates:
        return None, 0
    day = schedule.routine.day
    first = day(dates[0])
    return max(0, first - day(now)), sum(day(at) <= first for at in dates)
