"""Who signed a pack, looked up before it is installed, so that a learner can be asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.atomic import storage_error
from engine.content import layout
from engine.content.signature import fingerprint, verify_manifest
from engine.content.unpack import open_archive

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signed a pack, and what the pack says of itself. ``fingerprint``: empty for an unsigned one."""

    pack: str
    title: str
    authors: tuple[str, ...]
    fingerprint: str


def signer_of(path: Path) -> Signer | None:
    """Who signed the archive ``path``, or that nobody did; a folder is as its author wrote it, and so unsigned.

    None where the manifest does not say what it is of: installing it says what is wrong.

    Raises:
        PackError: it is no archive, or a damaged one.
        PackUnsafeError: it breaks a safety rule.
        PackSignatureError: the signature is wrong.
        StorageError: it cannot be read.
    """
    signature: bytes | None = None
    if path.is_dir():
        try:
            manifest = (path / layout.MANIFEST).read_bytes()
        except OSError as error:
            raise storage_error(error, path / layout.MANIFEST) from error
    else:
        with open_archive(path) as archive:
            manifest, signature = archive.head()
    key = "" if signature is None else fingerprint(verify_manifest(manifest, signature))
    try:
        said = json.loads(manifest)
        return Signer(str(said["id"]), str(said["title"]), tuple(map(str, said.get("authors", ()))), key)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
