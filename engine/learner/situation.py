"""All that a choice of the next question may depend on: frozen, so that the same situation gives the same choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.learner.curriculum import Curriculum
from engine.learner.evidence import Evidence
from engine.learner.learner_state import LearnerState


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a choice needs to know of an item.

    Attributes:
        pack: id of the pack.
        item: id of the item.
        skills: that it practises, the main one first; never empty.
        difficulty: in logits, as the pack says.
        guess: chance of a right answer without knowing anything, 0 to 1.
        kind: of the answer, as in the pack format.
        seconds: expected time.
        times_used: how often this learner met it.
        last_used: when last (ms); None for never.
        parametric: it has variants, so meeting it again is not meeting the same surface.
    """

    pack: str
    item: str
    skills: tuple[str, ...]
    difficulty: float
    guess: float = 0.1
    kind: str = ""
    seconds: float = 60.0
    times_used: int = 0
    last_used: int | None = None
    parametric: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The moment before a question.

    Attributes:
        state: what is known of the learner.
        curriculum: of the pack that is practised.
        items: of that pack that may be used.
        history: the learner's latest questions in the pack, oldest first; some 30 are enough.
        recall: by skill, what memory has kept (0 to 1); a skill that is missing counts as remembered.
        seed: decides between equals; the same for the same profile and pack.
        now: milliseconds since 1970-01-01 UTC.
        wanted: skill that the learner picked.
    """

    state: LearnerState
    curriculum: Curriculum
    items: tuple[ItemFacts, ...]
    history: tuple[Evidence, ...] = ()
    recall: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    now: int = 0
    wanted: str | None = None

    @property
    def turn(self) -> int:
        """Number of the question that comes next, from 1."""
        return self.state.questions + 1

    @property
    def previous(self) -> Evidence | None:
        """The question before this one."""
        return self.history[-1] if self.history else None
