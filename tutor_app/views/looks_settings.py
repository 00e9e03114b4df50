"""How the window looks and speaks, and what it calls the learner: kept in the preferences, applied at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QLineEdit, QSlider, QWidget

from tutor_app.i18n import language_name, languages, tr
from tutor_app.preferences import TEXT_SCALES, Motion, Preferences, ThemeChoice
from tutor_app.theme.tokens import CONTRAST, DARK, LIGHT, TYPE, Colours
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.setting_row import SettingRow
from tutor_app.widgets.switch import Switch

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext

_PREVIEW = QSize(44, 30)
_LONGEST_NAME = 40
_TYPED_MS = 600


class LooksSettings(SettingsGroup):
    """Theme, size of text, language, motion."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("Looks"), resettable=True)
        self._context = context
        self._preferences = context.preferences
        now = self._preferences.now
        themes = [
            (ThemeChoice.SYSTEM, tr("As the system")),
            (ThemeChoice.LIGHT, tr("Light")),
            (ThemeChoice.DARK, tr("Dark")),
            (ThemeChoice.CONTRAST, tr("High contrast")),
        ]
        self.theme = Segmented(tr("Theme"), [(key.value, name) for key, name in themes], now.theme.value)
        for key, _name in themes:
            chip = self.theme.chip(key.value)
            chip.setIcon(QIcon(_preview(key)))
            chip.setIconSize(_PREVIEW)
        self.theme.changed.connect(self._choose_theme)
        self.size = QSlider(Qt.Orientation.Horizontal)
        self.size.setRange(0, len(TEXT_SCALES) - 1)
        self.size.setPageStep(1)
        self.size.valueChanged.connect(self._slide)
        self.size.sliderReleased.connect(self._choose_size)
        self.percent = label("", "strong")
        self._sample = label(tr("Light bends where it enters water at an angle."), wrap=True)
        sizes = QWidget()
        sizes.setLayout(column(row(self.size, self.percent, space="m"), self._sample, space="s"))
        sizes.setAccessibleName(tr("Text size"))
        self.size.setAccessibleName(tr("Text size"))
        self.language = QComboBox()
        self.language.addItem(tr("As the system"), "")
        for code in languages():
            self.language.addItem(language_name(code), code)
        self.language.activated.connect(self._choose_language)
        self.motion = Switch(context.theme, tr("Movement"))
        self.motion.toggled.connect(self._choose_motion)
        self.add_row(
            SettingRow(
                tr("Theme"), "", self.theme, keywords=tr("colours dark mode night contrast"), below=True
            )
        )
        self.add_row(SettingRow(tr("Text size"), "", sizes, keywords=tr("zoom large font"), below=True))
        self.add_row(SettingRow(tr("Language"), tr("Of the window. Packs keep theirs."), self.language))
        self.add_row(
            SettingRow(
                tr("Movement"),
                tr("Short movements when something opens. Always off where the system asks for that."),
                self.motion,
                keywords=tr("animation motion"),
            )
        )
        self.reset.connect(self._reset)
        self._preferences.changed.connect(self._show)
        self._show(now)

    @Slot(object)
    def _show(self, now: Preferences) -> None:
        self.theme.choose(now.theme.value)
        self.size.blockSignals(True)
        self.size.setValue(TEXT_SCALES.index(now.text_scale))
        self.size.blockSignals(False)
        self._show_size(now.text_scale)
        self.language.setCurrentIndex(max(0, self.language.findData(now.language)))
        self.motion.blockSignals(True)
        self.motion.setChecked(now.motion is Motion.SYSTEM)
        self.motion.blockSignals(False)
        first = Preferences(name=now.name)
        self.reset_button.setEnabled(now != first)

    def _show_size(self, scale: int) -> None:
        self.percent.setText(tr("{n} %", n=scale))
        self._sample.setStyleSheet(f"font-size: {round(TYPE['reading'] * scale / 100)}px")

    @Slot(str)
    def _choose_theme(self, key: str) -> None:
        self._preferences.change(theme=ThemeChoice(key))

    @Slot(int)
    def _slide(self, at: int) -> None:
        # While the handle is held only the sample grows: the slider must not move away under the hand.
        self._show_size(TEXT_SCALES[at])
        if not self.size.isSliderDown():
            self._choose_size()

    @Slot()
    def _choose_size(self) -> None:
        self._preferences.change(text_scale=TEXT_SCALES[self.size.value()])

    @Slot(int)
    def _choose_language(self, at: int) -> None:
        self._preferences.change(language=self.language.itemData(at))

    @Slot(bool)
    def _choose_motion(self, on: bool) -> None:
        self._preferences.change(motion=Motion.SYSTEM if on else Motion.OFF)

    @Slot()
    def _reset(self) -> None:
        before, first = self._preferences.now, Preferences()
        names = ("theme", "text_scale", "language", "motion")
        back = partial(self._preferences.change, **{name: getattr(before, name) for name in names})
        context = self._context  # another language builds the window, and this, anew
        self._preferences.change(**{name: getattr(first, name) for name in names})
        context.undoable.emit(tr("The looks were reset."), back)


class LearnerSettings(SettingsGroup):
    """The learner's name."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("You"))
        self._preferences = context.preferences
        self.name = QLineEdit(self._preferences.now.name)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText(tr("Your name"))
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._keep)
        self.name.textEdited.connect(self._wait)
        self.name.editingFinished.connect(self._keep)
        self.add_row(
            SettingRow(
                tr("Name"),
                tr("How the tutor greets you. It stays on this computer, and may be empty."),
                self.name,
                keywords=tr("learner"),
            )
        )

    @Slot()
    def _wait(self) -> None:
        self._typed.start()

    @Slot()
    def _keep(self) -> None:
        self._typed.stop()
        self._preferences.change(name=" ".join(self.name.text().split()))


def _preview(choice: ThemeChoice) -> QPixmap:
    """A small window in the colours of a theme; of both where the system decides."""
    density = 2
    picture = QPixmap(_PREVIEW * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = {ThemeChoice.DARK: DARK, ThemeChoice.CONTRAST: CONTRAST}.get(choice, LIGHT)
    _draw_window(painter, chosen)
    if choice is ThemeChoice.SYSTEM:
        painter.setClipRect(QRect(_PREVIEW.width() // 2, 0, _PREVIEW.width(), _PREVIEW.height()))
        _draw_window(painter, DARK)
    painter.end()
    return picture


def _draw_window(painter: QPainter, colours: Colours) -> None:
    painter.setPen(QPen(QColor(colours.line_strong), 1))
    painter.setBrush(QColor(colours.page))
    painter.drawRoundedRect(QRectF(0.5, 0.5, _PREVIEW.width() - 1, _PREVIEW.height() - 1), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    for left, top, width, colour in (
        (5, 6, 22, colours.ink),
        (5, 12, 34, colours.mute),
        (5, 20, 14, colours.accent),
        (25, 20, 14, colours.accent),
    ):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(left, top, width, 3), 1.5, 1.5)
