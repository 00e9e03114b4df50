"""What the window is shown with: Qt, the platform, the screens, the theme. For the check-up, and for a report of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from tutor_app.i18n import tr
from tutor_app.theme.tokens import CONTRAST, DARK

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme


def window_facts(theme: Theme) -> str:
    """One line, in the window's language."""
    screens = [
        tr(
            "{width}×{height} at {percent} %",
            width=screen.size().width(),
            height=screen.size().height(),
            percent=round(100 * screen.devicePixelRatio()),
        )
        for screen in QGuiApplication.screens()
    ]
    return tr(
        "Qt {version} on {platform}; screens: {screens}; theme: {theme}; text at {percent} %",
        version=qVersion(),
        platform=QGuiApplication.platformName(),
        screens=", ".join(screens) or tr("none"),
        theme=_theme_name(theme),
        percent=round(100 * theme.scale),
    )


def _theme_name(theme: Theme) -> str:
    if theme.colours == CONTRAST:
        return tr("High contrast")
    return tr("Dark") if theme.colours == DARK else tr("Light")
