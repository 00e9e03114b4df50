"""Pictures of imported questions: which kinds a pack can hold, and taking one over with words for it."""

from typing import Protocol

from engine.content.importers.imported_items import ItemCollector
from engine.content.importers.item_text import ItemText, plain_words
from engine.content.layout import MAX_MEDIA_BYTES
from engine.content.rules.media import picture_problem

_ENDINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_HEAD = 512
_NO_WORDS = "The picture that belongs to this question."


class PictureSource(Protocol):
    """Where the pictures of a file are."""

    def read(self, address: str) -> bytes | None:
        """The picture that the text calls ``address``; None if it is not there."""
        ...


def shown_picture(
    text: ItemText, what: str, collector: ItemCollector, source: PictureSource
) -> tuple[str, str] | None:
    """The first picture of ``text`` that can be kept, as an item names it; the others are noted as left out."""
    kept: tuple[str, str] | None = None
    for shown in text.pictures:
        data = source.read(shown.address)
        problem = _problem(data) if kept is None else "A question shows one picture."
        if problem is not None or data is None:
            collector.skip(f"picture {shown.address} of {what}", problem or "It is not there.")
        else:
            stored = collector.picture(f"picture.{_ending(data)}", data)
            kept = (stored, plain_words(shown.alt) or _NO_WORDS)
    return kept


def _problem(data: bytes | None) -> str | None:
    if data is None:
        return "It is not there."
    if len(data) > MAX_MEDIA_BYTES:
        return f"It is larger than {MAX_MEDIA_BYTES // 1_000_000} MB."
    ending = _ending(data)
    return picture_problem(f"media/x.{ending}", data) if ending else "It is of a kind that cannot be shown."


def _ending(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    found = next((ending for mark, ending in _ENDINGS if data.startswith(mark)), "")
    return found or ("svg" if b"<svg" in data[:_HEAD] else "")
