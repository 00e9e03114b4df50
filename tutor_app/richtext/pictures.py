"""Pictures of a pack: only files of its own folder, only SVG and PNG, of a bounded size."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, Text

if TYPE_CHECKING:
    from pathlib import Path

_MAX_BYTES = 4_000_000
_HEAD_BYTES = 4096
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_LENGTH = r'\b{}\s*=\s*["\']\s*([\d.]+)(?:px)?\s*["\']'
_VIEW_BOX = re.compile(r'viewBox\s*=\s*["\']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
_MAX_SIDE = 8000.0


def picture(address: str, shows: str, media: Path) -> Block | None:
    """A picture as a block.

    Args:
        address: as written in the Markdown, such as "media/leaf.svg".
        shows: what the picture shows, in words.
        media: the folder it must be in.

    Returns:
        None if it is not there, or not of a kind that is shown.
    """
    try:
        folder = media.resolve()
        path = (folder / address.removeprefix("media/")).resolve()
        if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        with path.open("rb") as file:
            size = _size(path.suffix.lower(), file.read(_HEAD_BYTES))
    except (OSError, ValueError):
        return None
    if size is None or not all(1 <= side <= _MAX_SIDE for side in size):
        return None
    return Block(BlockKind.IMAGE, (Text(shows),) if shows else (), image=str(path), size=size)


def _size(suffix: str, head: bytes) -> tuple[float, float] | None:
    if suffix == ".png" and head.startswith(_PNG) and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return float(width), float(height)
    tag = _SVG.search(head) if suffix == ".svg" else None
    if tag is None:
        return None
    text = tag.group().decode("utf-8", "replace")
    sides = [re.search(_LENGTH.format(name), text) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return float(sides[0].group(1)), float(sides[1].group(1))
    box = _VIEW_BOX.search(text)
    return (float(box.group(1)), float(box.group(2))) if box else None
