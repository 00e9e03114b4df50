"""What is saved of the learner's data, and in which forms: for other programs, or as a backup to keep elsewhere."""

from __future__ import annotations

from tutor_app.i18n import tr
from tutor_app.views.file_saver import FileForm, SavedFile

JSON_LINES, TABLE, STATEMENTS, BACKUP = "jsonl", "csv", "xapi", "db"


def data_copy(first: str = JSON_LINES) -> SavedFile:
    """A copy for other programs; the form ``first`` is proposed."""
    forms = (
        FileForm(JSON_LINES, tr("Everything, as JSON lines"), "jsonl"),
        FileForm(TABLE, tr("Practice, as a table"), "csv"),
        FileForm(STATEMENTS, tr("Practice, as xAPI statements"), "json"),
    )
    ordered = sorted(forms, key=lambda form: form.id != first)
    return SavedFile(tr("Save a copy of your data"), "llm-tutor", tuple(ordered), "copies.export", _told)


def backup_file(name: str) -> SavedFile:
    """A backup in a file of its own, proposed under ``name``."""
    form = FileForm(BACKUP, tr("Backup"), "db")
    return SavedFile(tr("Save a backup"), name, (form,), "copies.export", _told)


def _told(path: str, _lines: int) -> str:
    return tr("Your data was saved to {file}.", file=path)
