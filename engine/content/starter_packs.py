"""The packs that are shipped with the program, as plain files: installed once, updated, never forced back."""

import hashlib
import json
from pathlib import Path

from engine.atomic import write_atomically
from engine.content import layout
from engine.content.archive import source_files
from engine.content.digest import sha256_of
from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledFrom, InstalledPack
from engine.content.pack_store import PackStore
from engine.content.version import version_key
from engine.errors import BugError

_LEDGER = ".starters.json"


def starter_folders(shipped: Path) -> dict[str, Path]:
    """Folder of each shipped pack, by id."""
    found = {}
    for manifest in sorted(shipped.glob(f"*/{layout.MANIFEST}")):
        try:
            found[str(json.loads(manifest.read_bytes())["id"])] = manifest.parent
        except (ValueError, LookupError, TypeError) as error:
            raise BugError(f"the starter pack {manifest} is unreadable") from error
    return found


def changed_starters(shipped: Path, store: PackStore) -> dict[str, str]:
    """Digest of each pack in the folder ``shipped`` that is new or changed since it was last offered, by id."""
    offered = _read(store.folder / _LEDGER)
    digests = {identifier: _digest(folder) for identifier, folder in starter_folders(shipped).items()}
    return {identifier: digest for identifier, digest in digests.items() if offered.get(identifier) != digest}


def install_starters(
    shipped: Path, installer: PackInstaller, store: PackStore, *, watch: Watch
) -> list[InstalledPack]:
    """Install the packs in the folder ``shipped`` that are new or changed; returns those that were installed.

    What a learner removed stays away, and what they replaced with a pack of their own or a newer one stays.
    """
    ledger = store.folder / _LEDGER
    offered, folders = _read(ledger), starter_folders(shipped)
    done = []
    for identifier, digest in changed_starters(shipped, store).items():
        if _wanted(identifier, folders[identifier], store, offered):
            done.append(installer.add_starter(folders[identifier], watch))
        offered[identifier] = digest
        write_atomically(ledger, json.dumps(offered, indent=2, sort_keys=True).encode() + b"\n")
    return done


def _wanted(identifier: str, folder: Path, store: PackStore, offered: dict[str, str]) -> bool:
    installed = store.find(identifier)
    if installed is None:
        return identifier not in offered
    version = str(json.loads((folder / layout.MANIFEST).read_bytes())["version"])
    newer = version_key(version) >= version_key(installed.info.version)
    return newer and installed.record.source is InstalledFrom.STARTER


def _digest(folder: Path) -> str:
    files = {name: sha256_of(path) for name, path in source_files(folder)}
    files[layout.MANIFEST] = sha256_of(folder / layout.MANIFEST)
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _read(ledger: Path) -> dict[str, str]:
    try:
        stored = json.loads(ledger.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in stored.items()} if isinstance(stored, dict) else {}
