"""How the window looks and speaks, applied while one chooses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QWidget

from tutor_app.i18n import language_name, languages, tr
from tutor_app.preferences import TEXT_SCALES, Motion, Preferences, ThemeChoice
from tutor_app.views.settings_group import FIELD_WIDTH, SettingsGroup
from tutor_app.widgets.basics import button, label, row
from tutor_app.widgets.segmented import Segmented

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


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
        self.scale.setMaximumWidth(FIELD_WIDTH)
        self.scale.valueChanged.connect(self._choose_size)
        self._percent = label("", "mute")
        sized = QWidget()
        sized.setLayout(row(self.scale, self._percent, space="m"))
        sized.setMaximumWidth(FIELD_WIDTH)
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
        reset = button(tr("Reset how it looks"))
        reset.clicked.connect(self._reset)
        self.add(tr("Defaults"), tr("Everything here as it was at first."), reset, keywords="reset default")
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
