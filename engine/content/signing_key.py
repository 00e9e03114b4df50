"""The key with which this profile's owner signs packs: one PEM file, readable by its owner alone."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import storage_error
from engine.errors import PackSignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE = "signing_key.pem"


def load_signing_key(path: Path) -> "Ed25519PrivateKey":
    """The private key in ``path``.

    Raises:
        PackSignatureError: there is none, or it is no unencrypted Ed25519 key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise PackSignatureError(
            f"The signing key {path} cannot be read.", todo="Name another with --key."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PackSignatureError(f"{path} is no Ed25519 key.", todo="Name another with --key.")
    return key


def own_signing_key(folder: Path) -> "Ed25519PrivateKey":
    """The signing key in the folder of keys, made on first use."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    path = folder / FILE
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _write_private(path, pem)
    return load_signing_key(path)


def _write_private(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise storage_error(error, path) from error
