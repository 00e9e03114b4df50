"""``llm-tutor data``: back up, restore, list, export and erase one learner's data."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from engine.clock import SystemClock
from engine.content.item_bank import ItemBank
from engine.content.pack_store import PackStore
from engine.errors import UsageError
from engine.paths import DataPaths
from engine.storage.backup import Backup, list_backups, write_copy
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.storage.replacement import erase, go_back, require_closed, require_elsewhere
from engine.tutor.export import write_export
from engine.tutor.export_file import ExportWatch
from engine.tutor.practice.export import PracticeExport, write_practice
from tutor_app.cli.command import Context
from tutor_app.services.replacing import forget_learner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions and their arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    backup = actions.add_parser("backup", help="make a backup")
    backup.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="where to; by default among the backups"
    )
    restore_action = actions.add_parser("restore", help="go back to a backup; what is there now is kept")
    restore_action.add_argument("file", metavar="FILE|latest", help="a backup, or `latest`")
    actions.add_parser("list", help="the backups")
    export = actions.add_parser("export", help="write what was said and done to a file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument(
        "--format",
        choices=("jsonl", "csv", "xapi"),
        default="jsonl",
        help="everything as JSON lines; practice alone as a table (csv) or as xAPI statements",
    )
    erase = actions.add_parser("erase", help="remove conversations, events and all backups for good")
    erase.add_argument("--yes", action="store_true", help="do it without being asked again")
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Carry the action out."""
    match arguments.action:
        case "backup":
            _back_up(arguments.file, context)
        case "restore":
            _restore(arguments.file, context)
        case "list":
            _list(context)
        case "export":
            _export(arguments.file, arguments.format, context)
        case _:
            _erase(context, confirmed=arguments.yes)
    return 0


def _back_up(target: Path | None, context: Context) -> None:
    with _open(context) as database:
        if target is None:
            target = database.back_up().path
        else:
            require_elsewhere(target, context.paths)
            with database.reading() as connection, _progress(context) as watch:
                write_copy(connection, target, progress=watch.progress)
    _tell(context, f"Backed up to {target}.", {"file": str(target), "bytes": target.stat().st_size})


def _restore(source: str, context: Context) -> None:
    paths = context.paths
    require_closed(paths)
    file = _newest(paths).path if source == "latest" else Path(source)
    with _progress(context) as watch:
        aside = go_back(file, paths, now=SystemClock().now(), progress=watch.progress)
    kept = str(aside) if aside else None
    note = f" What was there before is kept as {kept}." if kept else ""
    _tell(context, f"Restored {file}.{note}", {"restored": str(file), "kept": kept})


def _list(context: Context) -> None:
    backups = list_backups(context.paths.backups)
    for backup in backups:
        context.say(f"{backup.made:%Y-%m-%d %H:%M} UTC  {backup.bytes / 1e6:8.1f} MB  {backup.path}")
    if not backups:
        context.say("There are no backups yet. `llm-tutor data backup` makes one.")
    if context.json_output:
        rows = [
            {"file": str(each.path), "made": each.made.isoformat(), "bytes": each.bytes} for each in backups
        ]
        context.emit({"backups": rows})


def _export(target: Path, form: str, context: Context) -> None:
    with _open(context) as database, _progress(context) as watch:
        require_elsewhere(target, context.paths)
        if form == "jsonl":
            lines = write_export(database, target, watch)
        else:
            bank = ItemBank(PackStore(context.paths.packs))
            lines = write_practice(database, bank, PracticeExport(form), target, watch)
    _tell(context, f"Wrote {lines} lines to {target}.", {"file": str(target), "lines": lines})


def _erase(context: Context, *, confirmed: bool) -> None:
    paths = context.paths
    if not confirmed:
        raise UsageError(
            f"This removes all conversations, events and backups in {paths.root} for good.",
            todo="Add --yes to do it. `llm-tutor data export FILE` writes a copy first.",
        )
    erase(paths)
    forget_learner(paths)
    _tell(
        context, "Erased. Packs, imported documents, models and settings are still there.", {"erased": True}
    )


@contextlib.contextmanager
def _progress(context: Context) -> Iterator[ExportWatch]:
    line = context.progress()
    try:
        yield ExportWatch(progress=line)
    finally:
        line.close()


def _open(context: Context) -> LearnerDatabase:
    if not context.paths.learner_db.exists():
        raise UsageError(
            f"There is no learner's data in {context.paths.root}.", todo="Check --profile, or ask something."
        )
    database = open_learner_database(context.paths, SystemClock())
    for notice in database.notices:
        context.say(notice)
    return database


def _newest(paths: DataPaths) -> Backup:
    backups = list_backups(paths.backups)
    if not backups:
        raise UsageError(f"There are no backups in {paths.backups}.", todo="Name a backup file.")
    return backups[0]


def _tell(context: Context, sentence: str, value: dict[str, object]) -> None:
    context.say(sentence)
    if context.json_output:
        context.emit(value)
