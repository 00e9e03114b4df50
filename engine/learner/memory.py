"""What a learner remembers, folded from the evidence: one clock for each fact, one for each skill.

A fact card is one item, asked the same way again. A skill's clock runs on all items that practise it, and on items of
skills that exercise it: an "exercises" edge of weight w passes on w of a review (``Fsrs6.practise``). A failure blames
the skill that failed and no other; a known fact that was forgotten is a lapse of its card alone.

Replaying the log with another question left out, or with refitted parameters, is exact. Elsewhere: how able the learner
is (``replay``), when a card is due (``scheduler``).
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from engine.learner.counted import NONE_COUNTED, Counted
from engine.learner.curriculum import Curriculum
from engine.learner.evidence import Evidence
from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Memory, Parameters, Rating, elapsed_days, fsrs6
from engine.learner.grade import item_rating, rating
from engine.learner.scheduler import Card, CardKind

MEMORY_VERSION = 2

_LEAST_WEIGHT = 0.5
_PACE_STEP = 0.05
_PACE_LIMIT = math.log(4)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """All memories of one learner.

    Attributes:
        parameters: of FSRS-6; other ones need a replay.
        cards: by card.
        latest: the latest time in the log, milliseconds UTC.
        pace: logarithm of the learner's usual time / the expected time.
        counted: ids of the questions that are in.
    """

    parameters: Parameters = DEFAULTS
    cards: Mapping[Card, Memory] = field(default_factory=dict)
    latest: int = 0
    pace: float = 0.0
    counted: Counted = NONE_COUNTED

    def skill(self, pack: str, skill: str) -> Memory | None:
        """The memory of a skill, None where nothing was asked."""
        return self.cards.get(Card(CardKind.SKILL, pack, skill))

    def recall(self, pack: str, skill: str, *, now: int) -> float:
        """The chance that a skill is remembered at ``now``; 1 where nothing was asked, so that nothing decays."""
        memory = self.skill(pack, skill)
        return 1.0 if memory is None else fsrs6(self.parameters).recall_at(memory, now)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, in a fixed order."""
        return {
            "version": MEMORY_VERSION,
            "model": "fsrs-6",
            "parameters": list(self.parameters),
            "cards": [[*card, *astuple(self.cards[card])] for card in sorted(self.cards)],
            "latest": self.latest,
            "pace": self.pace,
            "counted": self.counted.to_text(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "MemoryState | None":
        """The state that ``to_dict`` gave; None for data of another version, which has to be replayed."""
        if data.get("version") != MEMORY_VERSION:
            return None
        return cls(
            parameters=tuple(data["parameters"]),
            cards={Card(CardKind(row[0]), row[1], row[2]): Memory(*row[3:]) for row in data["cards"]},
            latest=data["latest"],
            pace=data["pace"],
            counted=Counted.from_text(data["counted"]),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One review as a memory saw it, which is what parameters are fitted to.

    Attributes:
        card: whose memory.
        at: when, milliseconds UTC.
        days: whole days since the last one, 0 for the first.
        rating: how it went.
        share: 1 for a review, less for practice that counts in part.
    """

    card: Card
    at: int
    days: int
    rating: Rating
    share: float = 1.0


def fold(
    state: MemoryState,
    evidence: Evidence,
    curricula: Mapping[str, Curriculum],
    facts: Collection[tuple[str, str]] = (),
) -> MemoryState:
    """``state`` after ``evidence``; the same state if its question is already in.

    Args:
        state: before it.
        evidence: the next piece of the log.
        curricula: by pack; a pack that is not there has no edges.
        facts: (pack, item) of the items that are fact cards.
    """
    return replay([evidence], curricula, facts, start=state)


def replay(
    evidence: Iterable[Evidence],
    curricula: Mapping[str, Curriculum],
    facts: Collection[tuple[str, str]] = (),
    *,
    start: MemoryState | None = None,
) -> MemoryState:
    """The state after all of ``evidence``, in the log's order, from ``start`` or from nothing."""
    under_way = _UnderWay(start or MemoryState(), curricula, facts)
    for piece in evidence:
        under_way.take(piece)
    return under_way.state()


def steps(
    evidence: Iterable[Evidence],
    curricula: Mapping[str, Curriculum],
    facts: Collection[tuple[str, str]] = (),
    *,
    start: MemoryState | None = None,
) -> list[Step]:
    """Every review that ``evidence`` holds, in the log's order; it does not depend on the parameters.

    Cards that ``start`` holds are left out: what happened to them before is not known.
    """
    begun = start or MemoryState()
    under_way = _UnderWay(begun, curricula, facts)
    return [step for piece in evidence for step in under_way.take(piece) if step.card not in begun.cards]


def with_imported(state: MemoryState, memories: Mapping[Card, Memory]) -> MemoryState:
    """``state`` with memories that another program kept. A card that has a memory here keeps it."""
    latest = max((memory.seen for memory in memories.values()), default=0)
    return replace(state, cards={**memories, **state.cards}, latest=max(state.latest, latest))


class _UnderWay:
    """A state while it is being changed: the mapping is copied once, not for each piece."""

    def __init__(
        self,
        state: MemoryState,
        curricula: Mapping[str, Curriculum],
        facts: Collection[tuple[str, str]],
    ) -> None:
        self._start = state
        self._model = fsrs6(state.parameters)
        self._curricula = curricula
        self._facts = frozenset(facts)
        self._no_curriculum = Curriculum("")
        self._cards = dict(state.cards)
        self._counted = set[str]()
        self._latest = state.latest
        self._pace = state.pace
        self._usual = math.exp(state.pace)

    def state(self) -> MemoryState:
        """The state as it now is. The mapping is handed over: take no more evidence after this."""
        return replace(
            self._start,
            cards=self._cards,
            latest=self._latest,
            pace=self._pace,
            counted=self._start.counted.with_more(self._counted),
        )

    def take(self, evidence: Evidence) -> list[Step]:
        """Change the state by one piece of evidence; returns the reviews that it was."""
        question = evidence.question
        if question in self._counted or question in self._start.counted:
            return []
        self._counted.add(question)
        self._set_clock(evidence.at)
        graph = self._curricula.get(evidence.pack, self._no_curriculum)
        card = Card(CardKind.ITEM, evidence.pack, evidence.item)
        known = card in self._cards
        done = list(self._item(card, evidence, graph))
        if evidence.weight >= _LEAST_WEIGHT:
            done += self._skills(evidence, graph, known=known)
            self._keep_pace(evidence)
        return done

    def _set_clock(self, at: int) -> None:
        """What came before in the log was not later than ``at``, whatever the clock said then."""
        if at < self._latest - DAY_MS:
            for card, memory in self._cards.items():
                if memory.last > at:
                    self._cards[card] = replace(memory, last=at)
        self._latest = max(self._latest, at)

    def _item(self, card: Card, evidence: Evidence, graph: Curriculum) -> Iterator[Step]:
        """The fact's own clock. It runs on automatic items too; an answer guessed at speed leaves it as it is."""
        if (evidence.pack, evidence.item) not in self._facts or 0 < evidence.weight < _LEAST_WEIGHT:
            return
        ref = max((graph.ref(result.skill) for result in evidence.results), default=0.0)
        grade = item_rating(evidence, ref=ref, pace=self._usual)
        if grade is not None:
            yield self._review(card, grade, evidence.at)

    def _skills(self, evidence: Evidence, graph: Curriculum, *, known: bool) -> Iterator[Step]:
        """The clocks of the skills, and of those that they exercise."""
        direct = {result.skill for result in evidence.results}
        for result in evidence.results:
            grade = rating(evidence, result, ref=graph.ref(result.skill), pace=self._usual)
            failed = grade is Rating.AGAIN
            if not (failed and known):
                yield self._review(Card(CardKind.SKILL, evidence.pack, result.skill), grade, evidence.at)
            for target, share in () if failed else graph.exercised.get(result.skill, ()):
                exercised = Card(CardKind.SKILL, evidence.pack, target)
                memory = None if target in direct else self._cards.get(exercised)
                if memory is not None and (days := elapsed_days(memory, evidence.at)) > 0:
                    self._cards[exercised] = self._model.practise(memory, share, at=evidence.at)
                    yield Step(exercised, evidence.at, days, Rating.GOOD, share)

    def _review(self, card: Card, grade: Rating, at: int) -> Step:
        memory = self._cards.get(card)
        self._cards[card] = self._model.review(memory, grade, at=at, seen=self._latest)
        return Step(card, at, 0 if memory is None else elapsed_days(memory, at), grade)

    def _keep_pace(self, evidence: Evidence) -> None:
        """Follow the median of time taken / time expected, over unaided right answers."""
        if not evidence.first_right or evidence.level or min(evidence.seconds, evidence.expected_s) <= 0:
            return
        slower = math.log(evidence.seconds / evidence.expected_s) > self._pace
        moved = self._pace + (_PACE_STEP if slower else -_PACE_STEP)
        self._pace = min(max(moved, -_PACE_LIMIT), _PACE_LIMIT)
        self._usual = math.exp(self._pace)
