"""The window's language: messages are marked with ``tr`` and looked up in gettext catalogues.

``assets/translations/<language>.po`` is what translators edit; the ``.mo`` beside it is compiled by ``make
translations`` (docs/translating.md). The engine speaks English; ``tr_engine`` finds the template that a sentence of
its was made from, and translates that. Qt's own words (buttons of dialogs) come with Qt.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

from engine.paths import asset_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor_app.engine_sentences import EngineSentences

SOURCE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
ENGINE = "engine"
"""The context of the engine's sentences in a catalogue."""

_NO_MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))

_in_use: gettext.NullTranslations = gettext.NullTranslations()
_engine: EngineSentences | None = None
_right_to_left = False


class Catalogue(gettext.GNUTranslations):
    """A compiled catalogue."""

    def engine_sentences(self) -> EngineSentences:
        """The engine's sentences in it."""
        from tutor_app.engine_sentences import EngineSentences

        messages: dict[object, str] = vars(self)["_catalog"]  # gettext has no way to list them
        begin = self.CONTEXT % (ENGINE, "")
        found = {
            key[len(begin) :]: text
            for key, text in messages.items()
            if isinstance(key, str) and key.startswith(begin)
        }
        return EngineSentences(found, apart)


def tr(text: str, **values: object) -> str:
    """``text`` in the window's language, with ``{name}`` filled in from ``values``."""
    found = _in_use.gettext(text)
    return found.format(**_apart(values)) if values else found


def trn(one: str, many: str, n: int, **values: object) -> str:
    """``one`` or ``many`` in the window's language, by the number; ``{n}`` is the number itself."""
    return _in_use.ngettext(one, many, n).format(n=n, **_apart(values))


def tr_engine(text: str) -> str:
    """A sentence or phrase that the engine or a service wrote, in the window's language where it is known there."""
    found = _in_use.pgettext(ENGINE, text)
    return found if found != text or _engine is None else _engine.translated(text)


def isolated(text: str) -> str:
    """``text`` in its own direction, whatever the window's is: a title in English ends with its mark at its right."""
    return f"\u2068{text}\u2069"


def apart(text: str) -> str:
    """``text`` isolated where it stands among words of the other direction, as a title in a translated sentence may."""
    return isolated(text) if text and (_right_to_left or _has_letters_from_right(text)) else text


def unmarked(text: str) -> str:
    """``text`` without the marks of ``isolated``: for what leaves the window, into another program or a question."""
    return text.translate(_NO_MARKS)


def dotted(*parts: str) -> str:
    """The parts that are not empty in one line, a dot between them, in the order in which the window is read."""
    # The mark at the start has the whole line read from the right; isolated names do not tell that.
    return ("\u200f" if _right_to_left else "") + " · ".join(apart(part) for part in parts if part)


def install(translations: gettext.NullTranslations, *, right_to_left: bool = False) -> None:
    """Use ``translations`` from now on. What is already on the screen stays as it is.

    Args:
        translations: of the language.
        right_to_left: whether it is read from the right; names in its sentences are isolated then.
    """
    global _in_use, _engine, _right_to_left  # noqa: PLW0603 - the language is one for the process, as in gettext
    _in_use = translations
    _right_to_left = right_to_left
    _engine = translations.engine_sentences() if isinstance(translations, Catalogue) else None


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


def _has_letters_from_right(text: str) -> bool:
    """Whether Hebrew, Arabic or the like is in it."""
    if text.isascii():
        return False
    from unicodedata import bidirectional

    return any(bidirectional(sign) in ("R", "AL") for sign in text)


def _apart(values: dict[str, object]) -> dict[str, object]:
    return {name: apart(value) if isinstance(value, str) else value for name, value in values.items()}


def language_name(code: str) -> str:
    """A language's name in itself, as it stands in its own catalogue: "Deutsch" for de."""
    # Translators: the name of your language in itself, such as Deutsch or Français.
    name = load(code).pgettext("language", "English")
    return name if name != "English" or code == SOURCE_LANGUAGE else code


def _locale_names() -> tuple[str, ...]:
    import locale  # the window asks Qt or the environment

    return (locale.getlocale()[0] or "",)


def system_language(wanted: Iterable[str] | None = None) -> str:
    """The first language of the system's that the window speaks, else English. ``wanted``: for tests."""
    for name in wanted if wanted is not None else _locale_names():
        code = name.replace("-", "_").partition("_")[0].lower()
        if code == SOURCE_LANGUAGE or (code.isalpha() and asset_path("translations", f"{code}.mo").is_file()):
            return code
    return SOURCE_LANGUAGE
