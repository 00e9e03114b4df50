"""Data sets of a few rows, in the formats of the published ones."""

import gzip
import json
from pathlib import Path

CELLS = "Mitochondria release energy from glucose. They are in most cells."
PLANTS = "Photosynthesis makes glucose with light. It happens in chloroplasts."


def write(path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


def small_squad(folder: Path) -> Path:
    """A set like SQuAD 2.0, of three questions about two articles, in the new ``folder``."""
    folder.mkdir()
    write(
        folder / "passages.jsonl.gz",
        [
            {"pid": "Cell#0", "title": "Cell", "text": CELLS},
            {"pid": "Green_plant#0", "title": "Green_plant", "text": PLANTS},
        ],
    )
    asked = [
        ("1", "Cell#0", "Cell", "What do mitochondria release?", ["energy"], False),
        (
            "2",
            "Green_plant#0",
            "Green_plant",
            "Where does photosynthesis happen?",
            ["in chloroplasts"],
            False,
        ),
        ("3", "Green_plant#0", "Green_plant", "Who discovered photosynthesis?", [], True),
    ]
    names = ("qid", "pid", "title", "question", "answers", "is_impossible")
    write(folder / "questions.jsonl.gz", [dict(zip(names, row, strict=True)) for row in asked])
    return folder
