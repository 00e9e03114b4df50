"""A situation as the policy sees it: standings, abilities, pace, and the items of each skill, each worked out once."""

from enum import StrEnum

from engine.learner.logit import sigmoid
from engine.learner.mastery import DAY_MS, SkillRecord, lower_bound
from engine.learner.policy_rules import CURRENT, Rules
from engine.learner.situation import ItemFacts, Situation
from engine.learner.skill_state import PRIOR_MEAN, decayed, success

_STRUGGLING = 0.55
_SAILING = 0.90
_WINDOW = 2
_WIDE_WINDOW = 3
_SPINNING_ANSWERS = 10
_SPINNING_RIGHT = 2
_REST_QUESTIONS = 15


class Pace(StrEnum):
    """How it has been going, by the moving average of first attempts."""

    STRUGGLING = "struggling"
    STEADY = "steady"
    SAILING = "sailing"


class View:
    """One situation, prepared for the choice."""

    def __init__(self, situation: Situation, rules: Rules = CURRENT) -> None:
        self.situation = situation
        self.rules = rules
        self.records = {
            skill: situation.state.skill(situation.curriculum.pack, skill)
            for skill in situation.curriculum.skills
        }
        self.proficient = {skill: True for skill, record in self.records.items() if record.proficient}
        self.taken_as_known = {skill: True for skill, record in self.records.items() if record.taken_as_known}
        previous = situation.previous
        self.previous_item = previous.item if previous else None
        self.previous_skill = previous.results[0].skill if previous and previous.results else None
        self._items: dict[str, list[ItemFacts]] = {}
        for item in situation.items:
            self._items.setdefault(item.skills[0], []).append(item)

    @property
    def pace(self) -> Pace:
        """How it goes."""
        lately = self.situation.state.lately
        if lately < _STRUGGLING:
            return Pace.STRUGGLING
        return Pace.SAILING if lately > _SAILING else Pace.STEADY

    @property
    def window(self) -> int:
        """How many skills are practised side by side."""
        return _WIDE_WINDOW if self.situation.state.lately > self.rules.quick else _WINDOW

    def ref(self, skill: str) -> float:
        """Reference difficulty of a skill, in logits."""
        return self.situation.curriculum.ref(skill)

    def recall(self, skill: str) -> float:
        """What memory has kept of a skill, 0 to 1."""
        return self.situation.recall.get(skill, 1.0)

    def ability(self, skill: str) -> float:
        """Expected ability at a skill now, in logits: skill and learner together, less what was forgotten."""
        record = self.records.get(skill)
        mean = record.estimate.mean if record is not None else PRIOR_MEAN
        return decayed(mean, self.recall(skill)) + self.situation.state.general.mean

    def safety(self, skill: str) -> float:
        """How surely a known skill is still there, 0 to 1: a cautious view of the ability, and memory."""
        estimate = self.records[skill].estimate
        cautious = lower_bound(estimate, self.situation.state.general) - self.ref(skill)
        return sigmoid(cautious) * self.recall(skill)

    def predicted(self, item: ItemFacts) -> float:
        """Chance that the first attempt at ``item`` is right, 0 to 1; its weakest skill decides."""
        weakest = min(self.ability(skill) for skill in item.skills)
        return success(weakest, self.difficulty(item), item.guess)

    def difficulty(self, item: ItemFacts) -> float:
        """Difficulty of ``item`` for this learner, in logits."""
        return item.difficulty + self.situation.state.item(item.pack, item.item).shift

    def items(self, skill: str) -> list[ItemFacts]:
        """The items for a skill: not seen within a day, and never the one just seen, as far as that leaves any.

        An item with other skills is only fair when those are there.
        """
        fair = [
            item
            for item in self._items.get(skill, ())
            if all(other in self.proficient or other in self.taken_as_known for other in item.skills[1:])
        ]
        another = [item for item in fair if item.item != self.previous_item] or fair
        return [item for item in another if self._is_fresh(item)] or another

    def is_resting(self, skill: str) -> bool:
        """Whether a skill that goes nowhere is left alone for a while."""
        record = self.records[skill]
        if not is_spinning(record):
            return False
        if self.situation.now - record.last_at >= DAY_MS:
            return False
        if self.rules.rests_until_learned:
            return all((other.proficient_since or 0) <= record.last_at for other in self.records.values())
        return self.situation.state.questions - record.practised < _REST_QUESTIONS

    def _is_fresh(self, item: ItemFacts) -> bool:
        if item.parametric or item.last_used is None:
            return True
        return self.situation.now - item.last_used >= DAY_MS


def is_spinning(record: SkillRecord) -> bool:
    """Ten answers, not proficient, and of the last six no more than two right: more of the same will not help."""
    return (
        not record.proficient
        and record.answers >= _SPINNING_ANSWERS
        and sum(seen.right for seen in record.tries) <= _SPINNING_RIGHT
    )
