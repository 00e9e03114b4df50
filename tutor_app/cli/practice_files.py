"""``llm-tutor packs add`` for files of practice questions, and ``packs export --format`` for giving them away."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.install import Watch
from engine.content.item_bank import ItemBank
from engine.content.item_export import ItemExport, write_items
from engine.content.pack_store import PackStore
from engine.errors import PackError
from tutor_app.cli.command import Context
from tutor_app.cli.pack_authoring import index_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.content.importers.imported_items import Skipped

EXPORT_FORMATS = ("pack", *ItemExport)
_MOST_LISTED = 50


def is_practice(path: Path) -> bool:
    """Whether ``path`` is a file, or a folder, of practice questions."""
    from engine.content.importers.practice_format import practice_format

    return path.exists() and not (path / "manifest.json").is_file() and practice_format(path) is not None


def add(path: Path, context: Context, watch: Watch) -> int:
    """Import the practice questions in ``path``."""
    from engine.tutor.practice.importing import import_practice

    store = PackStore(context.paths.packs)
    done = import_practice(path, context.paths, SystemClock(), watch)
    index_content(context, store.content(done.pack), done.pack.folder, watch)
    info = done.pack.info
    if context.json_output:
        context.emit(
            {
                **asdict(info),
                "source": done.pack.record.source,
                "counts": done.pack.record.counts,
                "questions": done.questions,
                "remembered": done.remembered,
                "skipped": [asdict(one) for one in done.skipped],
            }
        )
        return 0
    known = f", {done.remembered} of them with what you remember" if done.remembered else ""
    context.say(f"{info.title} is ready. Questions: {done.questions}{known}. `llm-tutor practice` asks them.")
    _say_skipped(done.skipped, context)
    return 0


def export(arguments: argparse.Namespace, context: Context) -> int:
    """Write the practice questions of a pack as an Anki deck or a table."""
    store = PackStore(context.paths.packs)
    pack = store.get(arguments.pack)
    found = ItemBank(store).pack(pack.info.id)
    if found is None:
        raise PackError(f"{pack.info.title} has no practice questions.", todo="Choose another pack.")
    target = arguments.output or Path(f"{pack.info.id}.{arguments.format}")
    progress = context.progress()
    try:
        done = write_items(
            found,
            ItemExport(arguments.format),
            target,
            now=SystemClock().now(),
            watch=Watch(CancelToken(), progress),
        )
    finally:
        progress.close()
    if context.json_output:
        told = [asdict(one) for one in done.skipped]
        context.emit({"id": pack.info.id, "file": str(target), "questions": done.written, "skipped": told})
        return 0
    context.say(f"{target} holds {pack.info.title}. Questions: {done.written}.")
    _say_skipped(done.skipped, context)
    return 0


def _say_skipped(skipped: "Sequence[Skipped]", context: Context) -> None:
    if not skipped:
        return
    context.say(f"Left out: {len(skipped)}.")
    for one in skipped[:_MOST_LISTED]:
        context.say(f"  {one.what}: {one.reason}")
    if len(skipped) > _MOST_LISTED:
        context.say(f"  and {len(skipped) - _MOST_LISTED} more; --json lists them all.")
