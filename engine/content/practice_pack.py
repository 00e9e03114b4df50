"""Imported practice questions as a pack folder: each item is proven by itself, and only what fails is left out.

A hint that would give the answer away is no hint: it becomes the beginning of the worked solution. The pack is the
learner's own, so its licence is whatever the source's is, and it is not for giving away.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine import __version__
from engine.answers.closure import leaks
from engine.cancel import CancelToken
from engine.content import layout
from engine.content.finding import Finding
from engine.content.importers.imported_items import ImportedItems, Skipped, shortened
from engine.content.importers.item_text import cleaned
from engine.content.instance import instantiate
from engine.content.item import Item, Json, Quote
from engine.content.item_json import read_item
from engine.content.pack import Pack, PackInfo
from engine.content.pack_source import PackSource
from engine.content.rules.item_proofs import prove_items, step_closure
from engine.content.rules.items import check_items
from engine.content.schema import schema_problems
from engine.errors import ExpressionError, PackError
from engine.types import Progress, Skill

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_LICENCE = "LicenseRef-imported"
_LICENCE_TEXT = (
    "These questions were imported by a learner for their own use. Their authors and terms are those of the file that"
    " they came from; ask its authors before you give them to anybody else.\n"
)
_CHAPTER = "c-practice"
_FILE_BYTES = 200_000  # the linter looks for each item from the start of its file
_LEVELS = ("L1", "L2", "L3", "L4")
_MOST_MEDIA = layout.MAX_FILES - 500
_SEEDS = 1
_NEUTRAL = "Read the question once more: what is given, and what is asked for?"
_MOST_TOLD = 2000


@dataclass(frozen=True, slots=True)
class ProvenItems:
    """Imported questions of which each is sound, and everything that was left out on the way."""

    source: ImportedItems
    skipped: tuple[Skipped, ...]


def proven(imported: ImportedItems, *, cancel: CancelToken, progress: "ProgressCallback") -> ProvenItems:
    """The items of ``imported`` that keep to the schema and whose answers their checkers accept.

    Raises:
        Cancelled: it was stopped.
    """
    media = _affordable(imported.media)
    kept: list[Json] = []
    skipped = list(imported.skipped)
    for done, document in enumerate(imported.items):
        cancel.check()
        progress(Progress("Checking", done, len(imported.items), "questions"))
        sound, notes = _sound(document, media)
        skipped += notes
        if sound is not None:
            kept.append(sound)
    names = {item["picture"]["file"] for item in kept if "picture" in item}
    skills = {skill for item in kept for skill in item["skills"]}
    source = replace(
        imported,
        items=tuple(kept),
        skills=tuple(skill for skill in imported.skills if skill.id in skills),
        media={name: data for name, data in media.items() if name in names},
    )
    return ProvenItems(source, tuple(skipped))


def write_practice_pack(folder: Path, items: ProvenItems, identifier: str) -> None:
    """Write the pack ``identifier`` into the empty folder ``folder``, without the fields that a build adds."""
    source = items.source
    documents: dict[str, Json] = {
        layout.MANIFEST: _manifest(source, identifier),
        layout.SKILLS: {
            "skills": [
                {
                    "id": one.id,
                    "name": one.name,
                    "goal": f"I can answer the questions on “{one.name}”.",
                    "bloom": "remember",
                }
                for one in source.skills
            ],
            "edges": [],
        },
        layout.GLOSSARY: {"terms": []},
        layout.QUESTIONS: {"questions": []},
        **dict(_item_files(source)),
    }
    for name, document in documents.items():
        _write(folder / name, json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")
    heading = source.title.replace("{", "(").replace("}", ")")
    _write(folder / "passages/01-practice.md", f"# {heading} {{#{_CHAPTER}}}\n".encode())
    _write(folder / f"LICENSES/{_LICENCE}.txt", _LICENCE_TEXT.encode())
    _write(folder / layout.CHANGELOG, b"# Changelog\n\n## 1.0.0\n\n- Imported.\n")
    _write(folder / "README.md", _told(items.skipped).encode())
    for name, data in source.media.items():
        _write(folder / name, data)


def _sound(document: Json, media: Mapping[str, bytes]) -> tuple[Json | None, list[Skipped]]:
    """``document`` as it can be kept, None if it cannot; and what of it is left out."""
    what = shortened(document["stem"])
    notes: list[Skipped] = []
    if "picture" in document and document["picture"]["file"] not in media:
        document = {name: value for name, value in document.items() if name != "picture"}
        notes.append(Skipped(f"picture of {what}", "The pictures are more than a pack can hold."))
    problems = schema_problems("items", {"items": [document]})
    if problems:
        place = problems[0].place.partition(".")[2]
        return None, [
            *notes,
            Skipped(what, f"It cannot be written as an item ({place}: {problems[0].message})."),
        ]
    try:
        document, told = _without_leaks(document)
    except (PackError, ExpressionError) as error:
        return None, [*notes, Skipped(what, error.what)]
    notes += [Skipped(f"{level} of {what}", _GAVE_AWAY) for level in told]
    finding = next((one for one in _findings(document, media) if one.blocks_installing), None)
    if finding is not None:
        return None, [*notes, Skipped(what, finding.message.removeprefix(f"{document['id']}: "))]
    return document, notes


_GAVE_AWAY = "The hint gives the answer away; it is part of the solution instead."


def _findings(document: Json, media: Mapping[str, bytes]) -> Iterator[Finding]:
    """What the linter says of this item alone."""
    skills = tuple(Skill(identifier, identifier) for identifier in document["skills"])
    source = PackSource(
        folder=Path(),
        pack=Pack(PackInfo("", "", ""), (), (), skills),
        texts={},
        documents={"items/imported.json": {"items": [document]}},
        media=tuple(media),
        chapters=(),
        findings=(),
    )
    yield from check_items(source)
    # A picture of another program is no drawing with variables: its own safety was checked when it was read.
    bare = {name: value for name, value in document.items() if name != "picture"}
    yield from prove_items(
        replace(source, documents={"items/imported.json": {"items": [bare]}}), seeds=_SEEDS
    )


def _without_leaks(document: Json) -> tuple[Json, list[str]]:
    """``document`` with the hints that give an answer away in its solutions; and which they were."""
    leaking = _leaking(read_item(document))
    if not leaking:
        return document, []
    told = []
    mended = []
    for place, step in enumerate(document.get("steps", [document])):
        own = [level for level in leaking.get(place, ()) if level in step.get("hints", {})]
        told += [f"{level} of step {place + 1}" if "steps" in document else level for level in own]
        mended.append(_moved(step, own))
    changed = {**document, "steps": mended} if "steps" in document else mended[0]
    return _with_neutral_hints(changed), told


def _with_neutral_hints(document: Json) -> Json:
    """``document`` with a hint that says nothing where the one made from the question would give something away."""
    leaking = _leaking(read_item(document))
    if not leaking:
        return document
    neutral = {"hints": {"L1": _NEUTRAL}}
    if "steps" not in document:
        return {**document, **neutral}
    steps = [
        {**step, **neutral} if place in leaking else step for place, step in enumerate(document["steps"])
    ]
    return {**document, "steps": steps}


def _leaking(item: Item) -> dict[int, list[str]]:
    """The levels that give something away, by the place of their step."""
    question = instantiate(item, 0)
    found: dict[int, list[str]] = {}
    for place, step in enumerate(question.steps):
        ahead, own = step_closure(question.steps[place:]), step_closure((step,))
        hints = step.hints
        principle = hints.principle.text if isinstance(hints.principle, Quote) else hints.principle
        texts = (hints.orient, principle, hints.analogue, hints.partial)
        for level, text, closure in zip(_LEVELS, texts, (ahead, ahead, own, own), strict=True):
            if text and leaks(text, closure, question.stem) is not None:
                found.setdefault(place, []).append(level)
    return found


def _moved(step: Json, levels: Iterable[str]) -> Json:
    """``step`` with the hints of ``levels`` at the beginning of its solution, unless they stand there already."""
    hints = dict(step.get("hints", {}))
    gone = [hints.pop(level) for level in levels]
    if not gone:
        return step
    solution = list(step.get("solution", ()))
    moved = {
        **step,
        "solution": [*(hint for hint in gone if hint not in solution), *solution],
        "hints": hints,
    }
    return moved if hints else {name: value for name, value in moved.items() if name != "hints"}


def _affordable(media: Mapping[str, bytes]) -> dict[str, bytes]:
    """As many pictures as a pack can hold."""
    kept: dict[str, bytes] = {}
    size = 0
    for name, data in media.items():
        size += len(data)
        if size > layout.MAX_TOTAL_BYTES // 2 or len(kept) >= _MOST_MEDIA:
            break
        kept[name] = data
    return kept


def _manifest(source: ImportedItems, identifier: str) -> Json:
    return {
        "schema": "tutorpack/1",
        "id": identifier,
        "version": "1.0.0",
        "title": source.title,
        "description": "Imported practice questions.",
        "langs": [source.language],
        "authors": ["Imported"],
        "licence": _LICENCE,
        "sources": [],
        "min_app": __version__,
        "entry": _CHAPTER,
    }


def _item_files(source: ImportedItems) -> Iterator[tuple[str, Json]]:
    """The items by the file that they go into: one for each skill, more where that would grow too large."""
    by_skill: dict[str, list[Json]] = {}
    for item in source.items:
        by_skill.setdefault(item["skills"][0], []).append(item)
    for skill, items in by_skill.items():
        group: list[Json] = []
        size, number = 0, 1
        for item in items:
            size += len(json.dumps(item, ensure_ascii=False, indent=1).encode()) + 100
            if group and size > _FILE_BYTES:
                yield f"items/{skill}-{number}.json", {"items": group}
                group, size, number = [], 0, number + 1
            group.append(item)
        yield f"items/{skill}-{number}.json", {"items": group}


def _told(skipped: Sequence[Skipped]) -> str:
    """What was left out, for whoever opens the pack's folder."""
    lines = [cleaned(f"- {one.what}: {one.reason}".replace("\n", " ")) for one in skipped[:_MOST_TOLD]]
    return "\n".join(["# Left out on importing", "", *(lines or ["Nothing."]), ""])


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
