"""The values of the design language: colours, type, space, radii, motion. No Qt, and nothing else has such values."""

from typing import NamedTuple


class Colours(NamedTuple):
    """The colours of one theme, as #rrggbb.

    Attributes:
        page, rail, card, sunken: backgrounds: of pages, of the navigation, raised, and lowered (fields, code).
        line, line_strong, line_off: borders; ``line_strong`` bounds what can be typed into or pressed (3:1 on
            ``page``), ``line_off`` what cannot be used now (2:1 on ``page``).
        ink, mute: text, and text of less weight (both 4.5:1 on every background).
        accent, on_accent, accent_hover, accent_soft, accent_ink: the one accent, text on it, under the pointer, as a
            tint, and as text (4.5:1 on every background and on ``accent_soft``).
        chosen, on_chosen: what is selected, and text and icons on it.
        track: the part of a bar that is not filled yet.
        mark, on_mark: a marked quote.
        off: text of what cannot be used now, and in a field what stands there until something is typed.
        good, warn, bad: what is well, needs attention, is broken; readable as text. ``bad_soft``: tint of ``bad``.
        focus: the ring around what has the keyboard (3:1 on every background).
        shadow: colour of a shadow, with alpha, as #aarrggbb.
    """

    page: str
    rail: str
    card: str
    sunken: str
    line: str
    line_strong: str
    line_off: str
    ink: str
    mute: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    accent_ink: str
    chosen: str
    on_chosen: str
    track: str
    off: str
    mark: str
    on_mark: str
    good: str
    warn: str
    bad: str
    bad_soft: str
    focus: str
    shadow: str


LIGHT = Colours(
    page="#f7f6f2", rail="#efede6", card="#ffffff", sunken="#f1efe9", line="#e2dfd6", line_strong="#858479",
    line_off="#b0ada2", ink="#1f2328", mute="#5b6169", accent="#2f5d50", on_accent="#ffffff", accent_hover="#264c41",
    accent_soft="#e1ede7", accent_ink="#28574a", chosen="#d9e8e0", on_chosen="#214a3e", track="#dedad0", off="#5b6169",
    mark="#fbe7a6", on_mark="#2a2204", good="#2b6a3a", warn="#8a5200", bad="#b3261e", bad_soft="#fbe9e7",
    focus="#1f6feb", shadow="#331f2328",
)  # fmt: skip
DARK = Colours(
    page="#16191b", rail="#111416", card="#1e2326", sunken="#121517", line="#2d3438", line_strong="#717b81",
    line_off="#4d565b", ink="#e8eaeb", mute="#a3adb3", accent="#7cc4a8", on_accent="#0d1f19", accent_hover="#93d3ba",
    accent_soft="#21352e", accent_ink="#8fd0b6", chosen="#253d35", on_chosen="#a3dcc5", track="#343c41", off="#a3adb3",
    mark="#5c4a12", on_mark="#fff3cf", good="#83cf95", warn="#e8b45c", bad="#f2928b", bad_soft="#3a2221",
    focus="#79b8ff", shadow="#99000000",
)  # fmt: skip
CONTRAST = Colours(
    page="#000000", rail="#000000", card="#000000", sunken="#000000", line="#ffffff", line_strong="#ffffff",
    line_off="#ffffff", ink="#ffffff", mute="#ffffff", accent="#ffff00", on_accent="#000000", accent_hover="#ffffff",
    accent_soft="#000000", accent_ink="#ffff00", chosen="#ffff00", on_chosen="#000000", track="#000000", off="#a6a6a6",
    mark="#ffff00", on_mark="#000000", good="#7dff9a", warn="#ffd166", bad="#ff9d94", bad_soft="#000000",
    focus="#00e5ff", shadow="#00000000",
)  # fmt: skip

PAPER = "#ffffff"
"""White in every theme: behind pictures that were made for paper, and letters on the covers of books."""
PAPER_INK = "#1f2328"
"""Dark in every theme: words on ``PAPER``."""

TYPE = {"caption": 13, "body": 15, "reading": 17, "heading": 19, "title": 26, "display": 34}
"""Sizes of text in pixels at 100 %."""

WEIGHT = {"regular": 400, "strong": 600, "bold": 700}

SPACE = {"xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 40}
"""Distances in pixels. They do not grow with the text."""

RADIUS = {"item": 6, "control": 9, "card": 14}
"""Rounding of corners in pixels: of what lies in a list or a menu, of what is pressed or typed into, of cards."""

ELEVATION = {"popover": 28}
"""Blur of a shadow in pixels. Only what floats for a moment has one; all else is told apart by a line."""

MOTION_MS = {"short": 120, "long": 200}
"""Length of a movement: of what answers a hand, and of what comes by itself."""

RAIL_WIDTH = 208
SIDE_WIDTH = 360
READING_WIDTH = 720
NOTE_WIDTH = 460
POPOVER_WIDTH = 340
"""Widths in pixels: of the navigation, of the panel beside a page, the widest column of text to read, the widest short
sentence (an empty page, a toast), and a card that explains a word."""
