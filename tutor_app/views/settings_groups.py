"""The groups of the settings page, each built when it is first shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.errors import SettingsError
from tutor_app.i18n import language_name, languages, tr, tr_engine
from tutor_app.preferences import TEXT_SCALES, Motion, Preferences, ThemeChoice
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, label, row
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from datetime import datetime

    from engine.settings import Settings
    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure

_FIELD_WIDTH = 420


class SettingsGroup(QWidget):
    """Rows below each other."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.rows: list[SettingRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE["xl"])

    def add(self, title: str, text: str, control: QWidget | None, *, keywords: str = "") -> SettingRow:
        """Add a setting."""
        made = SettingRow(title, text, control, keywords=keywords)
        self.rows.append(made)
        self.column.addWidget(made)
        return made


class LooksGroup(SettingsGroup):
    """Theme, size of text, language, motion: applied while one chooses."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        now = context.preferences.now
        self.theme = Segmented(
            tr("Theme"),
            (
                (ThemeChoice.SYSTEM, tr("Like the system")),
                (ThemeChoice.LIGHT, tr("Light")),
                (ThemeChoice.DARK, tr("Dark")),
                (ThemeChoice.CONTRAST, tr("High contrast")),
            ),
            chosen=now.theme,
        )
        self.theme.changed.connect(self._choose_theme)
        self.add(tr("Theme"), tr("The colours of the window."), self.theme, keywords="dark light color")
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(0, len(TEXT_SCALES) - 1)
        self.scale.setPageStep(1)
        self.scale.setValue(TEXT_SCALES.index(now.text_scale))
        self.scale.setMaximumWidth(_FIELD_WIDTH)
        self.scale.valueChanged.connect(self._choose_size)
        self._percent = label("", "mute")
        sized = QWidget()
        sized.setLayout(row(self.scale, self._percent, space="m"))
        sized.setMaximumWidth(_FIELD_WIDTH)
        sized.setFocusProxy(self.scale)
        self.scale.setAccessibleName(tr("Text size"))
        self.add(tr("Text size"), tr("From 80 to 200 per cent. Ctrl and + or − change it anywhere."), sized)
        self.language = QComboBox()
        self.language.setProperty("content", True)  # each language in its own name
        self.language.addItem(tr("Like the system"), "")
        for code in languages():
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(now.language)))
        self.language.activated.connect(self._choose_language)
        self.add(
            tr("Language"),
            tr("The language of the window. Answers are in the language of your packs."),
            self.language,
        )
        self.motion = QCheckBox(tr("Let things move"))
        self.motion.setChecked(now.motion is Motion.SYSTEM)
        self.motion.toggled.connect(self._choose_motion)
        self.add(tr("Motion"), tr("Short movements, only where your system allows them."), self.motion)
        reset = button(tr("Reset how it looks"), "quiet")
        reset.clicked.connect(self._reset)
        self.column.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeading)
        context.preferences.changed.connect(self._show)
        self._show()

    @Slot(str)
    def _choose_theme(self, key: str) -> None:
        self.context.preferences.change(theme=ThemeChoice(key))

    @Slot(int)
    def _choose_size(self, at: int) -> None:
        self.context.preferences.change(text_scale=TEXT_SCALES[at])

    @Slot(int)
    def _choose_language(self, at: int) -> None:
        self.context.preferences.change(language=self.language.itemData(at))

    @Slot(bool)
    def _choose_motion(self, moves: bool) -> None:
        self.context.preferences.change(motion=Motion.SYSTEM if moves else Motion.OFF)

    @Slot()
    def _reset(self) -> None:
        before = self.context.preferences.now
        fresh = Preferences()
        self._change_all(fresh)
        if before != self.context.preferences.now:
            self.context.undoable.emit(tr("How it looks was reset."), partial(self._change_all, before))

    def _change_all(self, wanted: Preferences) -> None:
        self.context.preferences.change(
            theme=wanted.theme, text_scale=wanted.text_scale, language=wanted.language, motion=wanted.motion
        )

    @Slot()
    def _show(self) -> None:
        now = self.context.preferences.now
        self.theme.choose(now.theme)
        self._percent.setText(tr("{percent} %", percent=now.text_scale))
        was = self.scale.blockSignals(True)
        self.scale.setValue(TEXT_SCALES.index(now.text_scale))
        self.scale.blockSignals(was)


class LearnerGroup(SettingsGroup):
    """The name."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.name = QLineEdit(context.preferences.now.name)
        self.name.setMaximumWidth(_FIELD_WIDTH)
        self.name.setMaxLength(60)
        self.name.textEdited.connect(self._keep)
        self.add(
            tr("Your name"),
            tr("For the greeting. You can leave it empty; it stays on this computer."),
            self.name,
        )

    @Slot(str)
    def _keep(self, name: str) -> None:
        self.context.preferences.change(name=name.strip())


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
        self.server.setMaximumWidth(_FIELD_WIDTH)
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
        self.model.setMaximumWidth(_FIELD_WIDTH)
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


class DataGroup(SettingsGroup):
    """Where everything lies; backups and export."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        show = button(tr("Open the folder"))
        show.clicked.connect(self._open_folder)
        self.add(
            tr("Your data"), tr("Everything is in one folder: {folder}", folder=context.paths.root), show
        )
        now = button(tr("Back up now"))
        now.clicked.connect(self._back_up)
        self._backups = self.add(
            tr("Backups"), tr("One is made each day. To bring one back: llm-tutor data restore"), now
        )
        self._list = label("", "mute", wrap=True)
        self.column.insertWidget(self.column.indexOf(self._backups) + 1, self._list)
        export = button(tr("Save a copy …"))
        export.clicked.connect(self._choose_file)
        self.add(
            tr("Take it with you"),
            tr("Everything that is known of you, as text that other programs read."),
            export,
        )
        self._read()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.paths.root)))

    @Slot()
    def _read(self) -> None:
        call = self.context.engine.call("settings.backups")
        call.finished.connect(self._show)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def _show(self, backups: tuple[datetime, ...]) -> None:
        days = [
            QLocale().toString(
                QDateTime.fromSecsSinceEpoch(round(made.timestamp())), QLocale.FormatType.ShortFormat
            )
            for made in backups[:5]
        ]
        self._list.setText("\n".join(days) if days else tr("There is none yet."))

    @Slot()
    def _back_up(self) -> None:
        call = self.context.engine.call("settings.back_up")
        call.finished.connect(self._tell_backup)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def _tell_backup(self, _made: datetime) -> None:
        self.context.notice.emit(tr("A backup was made."))
        self._read()

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("Save a copy of your data"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write everything to ``path``."""
        call = self.context.engine.call("settings.export", path)
        call.finished.connect(partial(self._tell_export, path))
        call.failed.connect(self.context.failed)

    def _tell_export(self, path: str, _lines: int) -> None:
        self.context.notice.emit(tr("Your data was saved to {file}.", file=path))
