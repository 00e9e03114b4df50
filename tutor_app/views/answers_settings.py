"""How answers are made: time, processor, and a model server in the advanced part."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from engine.settings import Settings
from tutor_app.controllers.settings_controller import SettingsController
from tutor_app.i18n import tr, tr_engine, trn
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor_app.app_context import AppContext

_NAMES = (
    "answer_limit_s",
    "threads",
    "context_tokens",
    "server_url",
    "server_model",
    "server_key_variable",
)


class AnswersSettings(SettingsGroup):
    """Applied when a field is left or Enter is pressed; what is refused says why, and changes nothing."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("Answers"), resettable=True)
        self._context = context
        self._settings = SettingsController.of(context)
        self.fields: dict[str, QLineEdit] = {}
        self.setting_rows: dict[str, SettingRow] = {}
        self._add(
            "answer_limit_s",
            tr("Longest time for an answer"),
            tr("In seconds. An answer that takes longer ends with what it has."),
            tr("timeout slow"),
        )
        self.threads = QComboBox()
        cores = os.cpu_count() or 1
        self.threads.addItem(tr("As the computer has cores"), 0)
        for number in range(1, cores + 1):
            self.threads.addItem(trn("{n} thread", "{n} threads", number), number)
        self.threads.activated.connect(self._choose_threads)
        self.add_row(
            SettingRow(
                tr("Processor threads"),
                tr("Fewer leave more of the computer to other programs; answers take longer."),
                self.threads,
                keywords=tr("processor speed cores"),
            )
        )
        self._add(
            "context_tokens",
            tr("Window of the model"),
            tr("In tokens: how much text the model has before it. More needs more memory."),
            tr("advanced context"),
        )
        self._add(
            "server_url",
            tr("Model server"),
            tr(
                "Address of a server of your school that words the answers, up to /v1. Your questions and some "
                "sentences of your packs are sent there. Empty: everything stays on this computer."
            ),
            tr("advanced address network privacy"),
        )
        self._add("server_model", tr("Model on the server"), tr("Its name there."), tr("advanced server"))
        self._add(
            "server_key_variable",
            tr("Key for the server"),
            tr("Name of the environment variable that holds it. The key itself is never stored."),
            tr("advanced server password"),
        )
        for name in ("server_url", "server_model", "server_key_variable"):
            self.fields[name].setPlaceholderText(tr("None"))
        self.reset.connect(self._reset)
        self._settings.changed.connect(self._show)
        self._settings.failed.connect(context.failed)
        self._settings.refresh()
        self._show()

    def _add(self, name: str, title: str, description: str, keywords: str) -> None:
        field = QLineEdit()
        field.editingFinished.connect(partial(self._keep, name))
        self.fields[name] = field
        self.setting_rows[name] = self.add_row(SettingRow(title, description, field, keywords=keywords))

    @Slot()
    def _show(self) -> None:
        settings = self._settings.settings
        self.setEnabled(settings is not None)
        if settings is None:
            return
        for name, field in self.fields.items():
            if not field.hasFocus() or not field.isModified():
                field.setText(_written(getattr(settings, name)))
                field.setModified(False)
                self.setting_rows[name].refuse("")
        at = self.threads.findData(settings.threads)
        if at < 0:
            self.threads.addItem(trn("{n} thread", "{n} threads", settings.threads), settings.threads)
            at = self.threads.count() - 1
        self.threads.setCurrentIndex(at)
        first = Settings()
        self.reset_button.setEnabled(any(getattr(settings, n) != getattr(first, n) for n in _NAMES))

    def _keep(self, name: str) -> None:
        field, setting = self.fields[name], self.setting_rows[name]
        if not field.isModified() and setting.problem.isHidden():
            return
        value, why = _READ[name](field.text().strip())
        if not why:
            refused = self._settings.change(**{name: value})
            why = tr_engine(refused.todo) if refused is not None else ""
        setting.refuse(why)
        field.setModified(bool(why))

    @Slot(int)
    def _choose_threads(self, at: int) -> None:
        self._settings.change(threads=self.threads.itemData(at))

    @Slot()
    def _reset(self) -> None:
        before, first = self._settings.settings or Settings(), Settings()
        for field in self.fields.values():
            field.setModified(False)
        self._settings.change(**{name: getattr(first, name) for name in _NAMES})
        back = partial(self._settings.change, **{name: getattr(before, name) for name in _NAMES})
        self._show()
        self._context.undoable.emit(tr("The settings for answers were reset."), back)


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _seconds(text: str) -> tuple[object, str]:
    try:
        return float(text.replace(",", ".")), ""
    except ValueError:
        return None, tr("Write a number of seconds from 1 to 3600.")


def _whole(text: str) -> tuple[object, str]:
    try:
        return int(text), ""
    except ValueError:
        return None, tr("Write a whole number from 512 to 131072.")


def _address(text: str) -> tuple[object, str]:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        return None, tr("Write an address that begins with http:// or https://, or leave it empty.")
    return text, ""


def _any(text: str) -> tuple[object, str]:
    return text, ""


_READ: dict[str, Callable[[str], tuple[object, str]]] = {
    "answer_limit_s": _seconds,
    "context_tokens": _whole,
    "server_url": _address,
    "server_model": _any,
    "server_key_variable": _any,
}
