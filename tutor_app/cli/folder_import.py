"""``llm-tutor packs add FOLDER``: every document in a folder, each by itself.

A document that fails is named and the others go on; one that is here already is skipped, so a run that was stopped
goes on where it was.
"""

from dataclasses import dataclass, field
from pathlib import Path

from engine.clock import SystemClock
from engine.content.importers import SUFFIXES, document_id, import_document
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.errors import DocumentError, UsageError
from engine.types import Progress
from tutor_app.cli.command import Context
from tutor_app.cli.pack_authoring import index_content


@dataclass(slots=True)
class FolderImport:
    """What became of the files: ids, and for failures the file and why."""

    added: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)


def add_folder_of_documents(folder: Path, context: Context, watch: Watch) -> FolderImport:
    """Import the documents in ``folder`` and below it.

    Raises:
        UsageError: there is none.
        Cancelled: what is done is kept.
    """
    files = documents_in(folder)
    if not files:
        raise UsageError(
            f"{folder} holds neither a course pack nor a document.",
            todo=f"Documents end in {', '.join(SUFFIXES)}.",
        )
    result = FolderImport()
    for number, file in enumerate(files):
        watch.cancel.check()
        watch.progress(Progress("Importing", number, len(files), "files"))
        try:
            _import(file, context, watch, result)
        except DocumentError as error:
            context.say(f"{file.name}: {error.what} {error.todo}")
            result.failed.append({"file": str(file), "what": error.what, "todo": error.todo})
    return result


def documents_in(folder: Path) -> list[Path]:
    """The files that look like documents, by name, without hidden ones."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.name.lower().endswith(tuple(SUFFIXES))
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _import(file: Path, context: Context, watch: Watch, result: FolderImport) -> None:
    store = PackStore(context.paths.packs)
    present = store.find(document_id(file, cancel=watch.cancel))
    if present is None:
        content = import_document(file, cancel=watch.cancel, progress=watch.progress)
        present = PackInstaller(context.paths, SystemClock()).add_document(content)
        result.added.append(present.info.id)
    else:
        result.present.append(present.info.id)
    index_content(context, store.content(present), present.folder, watch)
