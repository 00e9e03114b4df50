"""Trust on first use: the key that first signed a pack id is the one that must sign it ever after."""

import base64
import json
from datetime import datetime
from pathlib import Path

from engine.atomic import write_atomically
from engine.content.signature import fingerprint
from engine.errors import PackSignatureError, StorageCorruptError

FILE = "trusted_keys.json"
_ACCEPT = "--accept-new-key"


class TrustedKeys:
    """The keys that were trusted, by pack id, in one file of the folder ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def known(self, pack: str) -> bytes | None:
        """The key that is trusted for ``pack``; None while it has none."""
        return self._load().get(pack)

    def check(self, pack: str, key: bytes | None, *, accept: bool) -> None:
        """Whether a pack signed with ``key`` (None for unsigned) may take the place of earlier ones of its id.

        Args:
            pack: id of the pack.
            key: the public key that signed it.
            accept: the learner said that another key, or none, is all right this once.

        Raises:
            PackSignatureError: earlier versions were signed with another key.
        """
        known = self.known(pack)
        if known is None or accept or known == key:
            return
        todo = f"Ask its author whether this is right; if it is, add it again with {_ACCEPT}."
        if key is None:
            raise PackSignatureError(f"The pack {pack} was signed until now, and this one is not.", todo=todo)
        raise PackSignatureError(
            f"The pack {pack} is signed with another key ({fingerprint(key)}) than before ({fingerprint(known)}).",
            todo=todo,
        )

    def remember(self, pack: str, key: bytes, *, now: datetime) -> None:
        """From now on ``pack`` is signed with ``key``."""
        stored = self._stored()
        if self._load().get(pack) != key:
            stored[pack] = {"key": base64.b64encode(key).decode(), "since": now.isoformat(timespec="seconds")}
            write_atomically(self._path, json.dumps(stored, indent=2, sort_keys=True).encode() + b"\n")

    def _load(self) -> dict[str, bytes]:
        try:
            return {
                pack: base64.b64decode(entry["key"], validate=True) for pack, entry in self._stored().items()
            }
        except (ValueError, LookupError, TypeError) as error:
            raise self._unreadable() from error

    def _stored(self) -> dict[str, dict[str, str]]:
        try:
            stored = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._unreadable() from error
        if not isinstance(stored, dict):
            raise self._unreadable()
        return stored

    def _unreadable(self) -> StorageCorruptError:
        return StorageCorruptError(
            f"The list of trusted keys {self._path} cannot be read.",
            todo="Delete it; the next signature of each pack is then trusted anew.",
        )
