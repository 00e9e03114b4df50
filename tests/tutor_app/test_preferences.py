"""What was chosen holds at once and at the next start, whatever the file looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor_app.preferences import Motion, Preferences, PreferenceStore, ThemeChoice

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_a_change_is_told_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "home" / "preferences.json"
    store = PreferenceStore(path)
    told: list[Preferences] = []
    store.changed.connect(told.append)
    store.change(theme=ThemeChoice.DARK, text_scale=150, language="de", motion=Motion.OFF, name="Mia")
    expected = Preferences(ThemeChoice.DARK, 150, "de", Motion.OFF, "Mia")
    assert told == [expected]
    assert store.now == PreferenceStore(path).now == expected


def test_the_same_again_is_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    store = PreferenceStore(tmp_path / "preferences.json")
    told: list[Preferences] = []
    store.changed.connect(told.append)
    store.change(text_scale=100)
    assert told == []
    assert not (tmp_path / "preferences.json").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"theme": "pink"}', b'{"text_scale": 1e9}', b'{"text_scale": []}',
     b'{"unknown": 1}'],
)  # fmt: skip
def test_a_file_that_makes_no_sense_counts_as_none(qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    assert PreferenceStore(path).now == Preferences()


def test_what_cannot_be_kept_holds_until_the_window_closes(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = PreferenceStore(tmp_path / "file" / "preferences.json")
    failed: list[str] = []
    store.failed.connect(failed.append)
    store.change(text_scale=125)
    assert store.now.text_scale == 125
    assert len(failed) == 1
