"""Why no window can be shown is said before Qt ends the program."""

import ctypes
from collections.abc import Callable

import pytest

from tutor_app.display import DisplayError, check_display, has_display


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_is_known_by_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert has_display({name: "x"})
    assert not has_display({name: ""})
    assert not has_display({})


def test_other_systems_always_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert has_display({})


def _without(missing: str, wanted: str = "libxcb-icccm.so.4") -> Callable[[str], object]:
    def load(name: str) -> object:
        if name.endswith(missing):
            raise OSError(f"{wanted}: cannot open shared object file: No such file or directory")
        return object()

    return load


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", _without("libqxcb.so"))
    with pytest.raises(DisplayError) as caught:
        check_display({"DISPLAY": ":99"})
    assert "libxcb-icccm.so.4" in caught.value.what
    assert caught.value.todo == "Run: sudo apt-get install libxcb-icccm4"


def test_where_there_is_only_wayland_its_libraries_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", _without("libqwayland.so", "libwayland-cursor.so.0"))
    with pytest.raises(DisplayError) as caught:
        check_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert caught.value.todo == "Run: sudo apt-get install libwayland-cursor0"
    check_display({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "offscreen"})


def test_without_a_screen_the_plug_in_for_screens_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", _without("libqxcb.so"))
    check_display({"QT_QPA_PLATFORM": "offscreen"})


def test_a_display_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(DisplayError, match="does not answer"):
        check_display({"DISPLAY": ":7351"})
