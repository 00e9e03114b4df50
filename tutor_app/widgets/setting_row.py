"""One setting: its name, what it does, and the control that changes it at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label


class SettingRow(QWidget):
    """The control stands below the words, where it has room at every size of text.

    Args:
        title: the setting's name, also its control's for a screen reader.
        text: what it does.
        control: what changes it; None for a line that only tells.
        keywords: other words that it is found by.
    """

    def __init__(self, title: str, text: str, control: QWidget | None, *, keywords: str = "") -> None:
        super().__init__()
        self._found_by = f"{title} {text} {keywords}".casefold()
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE["xs"])
        words = [label(title, "strong", wrap=True)]
        if text:
            words.append(label(text, "mute", wrap=True))
        for line in (*words, self._fault):
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            whole.addWidget(line)
        if control is not None:
            if not control.accessibleName():
                control.setAccessibleName(title)
            control.setAccessibleDescription(text)
            whole.addSpacing(SPACE["xs"])
            fixed = isinstance(control, QAbstractButton | QComboBox | QSpinBox)
            whole.addWidget(control, 0, Qt.AlignmentFlag.AlignLeading if fixed else Qt.AlignmentFlag(0))

    def matches(self, wanted: str) -> bool:
        """Whether it is about ``wanted``."""
        return all(word in self._found_by for word in wanted.casefold().split())

    def show_fault(self, text: str) -> None:
        """Say why a value cannot be; "" where it can."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
