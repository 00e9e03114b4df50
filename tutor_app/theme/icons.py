"""Icons: drawn for this project (``assets/icons``, 24 px grid, one stroke), in a colour of the theme."""

from __future__ import annotations

import functools
import math

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from engine.paths import asset_path

POINTING = frozenset({
    "ask", "back", "chevron-left", "chevron-right", "explain", "forward", "list", "open", "panel", "simpler", "undo",
})  # fmt: skip
"""Icons that follow the direction of reading; the others look the same in every language."""


def icon(
    name: str, colour: str, *, active: str | None = None, size: int = 20, mirrored: bool = False
) -> QIcon:
    """The icon ``name`` in ``colour``.

    Args:
        name: a file of ``assets/icons``.
        colour: as #rrggbb.
        active: the colour where it is switched on or selected; the same if None.
        size: its side in pixels.
        mirrored: whether the window is read from the right; icons that point are turned then.
    """
    result = QIcon()
    turned = mirrored and name in POINTING
    for density in sorted({1, _finest()}):
        result.addPixmap(pixmap(name, colour, size=size, density=density, turned=turned))
        if active is not None and active != colour:
            chosen = pixmap(name, active, size=size, density=density, turned=turned)
            result.addPixmap(chosen, QIcon.Mode.Normal, QIcon.State.On)
            result.addPixmap(chosen, QIcon.Mode.Selected, QIcon.State.Off)
    return result


@functools.lru_cache(maxsize=512)
def pixmap(name: str, colour: str, *, size: int = 20, density: float = 1, turned: bool = False) -> QPixmap:
    """The icon ``name`` as a picture of ``size`` logical pixels; ``turned`` swaps left and right."""
    drawn = QPixmap(QSize(round(size * density), round(size * density)))
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    if turned:
        painter.translate(drawn.width(), 0)
        painter.scale(-1, 1)
    _renderer(name, colour).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(density)
    return drawn


def _finest() -> int:
    """Pixels of the finest screen to one logical pixel."""
    app = QGuiApplication.instance()
    return math.ceil(app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 1


@functools.lru_cache(maxsize=128)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
