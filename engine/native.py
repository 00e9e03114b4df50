"""The one door to llama.cpp: every use of it is imported through here.

Its threads wait for each other by spinning. On a quiet computer that is right: sleeping ones write half as fast
(41 against 77 tokens a second on two cores). Beside other programs it is ruinous: a spinning thread takes the time
that the one it waits for needs (4 against 14 tokens a second). So how long they spin is decided from the load that
is there before the library is loaded, unless whoever starts the program has decided.
"""

import atexit
import ctypes
import logging
import os
from functools import cache
from types import ModuleType

_LOG = logging.getLogger(__name__)
_ERROR = 4  # of llama.cpp's levels, debug being 1

_SPIN = "GOMP_SPINCOUNT"
_QUIET_SPINS = "10000"  # as fast as spinning for ever, and asleep within microseconds of a long wait


def llama_cpp() -> ModuleType:
    """The llama_cpp package; imported at the first call, which takes about a third of a second."""
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault(_SPIN, "0" if _is_busy() else _QUIET_SPINS)  # read once, when it is loaded
    import llama_cpp as package

    _close_at_exit()
    _log_errors()
    return package


@cache
def _log_errors() -> object:
    """Have llama.cpp's errors in the log: llama-cpp-python takes warnings for errors, too, and prints them all.

    Returns the callback, which lives as long as the cache holds it.
    """
    import llama_cpp

    def log(level: int, text: bytes, _: object) -> None:
        if level == _ERROR:
            _LOG.info("llama.cpp: %s", text.decode(errors="replace").strip())

    callback: object = llama_cpp.llama_log_callback(log)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    return callback


@cache
def _close_at_exit() -> None:
    """Close what llama-cpp-python opens to write what llama.cpp prints while a model is loaded, and never closes."""
    from llama_cpp import _utils

    for name in ("outnull_file", "errnull_file"):
        if file := getattr(_utils, name, None):
            atexit.register(file.close)


def _is_busy() -> bool:
    """Whether other programs kept half of the processor busy in the last minute; False where nobody knows."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1) / 2
