"""``llm-tutor models``: list, add, remove and check model files, and say which model fits this machine."""

import argparse
from dataclasses import asdict
from pathlib import Path

from engine.clock import SystemClock
from engine.errors import ModelError, UsageError
from engine.models.install import ModelInstaller
from engine.models.installed import InstalledModel
from engine.models.manifest import Manifest, ModelEntry, ModelKind, read_manifest
from engine.models.sources import Job
from engine.paths import manifest_path
from tutor_app.cli.command import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _action(actions, "list", "models one can have, and those that are installed")
    add = _action(actions, "add", "fetch a model by its id, or import a GGUF file; run again to continue")
    add.add_argument("model", metavar="ID|FILE")
    add.add_argument(
        "--from", dest="given", type=Path, metavar="FOLDER", help="take the files from here, not the network"
    )
    add.add_argument(
        "--kind",
        choices=["llm", "embedder", "reranker"],
        help="what an imported file is, if not as its header says",
    )
    remove = _action(actions, "remove", "delete an installed model")
    remove.add_argument("model", metavar="ID")
    check = _action(actions, "check", "compare installed files with their sums, and load them")
    check.add_argument("model", metavar="ID", nargs="?")
    _action(actions, "advise", "time a short trial, and say which model fits this machine")
    trial = actions.add_parser(
        "trial"
    )  # what a frozen app runs in a child process: see engine/models/trial.py
    trial.add_argument("file")
    trial.add_argument("kind")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Run the action."""
    if arguments.action == "trial":
        from engine.models.trial import child_main

        child_main(arguments.file, arguments.kind)
        return 0
    manifest = read_manifest(manifest_path())
    installer = ModelInstaller(context.paths, manifest, SystemClock())
    return _ACTIONS[arguments.action](arguments, context, installer, manifest)


def _list(_: argparse.Namespace, context: Context, installer: ModelInstaller, manifest: Manifest) -> int:
    installed = {model.id: model for model in installer.installed.all()}
    unknown = [model for model in installed.values() if manifest.find(model.id) is None]
    if context.json_output:
        models = [_entry_json(entry, installed.get(entry.id)) for entry in manifest.entries]
        context.emit({"models": models + [_model_json(model) for model in unknown]})
        return 0
    for kind in ModelKind:
        context.say(f"{_KINDS[kind]}:")
        for entry in manifest.entries:
            if entry.kind is kind:
                context.say(_entry_line(entry, installed.get(entry.id)))
        for model in unknown:
            if model.kind is kind:
                context.say(
                    f"  {model.id:36} {_megabytes(model.files[0].bytes):>9}  {_state(model)}, imported, unverified"
                )
    return 0


def _add(
    arguments: argparse.Namespace, context: Context, installer: ModelInstaller, manifest: Manifest
) -> int:
    entry = manifest.find(arguments.model)
    progress = context.progress()
    job = Job(on_progress=progress, given=arguments.given)
    try:
        if entry is not None:
            model = installer.install(entry, job)
        elif "." in arguments.model or Path(arguments.model).exists():
            kind = ModelKind(arguments.kind) if arguments.kind else None
            model = installer.import_file(Path(arguments.model), job, kind=kind)
        else:
            raise UsageError(f"No model is called {arguments.model!r}.", todo="See: llm-tutor models list")
    finally:
        progress.close()
    if context.json_output:
        context.emit(_model_json(model))
        return 0
    context.say(f"{model.name} is installed in {model.folder} ({_state(model)}).")
    if not model.verified:
        for file in model.files:
            context.say(
                f"Not verified: {file.name} has sha256 {file.sha256}; compare it with its publisher's page."
            )
    return 0


def _remove(arguments: argparse.Namespace, context: Context, installer: ModelInstaller, _: Manifest) -> int:
    freed = installer.installed.remove(arguments.model)
    if context.json_output:
        context.emit({"removed": arguments.model, "freed_bytes": freed})
    else:
        context.say(f"{arguments.model} is deleted; {_megabytes(freed)} are free again.")
    return 0


def _check(arguments: argparse.Namespace, context: Context, installer: ModelInstaller, _: Manifest) -> int:
    models = installer.installed.all()
    if arguments.model:
        models = [model for model in models if model.id == arguments.model]
        if not models:
            raise ModelError(f"No model {arguments.model!r} is installed.", todo="See: llm-tutor models list")
    found: list[dict[str, object]] = []
    for model in models:
        try:
            checked = installer.check(model, Job())
            found.append({**_model_json(checked), "fault": None})
            context.say(f"{model.id}: {_state(checked)}")
        except ModelError as error:
            found.append({**_model_json(model), "fault": error.what})
            context.say(f"{model.id}: {error.what} {error.todo}")
    if context.json_output:
        context.emit({"models": found})
    elif not found:
        context.say("No model is installed.")
    return 1 if any(model["fault"] for model in found) else 0


def _advise(_: argparse.Namespace, context: Context, installer: ModelInstaller, manifest: Manifest) -> int:
    from engine.models.advise import advise
    from engine.models.hardware import look_at_hardware

    hardware = look_at_hardware()
    installed = installer.installed.usable(ModelKind.LLM)
    measured = None
    if installed:
        context.say(f"Timing {installed[-1].name} on this machine …")
        measured = installer.time(installed[-1], Job())
    advice = advise(hardware, manifest.entries, measured)
    if context.json_output:
        trial = asdict(measured.trial) if measured and measured.trial else None
        context.emit(
            {"hardware": asdict(hardware), "trial": trial, "advice": [asdict(item) for item in advice]}
        )
        return 0
    sets = ", ".join(hardware.instruction_sets) or "instruction sets unknown"
    gpus = ", ".join(hardware.gpus) or "no GPU visible"
    memory = f"{hardware.memory_mb / 1000:.0f} GB of memory"
    context.say(
        f"{hardware.processor or hardware.system}: {hardware.threads} threads, {memory}, {sets}; {gpus}."
    )
    for item in advice:
        context.say(f"{'*' if item.recommended else ' '} {item.id:24} {item.words}")
    best = next((item for item in advice if item.recommended), None)
    if best and installer.installed.find(best.id):
        context.say("* the best for this computer, and installed.")
    elif best:
        context.say(f"* the best for this computer. Get it with: llm-tutor models add {best.id}")
    elif measured is None:
        context.say("For speeds, install the small default model first: llm-tutor prepare")
    else:
        context.say(
            "None is fast enough to read along just now. Without a model, answers are quotations, at once."
        )
    return 0


_ACTIONS = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "check": _check,
    "advise": _advise,
}
_KINDS = {
    ModelKind.LLM: "Language models",
    ModelKind.EMBEDDER: "Embedders (search by meaning)",
    ModelKind.RERANKER: "Rerankers (sort what was found)",
    ModelKind.ASR: "Speech to text",
    ModelKind.TTS: "Text to speech",
    ModelKind.SAFETY: "Safety checks",
}


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _entry_line(entry: ModelEntry, model: InstalledModel | None) -> str:
    state = _state(model) if model else "not installed"
    known = "" if entry.verified else ", unverified"
    return f"  {entry.id:36} {_megabytes(entry.bytes):>9}  {entry.licence}, {' '.join(entry.languages)}; {state}{known}"


def _state(model: InstalledModel) -> str:
    if model.missing():
        return "incomplete"
    if model.trial is None:
        return "installed"
    return "installed, works" if model.trial.works else f"does not work: {model.trial.fault}"


def _entry_json(entry: ModelEntry, model: InstalledModel | None) -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "bytes": entry.bytes,
        "licence": entry.licence,
        "languages": entry.languages,
        "memory_mb": entry.memory_mb,
        "tier": entry.tier,
        "verified": entry.verified,
        "default": entry.default,
        "installed": _model_json(model) if model else None,
    }


def _model_json(model: InstalledModel) -> dict[str, object]:
    stored = {**asdict(model), "folder": str(model.folder)}
    return {**stored, "usable": model.usable, "state": _state(model)}


def _megabytes(size: int | None) -> str:
    return "? MB" if size is None else f"{size / 1e6:,.0f} MB"
