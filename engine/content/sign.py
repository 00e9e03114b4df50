"""Signs a built archive: the same archive, checked once more, with a ``SIGNATURE``."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content import layout
from engine.content.archive import write_archive
from engine.content.signature import sign_manifest
from engine.content.unpack import open_archive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from engine.protocols import ProgressCallback


def sign_archive(
    file: Path, key: "Ed25519PrivateKey", *, cancel: CancelToken, progress: "ProgressCallback"
) -> None:
    """Sign the archive ``file`` in place; an earlier signature is replaced.

    Raises:
        PackError: the archive is not whole or not safe.
    """
    with tempfile.TemporaryDirectory() as folder:
        with open_archive(file) as archive:
            archive.unpack(Path(folder), cancel=cancel, progress=progress)
        manifest = (Path(folder) / layout.MANIFEST).read_bytes()
        built = (layout.MANIFEST, layout.SIGNATURE)
        files = {name: path for name, path in layout.walk_pack(Path(folder)) if name not in built}
        write_archive(file, files, manifest=manifest, signature=sign_manifest(manifest, key))
