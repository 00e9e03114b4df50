"""Pictures: there, described in words, used, and nothing but pictures."""

import struct
from collections.abc import Iterator

from engine.content.finding import Finding, warning
from engine.content.pack_source import PackSource
from engine.content.rules.items import read_items
from engine.content.rules.markup import pictures
from engine.content.svg import svg_problem

_MAX_PIXELS = 40_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE = struct.Struct(">II")
_JPEG = b"\xff\xd8\xff"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_LENGTH = struct.Struct(">H")
_JPEG_SIZE = struct.Struct(">HH")
_GIFS = (b"GIF87a", b"GIF89a")
_GIF_SIZE = struct.Struct("<HH")


def check_media(source: PackSource) -> Iterator[Finding]:
    """Findings on the pictures and on where they are used."""
    used = {item.picture.file for _, item in read_items(source) if item.picture}
    for placed in source.passages:
        for address, description, line in pictures(placed):
            used.add(address)
            if address not in source.media:
                message = f"The picture {address!r} is not in the pack."
                yield Finding("media.missing", placed.file, line, message, "Name a file as media/name.svg.")
            if len(description.strip()) < 3:
                message = f"The picture {address!r} has no alternative text."
                todo = "Say in the square brackets what it shows."
                yield Finding("media.alternative", placed.file, line, message, todo)
    for name in source.media:
        problem = picture_problem(name, (source.folder / name).read_bytes())
        if problem:
            message = f"{name} cannot be taken: {problem}"
            yield Finding("media.unsafe", name, 0, message, "Export it again as a plain picture.")
        if name not in used:
            yield warning("media.unused", name, 0, f"Nothing shows {name}.", todo="Show it, or remove it.")


def picture_problem(name: str, data: bytes) -> str | None:
    """Why the file ``name`` is not the safe picture its name promises; None if it is."""
    if name.endswith(".svg"):
        return svg_problem(data)
    if name.endswith(".png"):
        if data[:8] != _PNG or data[12:16] != b"IHDR" or len(data) < 33:
            return "It is no PNG picture."
        width, height = _PNG_SIZE.unpack_from(data, 16)
        return "It has too many pixels." if width * height > _MAX_PIXELS else None
    if name.endswith(".jpg"):
        return _size_problem(_jpeg_size(data), "JPEG")
    if name.endswith(".gif"):
        known = data[:6] in _GIFS and len(data) >= 13
        return _size_problem(_GIF_SIZE.unpack_from(data, 6) if known else None, "GIF")
    return None if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else "It is no WebP picture."


def _size_problem(size: tuple[int, ...] | None, kind: str) -> str | None:
    if size is None:
        return f"It is no {kind} picture."
    return "It has too many pixels." if size[0] * size[1] > _MAX_PIXELS else None


def _jpeg_size(data: bytes) -> tuple[int, ...] | None:
    """Height and width from the first frame header; None for what is no JPEG."""
    at = 2 if data[:3] == _JPEG else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], _JPEG_LENGTH.unpack_from(data, at + 2)[0]
        if marker in _JPEG_FRAMES:
            return _JPEG_SIZE.unpack_from(data, at + 5)
        at += 2 + max(length, 2)
    return None
