"""A sound practice item of the small pack, for tests to spoil."""

import copy
from pathlib import Path
from typing import Any

from tests.engine.content.small_pack import write_pack

QUOTE = "Leaves are green because of **chlorophyll**."
MISCONCEPTIONS = {
    "misconceptions": [
        {
            "id": "m.minus",
            "skill": "leaf.colour",
            "description": "Takes away.",
            "response": "Did you put them together or take them away?",
            "passage": "p-leaf-03",
        }
    ]
}
ITEM: dict[str, Any] = {
    "id": "leaf.count-1",
    "skills": ["leaf.colour"],
    "b": 0.0,
    "time_s": 30,
    "passages": ["p-leaf-01"],
    "vars": {"a": {"int": [30, 60]}, "b": {"int": [11, 19]}},
    "stem": "[[a]] green leaves and [[b]] red ones. How many leaves?",
    "type": "number",
    "answer": {"value": "a + b"},
    "hints": {
        "L1": "All leaves are wanted, the green ones and the red ones.",
        "L2": {"quote": QUOTE, "passage": "p-leaf-01"},
        "L3": "For 200 green and 100 red ones it is 300.",
    },
    "solution": ["$[[a]] + [[b]] = [[a+b]]$"],
    "mistakes": [{"misconception": "m.minus", "answer": {"value": "a - b"}}],
    "tests": [
        {"say": "[[a+b]]", "is": "right"},
        {"say": "[[a-b]]", "is": "m.minus"},
        {"say": "2", "is": "wrong"},
    ],
}


def item(**changes: object) -> dict[str, Any]:
    """The sound item with some fields changed; None takes a field away."""
    changed = {**copy.deepcopy(ITEM), **changes}
    return {name: value for name, value in changed.items() if value is not None}


def write_items(folder: Path, *items: dict[str, Any], misconceptions: object = MISCONCEPTIONS) -> Path:
    """The small pack with these items."""
    return write_pack(
        folder, {"items/leaf.colour.json": {"items": list(items)}, "misconceptions.json": misconceptions}
    )
