"""Trust on first use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.content.trusted_keys import FILE, TrustedKeys
from engine.errors import PackSignatureError, StorageCorruptError

_NOW = datetime(2026, 5, 1, tzinfo=UTC)
_ONE, _OTHER = bytes(32), bytes(range(32))


def test_the_first_key_is_trusted_and_remembered(tmp_path: Path) -> None:
    TrustedKeys(tmp_path).check("org.a", _ONE, accept=False)
    TrustedKeys(tmp_path).remember("org.a", _ONE, now=_NOW)
    TrustedKeys(tmp_path).check("org.a", _ONE, accept=False)
    TrustedKeys(tmp_path).check("org.b", _OTHER, accept=False)


@pytest.mark.parametrize(("key", "what"), [(_OTHER, "another key"), (None, "this one is not")])
def test_another_key_or_none_is_refused_until_accepted(tmp_path: Path, key: bytes | None, what: str) -> None:
    keys = TrustedKeys(tmp_path)
    keys.remember("org.a", _ONE, now=_NOW)
    with pytest.raises(PackSignatureError, match=what) as caught:
        keys.check("org.a", key, accept=False)
    assert "--accept-new-key" in caught.value.todo
    keys.check("org.a", key, accept=True)


def test_never_signed_packs_need_no_key(tmp_path: Path) -> None:
    TrustedKeys(tmp_path).check("org.a", None, accept=False)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"org.a": 3}', b'{"org.a": {"key": "!"}}'])
def test_a_damaged_list_is_reported_and_not_taken_for_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StorageCorruptError, match="cannot be read"):
        TrustedKeys(tmp_path).check("org.a", _ONE, accept=False)
