"""The skills of a pack as a graph: what comes before what, and what practises what.

The sorting is stable (a pack's own order decides between equals) and survives a circle in the edges, which the linter
refuses but an old pack may hold: the skills of a circle come last, in the pack's order.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from engine.types import Skill, SkillEdge

REQUIRES = "requires"
EXERCISES = "exercises"


@dataclass(frozen=True, slots=True)
class Curriculum:
    """A pack's skills; make it with ``curriculum``.

    Attributes:
        pack: its id.
        skills: by id, in topological order.
        prerequisites: by skill, those directly required, in topological order.
        dependents: by skill, those that directly require it, in topological order.
        ancestors: by skill, all that it rests on, in topological order.
        descendants: by skill, all that rest on it, in topological order.
        exercised: by skill, those that practising it practises, with the share, 0 to 1.
    """

    pack: str
    skills: Mapping[str, Skill] = field(default_factory=dict)
    prerequisites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dependents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ancestors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    descendants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exercised: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the skills, prerequisites first."""
        return tuple(self.skills)

    def ref(self, skill: str) -> float:
        """Reference difficulty of ``skill`` in logits; 0 for a skill that the pack no longer has."""
        known = self.skills.get(skill)
        return known.ref if known is not None else 0.0

    def fringe(self, mastered: Collection[str], ready: Collection[str] = ()) -> tuple[str, ...]:
        """Skills not yet ``mastered`` whose prerequisites all are, or are in ``ready`` (taken as known)."""
        return tuple(
            skill
            for skill in self.skills
            if skill not in mastered
            and all(needed in mastered or needed in ready for needed in self.prerequisites[skill])
        )


def curriculum(pack: str, skills: Iterable[Skill], edges: Iterable[SkillEdge]) -> Curriculum:
    """The graph of ``pack``. Edges from a skill to itself or to an unknown one are left out."""
    known = {skill.id: skill for skill in skills}
    kept = [
        edge for edge in edges if edge.source in known and edge.target in known and edge.source != edge.target
    ]
    requires = list(dict.fromkeys((edge.source, edge.target) for edge in kept if edge.kind == REQUIRES))
    order = _topological(list(known), requires)
    before = _neighbours(order, [(target, source) for source, target in requires])
    after = _neighbours(order, requires)
    return Curriculum(
        pack=pack,
        skills={skill: known[skill] for skill in order},
        prerequisites=before,
        dependents=after,
        ancestors={skill: _reached(skill, before, order) for skill in order},
        descendants={skill: _reached(skill, after, order) for skill in order},
        exercised={
            skill: tuple(
                (edge.target, edge.weight) for edge in kept if edge.kind == EXERCISES and edge.source == skill
            )
            for skill in order
        },
    )


def _topological(skills: list[str], requires: list[tuple[str, str]]) -> list[str]:
    """Kahn's algorithm; of those ready, the first in ``skills`` comes first."""
    waiting = dict.fromkeys(skills, 0)
    for _, target in requires:
        waiting[target] += 1
    order: list[str] = []
    while waiting:
        first = next((skill for skill, needed in waiting.items() if needed == 0), None)
        if first is None:
            return order + list(waiting)
        order.append(first)
        del waiting[first]
        for source, target in requires:
            if source == first and target in waiting:
                waiting[target] -= 1
    return order


def _neighbours(order: list[str], pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {skill: set() for skill in order}
    for one, other in pairs:
        found[one].add(other)
    return {skill: tuple(other for other in order if other in found[skill]) for skill in order}


def _reached(start: str, neighbours: dict[str, tuple[str, ...]], order: list[str]) -> tuple[str, ...]:
    seen = {start}
    waiting = list(neighbours[start])
    while waiting:
        skill = waiting.pop()
        if skill not in seen:
            seen.add(skill)
            waiting.extend(neighbours[skill])
    return tuple(skill for skill in order if skill in seen and skill != start)
