"""The linter: every rule of docs/pack-format.md over one pack folder."""

from pathlib import Path

from engine.content.finding import Finding, Severity
from engine.content.pack_source import PackSource, read_source
from engine.content.rules.glossary import check_glossary
from engine.content.rules.item_proofs import AUTHOR_SEEDS, prove_items
from engine.content.rules.items import check_items
from engine.content.rules.licensing import check_licences
from engine.content.rules.manifest import check_manifest
from engine.content.rules.markup import check_markup
from engine.content.rules.media import check_media
from engine.content.rules.passages import check_passages
from engine.content.rules.questions import check_questions
from engine.content.rules.skills import check_skills

_RULES = (
    check_manifest,
    check_passages,
    check_markup,
    check_skills,
    check_glossary,
    check_questions,
    check_media,
    check_licences,
    check_items,
)


def lint_folder(folder: Path) -> list[Finding]:
    """Everything to mend in the pack in ``folder``, errors first, then by file and line."""
    return lint_source(read_source(folder))


def lint_source(source: PackSource, *, seeds: int = AUTHOR_SEEDS) -> list[Finding]:
    """Everything to mend in a pack that was read, errors first, then by file and line.

    Args:
        source: the pack.
        seeds: over how many variants of each practice item it is proven; 0 leaves the proofs out.
    """
    found = {*source.findings, *(finding for rule in _RULES for finding in rule(source))}
    if seeds:
        found.update(prove_items(source, seeds=seeds))
    return sorted(
        found, key=lambda it: (it.severity is not Severity.ERROR, it.file, it.line, it.rule, it.message)
    )
