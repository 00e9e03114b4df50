"""A start does nothing that only others need, and what it put off is done after it."""

import subprocess
import sys

_PROGRAM = """
import builtins, gc, linecache
plain = builtins.__import__
import PySide6.QtCore
others = builtins.__import__
from tutor_app.quick_start import calm_down, hurry
hurry()
hurry()
read = set(linecache.cache)
import tutor_app.place
print(others is plain, builtins.__import__ is others, gc.isenabled(), set(linecache.cache) == read)
calm_down()
print(gc.isenabled())
"""


def test_modules_are_imported_without_being_read_as_text_and_nothing_is_collected_meanwhile() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False", "True", "True"]
