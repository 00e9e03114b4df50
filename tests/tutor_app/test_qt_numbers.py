"""The numbers are those of Qt's names."""

from PySide6.QtCore import Qt

from tutor_app import qt_numbers


def test_each_number_is_that_of_its_name() -> None:
    assert {name: value for name, value in vars(qt_numbers).items() if name.isupper()} == {
        "ALIGN_LEFT": Qt.AlignmentFlag.AlignLeft.value,
        "ALIGN_RIGHT": Qt.AlignmentFlag.AlignRight.value,
        "ALIGN_ABSOLUTE": Qt.AlignmentFlag.AlignAbsolute.value,
        "ALIGN_V_CENTER": Qt.AlignmentFlag.AlignVCenter.value,
        "LEFT_TO_RIGHT": Qt.LayoutDirection.LeftToRight.value,
        "RIGHT_TO_LEFT": Qt.LayoutDirection.RightToLeft.value,
        "NO_FOCUS": Qt.FocusPolicy.NoFocus.value,
        "TAB_FOCUS": Qt.FocusPolicy.TabFocus.value,
        "PLAIN_TEXT": Qt.TextFormat.PlainText.value,
        "SCROLL_BAR_AS_NEEDED": Qt.ScrollBarPolicy.ScrollBarAsNeeded.value,
        "SCROLL_BAR_ALWAYS_OFF": Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value,
    }
