"""Licences: known, with their text in the pack, and compatible with what was reused."""

from collections.abc import Iterator

from engine.content.finding import Finding, warning
from engine.content.layout import MANIFEST
from engine.content.licences import KNOWN, incompatibility
from engine.content.pack_source import PackSource

_SHORTEST_TEXT = 100


def check_licences(source: PackSource) -> Iterator[Finding]:
    """Findings on the licence of the pack and of its sources."""
    if not source.manifest:
        return
    licence = source.pack.info.licence
    reused = [str(entry["licence"]) for entry in source.manifest.get("sources", ())]
    for name in dict.fromkeys([licence, *reused]):
        line = source.line(MANIFEST, name)
        if len(source.texts.get(f"LICENSES/{name}.txt", "")) < _SHORTEST_TEXT:
            message = f"The text of {name} is not in the pack."
            yield Finding("licence.text", MANIFEST, line, message, f"Put it into LICENSES/{name}.txt.")
        if name not in KNOWN and not name.startswith("LicenseRef-"):
            message = f"{name} is not among the licences known here."
            todo = "Check the SPDX identifier, or write LicenseRef-name for terms of your own."
            yield warning("licence.known", MANIFEST, line, message, todo=todo)
    for name in dict.fromkeys(reused):
        why = incompatibility(name, licence)
        if why:
            message = f"Material under {name} may not go into a pack under {licence}: {why}."
            todo = "Remove the material, or change the pack's licence."
            yield Finding("licence.incompatible", MANIFEST, source.line(MANIFEST, name), message, todo)
