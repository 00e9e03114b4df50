"""Documents to import, and the questions that tests ask of the result."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.importers import ImportLimits, import_document
from engine.content.pack import Pack
from engine.content.tex import formulas

DATA = Path(__file__).parent / "data"
Importer = Callable[..., Pack]


@pytest.fixture
def read() -> Importer:
    """Imports a file without anybody watching."""

    def importer(path: Path, **limits: int) -> Pack:
        return import_document(
            path, cancel=CancelToken(), progress=lambda _: None, limits=replace(ImportLimits(), **limits)
        )

    return importer


@pytest.fixture
def read_text(tmp_path: Path, read: Importer) -> Callable[[str, str], Pack]:
    """Writes a file of that name and imports it."""

    def importer(name: str, text: str) -> Pack:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read(path)

    return importer


def whole_text(pack: Pack) -> str:
    """All of a pack: headings and passages in order."""
    parts = []
    for section in pack.sections:
        parts.append(section.title)
        parts += [passage.text for passage in pack.passages if passage.section == section.id]
    return "\n\n".join(parts)


def without_formulas(text: str) -> str:
    """The text, each formula replaced by a space."""
    for found in reversed(list(formulas(text))):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def words(text: str) -> list[str]:
    """Words as a reader would count them, whatever the notation of scripts and bold type."""
    plain = re.sub(r"[_^*\\]|(?<=[_^])\(", "", unicodedata.normalize("NFKC", text)).lower()
    return re.findall(r"\w+", plain)


def shingles(tokens: list[str], size: int = 8) -> list[tuple[str, ...]]:
    """Each run of ``size`` words."""
    return [tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1)]
