"""Where the arrow keys go on the map of skills: along its lines, and up and down within a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tutor_app.services.learning_facts import SkillFacts


class SkillNeighbours:
    """The skills around one.

    Args:
        skills: all of them.
        heights: by skill, how far down it stands.
    """

    def __init__(self, skills: Sequence[SkillFacts], heights: Mapping[str, float]) -> None:
        self._skills = skills
        self._heights = heights

    def before(self, skill: SkillFacts) -> SkillFacts:
        """The nearest that comes before ``skill``; ``skill`` itself where there is none."""
        return self._nearest(skill, (one for one in self._skills if one.id in skill.requires))

    def after(self, skill: SkillFacts) -> SkillFacts:
        """The nearest that builds on ``skill``; ``skill`` itself where there is none."""
        return self._nearest(skill, (one for one in self._skills if skill.id in one.requires))

    def above(self, skill: SkillFacts) -> SkillFacts:
        """The next one up in its layer; ``skill`` itself where there is none."""
        return self._beside(skill, -1)

    def below(self, skill: SkillFacts) -> SkillFacts:
        """The next one down in its layer; ``skill`` itself where there is none."""
        return self._beside(skill, 1)

    def _beside(self, skill: SkillFacts, way: int) -> SkillFacts:
        layer = (one for one in self._skills if one.layer == skill.layer)
        return self._nearest(skill, (one for one in layer if self._lower(one, skill) * way > 0))

    def _lower(self, one: SkillFacts, other: SkillFacts) -> float:
        return self._heights[one.id] - self._heights[other.id]

    def _nearest(self, skill: SkillFacts, others: Iterable[SkillFacts]) -> SkillFacts:
        return min(
            others,
            key=lambda one: (abs(self._lower(one, skill)), abs(one.layer - skill.layer)),
            default=skill,
        )
