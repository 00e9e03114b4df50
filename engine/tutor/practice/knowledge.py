"""What is known of a learner after some event of the log, and how the next events change it. Pure.

Where the events come from is in ``learning_log``; how this is kept up to date, in ``learning_record``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.content.item import Item, ItemKind, Origin
from engine.content.item_bank import PackItems
from engine.learner import memory as memories
from engine.learner import replay as estimates
from engine.learner.curriculum import Curriculum, curriculum
from engine.learner.evidence import Evidence
from engine.learner.learner_state import LearnerState
from engine.learner.memory import MemoryState
from engine.learner.predictor import Predictor
from engine.learner.scheduler import Card, CardKind
from engine.tutor.practice.learning_log import ImportedMemory, LogPart, MainSkill, Position

RECENT = 30
"""How many of a pack's last questions are kept at hand: what a choice of the next one looks at."""
_FACT_KINDS = frozenset({ItemKind.TEXT, ItemKind.CLOZE})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the learner.

    Attributes:
        state: what the learner can do.
        memory: what the learner remembers.
        recent: the last evidence by pack, oldest first.
        skill: what the last question was about.
        position: the last event of learning that was read; None for none.
        events: how many events of learning there are up to it.
        void: ids of the questions that did not count.
        basis: what it was computed with, besides the events: curricula and parameters.
        predictor: of first attempts, as it is fitted to this learner.
    """

    state: LearnerState = field(default_factory=LearnerState)
    memory: MemoryState = field(default_factory=MemoryState)
    recent: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    skill: MainSkill | None = None
    position: Position | None = None
    events: int = 0
    void: frozenset[str] = frozenset()
    basis: str = ""
    predictor: Predictor = field(default_factory=Predictor)

    def latest(self, pack: str) -> tuple[Evidence, ...]:
        """The last evidence of ``pack``, oldest first."""
        return self.recent.get(pack, ())


@dataclass(frozen=True, slots=True)
class Ground:
    """What the events are read against: the packs as they are now.

    Attributes:
        curricula: by pack.
        facts: (pack, item) of the items that are remembered one by one.
    """

    curricula: Mapping[str, Curriculum]
    facts: frozenset[tuple[str, str]]


def ground_of(packs: Iterable[PackItems]) -> Ground:
    """What ``packs`` say."""
    held = list(packs)
    return Ground(
        {it.pack.info.id: curriculum(it.pack.info.id, it.skills, it.edges) for it in held},
        frozenset((it.pack.info.id, item.id) for it in held for item in it.items.values() if is_fact(item)),
    )


def is_fact(item: Item) -> bool:
    """Whether an item is one fact, asked in the same words each time, and so remembered on its own."""
    if item.parametric or len(item.steps) > 1:
        return False
    return item.origin is not Origin.AUTHOR or item.steps[0].kind in _FACT_KINDS


def folded(start: Knowledge, part: LogPart, ground: Ground) -> Knowledge:
    """``start`` with the part of the log after it. A question counts once, however often it was closed."""
    seen: set[str] = set()
    evidence = []
    for it in part.what:
        if isinstance(it, Evidence) and it.question not in seen and it.question not in start.memory.counted:
            seen.add(it.question)
            evidence.append(it)
    imported = {
        Card(CardKind.ITEM, it.pack, it.item): it.memory for it in part.what if isinstance(it, ImportedMemory)
    }
    memory = memories.with_imported(start.memory, imported) if imported else start.memory
    return replace(
        start,
        state=estimates.replay(evidence, ground.curricula, start=start.state),
        memory=memories.replay(evidence, ground.curricula, ground.facts, start=memory),
        recent=_recent(start.recent, evidence),
        skill=part.skill,
        position=part.position or start.position,
        events=start.events + part.events,
    )


def _recent(
    before: Mapping[str, tuple[Evidence, ...]], evidence: Sequence[Evidence]
) -> Mapping[str, tuple[Evidence, ...]]:
    new: dict[str, list[Evidence]] = {}
    for piece in reversed(evidence):
        latest = new.setdefault(piece.pack, [])
        if len(latest) < RECENT:
            latest.append(piece)
    return {
        **before,
        **{pack: (*before.get(pack, ()), *latest[::-1])[-RECENT:] for pack, latest in new.items()},
    }
