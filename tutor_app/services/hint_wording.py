"""Help for a practice question in the model's words: asked for after the authored hint is on the screen.

In the lane that has the model, so that practice itself never waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.tutor.practice.hint_wording import LEVELS, hint_source
from tutor_app.richtext.parser import parse

if TYPE_CHECKING:
    from tutor_app.richtext.document import RichText
    from tutor_app.workers.workbench import Job, Workbench


class HintWordingService:
    """Rewords hints of one profile."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def reword(self, job: Job, question: str, step: str, level: int) -> RichText | None:
        """The hint of ``level`` 1 or 2 of a step in other words; None where it stays as it is.

        Args:
            job: may be cancelled; after three seconds it stays as it is anyway.
            question: id of the question as it was posed.
            step: id of the step.
            level: of the hint that was shown.
        """
        runtime = self._workbench.runtime
        if level not in LEVELS or not runtime.model_name():
            return None
        try:
            asked = runtime.practice.asked(question)
        except UsageError:
            return None  # its item is gone
        source = hint_source(asked.question, step, level)
        text = source and runtime.hint_wording.reworded(source, job.cancel)
        return parse(text) if text else None
