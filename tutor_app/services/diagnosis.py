"""What works on this computer, part by part, for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.diagnosis import look
from tutor_app.workers.window_words import in_the_window

if TYPE_CHECKING:
    from tutor_app.workers.workbench import Job, Workbench


class DiagnosisService:
    """Looks; changes nothing."""

    def __init__(self, workbench: Workbench) -> None:
        self._paths = workbench.paths

    def look(self, job: Job) -> None:
        """Emit a part, its state ("ok", "attention", "broken"), a message and what helps, for each part."""
        for finding in look(self._paths):
            job.cancel.check()
            job.emit((finding.part, finding.state, finding.message, in_the_window(finding.mend)))
