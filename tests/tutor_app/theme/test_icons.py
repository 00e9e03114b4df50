"""Icons: drawn alike, none missing, none that only looks drawn."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from engine.paths import asset_path
from tests.conftest import ROOT
from tutor_app.theme.icons import POINTING, pixmap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor_app.theme.theme import Theme

FILES = sorted(path for path in asset_path("icons").glob("*.svg") if path.stem != "app")
NAMES = {path.stem for path in FILES}
_TAKES_ICON = {"icon", "IconButton", "set_icon", "EmptyState", "pixmap", "image"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_icon_keeps_to_the_grid_and_takes_its_colour(path: object) -> None:
    source = path.read_text()  # type: ignore[attr-defined]
    assert 'viewBox="0 0 24 24"' in source
    assert set(re.findall(r'stroke-width="([^"]+)"', source)) == {"1.75"}
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', source)) <= {"none", "currentColor"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_draws_something_in_the_colour_asked_for(theme: Theme, name: str) -> None:
    drawn = pixmap(name, "#ff0000", size=24).toImage()
    inked = [
        drawn.pixelColor(x, y) for x in range(24) for y in range(24) if drawn.pixelColor(x, y).alpha() > 200
    ]
    assert len(inked) > 8
    assert all(colour.red() > 240 and colour.green() < 15 for colour in inked)


def test_icons_that_point_are_turned(theme: Theme) -> None:
    plain = pixmap("forward", "#000000", size=24).toImage().flipped(Qt.Orientation.Horizontal)
    turned = pixmap("forward", "#000000", size=24, turned=True).toImage()
    differences = [
        abs(plain.pixelColor(x, y).alpha() - turned.pixelColor(x, y).alpha())
        for x in range(24)
        for y in range(24)
    ]
    assert max(differences) < 64
    assert NAMES >= POINTING


def test_every_icon_named_in_the_program_exists() -> None:
    assert {name for _, name in _names_used()} - NAMES == set()


def _names_used() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tutor_app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _TAKES_ICON:
                first = 1 if _name(node.func) in {"IconButton", "EmptyState"} else 0
                for found in node.args[first : first + 1]:
                    if isinstance(found, ast.Constant) and isinstance(found.value, str):
                        yield path.name, found.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@pytest.mark.parametrize("size", [16, 32, 256])
def test_the_programs_own_icon_is_drawn_at_every_size(theme: Theme, size: int) -> None:
    drawn = QIcon(str(asset_path("icons", "app.svg"))).pixmap(size, size).toImage()
    assert drawn.width() == size
    assert drawn.pixelColor(size // 2, round(size * 0.6)).alpha() == 255
    assert drawn.pixelColor(0, 0).alpha() < 128
