"""``llm-tutor packs``: course packs and imported documents: list, add, remove, show.

What authors need (check, build, sign, export) is in ``pack_authoring.py``.
"""

import argparse
from dataclasses import asdict
from pathlib import Path

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.archive import EXTENSION
from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledFrom, InstalledPack
from engine.content.pack import Pack
from engine.content.pack_store import PackStore
from engine.content.pack_trash import PackTrash
from engine.errors import PackError, UsageError
from engine.paths import asset_path
from tutor_app.cli import pack_authoring, practice_files
from tutor_app.cli.command import Context
from tutor_app.cli.pack_authoring import index_content


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _action(actions, "list", "what is installed")
    add = _action(
        actions,
        "add",
        "install a pack (.tutorpack or folder), a starter pack, or import a document or practice questions",
    )
    add.add_argument("what", metavar="FILE|FOLDER|ID")
    add.add_argument(
        "--accept-new-key",
        action="store_true",
        help="the pack is signed with another key than before, and that is right",
    )
    remove = _action(actions, "remove", "remove a pack; for a day it can be put back")
    remove.add_argument("pack", metavar="ID")
    remove.add_argument("--undo", action="store_true", help="put back the pack that was removed")
    show = _action(actions, "show", "a pack's contents, or one of its passages")
    show.add_argument("pack", metavar="ID")
    show.add_argument("passage", metavar="PASSAGE", nargs="?")
    check = _action(actions, "check", "say everything that is to be mended in a pack folder or archive")
    check.add_argument("what", metavar="FOLDER|FILE", type=Path)
    build = _action(actions, "build", "make the archive of a pack folder, with its search index")
    build.add_argument("folder", metavar="FOLDER", type=Path)
    build.add_argument("-o", "--output", metavar="FILE", type=Path)
    build.add_argument(
        "--no-index", action="store_true", help="leave the index to the computers that install it"
    )
    sign = _action(actions, "sign", "sign a built archive")
    sign.add_argument("file", metavar="FILE", type=Path)
    sign.add_argument(
        "--key", metavar="FILE", type=Path, help="an Ed25519 key (PEM); your own is made on first use"
    )
    export = _action(actions, "export", "give an installed pack away: as an archive, or as a folder to edit")
    export.add_argument("pack", metavar="ID")
    export.add_argument("-o", "--output", metavar="FILE|FOLDER", type=Path)
    export.add_argument(
        "--format",
        choices=practice_files.EXPORT_FORMATS,
        default="pack",
        help="the whole pack, or its practice questions as an Anki deck (apkg) or a table (csv)",
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Run the action."""
    return _ACTIONS[arguments.action](arguments, context)


def _list(_: argparse.Namespace, context: Context) -> int:
    store = PackStore(context.paths.packs)
    packs, damaged = store.installed(), store.damaged()
    if context.json_output:
        context.emit({"packs": [_pack_json(pack) for pack in packs], "damaged": damaged})
        return 0
    for pack in packs:
        context.say(f"{pack.info.id}  {pack.info.version}  {pack.info.title}")
        context.say(
            f"    {_origin(pack)}, {pack.record.counts.get('passages', 0)} passages{_index_state(pack)}"
        )
    for identifier in damaged:
        context.say(f"{identifier}  is damaged: remove it, and add it again.")
    if not packs and not damaged:
        context.say(
            "No course packs are installed. `llm-tutor packs add FILE` adds one, or imports a document."
        )
    return 0


def _add(arguments: argparse.Namespace, context: Context) -> int:
    progress = context.progress()
    watch = Watch(CancelToken(), progress)
    if practice_files.is_practice(Path(arguments.what).expanduser()):
        return practice_files.add(Path(arguments.what).expanduser(), context, watch)
    if _is_folder_of_documents(Path(arguments.what).expanduser()):
        return _add_documents(Path(arguments.what).expanduser(), context, watch)
    try:
        pack = _install(arguments.what, context, watch, accept_new_key=arguments.accept_new_key)
        index_content(context, PackStore(context.paths.packs).content(pack), pack.folder, watch)
    finally:
        progress.close()
    if context.json_output:
        context.emit(_pack_json(pack))
    else:
        context.say(f"{pack.info.title} ({pack.info.version}) is ready: {_origin(pack)}.")
    return 0


def _is_folder_of_documents(path: Path) -> bool:
    """Whether ``path`` is a folder that is neither a pack nor one book in modules."""
    return path.is_dir() and not (path / "manifest.json").is_file() and not any(path.glob("*.cnxml*"))


def _add_documents(folder: Path, context: Context, watch: Watch) -> int:
    from tutor_app.cli.folder_import import add_folder_of_documents

    result = add_folder_of_documents(folder, context, watch)
    if context.json_output:
        context.emit(asdict(result))
    else:
        context.say(
            f"Imported: {len(result.added)}, here already: {len(result.present)}, failed: {len(result.failed)}."
        )
    return 1 if result.failed else 0


def _install(what: str, context: Context, watch: Watch, *, accept_new_key: bool) -> InstalledPack:
    installer = PackInstaller(context.paths, SystemClock())
    path = Path(what).expanduser()
    if path.is_dir() and (path / "manifest.json").is_file():
        return installer.add_folder(path, watch, accept_new_key=accept_new_key)
    if path.suffix.lower() == EXTENSION:
        return installer.add_archive(path, watch, accept_new_key=accept_new_key)
    if not path.exists():
        return installer.add_starter(_starter(what), watch)
    from engine.content.importers import import_document

    return installer.add_document(import_document(path, cancel=watch.cancel, progress=watch.progress))


def _starter(what: str) -> Path:
    from engine.content.starter_packs import starter_folders

    for identifier, folder in starter_folders(asset_path("packs")).items():
        if what in (identifier, identifier.rpartition(".")[2]):
            return folder
    raise UsageError(
        f"There is no file, folder or starter pack {what!r}.", todo="Check the name, or choose another file."
    )


def _remove(arguments: argparse.Namespace, context: Context) -> int:
    store, trash = PackStore(context.paths.packs), PackTrash(context.paths.packs)
    if arguments.undo:
        identifier = arguments.pack
        trash.put_back(identifier)
        message = f"{store.get(identifier).info.title} is back."
    else:
        identifier = store.resolve(arguments.pack)
        now = SystemClock().now()
        trash.take(identifier, now=now)
        trash.empty(now=now)
        message = (
            f"{identifier} is removed. For a day, `llm-tutor packs remove --undo {identifier}` puts it back."
        )
    if context.json_output:
        context.emit({"id": identifier, "removed": not arguments.undo})
    else:
        context.say(message)
    return 0


def _show(arguments: argparse.Namespace, context: Context) -> int:
    store = PackStore(context.paths.packs)
    pack = store.get(arguments.pack)
    content = store.content(pack)
    if arguments.passage is None:
        _show_contents(pack, content, context)
    else:
        _show_passage(pack, content, arguments.passage, context)
    return 0


def _show_contents(pack: InstalledPack, content: Pack, context: Context) -> None:
    inside = {
        section.id: [p for p in content.passages if p.section == section.id] for section in content.sections
    }
    if context.json_output:
        sections = [
            {**asdict(section), "passages": [passage.id for passage in inside[section.id]]}
            for section in content.sections
        ]
        context.emit({**_pack_json(pack), "sections": sections})
        return
    context.say(f"{pack.info.title} ({pack.info.version})\n{pack.info.description}\n{_origin(pack)}")
    for section in content.sections:
        context.say(f"\n{section.number} {section.title}".replace("\n ", "\n"))
        for passage in inside[section.id]:
            context.say(f"    {passage.id}  {passage.title}")


def _show_passage(pack: InstalledPack, content: Pack, wanted: str, context: Context) -> None:
    passage = next((passage for passage in content.passages if passage.id == wanted), None)
    if passage is None:
        raise PackError(
            f"{pack.info.title} has no passage {wanted!r}.",
            todo=f"`llm-tutor packs show {pack.info.id}` lists them.",
        )
    section = next((section for section in content.sections if section.id == passage.section), None)
    if context.json_output:
        context.emit(
            {"pack": pack.info.id, **asdict(passage), "section_title": section.title if section else ""}
        )
        return
    place = f"{section.number} {section.title}".strip() if section else ""
    page = f", page {passage.page}" if passage.page else ""
    context.say(f"{pack.info.title}, {place}{page}\n\n{passage.title}\n\n{passage.text}")


def _export(arguments: argparse.Namespace, context: Context) -> int:
    if arguments.format == "pack":
        return pack_authoring.export(arguments, context)
    return practice_files.export(arguments, context)


def _pack_json(pack: InstalledPack) -> dict[str, object]:
    return {
        **asdict(pack.info),
        "source": pack.record.source,
        "signed_by": pack.record.signed_by or None,
        "installed_at": pack.installed_at.isoformat(),
        "counts": pack.record.counts,
        "indexed": pack.index_file.is_file(),
        "folder": str(pack.folder),
    }


def _origin(pack: InstalledPack) -> str:
    if pack.record.source is InstalledFrom.DOCUMENT:
        return "imported document"
    if pack.record.source is InstalledFrom.PRACTICE:
        return "imported practice questions"
    if pack.record.source is InstalledFrom.STARTER:
        return "came with the program"
    return f"signed by {pack.record.signed_by}" if pack.record.signed_by else "unsigned"


def _index_state(pack: InstalledPack) -> str:
    return "" if pack.index_file.is_file() else ", not yet searchable: add it again"


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


_ACTIONS = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "show": _show,
    "check": pack_authoring.check,
    "build": pack_authoring.build,
    "sign": pack_authoring.sign,
    "export": _export,
}
