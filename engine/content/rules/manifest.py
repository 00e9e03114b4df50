"""The manifest: the entry, the ages, and what only the build may write."""

from collections.abc import Iterator

from engine.content import layout
from engine.content.digest import counts, file_digests
from engine.content.finding import Finding, warning
from engine.content.pack_source import PackSource


def check_manifest(source: PackSource) -> Iterator[Finding]:
    """Findings on manifest.json and CHANGELOG.md."""
    manifest = source.manifest
    if not manifest:
        return
    if layout.is_device(source.pack.info.id):
        message = f"{source.pack.info.id!r} begins with the name of a device, which Windows refuses."
        yield Finding(
            "manifest.id", layout.MANIFEST, source.line(layout.MANIFEST, "id"), message, "Choose another id."
        )
    entry = manifest["entry"]
    if entry not in {placed.section.id for placed in source.sections}:
        line = source.line(layout.MANIFEST, entry)
        yield Finding(
            "manifest.entry", layout.MANIFEST, line, f"The entry {entry!r} is no section.", "Name one: s-…."
        )
    age = source.pack.info.age
    if age and age[0] > age[1]:
        line = source.line(layout.MANIFEST, "age")
        yield Finding(
            "manifest.age", layout.MANIFEST, line, "The ages run backwards.", "Put the smaller one at min."
        )
    yield from _built_fields(source)
    if layout.CHANGELOG in source.texts and source.pack.info.version not in source.texts[layout.CHANGELOG]:
        message = f"The change log does not mention version {source.pack.info.version}."
        yield warning(
            "style.changelog", layout.CHANGELOG, 0, message, todo="Add what changed under that heading."
        )


def _built_fields(source: PackSource) -> Iterator[Finding]:
    manifest = source.manifest
    if "files" in manifest and manifest["files"] != file_digests(source.folder):
        line = source.line(layout.MANIFEST, "files")
        message = "The hashes in `files` are not those of the files."
        yield Finding(
            "manifest.files", layout.MANIFEST, line, message, "Remove `files`: the build writes it."
        )
    if "counts" in manifest and manifest["counts"] != counts(source):
        line = source.line(layout.MANIFEST, "counts")
        message = "The `counts` are not those of the pack."
        yield Finding(
            "manifest.counts", layout.MANIFEST, line, message, "Remove `counts`: the build writes it."
        )
