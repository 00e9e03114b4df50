"""The keyboard: every shortcut of the window in one table, which the shortcuts sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence

from tutor_app.i18n import tr


class Action(StrEnum):
    """What a shortcut does."""

    PAGE = "page"
    NEW = "new"
    ASK = "ask"
    FIND = "find"
    STOP = "stop"
    BACK = "back"
    IMPORT = "import"
    HISTORY = "history"
    LARGER = "larger"
    SMALLER = "smaller"
    NORMAL = "normal"
    SETTINGS = "settings"
    FULL_SCREEN = "full_screen"
    SHORTCUTS = "shortcuts"
    UNDO = "undo"
    CLOSE = "close"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, and what they do in words. ``group`` is a heading of the sheet."""

    action: Action
    keys: tuple[QKeySequence, ...]
    text: str
    group: str


def shortcuts() -> list[Shortcut]:
    """All shortcuts, in the order of the sheet; the platform's own keys where it has them."""
    standard = QKeySequence.StandardKey
    moving, asking, looking = tr("Moving around"), tr("Asking"), tr("Looks")
    return [
        Shortcut(Action.PAGE, _keys("Ctrl+1"), tr("Go to a page (Ctrl+1 to Ctrl+7)"), moving),
        Shortcut(Action.BACK, _bound(standard.Back), tr("Go back"), moving),
        Shortcut(Action.FIND, _bound(standard.Find), tr("Search on this page"), moving),
        Shortcut(Action.SETTINGS, _keys("Ctrl+,"), tr("Settings"), moving),
        Shortcut(Action.SHORTCUTS, _keys("F1", "Ctrl+/"), tr("Show this sheet"), moving),
        Shortcut(Action.CLOSE, _bound(standard.Close), tr("Close the window"), moving),
        Shortcut(Action.QUIT, _keys("Ctrl+Q"), tr("Quit"), moving),
        Shortcut(Action.NEW, _bound(standard.New), tr("New conversation"), asking),
        Shortcut(Action.ASK, _keys("Ctrl+L"), tr("Write a question"), asking),
        Shortcut(Action.STOP, _keys("Esc"), tr("Stop the answer, or close a panel"), asking),
        Shortcut(Action.HISTORY, _keys("Ctrl+H"), tr("Earlier conversations"), asking),
        Shortcut(Action.IMPORT, _bound(standard.Open), tr("Add a document or a course pack"), asking),
        Shortcut(Action.UNDO, _bound(standard.Undo), tr("Undo what was removed last"), asking),
        Shortcut(Action.LARGER, (*_bound(standard.ZoomIn), *_keys("Ctrl+=")), tr("Larger text"), looking),
        Shortcut(Action.SMALLER, _bound(standard.ZoomOut), tr("Smaller text"), looking),
        Shortcut(Action.NORMAL, _keys("Ctrl+0"), tr("Normal text"), looking),
        Shortcut(Action.FULL_SCREEN, _keys("F11"), tr("Full screen"), looking),
    ]


def _keys(*keys: str) -> tuple[QKeySequence, ...]:
    return tuple(QKeySequence(key) for key in keys)


def _bound(key: QKeySequence.StandardKey) -> tuple[QKeySequence, ...]:
    return tuple(QKeySequence.keyBindings(key)[:1])
