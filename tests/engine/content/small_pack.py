"""A small sound pack, file by file, for tests to spoil."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_LICENCE = "Creative Commons Attribution 4.0 International. " * 5

CHAPTER = """# Plants {#c-plants}

## Leaves {#s-leaves}

### Why leaves are green {#p-leaf-01 .explanation skill=leaf.colour}

Leaves are green because of **chlorophyll**. Chlorophyll is a green substance in the cells of a leaf. It takes in
red and blue light and sends green light back. The green light reaches our eyes, so we see a green leaf. The light
that it takes in gives the plant energy to make sugar from water and air.

### Worked example: a red leaf {#p-leaf-02 .example skill=leaf.colour}

A red leaf can still make sugar from light. The leaf of a red maple holds a red substance and chlorophyll as well.

1. The red substance sends red light back, so the leaf looks red.
2. The chlorophyll takes in light as in any other leaf.
3. The plant makes sugar, with $6$ parts of water for each part of sugar.

### Common mistake: leaves eat green light {#p-leaf-03 .mistake skill=leaf.colour}

A common mistake is to think that a leaf uses green light because it looks green. A thing has the colour of the light
that it sends back. A leaf sends green light back, so it uses the green light least of all. Red and blue light do
most of the work in a leaf.
"""

FILES: Mapping[str, Any] = {
    "manifest.json": {
        "schema": "tutorpack/1",
        "id": "org.example.plants",
        "version": "1.0.0",
        "title": "Plants",
        "description": "Why leaves are green.",
        "langs": ["en"],
        "authors": ["A. Teacher"],
        "licence": "CC-BY-4.0",
        "sources": [],
        "age": {"min": 11, "max": 14},
        "min_app": "0.1.0",
        "entry": "s-leaves",
    },
    "skills.json": {
        "skills": [
            {
                "id": "leaf.colour",
                "name": "Say why",
                "goal": "I can say why leaves are green.",
                "bloom": "understand",
            }
        ],
        "edges": [],
    },
    "glossary.json": {
        "terms": [
            {
                "term": "chlorophyll",
                "definition": "Chlorophyll is the green substance of leaves.",
                "passage": "p-leaf-01",
                "skill": "leaf.colour",
                "type": "substance",
            }
        ]
    },
    "tests/questions.json": {
        "questions": [
            {
                "question": "Why are leaves green?",
                "passages": ["p-leaf-01"],
                "answer_contains": ["Green Light"],
            },
            {"question": "Who was Napoleon?", "answerable": False},
        ]
    },
    "passages/01-plants.md": CHAPTER,
    "LICENSES/CC-BY-4.0.txt": _LICENCE,
    "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\n- First.\n",
}


def write_pack(folder: Path, changes: Mapping[str, Any] | None = None) -> Path:
    """Write the small pack to ``folder``, with other files or contents (None leaves a file out)."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
            path.write_bytes(text.encode())
    return folder


def changed(name: str, **values: object) -> dict[str, Any]:
    """The JSON file ``name`` with other values at its top level."""
    return {name: {**FILES[name], **values}}
