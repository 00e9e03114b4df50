"""Gives an installed pack away again: as the archive it came in, or as a folder to edit."""

import json
import shutil
from pathlib import Path

from engine.atomic import storage_error
from engine.content import layout
from engine.content.archive import EXTENSION, authored_manifest, built_manifest, source_files, write_archive
from engine.content.digest import sha256_of
from engine.content.installed_pack import InstalledFrom, InstalledPack
from engine.content.pack_source import read_source
from engine.errors import PackError


def export_pack(pack: InstalledPack, target: Path) -> bool:
    """Write ``pack`` to ``target``: an archive if it ends in .tutorpack, else a new folder.

    Returns:
        Whether the archive carries the author's signature. It is lost where the index that came with the pack
        was since made anew for this computer's embedder: the archive then has no index and no signature.

    Raises:
        PackError: it is an imported document, its files are damaged, or the folder is not empty.
    """
    if pack.record.source is InstalledFrom.DOCUMENT:
        raise PackError(f"{pack.info.title} was imported from a document.", todo="Share the document itself.")
    if target.suffix == EXTENSION:
        return _export_archive(pack, target)
    _export_folder(pack, target)
    return False


def _export_archive(pack: InstalledPack, target: Path) -> bool:
    manifest = (pack.folder / layout.MANIFEST).read_bytes()
    digests: dict[str, str] = json.loads(manifest)["files"]
    files = {name: pack.folder / name for name in digests}
    changed = {name for name, path in files.items() if not path.is_file() or sha256_of(path) != digests[name]}
    if changed - {layout.INDEX}:
        name = min(changed - {layout.INDEX})
        raise PackError(
            f"The installed pack {pack.info.id} is damaged: {name} is not as it was.",
            todo="Add the pack again.",
        )
    if changed:
        del files[layout.INDEX]
        write_archive(target, files, manifest=built_manifest(read_source(pack.folder), files))
        return False
    signature = pack.folder / layout.SIGNATURE
    signed = signature.read_bytes() if signature.is_file() else None
    write_archive(target, files, manifest=manifest, signature=signed)
    return signed is not None


def _export_folder(pack: InstalledPack, target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PackError(f"{target} is there already, and not empty.", todo="Name a new folder.")
    try:
        for name, path in source_files(pack.folder):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)
        manifest = json.loads((pack.folder / layout.MANIFEST).read_bytes())
        (target / layout.MANIFEST).write_bytes(authored_manifest(manifest))
    except OSError as error:
        raise storage_error(error, target) from error
