"""The window's language: messages are marked with ``tr`` and looked up in gettext catalogues.

``assets/translations/<language>.po`` is what translators edit; the ``.mo`` beside it is compiled by ``make
translations``. The engine speaks English; ``tr_engine`` finds the sentence it was made from and translates that.
Qt's own words (buttons of dialogs) come with Qt.
"""

from __future__ import annotations

import gettext
import locale
from typing import TYPE_CHECKING

from engine.paths import asset_path

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_in_use: gettext.NullTranslations = gettext.NullTranslations()


def tr(text: str, **values: object) -> str:
    """``text`` in the window's language, with ``{name}`` filled in from ``values``."""
    found = _in_use.gettext(text)
    return found.format(**values) if values else found


def trn(one: str, many: str, n: int, **values: object) -> str:
    """``one`` or ``many`` in the window's language, by the number; ``{n}`` is the number itself."""
    return _in_use.ngettext(one, many, n).format(n=n, **values)


def install(translations: gettext.NullTranslations) -> None:
    """Use ``translations`` from now on. What is already on the screen stays as it is."""
    global _in_use  # noqa: PLW0603 - the language is one for the process, as in gettext itself
    _in_use = translations


def load(language: str) -> gettext.NullTranslations:
    """The catalogue of ``language``; one that leaves everything in English where there is none."""
    path = asset_path("translations", f"{language}.mo")
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError):
        return gettext.NullTranslations()


def languages() -> list[str]:
    """The codes of the languages that the window speaks."""
    found = (path.stem for path in asset_path("translations").glob("*.mo"))
    return sorted({SOURCE_LANGUAGE, *found})


def system_language(wanted: Iterable[str] | None = None) -> str:
    """The first language of the system's that the window speaks, else English. ``wanted``: for tests."""
    known = set(languages())
    for name in wanted if wanted is not None else (locale.getlocale()[0] or "",):
        code = name.replace("-", "_").partition("_")[0].lower()
        if code in known:
            return code
    return SOURCE_LANGUAGE
