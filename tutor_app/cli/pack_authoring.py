"""``llm-tutor packs check/build/sign/export``: what authors of course packs need."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.archive import EXTENSION, build_archive
from engine.content.digest import sha256_of
from engine.content.export import export_pack
from engine.content.finding import Finding, Severity
from engine.content.install import Watch
from engine.content.layout import INDEX
from engine.content.lint import lint_folder
from engine.content.pack import Pack
from engine.content.pack_folder import read_pack_folder
from engine.content.pack_store import PackStore
from engine.content.sign import sign_archive
from engine.content.signature import fingerprint, verify_manifest
from engine.content.signing_key import load_signing_key, own_signing_key
from engine.content.unpack import open_archive
from engine.settings import load_settings
from tutor_app.cli.command import Context

if TYPE_CHECKING:
    from engine.evaluation.golden import Miss


def check(arguments: argparse.Namespace, context: Context) -> int:
    """Lint a pack folder or archive; 1 if there are errors."""
    findings, signed_by = _findings(arguments.what)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    if context.json_output:
        context.emit(
            {
                "errors": errors,
                "warnings": warnings,
                "signed_by": signed_by or None,
                "findings": [asdict(finding) for finding in findings],
            }
        )
        return 1 if errors else 0
    for finding in findings:
        context.say(f"{finding.where}: {finding.severity} {finding.rule}: {finding.message} {finding.todo}")
    signed = f", signed by {signed_by}" if signed_by else ""
    context.say(f"{arguments.what}: errors: {errors}, warnings: {warnings}{signed}")
    return 1 if errors else 0


def _findings(what: Path) -> tuple[list[Finding], str]:
    if what.is_dir():
        return lint_folder(what), ""
    with tempfile.TemporaryDirectory() as name, open_archive(what) as archive:
        folder = Path(name)
        archive.unpack(folder, cancel=CancelToken(), progress=lambda _: None)
        signature = folder / "SIGNATURE"
        manifest = (folder / "manifest.json").read_bytes()
        key = verify_manifest(manifest, signature.read_bytes()) if signature.exists() else None
        return lint_folder(folder), fingerprint(key) if key else ""


def build(arguments: argparse.Namespace, context: Context) -> int:
    """Make the archive of a pack folder."""
    content = read_pack_folder(arguments.folder)
    target = arguments.output or Path(f"{content.info.id}-{content.info.version}{EXTENSION}")
    progress = context.progress()
    misses: list[Miss] = []
    with tempfile.TemporaryDirectory() as name:
        extra: dict[str, Path] = {}
        if not arguments.no_index:
            watch = Watch(CancelToken(), progress)
            try:
                index_content(context, content, Path(name), watch)
                misses = _golden_misses(context, content, Path(name) / INDEX, watch)
            finally:
                progress.close()
            extra = {path.name: path for path in Path(name).iterdir()}
        build_archive(arguments.folder, target, extra=extra)
    if context.json_output:
        size, digest = target.stat().st_size, sha256_of(target)
        built = {"file": str(target), "id": content.info.id, "bytes": size, "sha256": digest}
        context.emit({**built, "golden_misses": [asdict(miss) for miss in misses]})
    else:
        for miss in misses:
            context.say(f"tests/questions.json: warning: “{miss.question}”: {miss.fault}.")
        context.say(f"{target} is built. `llm-tutor packs sign {target}` signs it.")
    return 0


def _golden_misses(context: Context, content: Pack, index_file: Path, watch: Watch) -> "list[Miss]":
    from engine.evaluation.golden import ask_golden
    from engine.runtime import retriever_over

    settings = load_settings(context.paths.settings_file)
    with retriever_over(context.paths, settings, index_file) as retriever:
        return ask_golden(
            content.questions, retriever, packs=None, cancel=watch.cancel, progress=watch.progress
        )


def sign(arguments: argparse.Namespace, context: Context) -> int:
    """Sign an archive in place."""
    key = load_signing_key(arguments.key) if arguments.key else own_signing_key(context.paths.keys)
    sign_archive(arguments.file, key, cancel=CancelToken(), progress=lambda _: None)
    signed_by = fingerprint(key.public_key().public_bytes_raw())
    if context.json_output:
        context.emit({"file": str(arguments.file), "signed_by": signed_by})
    else:
        context.say(f"{arguments.file} is signed with the key {signed_by}.")
    return 0


def export(arguments: argparse.Namespace, context: Context) -> int:
    """Write an installed pack to an archive or a folder."""
    pack = PackStore(context.paths.packs).get(arguments.pack)
    target = arguments.output or Path(f"{pack.info.id}-{pack.info.version}{EXTENSION}")
    signed = export_pack(pack, target)
    if context.json_output:
        context.emit({"id": pack.info.id, "file": str(target), "signed": signed})
    else:
        lost = pack.record.signed_by and not signed
        context.say(f"{pack.info.title} is in {target}{', without its signature' if lost else ''}.")
    return 0


def index_content(context: Context, content: Pack, folder: Path, watch: Watch) -> None:
    """Make the search index of ``content`` in ``folder``, as the settings say."""
    from engine.runtime import index_pack

    settings = load_settings(context.paths.settings_file)
    index_pack(context.paths, settings, content, folder, cancel=watch.cancel, progress=watch.progress)
