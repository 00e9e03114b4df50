"""The application's fonts: Source Sans from its package (OFL 1.1); other scripts come from the system."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Source Sans Pro"
_FILES = ("Regular", "It", "Semibold", "Bold")


def load_fonts() -> None:
    """Make the fonts known to Qt. Without the package the system's own font is used."""
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        return
    for name in _FILES:
        QFontDatabase.addApplicationFont(
            str(Path(package.origin).parent / "files" / f"SourceSansPro-{name}.ttf")
        )


def text_font(pixels: int, *, weight: int = 400, italic: bool = False) -> QFont:
    """A font for text, ``pixels`` high."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    return font
