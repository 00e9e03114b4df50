"""Who signed a pack archive, looked up before it is installed, so that a learner can be asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.content.signature import fingerprint, verify_manifest
from engine.content.unpack import open_archive

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signed an archive, and what the archive says of itself."""

    pack: str
    title: str
    authors: tuple[str, ...]
    fingerprint: str


def signer_of(file: Path) -> Signer | None:
    """Who signed ``file``; None for an unsigned one.

    Raises:
        PackError: it is no archive, or a damaged one.
        PackUnsafeError: it breaks a safety rule.
        PackSignatureError: the signature is wrong.
    """
    with open_archive(file) as archive:
        manifest, signature = archive.head()
    if signature is None:
        return None
    key = verify_manifest(manifest, signature)
    try:
        said = json.loads(manifest)
        return Signer(
            str(said["id"]), str(said["title"]), tuple(map(str, said.get("authors", ()))), fingerprint(key)
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # installing it says what is wrong with its manifest
