"""The name of a skill in the lines of a tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter

from tutor_app.theme.fonts import text_font
from tutor_app.widgets.skill_name import NameRoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

WORDS = st.lists(st.text("abcdefghim", min_size=1, max_size=12), min_size=1, max_size=9)


def test_the_last_line_stands_in_less_room_where_something_is_beside_it(qapp: QApplication) -> None:
    font = text_font(13)
    wide = QFontMetrics(font).horizontalAdvance("equations") + 1.0
    name = "Solve equations with brackets"
    whole = NameRoom(font, (wide,) * 4)
    assert whole.lines(name) == ["Solve", "equations", "with", "brackets"]
    assert whole.has_all_of(name)
    narrow = NameRoom(font, (wide, wide, wide, wide / 2))
    assert narrow.lines(name)[:3] == ["Solve", "equations", "with"]
    assert narrow.lines(name)[3].endswith("…")
    assert not narrow.has_all_of(name)


@given(words=WORDS, lines=st.integers(1, 5), ems=st.integers(3, 12))
def test_a_name_is_whole_in_its_lines_or_ends_with_dots(
    qapp: QApplication, words: list[str], lines: int, ems: int
) -> None:
    name = " ".join(words)
    room = NameRoom(text_font(13), (13.0 * ems,) * lines)
    shown = room.lines(name)
    assert len(shown) <= lines
    assert room.has_all_of(name) == (" ".join(shown) == name)
    assert room.has_all_of(name) or any(line.endswith("…") for line in shown)


def test_a_name_reads_as_its_own_words_do_where_the_window_is_read_from_the_right(qapp: QApplication) -> None:
    def drawn(direction: Qt.LayoutDirection) -> QImage:
        image = QImage(120, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setLayoutDirection(direction)
        NameRoom(text_font(13), (110.0,)).paint(painter, QRectF(5, 5, 110, 20), "= mx + b")
        painter.end()
        return image

    assert drawn(Qt.LayoutDirection.RightToLeft) == drawn(Qt.LayoutDirection.LeftToRight)
