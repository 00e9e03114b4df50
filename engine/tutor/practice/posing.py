"""Which item is to be posed, and why. Pure: everything that it depends on is in a ``PackMoment``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.content.instance import values_of
from engine.content.item import Item, Origin, Value
from engine.content.item_bank import PackItems
from engine.errors import ExpressionError, PackError
from engine.learner.adaptation import decide
from engine.learner.curriculum import Curriculum
from engine.learner.decision import Decision, Reason
from engine.learner.evidence import Evidence, Purpose
from engine.learner.mastery import DAY_MS
from engine.learner.placement import place
from engine.learner.situation import ItemFacts, Situation
from engine.tutor.practice.closing import guess_of
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.practice_store import NEVER_USED, ItemUse, Status

_SEEDS = 40


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
        uses: how each item that was ever posed was used.
        history: the latest evidence of the pack, oldest first.
        seed: of the learner's profile; decides between equals.
        now: milliseconds since 1970-01-01 UTC.
        proven: ids of automatic items that may count.
    """

    items: PackItems
    graph: Curriculum
    knowledge: Knowledge
    uses: Mapping[str, ItemUse]
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

    def use(self, item: Item) -> ItemUse:
        """How ``item`` was used so far."""
        return self.uses.get(item.id, NEVER_USED)

    def often(self, item: Item) -> tuple[int, int]:
        """How often and when last, to put the least used first."""
        return self.use(item)[:2]

    @property
    def set_aside(self) -> frozenset[str]:
        """Ids of items that come last: bad ones, and the one just asked if it was put off or has but one form."""
        aside = {item for item, use in self.uses.items() if use.status is Status.VOID}
        latest = max(self.uses, key=lambda item: self.uses[item].number, default="")
        known = self.items.items.get(latest)
        if known is not None and self.now - self.uses[latest].last < DAY_MS:
            use = self.uses[latest]
            if use.status is Status.DEFERRED or _seed_of_others(known, use) is None:
                aside.add(latest)
        return frozenset(aside)

    def askable(self) -> list[Item]:
        """The items that count; without those set aside, where their skill has others."""
        counting = [item for item in self.items.items.values() if self.counts(item)]
        aside = self.set_aside
        if not aside:
            return counting
        rest = {item.skills[0] for item in counting if item.id not in aside}
        return [item for item in counting if item.id not in aside or item.skills[0] not in rest]


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
        _next_seed(moment, moment.items.items[choice.item]),
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
        tuple(_facts(moment, item) for item in moment.askable()),
        moment.history,
        {skill: memory.recall(moment.pack, skill, now=moment.now) for skill in moment.graph.skills},
        moment.seed,
        moment.now,
        wanted,
    )


def variant_of(moment: PackMoment, item: str) -> Chosen | None:
    """Another question like the one whose solution was shown: other numbers, or the nearest other item of the skill."""
    known = moment.items.items.get(item)
    if known is None:
        return None
    if known.parametric and _seed_of_others(known, moment.use(known)) is not None:
        return _plain(moment, known, Purpose.RETRY, Reason.AFTER_MISSES)
    others = [it for it in _of_skill(moment, known.skills[0]) if it.id != item]
    nearest = min(
        others,
        key=lambda it: (moment.often(it), abs(it.difficulty - known.difficulty), it.id),
        default=None,
    )
    return _plain(moment, nearest, Purpose.RETRY, Reason.AFTER_MISSES)


def skill_check(moment: PackMoment, skill: str, purpose: Purpose, reason: Reason) -> Chosen | None:
    """A question that shows whether a skill is there: near its reference, the least used."""
    ref = moment.graph.ref(skill)
    best = min(
        _of_skill(moment, skill),
        key=lambda it: (moment.often(it), abs(it.difficulty - ref), it.id),
        default=None,
    )
    return _plain(moment, best, purpose, reason)


def fact_again(moment: PackMoment, item: str) -> Chosen | None:
    """The item itself once more; None if the pack no longer has it."""
    return _plain(moment, moment.items.items.get(item), Purpose.REVIEW, Reason.REVIEW)


def about_passages(
    moment: PackMoment, passages: Sequence[str], skills: Collection[str] = ()
) -> Chosen | None:
    """A question about what was just read; None if the pack has none.

    First come items that are taught in one of ``passages``, then those of one of ``skills``, then automatic ones;
    among equals the least used, so that asking again brings another, then those that are taught in more of
    ``passages``, then in an earlier one.
    """
    read, aside = frozenset(passages), moment.set_aside
    rank = {passage: at for at, passage in reversed(list(enumerate(passages)))}
    fitting = [it for it in moment.items.items.values() if read & set(it.passages) or it.skills[0] in skills]
    best = min(
        fitting,
        key=lambda it: (
            not moment.counts(it),
            it.id in aside,
            not read & set(it.passages),
            moment.often(it),
            -len(read & set(it.passages)),
            min((rank[passage] for passage in read & set(it.passages)), default=0),
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
    aside = moment.set_aside
    # The order of the document where all were used equally often.
    best = min(items, key=lambda it: (it.id in aside, moment.often(it)), default=None)
    return _plain(moment, best, Purpose.CHOSEN, Reason.CHOSEN)


def _of_skill(moment: PackMoment, skill: str) -> list[Item]:
    return [it for it in moment.askable() if it.skills[0] == skill]


def _plain(moment: PackMoment, item: Item | None, purpose: Purpose, reason: Reason) -> Chosen | None:
    return Chosen(moment.pack, item.id, _next_seed(moment, item), purpose, reason) if item else None


def _next_seed(moment: PackMoment, item: Item) -> int:
    """Each time other values; the first time those that the pack's author tried first."""
    use = moment.use(item)
    found = _seed_of_others(item, use)
    return use.seed + 1 if found is None else found


def _seed_of_others(item: Item, use: ItemUse) -> int | None:
    """The next seed whose values are not those that the item had last; None for an item that has no others."""
    if use.seed < 0 or not item.parametric:
        return use.seed + 1 if use.seed < 0 else None
    last = _values(item, use.seed)
    for seed in range(use.seed + 1, use.seed + 1 + _SEEDS):
        if (values := _values(item, seed)) and values != last:
            return seed
    return None


def _values(item: Item, seed: int) -> Mapping[str, Value]:
    """Nothing, where the seed gives no values."""
    try:
        return values_of(item, seed)
    except (PackError, ExpressionError):
        return {}


def _facts(moment: PackMoment, item: Item) -> ItemFacts:
    use = moment.use(item)
    return ItemFacts(
        moment.pack,
        item.id,
        item.skills,
        item.difficulty,
        guess_of(item),
        item.steps[-1].kind.value,
        item.seconds,
        use.times,
        use.last or None,
        item.parametric,
    )
