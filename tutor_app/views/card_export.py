"""What is saved of a pack's practice questions: cards for Anki, or a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor_app.i18n import tr, trn
from tutor_app.views.file_saver import FileForm, SavedFile

if TYPE_CHECKING:
    from tutor_app.services.copy_facts import CardsWritten
    from tutor_app.services.holdings import Holding

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 60


def pack_cards(holding: Holding) -> SavedFile:
    """The questions of ``holding``."""
    name = _NOT_IN_NAMES.sub(" ", holding.title)[:_LONGEST_NAME].strip(" .") or holding.id
    forms = (FileForm("apkg", tr("Cards for Anki"), "apkg"), FileForm("csv", tr("A table"), "csv"))
    return SavedFile(
        tr("Export the practice questions"), name, forms, "copies.export_items", _told, (holding.id,)
    )


def _told(path: str, done: CardsWritten) -> str:
    told = trn(
        "{n} question was saved to {file}.", "{n} questions were saved to {file}.", done.written, file=path
    )
    if not done.left_out:
        return told
    left_out = trn(
        "{n} is left out: it changes each time, or this form has no place for it.",
        "{n} are left out: they change each time, or this form has no place for them.",
        done.left_out,
    )
    return f"{told} {left_out}"
