"""The catalogues: up to date with the source, complete, and compiled from what stands beside them."""

from __future__ import annotations

import gettext
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import ROOT, script

if TYPE_CHECKING:
    from types import ModuleType

    from babel.messages.catalog import Catalog, Message

_TRANSLATIONS = ROOT / "assets" / "translations"
_FIELD = re.compile(r"\{[a-z0-9_]*\}")
_KEYBOARD_QUOTE = re.compile(r"[\"']")
_CODES = [path.stem for path in sorted(_TRANSLATIONS.glob("*.po"))]


@cache
def _tool() -> ModuleType:
    return script("packaging/translations.py")


@cache
def _catalog(code: str) -> Catalog:
    found: Catalog = _tool().read(_TRANSLATIONS / f"{code}.po")
    return found


def _messages(code: str) -> list[Message]:
    return [message for message in _catalog(code) if message.id]


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def test_there_is_a_second_language() -> None:
    assert "de" in _CODES


@pytest.mark.parametrize("code", _CODES)
def test_a_catalogue_holds_what_the_source_says_and_no_more(code: str) -> None:
    source = {_key(message) for message in _tool().extracted() if message.id}
    kept = {_key(message) for message in _messages(code)}
    assert sorted(source - kept, key=str) == [], "new strings: run `make translations`, and translate them"
    assert sorted(kept - source, key=str) == [], "strings that are gone: run `make translations`"


@pytest.mark.parametrize("code", _CODES)
def test_a_language_is_complete(code: str) -> None:
    missing = [_key(message) for message in _messages(code) if not _tool().is_complete(message)]
    assert missing == []
    assert [_key(message) for message in _messages(code) if message.fuzzy] == []


@pytest.mark.parametrize("code", _CODES)
def test_a_translation_fills_in_the_same_values(code: str) -> None:
    wrong = [
        (message.id, form)
        for message in _messages(code)
        for form in _tool().forms(message)
        if not _has_fields_of(message, form)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", _CODES)
def test_a_translation_ends_as_its_original_does(code: str) -> None:
    wrong = [
        (_english(message)[-1], form)
        for message in _messages(code)
        for form in _tool().forms(message)
        if _end(form) != _end(_english(message)[-1])
    ]
    assert wrong == []


def test_german_has_its_own_quotes_and_calls_the_learner_du() -> None:
    formal = re.compile(r"\b(Ihnen|Ihre[nmrs]?|(?<![.!?:] )(?<!^)Sie)\b")
    for message in _messages("de"):
        for form in _tool().forms(message):
            assert not formal.search(form), form
            if not any(_KEYBOARD_QUOTE.search(text) for text in _english(message)):
                assert not _KEYBOARD_QUOTE.search(form), form
            assert "”" not in form, form


@pytest.mark.parametrize("code", _CODES)
def test_the_compiled_catalogue_is_that_of_the_source(code: str, tmp_path: Any) -> None:
    fresh = tmp_path / "fresh.mo"
    fresh.write_bytes(_tool().compiled(_catalog(code)))
    assert _content(_TRANSLATIONS / f"{code}.mo") == _content(fresh), "run `make translations`"


@pytest.mark.parametrize("code", _CODES)
def test_a_catalogue_names_no_dates_lines_or_machines(code: str) -> None:
    text = (_TRANSLATIONS / f"{code}.po").read_text(encoding="utf-8")
    assert "-Date:" not in text
    assert str(ROOT) not in text
    assert not re.search(r"^#: \S+:\d", text, flags=re.MULTILINE)
    assert _tool().written(_catalog(code)).decode() == text


def _has_fields_of(message: Message, form: str) -> bool:
    """Whether ``form`` names the same values; one that stands for a single number may leave the number out."""
    english = _english(message)
    fields = sorted(_FIELD.findall(form))
    whole = sorted(_FIELD.findall(english[-1]))
    return fields == whole or (len(english) > 1 and fields == sorted(set(whole) - {"{n}"}))


def _end(text: str) -> str:
    found = re.search(r"[.?!…:]?$", text.rstrip("”“)»"))
    return found[0] if found else ""


def _content(path: Any) -> dict[Any, str]:
    with path.open("rb") as file:
        messages: dict[Any, str] = dict(vars(gettext.GNUTranslations(file))["_catalog"])
    del messages[""]
    return messages
