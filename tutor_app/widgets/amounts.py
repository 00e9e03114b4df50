"""How much, in words: sizes of files, and how far something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from tutor_app.i18n import apart, tr

if TYPE_CHECKING:
    from engine.types import Progress

_KB, _MB, _GB = 1_000, 1_000_000, 1_000_000_000


def size_text(size: int) -> str:
    """A size in the unit that fits: "38 KB", "1.2 GB"."""
    if size >= _GB:
        return apart(tr("{n} GB", n=QLocale().toString(size / _GB, "f", 1)))
    if size >= _MB:
        return apart(tr("{n} MB", n=number_text(round(size / _MB))))
    return apart(tr("{n} KB", n=number_text(max(1, round(size / _KB)))))


def number_text(number: int) -> str:
    """A number as the language writes it: 12,345."""
    return QLocale().toString(number)


def progress_text(progress: Progress | None) -> str:
    """How far it is: "12 of 40 pages", "43 of 105 MB"; empty while nobody knows."""
    if progress is None or not progress.total:
        return ""
    if progress.unit == "bytes":
        total = size_text(progress.total)
        done = round(
            progress.done / (_GB if progress.total >= _GB else _MB), 1 if progress.total >= _GB else None
        )
        if progress.total < _MB:
            return total
        return tr("{done} of {total}", done=QLocale().toString(done), total=total)
    return _counted(number_text(progress.done), number_text(progress.total), progress.unit)


def _counted(done: str, total: str, unit: str) -> str:
    phrases = {
        "pages": tr("{done} of {total} pages", done=done, total=total),
        "chapters": tr("{done} of {total} chapters", done=done, total=total),
        "sentences": tr("{done} of {total} sentences", done=done, total=total),
        "files": tr("{done} of {total} files", done=done, total=total),
    }
    return phrases.get(unit, tr("{done} of {total}", done=done, total=total))
