"""What a reader is given besides the file: limits, a way to stop, a way to say how far it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.importers.blocks import Block
from engine.errors import DocumentError
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_SPLIT = "Split it into smaller files and import those."


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """How large a document may be. They keep a broken or hostile file from filling the memory.

    Attributes:
        file_bytes: the file.
        pages: pages of a PDF, chapters of an EPUB, modules of a CNXML folder.
        characters: text of the whole document.
        part_bytes: one piece that must be parsed whole: a text or HTML file, a chapter inside an archive.
    """

    file_bytes: int = 500_000_000
    pages: int = 5_000
    characters: int = 20_000_000
    part_bytes: int = 100_000_000


@dataclass(frozen=True, slots=True)
class ImportJob:
    """One document to read."""

    path: Path
    cancel: CancelToken
    progress: "ProgressCallback"
    limits: ImportLimits

    @property
    def name(self) -> str:
        """How messages call the document."""
        return self.path.name

    def step(self, done: int, total: int | None, unit: str) -> None:
        """Say how far it is, and stop here if asked to."""
        self.cancel.check()
        self.progress(Progress(f"Reading {self.name}", done, total, unit))

    def check_pages(self, pages: int, unit: str) -> None:
        """Refuse a document of too many pages."""
        if pages > self.limits.pages:
            raise DocumentError(
                f"“{self.name}” has {pages:,} {unit}; at most {self.limits.pages:,} can be imported.",
                todo=_SPLIT,
            )

    def check_part(self, size: int) -> None:
        """Refuse a piece that is too large to be parsed."""
        if size > self.limits.part_bytes:
            raise DocumentError(
                f"“{self.name}” holds {size // 1_000_000:,} MB of text in one piece, which is too much.",
                todo=_SPLIT,
            )

    def read_text_bytes(self) -> bytes:
        """The bytes of a file that must be parsed whole."""
        self.check_part(self.path.stat().st_size)
        return self.path.read_bytes()

    def metered(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The same blocks, as long as nobody stops it and the text is not too long."""
        characters = 0
        for block in blocks:
            self.cancel.check()
            characters += len(block.text)
            if characters > self.limits.characters:
                raise DocumentError(
                    f"“{self.name}” holds more than {self.limits.characters:,} characters of text.",
                    todo=_SPLIT,
                )
            yield block


def broken(job: ImportJob, kind: str) -> DocumentError:
    """The error for a file of the right type that cannot be read."""
    return DocumentError(
        f"“{job.name}” is damaged: it cannot be read as {kind}.",
        todo="Open it in the program it comes from and save or export it again, or download it once more.",
    )
