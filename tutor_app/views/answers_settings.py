"""How the engine answers: how long, with what of the computer, or on which server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QSpinBox

from engine.errors import SettingsError
from tutor_app.i18n import tr, tr_engine
from tutor_app.views.settings_group import FIELD_WIDTH, SettingsGroup

if TYPE_CHECKING:
    from engine.settings import Settings
    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure


class AnswersGroup(SettingsGroup):
    """How the engine answers."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._settings: Settings | None = None  # until they are read, nothing here may replace them
        self.limit = self._number(1, 3600, tr(" s"))
        self._limit_row = self.add(
            tr("Longest time for an answer"),
            tr("An answer that takes longer ends with what it has."),
            self.limit,
        )
        self.threads = self._number(0, 512, "")
        self.threads.setSpecialValueText(tr("All cores"))
        self.add(
            tr("Processor threads"), tr("Fewer leave more of the computer to other programs."), self.threads
        )
        self.server = QLineEdit()
        self.server.setMaximumWidth(FIELD_WIDTH)
        self.server.editingFinished.connect(self._keep)
        self._server_row = self.add(
            tr("Model server"),
            tr(
                "The address of a server in your school or house that speaks OpenAI's protocol. Questions, quotations "
                "and the conversation are sent to it. Empty: everything stays on this computer."
            ),
            self.server,
            keywords="openai vllm ollama url",
        )
        self.model = QLineEdit()
        self.model.setMaximumWidth(FIELD_WIDTH)
        self.model.editingFinished.connect(self._keep)
        self.add(tr("Model on that server"), tr("Its name, as the server calls it."), self.model)
        self._read()
        context.settings_changed.connect(self._read)

    def _number(self, lowest: int, highest: int, suffix: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(lowest, highest)
        made.setSuffix(suffix)
        made.editingFinished.connect(self._keep)
        return made

    @Slot()
    def _read(self) -> None:
        call = self.context.engine.call("settings.load")
        call.finished.connect(self._show)
        call.failed.connect(self._show_failure)

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        self._settings = settings
        self.limit.setValue(round(settings.answer_limit_s))
        self.threads.setValue(settings.threads)
        self.server.setText(settings.server_url)
        self.model.setText(settings.server_model)

    @Slot()
    def _keep(self) -> None:
        address = self.server.text().strip()
        fault = address and not address.startswith(("http://", "https://"))
        self._server_row.show_fault(tr("An address begins with http:// or https://.") if fault else "")
        if fault or self._settings is None:
            return
        try:
            wanted = replace(
                self._settings,
                answer_limit_s=float(self.limit.value()),
                threads=self.threads.value(),
                server_url=address,
                server_model=self.model.text().strip(),
            )
        except SettingsError as error:
            self._limit_row.show_fault(f"{tr_engine(error.what)} {tr_engine(error.todo)}")
            return
        if wanted != self._settings:
            self._settings = wanted
            call = self.context.engine.call("settings.save", wanted)
            call.finished.connect(self._tell_saved)
            call.failed.connect(self._show_failure)

    @Slot(object)
    def _tell_saved(self, _settings: Settings) -> None:
        self.context.settings_changed.emit()
        self.context.models_changed.emit()

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._limit_row.show_fault(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}")
