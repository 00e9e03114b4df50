"""What helps where the check-up finds something wrong, in the window's own terms: words, and the page that does it.

The engine's words hold here too, unless they come from an error that names a command of the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place

_OF_THE_TERMINAL = ("llm-tutor ", "make run", "--profile")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What helps.

    Attributes:
        text: in the window's language; empty where nothing needs to be done.
        action: what a button says that leads to ``place``; empty for none.
    """

    text: str
    action: str = ""
    place: Place | None = None


def remedy(part: str, state: str, mend: str) -> Remedy:
    """What helps with ``part`` of ``engine.diagnosis``, which is in ``state``, and where.

    Args:
        part: its name, in English.
        state: "ok", "attention" or "broken".
        mend: what the engine says that helps.
    """
    if state == "ok":
        return Remedy(tr_engine(mend))
    words, action, place = _ways().get(part, (tr("Install the program again."), "", None))
    of_the_terminal = any(sign in mend for sign in _OF_THE_TERMINAL)
    return Remedy(words if of_the_terminal else tr_engine(mend), action, place)


def _ways() -> dict[str, tuple[str, str, Place | None]]:
    """For each part: words in place of a command, a button's text, and where it leads."""
    models = (
        tr("Remove what does not work, and download it again."),
        tr("Open the models"),
        Place(Page.MODELS),
    )
    profiles = Place(Page.SETTINGS, part="profiles")
    data = Place(Page.SETTINGS, part="data")
    return {
        "Models": models,
        "Model runtime": models,
        "Speed": models,
        "Packs": (
            tr("Remove what does not work, and add it again."),
            tr("Open the library"),
            Place(Page.LIBRARY),
        ),
        "Data folder": (tr("Choose another folder."), tr("Open the profiles"), profiles),
        "Learner's data": (
            tr("Close the window, and bring a backup back. They lie in the data folder."),
            tr("Open your data"),
            data,
        ),
    }
