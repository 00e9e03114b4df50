"""Values of Qt's namespace as numbers, for what is built before the first paint.

The first touch of PySide6's ``Qt`` makes the Python classes of all its 93 enumerations, Qt's keys among them: a quarter
of what this window adds to an empty one's start. ``setProperty`` takes their numbers and needs no class. Code that runs
after the first paint uses the names. ``tests/tutor_app/test_qt_numbers.py`` compares.
"""

ALIGN_LEFT = 0x0001
ALIGN_RIGHT = 0x0002
ALIGN_ABSOLUTE = 0x0010
ALIGN_V_CENTER = 0x0080
LEFT_TO_RIGHT = 0
RIGHT_TO_LEFT = 1
NO_FOCUS = 0
TAB_FOCUS = 1
PLAIN_TEXT = 0
SCROLL_BAR_AS_NEEDED = 0
SCROLL_BAR_ALWAYS_OFF = 1
