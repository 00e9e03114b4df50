"""Signatures of manifests."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from engine.content.signature import fingerprint, sign_manifest, verify_manifest
from engine.errors import PackSignatureError

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_PUBLIC = _KEY.public_key().public_bytes_raw()


def test_a_signature_gives_the_key_that_made_it() -> None:
    assert verify_manifest(b"{}", sign_manifest(b"{}", _KEY)) == _PUBLIC


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_signature_fits_no_other_manifest(one: bytes, other: bytes) -> None:
    signature = sign_manifest(one, _KEY)
    if one != other:
        with pytest.raises(PackSignatureError):
            verify_manifest(other, signature)


def test_another_key_in_the_file_does_not_fit_the_signature() -> None:
    signed = json.loads(sign_manifest(b"{}", _KEY))
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    signed["key"] = base64.b64encode(other).decode()
    with pytest.raises(PackSignatureError, match="changed after it was signed"):
        verify_manifest(b"{}", json.dumps(signed).encode())


@pytest.mark.parametrize(
    "signature",
    [b"", b"{}", b"[]", b"null", b"\xff", b'{"schema": "tutorpack-signature/2"}', b"[" * 50_000]
    + [
        json.dumps({"schema": "tutorpack-signature/1", "key": key, "signature": "AA=="}).encode()
        for key in ("", "ä", 3)
    ],
)
def test_an_unreadable_signature_is_a_wrong_one(signature: bytes) -> None:
    with pytest.raises(PackSignatureError):
        verify_manifest(b"{}", signature)


def test_a_fingerprint_can_be_read_out() -> None:
    assert fingerprint(_PUBLIC) == "5647-5aa7-5463-474c-0285-df5d-bf2b-cab7"
