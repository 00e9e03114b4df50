"""Reads a pack folder into a ``Pack``, or says in one sentence why it cannot be read."""

from pathlib import Path

from engine.content.finding import Severity
from engine.content.layout import MANIFEST
from engine.content.pack import Pack
from engine.content.pack_source import read_source
from engine.errors import PackError


def read_pack_folder(folder: Path) -> Pack:
    """The content of ``folder``.

    Raises:
        PackError: it is no pack folder, or its files or headings cannot be read.
    """
    if not (folder / MANIFEST).is_file():
        raise PackError(
            f"{folder} is not a course pack: it has no {MANIFEST}.", todo="Name the folder that holds it."
        )
    source = read_source(folder)
    errors = [finding for finding in source.findings if finding.severity is Severity.ERROR]
    if errors:
        first, more = errors[0], len(errors) - 1
        raise PackError(
            f"The course pack {folder.name} cannot be read: {first.where}: {first.message}"
            + (f" ({more} more)" if more else ""),
            todo=f"{first.todo} `llm-tutor packs check {folder}` lists everything.",
        )
    return source.pack
