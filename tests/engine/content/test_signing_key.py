"""The profile's own signing key."""

import sys
from pathlib import Path

import pytest

from engine.content.signing_key import FILE, load_signing_key, own_signing_key
from engine.errors import PackSignatureError


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = own_signing_key(tmp_path / "keys").private_bytes_raw()
    assert own_signing_key(tmp_path / "keys").private_bytes_raw() == first
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE]


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    own_signing_key(tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(PackSignatureError, match="cannot be read"):
        load_signing_key(tmp_path / "key.pem")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    with pytest.raises(PackSignatureError, match="no Ed25519 key"):
        load_signing_key(tmp_path / "key.pem")
