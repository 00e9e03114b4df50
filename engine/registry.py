"""Backends by name: one door for ours and for plug-ins, the packaging entry points ``llm_tutor.<seam>``.

A seam is a protocol of ``engine/protocols.py``; a backend is the class that stands behind it. Nothing is
imported until it is asked for.
"""

from typing import Any

from engine.errors import BugError

GROUP = "llm_tutor."


def backend(seam: str, name: str) -> Any:
    """The class registered as ``name`` for ``seam`` ("llm", "embedder", "reranker").

    Raises:
        BugError: nothing is registered under that name.
    """
    from importlib.metadata import entry_points  # reads the installed packages: 30 ms that few commands need

    for found in entry_points(group=GROUP + seam, name=name):
        return found.load()
    raise BugError(f"no backend {name!r} for {seam!r} is registered; is the package installed?")
