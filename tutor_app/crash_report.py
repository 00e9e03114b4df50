"""Crash reports: kept on this computer, for whoever mends the program; never with a learner's words."""

import contextlib
import platform
import time
import traceback
from pathlib import Path

from engine import __version__
from engine.paths import DataPaths


def write_crash_report(error: BaseException, command: str, paths: DataPaths) -> Path | None:
    """Write where ``error`` happened (not its message, which may quote a learner); returns the file, or None."""
    lines = [
        f"llm-tutor {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {command}",
        f"error: {type(error).__module__}.{type(error).__qualname__}",
    ]
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:  # an error can be its own cause
        seen.add(id(current))
        lines.append(f"-- {type(current).__qualname__}")
        lines += [
            f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    path = paths.logs / f"crash-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path
    return None
