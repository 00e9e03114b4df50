"""The application's fonts: Source Sans from its package (OFL 1.1); other scripts come from the system."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Source Sans Pro"
_UPRIGHT = ("Regular", "Semibold", "Bold")
_SLANTED = ("It",)


def load_fonts() -> None:
    """Make the upright fonts known to Qt. Without their package the system's own font is used."""
    _load(_UPRIGHT)


def load_slanted_fonts() -> None:
    """The rest of them. The window's first paint shows nothing slanted."""
    _load(_SLANTED)


def _load(names: tuple[str, ...]) -> None:
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        return
    for name in names:
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
