"""Signatures of packs: Ed25519 over the SHA-256 of ``manifest.json``, which holds the hash of every file.

Which keys are trusted is in ``trusted_keys.py``; the author's own key in ``signing_key.py``.
"""

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from engine.errors import PackSignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SCHEMA = "tutorpack-signature/1"


def sign_manifest(manifest: bytes, key: "Ed25519PrivateKey") -> bytes:
    """The content of the file ``SIGNATURE`` for ``manifest``."""
    signed = {
        "schema": _SCHEMA,
        "key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "signature": base64.b64encode(key.sign(hashlib.sha256(manifest).digest())).decode(),
    }
    return json.dumps(signed, indent=2).encode() + b"\n"


def verify_manifest(manifest: bytes, signature: bytes) -> bytes:
    """The public key (32 bytes) that signed ``manifest``.

    Raises:
        PackSignatureError: the signature is unreadable or does not belong to this manifest.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        signed = json.loads(signature)
        if signed["schema"] != _SCHEMA:
            raise ValueError(signed["schema"])
        public = base64.b64decode(signed["key"], validate=True)
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(base64.b64decode(signed["signature"], validate=True), hashlib.sha256(manifest).digest())
    except (ValueError, LookupError, TypeError, RecursionError, InvalidSignature) as error:
        raise PackSignatureError(
            "The pack's signature is wrong: the pack was changed after it was signed.",
            todo="Nothing was installed. Get the pack from its author again.",
        ) from error
    return public


def fingerprint(public: bytes) -> str:
    """A public key for people to compare: eight groups of four hexadecimal digits."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return "-".join(digits[at : at + 4] for at in range(0, 32, 4))
