"""The linter: every rule of docs/pack-format.md over one pack folder."""

from collections.abc import Iterator
from pathlib import Path

from engine.content.finding import Finding, Severity
from engine.content.pack_source import PackSource, read_source
from engine.content.rules.glossary import check_glossary
from engine.content.rules.item_proofs import AUTHOR_SEEDS, prove_items
from engine.content.rules.items import check_draws, check_items
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


def lint_source(source: PackSource) -> list[Finding]:
    """Everything to mend in a pack that was read, errors first, then by file and line."""
    return _in_order({*_found(source, seeds=AUTHOR_SEEDS), *check_draws(source)})


def what_blocks(source: PackSource, *, seeds: int) -> list[Finding]:
    """What keeps a pack that was read from being installed; what only an author wants to know is not looked for.

    Args:
        source: the pack.
        seeds: over how many variants of each practice item it is proven; 0 leaves the proofs out.
    """
    return _in_order({finding for finding in _found(source, seeds=seeds) if finding.blocks_installing})


def _found(source: PackSource, *, seeds: int) -> Iterator[Finding]:
    yield from source.findings
    for rule in _RULES:
        yield from rule(source)
    if seeds:
        yield from prove_items(source, seeds=seeds)


def _in_order(found: set[Finding]) -> list[Finding]:
    return sorted(
        found, key=lambda it: (it.severity is not Severity.ERROR, it.file, it.line, it.rule, it.message)
    )
