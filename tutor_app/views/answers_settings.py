"""How the engine answers: how long, with what of the computer, or on which server."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QSpinBox

from engine.errors import SettingsError
from engine.settings import Settings
from tutor_app.i18n import tr, tr_engine
from tutor_app.views.settings_group import FIELD_WIDTH, SettingsGroup
from tutor_app.widgets.basics import button

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure


_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CONTEXT_STEP = 512


class AnswersGroup(SettingsGroup):
    """How the engine answers. Which model words the answers is chosen on the page of models."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._settings: Settings | None = None  # until they are read, nothing here may replace them
        self._unreadable = False
        self._saving = 0
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
        self.context_size = self._number(512, 131_072, tr(" tokens"))
        self.context_size.setSingleStep(_CONTEXT_STEP)
        self.add(
            tr("Context size"),
            tr(
                "How much a language model has before it at once: question, passages and what was said before. "
                "A token is about three quarters of a word. More of them take more memory."
            ),
            self.context_size,
            keywords="context window tokens memory n_ctx",
        )
        self.server = self._line()
        self._server_row = self.add(
            tr("Model server"),
            tr(
                "The address of a server in your school or house that speaks OpenAI's protocol. Questions, quotations "
                "and the conversation are sent to it. Empty: everything stays on this computer."
            ),
            self.server,
            keywords="openai vllm ollama url",
        )
        self.model = self._line()
        self.add(tr("Model on that server"), tr("Its name, as the server calls it."), self.model)
        self.key = self._line()
        self._key_row = self.add(
            tr("Key for that server"),
            tr(
                "The name of the environment variable that holds the key, such as SCHOOL_KEY. The key itself is "
                "never stored. Empty: the server asks for none."
            ),
            self.key,
            keywords="api key token password secret",
        )
        self.reset = button(tr("Reset how it answers"))
        self.reset.clicked.connect(self._reset)
        self.add(
            tr("Defaults"),
            tr("Everything here as it was at first. The models that you chose stay."),
            self.reset,
            keywords="reset default",
        )
        self._read()
        context.settings_changed.connect(self._read)

    def _number(self, lowest: int, highest: int, suffix: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(lowest, highest)
        made.setSuffix(suffix)
        made.editingFinished.connect(self._keep)
        return made

    def _line(self) -> QLineEdit:
        made = QLineEdit()
        made.setMaximumWidth(FIELD_WIDTH)
        made.editingFinished.connect(self._keep)
        return made

    @Slot()
    def _read(self) -> None:
        call = self.context.engine.call("settings.load")
        call.finished.connect(self._have)
        call.failed.connect(self._have_none)

    @Slot(object)
    def _have(self, settings: Settings) -> None:
        if not self._saving:  # else it is older than what is shown
            self._show(settings)

    @Slot(object)
    def _have_none(self, failure: Failure) -> None:
        """The file is damaged: what the fields show is none of its values."""
        self._unreadable = True
        self._enable(on=False)
        self._show_failure(failure)

    def _enable(self, *, on: bool) -> None:
        for field in (self.limit, self.threads, self.context_size, self.server, self.model, self.key):
            field.setEnabled(on)

    def _show(self, settings: Settings) -> None:
        self._settings, self._unreadable = settings, False
        self._enable(on=True)
        self._limit_row.show_fault("")
        self.limit.setValue(round(settings.answer_limit_s))
        self.threads.setValue(settings.threads)
        self.context_size.setValue(settings.context_tokens)
        self.server.setText(settings.server_url)
        self.model.setText(settings.server_model)
        self.key.setText(settings.server_key_variable)
        self._key_row.show_fault(_doubt_about(settings.server_key_variable))

    @Slot()
    def _keep(self) -> None:
        address = self.server.text().strip()
        fault = address and not address.startswith(("http://", "https://"))
        self._server_row.show_fault(tr("An address begins with http:// or https://.") if fault else "")
        variable = self.key.text().strip()
        self._key_row.show_fault(_doubt_about(variable))
        if fault or (variable and not _VARIABLE.fullmatch(variable)) or self._settings is None:
            return
        try:
            wanted = replace(
                self._settings,
                answer_limit_s=float(self.limit.value()),
                threads=self.threads.value(),
                context_tokens=self.context_size.value(),
                server_url=address,
                server_model=self.model.text().strip(),
                server_key_variable=variable,
            )
        except SettingsError as error:
            self._limit_row.show_fault(f"{tr_engine(error.what)} {tr_engine(error.todo)}")
            return
        self._save(wanted)

    @Slot()
    def _reset(self) -> None:
        before = self._settings
        if before is None and self._unreadable:
            self._save(Settings())
        elif before is not None and self._save(_with_answers_of(Settings(), before)):
            self.context.undoable.emit(tr("How it answers was reset."), partial(self._put_back, before))

    def _put_back(self, before: Settings) -> None:
        if self._settings is not None:
            self._save(_with_answers_of(before, self._settings))

    def _save(self, wanted: Settings) -> bool:
        """Keep ``wanted``; returns whether that changes anything."""
        if wanted == self._settings:
            return False
        self._show(wanted)
        self._saving += 1
        call = self.context.engine.call("settings.save", wanted)
        call.finished.connect(self._tell_saved)
        call.failed.connect(self._tell_not_saved)
        return True

    @Slot(object)
    def _tell_saved(self, _settings: Settings) -> None:
        self._saving -= 1
        self.context.settings_changed.emit()
        self.context.models_changed.emit()

    @Slot(object)
    def _tell_not_saved(self, failure: Failure) -> None:
        self._saving -= 1
        self._show_failure(failure)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._limit_row.show_fault(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}")


def _with_answers_of(wanted: Settings, kept: Settings) -> Settings:
    """``kept`` with what can be changed here as in ``wanted``."""
    return replace(wanted, llm=kept.llm, embedder=kept.embedder, reranker=kept.reranker)


def _doubt_about(variable: str) -> str:
    """Why the name of an environment variable is none, or of no use now; empty where all is well."""
    if not variable or variable in os.environ:
        return ""
    if not _VARIABLE.fullmatch(variable):
        return tr("Give the variable's name, not the key: a name has only letters, digits and _.")
    return tr("There is no such variable yet. Set it, then start LLM Tutor again.")
