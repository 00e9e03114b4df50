"""What Python and PySide6 do at every start, and this window needs only after its first paint, or never.

- The garbage collector looks through what was just imported, time after time, and finds nothing.
- PySide6 puts a function of its own in the place of ``import``: it reads the source of each module imported later, and
  looks whether PySide6 is named there. That is for ``from __feature__ import …``, which nothing here uses; before the
  first paint it is some fifty files.
"""

import builtins
import contextlib
import gc


def hurry() -> None:
    """Keep the collector still, import PySide6, and put back the ``import`` that its function replaced.

    Twice is as good as once.
    """
    gc.disable()
    with contextlib.suppress(ImportError):  # ``display`` says what is missing
        import PySide6.QtCore  # noqa: F401 - it is what puts its function there
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def calm_down() -> None:
    """After the first paint, or where none comes: collect again, but not among what was imported so far, which stays.

    A later window finds the collector at work and leaves it: what an earlier one left behind must not stay to the end.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
