"""Icons: drawn for this project (``assets/icons``, 24 px grid, one stroke), in a colour of the theme."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from engine.paths import asset_path

_DENSITIES = (1, 2, 3)


def icon(name: str, colour: str, *, active: str | None = None, size: int = 20) -> QIcon:
    """The icon ``name`` in ``colour``; ``active`` is its colour where it is switched on."""
    result = QIcon()
    for state, tint in ((QIcon.State.Off, colour), (QIcon.State.On, active or colour)):
        for density in _DENSITIES:
            result.addPixmap(pixmap(name, tint, size=size, density=density), QIcon.Mode.Normal, state)
    return result


@functools.lru_cache(maxsize=512)
def pixmap(name: str, colour: str, *, size: int = 20, density: float = 1) -> QPixmap:
    """The icon ``name`` as a picture of ``size`` logical pixels."""
    drawn = QPixmap(QSize(round(size * density), round(size * density)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(density)
    return drawn


def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
