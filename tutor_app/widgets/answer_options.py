"""Choosing one option, or all that are right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton

from tutor_app.i18n import tr
from tutor_app.richtext.plain import to_spoken
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import column, label
from tutor_app.widgets.option_frame import OptionFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tutor_app.services.practising import Response, ShownOption
    from tutor_app.theme.theme import Theme


class AnswerOptions(AnswerInput):
    """Options one below the other: radio buttons, or check boxes for ``many``. Arrow keys move, Space ticks."""

    def __init__(self, theme: Theme, options: tuple[ShownOption, ...], *, many: bool) -> None:
        super().__init__()
        self._many = many
        self._controls: dict[str, QAbstractButton] = {}
        self._frames: dict[str, OptionFrame] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        parts = column(space="s")
        if many:
            parts.addWidget(label(tr("Tick all that fit."), "caption"))
        for option in options:
            control = QCheckBox() if many else QRadioButton()
            control.setAccessibleName(to_spoken(option.text))
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(control)
            frame = OptionFrame(theme, option.text, (control,))
            control.installEventFilter(frame)
            frame.pressed.connect(partial(self._press, control))
            self._controls[option.id], self._frames[option.id] = control, frame
            parts.addWidget(frame)
        self.setLayout(parts)
        self._group.buttonToggled.connect(self._show)

    def response(self) -> Response | None:
        """The id that is chosen, or the ids; None for nothing."""
        chosen = tuple(key for key, control in self._controls.items() if control.isChecked())
        if not chosen:
            return None
        return chosen if self._many else chosen[0]

    def set_response(self, response: Response) -> None:
        """Choose what was chosen."""
        wanted = (response,) if isinstance(response, str) else tuple(response)
        for key, control in self._controls.items():
            if key in wanted or self._many:
                control.setChecked(key in wanted)

    def focus_start(self) -> None:
        """The chosen option, else the first one."""
        controls = list(self._controls.values())
        chosen = next((it for it in controls if it.isChecked()), controls[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def control(self, option: str) -> QAbstractButton:
        """The button of an option."""
        return self._controls[option]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move along check boxes, as they do along radio buttons."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        controls = list(self._controls.values())
        at = next((n for n, control in enumerate(controls) if control.hasFocus()), -1)
        if self._many and step and at >= 0:
            controls[(at + step) % len(controls)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _press(self, control: QAbstractButton) -> None:
        control.setFocus(Qt.FocusReason.MouseFocusReason)
        control.click()

    @Slot()
    def _show(self) -> None:
        for key, control in self._controls.items():
            self._frames[key].set_chosen(control.isChecked())
        self.changed.emit()
