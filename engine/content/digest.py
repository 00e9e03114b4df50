"""What a build adds to the manifest: the SHA-256 of each file, and how much there is of everything."""

import hashlib
from pathlib import Path

from engine.content import layout
from engine.content.pack_source import PackSource

_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def file_digests(folder: Path) -> dict[str, str]:
    """SHA-256 by name of all files of ``folder`` but the manifest and the signature, sorted by name."""
    return {
        name: sha256_of(path)
        for name, path in layout.walk_pack(folder)
        if name not in (layout.MANIFEST, layout.SIGNATURE)
    }


def counts(source: PackSource) -> dict[str, int]:
    """How many sections, passages, skills, terms, questions and items the pack has."""
    pack = source.pack
    items = [document for name, document in source.documents.items() if name.startswith("items/")]
    return {
        "items": sum(len(document["items"]) for document in items),
        "passages": len(pack.passages),
        "questions": len(pack.questions),
        "sections": len(pack.sections),
        "skills": len(pack.skills),
        "terms": len(pack.terms),
    }
