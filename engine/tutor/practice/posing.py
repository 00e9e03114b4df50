"""Which item is to be posed, and why. Pure: everything that it depends on is in a ``PackMoment``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.content.item import Item, Origin
from engine.content.item_bank import PackItems
from engine.learner.adaptation import decide
from engine.learner.curriculum import Curriculum
from engine.learner.decision import Decision, Reason
from engine.learner.evidence import Evidence, Purpose
from engine.learner.placement import place
from engine.learner.situation import ItemFacts, Situation
from engine.tutor.practice.closing import guess_of
from engine.tutor.practice.learning_record import Knowledge


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question to be posed.

    Attributes:
        seed: for the item's variables.
        predicted: chance that the first attempt is right; None where nothing was predicted.
        decision: of the policy, if it was the policy's choice.
        worked_example: show one first.
    """

    pack: str
    item: str
    seed: int
    purpose: Purpose
    reason: Reason
    predicted: float | None = None
    decision: Decision | None = None
    worked_example: bool = False


@dataclass(frozen=True, slots=True)
class PackMoment:
    """What is known when a question of one pack is chosen.

    Attributes:
        uses: how often each item was posed, and when for the last time.
        history: the latest evidence of the pack, oldest first.
        seed: of the learner's profile; decides between equals.
        now: milliseconds since 1970-01-01 UTC.
        proven: ids of automatic items that may count.
    """

    items: PackItems
    graph: Curriculum
    knowledge: Knowledge
    uses: Mapping[str, tuple[int, int]]
    history: tuple[Evidence, ...]
    seed: int
    now: int
    proven: frozenset[str] = frozenset()

    @property
    def pack(self) -> str:
        """Id of the pack."""
        return self.items.pack.info.id

    def counts(self, item: Item) -> bool:
        """Whether an answer to ``item`` is evidence of mastery."""
        return item.origin is not Origin.AUTO or item.approved or item.id in self.proven


def by_policy(moment: PackMoment, *, wanted: str | None = None) -> Chosen | None:
    """What the policy proposes, for the skill ``wanted`` if it is given; None if the pack has nothing to ask."""
    return _decided(moment, decide(situation_of(moment, wanted=wanted)))


def placement(moment: PackMoment, asked: Sequence[Evidence]) -> Chosen | None:
    """The next question of a placement, after ``asked``; None when it is done."""
    return _decided(moment, place(situation_of(moment), asked))


def _decided(moment: PackMoment, decision: Decision | None) -> Chosen | None:
    if decision is None:
        return None
    choice = decision.choice
    return Chosen(
        moment.pack,
        choice.item,
        _next_seed(moment, choice.item),
        choice.purpose,
        choice.reason,
        choice.predicted,
        decision,
        choice.worked_example,
    )


def situation_of(moment: PackMoment, *, wanted: str | None = None) -> Situation:
    """The moment as the policy sees it."""
    memory = moment.knowledge.memory
    return Situation(
        moment.knowledge.state,
        moment.graph,
        tuple(_facts(moment, item) for item in moment.items.items.values() if moment.counts(item)),
        moment.history,
        {skill: memory.recall(moment.pack, skill, now=moment.now) for skill in moment.graph.skills},
        moment.seed,
        moment.now,
        wanted,
    )


def variant_of(moment: PackMoment, item: str) -> Chosen | None:
    """Another question like the one whose solution was shown: other numbers, or the nearest other item of the skill."""
    known = moment.items.items.get(item)
    if known is None or known.parametric:
        return _plain(moment, known, Purpose.RETRY, Reason.AFTER_MISSES)
    others = [it for it in _of_skill(moment, known.skills[0]) if it.id != item]
    nearest = min(
        others,
        key=lambda it: (moment.uses.get(it.id, (0, 0)), abs(it.difficulty - known.difficulty), it.id),
        default=None,
    )
    return _plain(moment, nearest, Purpose.RETRY, Reason.AFTER_MISSES)


def skill_check(moment: PackMoment, skill: str, purpose: Purpose, reason: Reason) -> Chosen | None:
    """A question that shows whether a skill is there: near its reference, the least used."""
    ref = moment.graph.ref(skill)
    best = min(
        _of_skill(moment, skill),
        key=lambda it: (moment.uses.get(it.id, (0, 0)), abs(it.difficulty - ref), it.id),
        default=None,
    )
    return _plain(moment, best, purpose, reason)


def fact_again(moment: PackMoment, item: str) -> Chosen | None:
    """The item itself once more; None if the pack no longer has it."""
    return _plain(moment, moment.items.items.get(item), Purpose.REVIEW, Reason.REVIEW)


def about_passages(
    moment: PackMoment, passages: Collection[str], skills: Collection[str] = ()
) -> Chosen | None:
    """A question about what was just read; None if the pack has none.

    First come items that are taught in one of ``passages``, then those of one of ``skills``, then automatic ones;
    among equals the least used, so that asking again brings another.
    """
    read = frozenset(passages)
    fitting = [it for it in moment.items.items.values() if read & set(it.passages) or it.skills[0] in skills]
    best = min(
        fitting,
        key=lambda it: (
            not moment.counts(it),
            not read & set(it.passages),
            moment.uses.get(it.id, (0, 0)),
            -len(read & set(it.passages)),
            abs(it.difficulty - moment.graph.ref(it.skills[0])),
            it.id,
        ),
        default=None,
    )
    return _plain(moment, best, Purpose.CHOSEN, Reason.CHOSEN)


def unproven(moment: PackMoment, *, wanted: str | None = None) -> Chosen | None:
    """The least used automatic item, for the skill ``wanted`` if it is given: practised on purpose, no evidence."""
    items = [
        it for it in moment.items.items.values() if not moment.counts(it) and wanted in (None, it.skills[0])
    ]
    # The order of the document where all were used equally often.
    best = min(items, key=lambda it: moment.uses.get(it.id, (0, 0)), default=None)
    return _plain(moment, best, Purpose.CHOSEN, Reason.CHOSEN)


def _of_skill(moment: PackMoment, skill: str) -> list[Item]:
    return [it for it in moment.items.items.values() if it.skills[0] == skill and moment.counts(it)]


def _plain(moment: PackMoment, item: Item | None, purpose: Purpose, reason: Reason) -> Chosen | None:
    return Chosen(moment.pack, item.id, _next_seed(moment, item.id), purpose, reason) if item else None


def _next_seed(moment: PackMoment, item: str) -> int:
    """Each time other values; the first time those that the pack's author tried first."""
    return moment.uses.get(item, (0, 0))[0]


def _facts(moment: PackMoment, item: Item) -> ItemFacts:
    used, last = moment.uses.get(item.id, (0, None))
    return ItemFacts(
        moment.pack,
        item.id,
        item.skills,
        item.difficulty,
        guess_of(item),
        item.steps[-1].kind.value,
        item.seconds,
        used,
        last,
        item.parametric,
    )
