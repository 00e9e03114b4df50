"""Before the data goes back to a backup: what the backup holds, what is kept, and what stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tutor_app.i18n import isolated, tr, trn
from tutor_app.item_models.learning_words import long_day_text, time_text
from tutor_app.views.replacing_dialog import ReplacingDialog, told
from tutor_app.widgets.amounts import size_text
from tutor_app.widgets.basics import breakable, card, column

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from engine.types import BackupContents
    from tutor_app.app_context import AppContext


class RestoreDialog(ReplacingDialog):
    """Asks about the backup ``path``, which holds ``facts``, and goes back to it."""

    def __init__(self, context: AppContext, parent: QWidget, path: str, facts: BackupContents) -> None:
        super().__init__(context, parent, tr("Go back to this backup?"), tr("Go back to it"), "primary")
        self._path = path
        box = card("sunken")
        box.setLayout(column(*map(told, facts_text(path, facts)), space="xs", margin="m"))
        self.page.add(
            box,
            told(tr("What you asked and practised will be as it was then.")),
            told(
                tr(
                    "What is there today is put aside as a backup first, so that you can come back. "
                    "Packs, documents, models and settings stay as they are."
                )
            ),
            told(
                tr("Answers and imports that are under way are stopped, and the window begins anew."), "mute"
            ),
        )
        self.page.column.addStretch(1)

    def start(self) -> None:
        """Go back."""
        self.replacing.restore(self._path)

    def sentence(self, result: object) -> tuple[str, bool]:
        """Where what was there before is kept."""
        if not result:
            return tr("Your data is as it was in the backup."), False
        kept = tr(
            "Your data is as it was in the backup. What was there before is kept as {file}.", file=result
        )
        return kept, False


def facts_text(path: str, facts: BackupContents) -> list[str]:
    """What a backup says of itself, a line each."""
    counted = [
        trn("{n} conversation", "{n} conversations", facts.conversations),
        trn("{n} question asked", "{n} questions asked", facts.questions),
        trn("{n} answer in practice", "{n} answers in practice", facts.answers),
    ]
    lines = [f"{isolated(breakable(Path(path).name))} ({size_text(facts.bytes)})"]
    if facts.made is not None:
        lines.append(tr("Made: {day}", day=day_and_time(facts.made)))
    if facts.newest is None:
        return [*lines, tr("Nothing was asked or practised in it yet.")]
    return [*lines, tr("Last used: {day}", day=day_and_time(facts.newest)), ", ".join(counted)]


def day_and_time(moment: datetime) -> str:
    """As the language writes them, in the time of this computer."""
    there = moment.astimezone()
    return f"{long_day_text(there.date())}, {time_text(there)}"
