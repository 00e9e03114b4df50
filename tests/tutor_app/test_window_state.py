"""Where the window was left is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray

from tutor_app.place import Page, Place
from tutor_app.window_state import WindowState

if TYPE_CHECKING:
    from pathlib import Path

_PLACE = Place(Page.READ, pack="org.x", passage="p1", quotes=("Leaves are green.", "ä = ½"))


def test_everything_kept_is_found_again(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.ini")
    state.keep_place(_PLACE)
    state.keep_place(Place(Page.ASK, conversation="c1"), "read/org.x")
    state.keep_geometry(QByteArray(b"\x01\x02\x00\xff"))
    state.keep_text("Why is\nthe sky, “blue”?", "draft/c1")
    state.flush()
    again = WindowState(tmp_path / "window.ini")
    assert again.place() == _PLACE
    assert again.place("read/org.x") == Place(Page.ASK, conversation="c1")
    assert again.geometry() == QByteArray(b"\x01\x02\x00\xff")
    assert again.text("draft/c1") == "Why is\nthe sky, “blue”?"


def test_a_new_profile_knows_nothing(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.ini")
    assert state.place() is None
    assert state.geometry() is None
    assert state.text("draft") == ""


@pytest.mark.parametrize(
    "content", ["", "[place]\nlast={", "[place]\nlast=5", "\x00\x01", '[place]\nlast="{\\"x\\": 1}"']
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "window.ini").write_text(content, encoding="utf-8")
    assert WindowState(tmp_path / "window.ini").place() is None
