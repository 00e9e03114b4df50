"""Everything that is estimated about one learner, over all packs, and how it is kept.

The state is a value: ``replay.fold`` makes the next one from a piece of evidence. It turns into plain data and back
without loss, so that a snapshot saves replaying the whole log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.learner.mastery import SkillRecord, Try
from engine.learner.predictor import NEW_LEARNER, LearnerHistory, SkillHistory
from engine.learner.skill_state import LEARNER_PRIOR, Estimate

STATE_VERSION = 1

SkillKey = tuple[str, str]
"""(pack, skill)."""
ItemKey = tuple[str, str]
"""(pack, item)."""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What is known of an item from this learner: the correction to its author's difficulty (logits), and its use."""

    shift: float = 0.0
    answers: int = 0
    used: int = 0
    last_used: int = 0


@dataclass(frozen=True, slots=True)
class LearnerState:
    """One learner.

    Attributes:
        general: ability over all skills, in logits.
        history: what the predictor goes by.
        lately: moving average of first attempts, weight .15 for the newest; the success controller's input.
        long_run: the same with weight .01: the success of some hundred questions.
        questions: closed questions so far.
        skills: by (pack, skill).
        items: by (pack, item).
    """

    general: Estimate = LEARNER_PRIOR
    history: LearnerHistory = NEW_LEARNER
    lately: float = 0.7
    long_run: float = 0.7
    questions: int = 0
    skills: Mapping[SkillKey, SkillRecord] = field(default_factory=dict)
    items: Mapping[ItemKey, ItemRecord] = field(default_factory=dict)

    def skill(self, pack: str, skill: str) -> SkillRecord:
        """The record of a skill; an empty one where nothing was asked."""
        return self.skills.get((pack, skill), _NO_RECORD)

    def item(self, pack: str, item: str) -> ItemRecord:
        """The record of an item; an empty one where it was not used."""
        return self.items.get((pack, item), _UNUSED)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, in a fixed order."""
        return {
            "version": STATE_VERSION,
            "general": [self.general.mean, self.general.variance],
            "history": [self.history.average, self.history.right, self.history.wrong],
            "lately": self.lately,
            "long_run": self.long_run,
            "questions": self.questions,
            "skills": [[*key, *_skill_fields(self.skills[key])] for key in sorted(self.skills)],
            "items": [
                [*key, record.shift, record.answers, record.used, record.last_used]
                for key, record in sorted(self.items.items(), key=lambda entry: entry[0])
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "LearnerState | None":
        """The state that ``to_dict`` gave; None for data of another version, which has to be replayed."""
        if data.get("version") != STATE_VERSION:
            return None
        return cls(
            general=Estimate(*data["general"]),
            history=LearnerHistory(*data["history"]),
            lately=data["lately"],
            long_run=data["long_run"],
            questions=data["questions"],
            skills={(row[0], row[1]): _skill_record(row[2:]) for row in data["skills"]},
            items={(row[0], row[1]): ItemRecord(*row[2:]) for row in data["items"]},
        )


_NO_RECORD = SkillRecord()
_UNUSED = ItemRecord()


def _skill_fields(record: SkillRecord) -> list[object]:
    history = record.history
    return [
        [record.estimate.mean, record.estimate.variance],
        [history.average, history.lately, history.right, history.wrong, history.last],
        [[seen.right, seen.difficulty, seen.counts] for seen in record.tries],
        record.answers,
        record.streak,
        record.misses,
        record.tested_out,
        record.proficient_since,
        record.mastered,
        record.held_back,
        record.taken_as_known,
        record.last_at,
        record.practised,
    ]


def _skill_record(row: list[Any]) -> SkillRecord:
    estimate, history, tries, answers, streak, misses, tested_out, since, *flags = row
    mastered, held_back, known, last_at, practised = flags
    return SkillRecord(
        estimate=Estimate(*estimate),
        history=SkillHistory(*history),
        answers=answers,
        streak=streak,
        misses=misses,
        tries=tuple(Try(*seen) for seen in tries),
        tested_out=tested_out,
        proficient_since=since,
        mastered=mastered,
        held_back=held_back,
        taken_as_known=known,
        last_at=last_at,
        practised=practised,
    )
