"""WCAG 2.2: what is read, bounds a control or shows the focus can be told from its background, in every theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor_app.theme import sheet
from tutor_app.theme.tokens import (
    CONTRAST,
    DARK,
    ELEVATION,
    LIGHT,
    MOTION_MS,
    RADIUS,
    READING_WIDTH,
    SPACE,
    TYPE,
    Colours,
)

_THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
_TEXT = ("ink", "mute", "accent_ink", "good", "warn", "bad")
_BACKGROUNDS = ("page", "rail", "card", "sunken", "accent_soft", "bad_soft")
_PAIRS = [(text, ground) for text in _TEXT for ground in _BACKGROUNDS] + [
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_mark", "mark"),
    ("on_chosen", "chosen"),
    ("page", "ink"),
    ("off", "page"),
    ("off", "card"),
    ("off", "sunken"),
]
_DESIGN = Path(__file__).resolve().parents[3] / "docs" / "design-language.md"


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2, of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_is_wcags() -> None:
    assert _ratio("#000000", "#ffffff") == pytest.approx(21)
    assert _ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", _THEMES)
@pytest.mark.parametrize(("text", "ground"), _PAIRS, ids=" on ".join)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours: Colours = _THEMES[theme]
    least = 7 if theme == "contrast" else 4.5
    assert _ratio(getattr(colours, text), getattr(colours, ground)) >= least


@pytest.mark.parametrize("theme", _THEMES)
@pytest.mark.parametrize("ground", _BACKGROUNDS)
@pytest.mark.parametrize("bound", ["line_strong", "focus", "accent"])
def test_controls_and_the_focus_can_be_seen(theme: str, ground: str, bound: str) -> None:
    colours: Colours = _THEMES[theme]
    assert _ratio(getattr(colours, bound), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("theme", _THEMES)
def test_the_focus_can_be_seen_on_the_filled_button_too(theme: str) -> None:
    colours: Colours = _THEMES[theme]
    for ground in ("accent", "accent_hover", "focus"):
        assert _ratio(colours.on_accent, getattr(colours, ground)) >= 3


@pytest.mark.parametrize("theme", _THEMES)
@pytest.mark.parametrize("ground", ["page", "card"])
def test_the_shape_of_what_cannot_be_used_is_seen(theme: str, ground: str) -> None:
    colours: Colours = _THEMES[theme]
    assert _ratio(colours.line_off, getattr(colours, ground)) >= 2


def test_in_high_contrast_what_is_typed_differs_from_what_stood_in_the_field() -> None:
    assert _ratio(CONTRAST.off, CONTRAST.ink) >= 2


def test_the_design_language_tells_the_values_in_force() -> None:
    page = _DESIGN.read_text(encoding="utf-8")
    for name in Colours._fields:
        cells = " | ".join(f"`{getattr(colours, name)}`" for colours in _THEMES.values())
        assert f"| {name} | {cells} |" in page
    for table in (TYPE, SPACE, RADIUS, MOTION_MS):
        for name, value in table.items():
            assert f"| {name} | {value} |" in page
    assert f"{ELEVATION['popover']} pixels soft" in page
    assert f"at most {READING_WIDTH} pixels wide" in page


def test_the_design_language_names_the_roles_that_the_sheet_draws() -> None:
    page = _DESIGN.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:label|button|frame|field) \| (.+) \|$", page, re.MULTILINE)
    told = {re.sub(r" \(.*", "", role.strip()) for row in rows for role in row.partition(";")[0].split(",")}
    drawn = set(re.findall(r'role="([a-z-]+)"', Path(sheet.__file__).read_text(encoding="utf-8")))
    assert drawn - {"inside"} == told
