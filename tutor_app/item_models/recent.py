"""Something that was being done, and the place to go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor_app.place import Place


@dataclass(frozen=True, slots=True)
class Recent:
    """``kind``, ``title`` and ``detail`` are shown as they are; ``icon`` is a name in ``assets/icons``."""

    icon: str
    kind: str
    title: str
    detail: str
    place: Place
