"""What the window says of a learner: the map, the progress, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from tutor_app.item_models.skill_model import SKILL
from tutor_app.place import Page
from tutor_app.views.practice_map import PracticeMap
from tutor_app.views.practice_progress import PracticeProgress
from tutor_app.views.practice_tabs import Tab

if TYPE_CHECKING:
    from tests.end_to_end.learner import Learner
    from tests.end_to_end.window_driver import Driver
    from tutor_app.services.learning_facts import ProgressFacts, SkillFacts
    from tutor_app.services.practising import TodayCard


@dataclass(frozen=True)
class Figures:
    """What is known of the learner, as the window has it."""

    skills: tuple[SkillFacts, ...]
    today: TodayCard
    progress: ProgressFacts

    def of(self, skill: str) -> SkillFacts:
        return next(one for one in self.skills if one.id == skill)

    def derived(self) -> Figures:
        """Without the list of past questions, where one that is void still stands, and without what is proposed next:
        a void question's item comes last from then on."""
        return Figures(self.skills, replace(self.today, next=None), replace(self.progress, questions=()))


def figures(driver: Driver, learner: Learner) -> Figures:
    """Read off the map and the progress, and what is due."""
    driver.click(driver.window.rail.buttons[Page.PRACTICE])
    shown = cast(PracticeMap, learner.turn_to(Tab.MAP)).skills
    skills = tuple(shown.index(row, 0).data(SKILL) for row in range(shown.rowCount()))
    progress = cast(PracticeProgress, learner.turn_to(Tab.PROGRESS))._found
    assert progress is not None
    told: list[TodayCard] = []
    driver.session.context.engine.call("practice.today").finished.connect(told.append)
    driver.wait(lambda: bool(told))
    return Figures(skills, told[0], progress)
