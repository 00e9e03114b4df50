"""Builds the one file in which a pack travels, with the same bytes wherever it is built.

Entries are sorted, carry one fixed time, and are stored without compression: compressed bytes differ between
builds of zlib, and a pack is small text. Reading archives, which must trust nothing, is in ``unpack.py``.
"""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.atomic import storage_error
from engine.content import layout
from engine.content.digest import counts, sha256_of
from engine.content.finding import Severity
from engine.content.lint import lint_source
from engine.content.pack_source import PackSource, read_source
from engine.errors import PackError

EXTENSION = ".tutorpack"
_BUILT_FIELDS = ("files", "counts")
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644


def build_archive(folder: Path, target: Path, *, extra: Mapping[str, Path] | None = None) -> None:
    """Lint the pack in ``folder`` and write its archive to ``target``, which appears only when it is whole.

    Args:
        folder: the pack, as its author wrote it.
        target: the archive to write.
        extra: files to put in beside those of the folder, by their name inside the pack (the search index).

    Raises:
        PackError: the linter found errors.
    """
    source = read_source(folder)
    errors = [finding for finding in lint_source(source) if finding.severity is Severity.ERROR]
    if errors:
        raise PackError(
            f"The pack cannot be built yet: {errors[0].where}: {errors[0].message}"
            + (f" ({len(errors) - 1} more)" if len(errors) > 1 else ""),
            todo=f"`llm-tutor packs check {folder}` lists everything.",
        )
    files = dict(source_files(folder)) | dict(extra or {})
    write_archive(target, files, manifest=built_manifest(source, files))


def source_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of what an author wrote: no manifest, which the build writes anew, no index, no signature."""
    built = (layout.MANIFEST, layout.INDEX, layout.SIGNATURE)
    return ((name, path) for name, path in layout.walk_pack(folder) if name not in built)


def built_manifest(source: PackSource, files: Mapping[str, Path]) -> bytes:
    """The manifest of ``source`` with its counts and the hashes of ``files`` (by name)."""
    written = {name: value for name, value in source.manifest.items() if name not in _BUILT_FIELDS}
    digests = {name: sha256_of(path) for name, path in sorted(files.items())}
    return manifest_bytes({**written, "counts": counts(source), "files": digests})


def authored_manifest(manifest: Mapping[str, object]) -> bytes:
    """``manifest`` as its author wrote it, without what the build added."""
    return manifest_bytes({name: value for name, value in manifest.items() if name not in _BUILT_FIELDS})


def manifest_bytes(manifest: Mapping[str, object]) -> bytes:
    """The one way in which a manifest is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


def write_archive(
    target: Path, files: Mapping[str, Path], *, manifest: bytes, signature: bytes | None = None
) -> None:
    """Write an archive of ``files`` (by name) and these manifest and signature; ``target`` is replaced at the end."""
    loose = {layout.MANIFEST: manifest} | ({} if signature is None else {layout.SIGNATURE: signature})
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted({*files, *loose}):
                if name in loose:
                    archive.writestr(_entry(name), loose[name])
                else:
                    with (
                        files[name].open("rb") as source,
                        archive.open(_entry(name, files[name]), "w") as copy,
                    ):
                        shutil.copyfileobj(source, copy)
        part.replace(target)
    except OSError as error:
        raise storage_error(error, target) from error
    finally:
        part.unlink(missing_ok=True)


def _entry(name: str, path: Path | None = None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE << 16
    if path is not None:
        entry.file_size = path.stat().st_size
    return entry
