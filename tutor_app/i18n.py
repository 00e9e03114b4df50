"""The window's language: messages are marked with ``tr`` and looked up in gettext catalogues.

``assets/translations/<language>.po`` is what translators edit; the ``.mo`` beside it is compiled by ``make
translations`` (docs/translating.md). The engine speaks English; ``tr_engine`` finds the template that a sentence of
its was made from, and translates that. Qt's own words (buttons of dialogs) come with Qt.
"""

from __future__ import annotations

import gettext
import locale
from typing import TYPE_CHECKING

from engine.paths import asset_path
from tutor_app.engine_sentences import EngineSentences

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
ENGINE = "engine"
"""The context of the engine's sentences in a catalogue."""

_in_use: gettext.NullTranslations = gettext.NullTranslations()
_engine = EngineSentences({})


class Catalogue(gettext.GNUTranslations):
    """A compiled catalogue."""

    def engine_sentences(self) -> EngineSentences:
        """The engine's sentences in it."""
        messages: dict[object, str] = vars(self)["_catalog"]  # gettext has no way to list them
        begin = self.CONTEXT % (ENGINE, "")
        found = {
            key[len(begin) :]: text
            for key, text in messages.items()
            if isinstance(key, str) and key.startswith(begin)
        }
        return EngineSentences(found)


def tr(text: str, **values: object) -> str:
    """``text`` in the window's language, with ``{name}`` filled in from ``values``."""
    found = _in_use.gettext(text)
    return found.format(**values) if values else found


def trn(one: str, many: str, n: int, **values: object) -> str:
    """``one`` or ``many`` in the window's language, by the number; ``{n}`` is the number itself."""
    return _in_use.ngettext(one, many, n).format(n=n, **values)


def tr_engine(text: str) -> str:
    """A sentence or phrase that the engine or a service wrote, in the window's language where it is known there."""
    found = _in_use.pgettext(ENGINE, text)
    return found if found != text else _engine.translated(text)


def install(translations: gettext.NullTranslations) -> None:
    """Use ``translations`` from now on. What is already on the screen stays as it is."""
    global _in_use, _engine  # noqa: PLW0603 - the language is one for the process, as in gettext itself
    _in_use = translations
    _engine = EngineSentences({})
    if isinstance(translations, Catalogue):
        _engine = translations.engine_sentences()


def load(language: str) -> gettext.NullTranslations:
    """The catalogue of ``language``; one that leaves everything in English where there is none."""
    path = asset_path("translations", f"{language}.mo")
    try:
        with path.open("rb") as file:
            return Catalogue(file)
    except (OSError, ValueError):
        return gettext.NullTranslations()


def languages() -> list[str]:
    """The codes of the languages that the window speaks."""
    found = (path.stem for path in asset_path("translations").glob("*.mo"))
    return sorted({SOURCE_LANGUAGE, *found})


def language_name(code: str) -> str:
    """A language's name in itself, as it stands in its own catalogue: "Deutsch" for de."""
    # Translators: the name of your language in itself, such as Deutsch or Français.
    name = load(code).pgettext("language", "English")
    return name if name != "English" or code == SOURCE_LANGUAGE else code


def system_language(wanted: Iterable[str] | None = None) -> str:
    """The first language of the system's that the window speaks, else English. ``wanted``: for tests."""
    known = set(languages())
    for name in wanted if wanted is not None else (locale.getlocale()[0] or "",):
        code = name.replace("-", "_").partition("_")[0].lower()
        if code in known:
            return code
    return SOURCE_LANGUAGE
