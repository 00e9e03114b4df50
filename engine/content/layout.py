"""Which files a pack may hold, under which names and how large: one allow-list for folders and archives.

Names are plain ASCII, so that no two file systems can disagree about whether two of them are the same.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "manifest.json"
SKILLS = "skills.json"
GLOSSARY = "glossary.json"
QUESTIONS = "tests/questions.json"
MISCONCEPTIONS = "misconceptions.json"
CHANGELOG = "CHANGELOG.md"
SIGNATURE = "SIGNATURE"
INDEX = "index.sqlite"
REQUIRED = (MANIFEST, SKILLS, GLOSSARY, QUESTIONS, CHANGELOG)

MAX_TEXT_BYTES = 4_000_000
MAX_MEDIA_BYTES = 5_000_000
MAX_TOTAL_BYTES = 500_000_000
MAX_FILES = 5_000

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_PLACE = re.compile(
    r"(?:manifest|skills|glossary|misconceptions)\.json|CHANGELOG\.md|README\.md|SIGNATURE|index\.sqlite"
    rf"|passages/{_NAME}\.md|items/{_NAME}\.json|tests/questions\.json|LICENSES/{_NAME}\.txt"
    rf"|media/{_NAME}\.(?:png|svg|webp|jpg|gif)"
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def may_hold(name: str) -> bool:
    """Whether a pack may hold a file called ``name`` (a path with forward slashes)."""
    return _PLACE.fullmatch(name) is not None and not any(map(is_device, name.split("/")))


def is_device(name: str) -> bool:
    """Whether Windows takes ``name`` for a device, whatever follows the first dot."""
    return _DEVICE.match(name) is not None


def size_limit(name: str) -> int:
    """The largest size of the file ``name``, in bytes."""
    if name == INDEX:
        return MAX_TOTAL_BYTES
    return MAX_MEDIA_BYTES if name.startswith("media/") else MAX_TEXT_BYTES


def is_text(name: str) -> bool:
    """Whether the file is text that a person wrote."""
    return name.endswith((".md", ".json", ".txt"))


def walk_pack(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of everything in ``folder`` but hidden files and folders, sorted by name. Links are not followed."""
    found = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(root)
        linked = [name for name in folders if (here / name).is_symlink()]
        for name in [*files, *linked]:
            if not name.startswith("."):
                path = here / name
                found.append((path.relative_to(folder).as_posix(), path))
    yield from sorted(found)
