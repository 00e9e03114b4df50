"""A profile with one small pack that has a question of every kind that looks different, and no models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.content.starter_packs import changed_starters
from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.paths import DataPaths, asset_path
from engine.runtime import Runtime
from engine.settings import Settings
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.posing import Chosen
from tests.engine.content.small_pack import write_pack

if TYPE_CHECKING:
    from pathlib import Path

PACK = "org.example.plants"
SKILL = "leaf.colour"
QUOTE = "The light that it takes in gives the plant energy to make sugar from water and air."
HINTS = {
    "L1": "Count the leaves of both twigs together.",
    "L2": {"quote": QUOTE, "passage": "p-leaf-01"},
    "L3": "One leaf and another leaf are two leaves.",
    "L4": "Begin with the larger twig.",
}
_SOLUTION = ["Put both twigs together.", "They have seven leaves."]
MISTAKE = "You seem to have taken some away. What does “together” ask for?"


def _options(*texts: str) -> list[dict[str, str]]:
    return [{"id": text.split()[0], "text": text} for text in texts]


def _item(identifier: str, stem: str, kind: str, answer: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "skills": [SKILL],
        "b": more.pop("b", 0.0),
        "time_s": 30,
        "passages": ["p-leaf-01"],
        "stem": stem,
        "type": kind,
        "answer": answer,
        "hints": HINTS,
        "solution": _SOLUTION,
        "tests": more.pop("tests", [{"say": answer, "is": "right"}]),
        **more,
    }


_LIGHTS = _options("green light", "red light", "blue light")
ITEMS = [
    _item(
        "sum",
        "One twig has $3$ leaves, another has $4$. How many together?",
        "number",
        {"value": "7"},
        after="leaves",
        picture={"file": "media/twigs.svg", "alt": "Two twigs."},
        mistakes=[{"misconception": "m.minus", "answer": {"value": "1"}}],
        tests=[{"say": "7", "is": "right"}, {"say": "1", "is": "m.minus"}],
    ),
    {
        **{key: value for key, value in _item("twice", "First add $2 + 3$, then double it.", "number", {}).items()
           if key not in ("type", "answer", "hints", "solution", "tests")},
        "steps": [
            {"id": "s1", "ask": "What is the sum?", "type": "number", "answer": {"value": "5"}, "hints": HINTS,
             "solution": ["2 + 3 = 5."], "tests": [{"say": "5", "is": "right"}]},
            {"id": "s2", "ask": "And the double of it?", "type": "number", "answer": {"value": "10"}, "hints": HINTS,
             "solution": ["5 + 5 = 10."], "tests": [{"say": "10", "is": "right"}]},
        ],
    },
    _item("pick", "Which light comes back?", "choice", "green", options=_LIGHTS),
    _item("all", "Which light is taken in?", "multiple", ["red", "blue"], options=_LIGHTS),
    _item("sort", "From small to large.", "order", ["cell", "leaf", "tree"], options=_options("cell", "leaf", "tree")),
    _item(
        "pair", "What is what?", "match", {"leaf": "green", "bark": "brown"},
        left=_options("leaf", "bark"), right=_options("green", "brown", "blue"),
    ),
    _item(
        "fill", "A leaf sends back [gap:g1] light and takes in [gap:g2] light.", "cloze",
        {"gaps": {"g1": {"type": "text", "accept": ["green"]}, "g2": {"type": "text", "accept": ["red"]}}},
        bank=["green", "red"], tests=[{"say": {"g1": "green", "g2": "red"}, "is": "right"}],
    ),
    _item(
        "say", "Why is a leaf green?", "short",
        {"expectations": [
            {"id": "e1", "phrasings": ["it sends green light back", "green light is sent back"], "key": ["green"]}
        ]},
        tests=[{"say": "it sends green light back", "is": "right"}],
    ),
    _item(
        "term", "Simplify $x + x$.", "expression", {"expr": "2*x", "form": "simplified"},
        tests=[{"say": "2x", "is": "right"}],
    ),
]  # fmt: skip
_TWIGS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">'
    '<rect x="10" y="10" width="40" height="40" fill="#2b6a3a"/></svg>'
)


def practice_profile(root: Path) -> DataPaths:
    """The data folder ``root`` with that pack alone: the starter packs were removed from it, and stay away."""
    source = write_pack(
        root.parent / "practice-pack",
        {
            f"items/{SKILL}.json": {"items": ITEMS},
            "misconceptions.json": {
                "misconceptions": [
                    {
                        "id": "m.minus",
                        "skill": SKILL,
                        "description": "Takes away instead of adding.",
                        "response": MISTAKE,
                        "passage": "p-leaf-03",
                    }
                ]
            },
            "media/twigs.svg": _TWIGS,
        },
    )
    paths = DataPaths(root)
    PackInstaller(paths, SystemClock()).add_folder(source, Watch(CancelToken(), lambda _: None))
    offered = changed_starters(asset_path("packs"), PackStore(paths.packs))
    (paths.packs / ".starters.json").write_text(json.dumps(offered), encoding="utf-8")
    return paths


def pose(
    paths: DataPaths, item: str, *, session: str = "sitting", mode: str = "practice", example: bool = False
) -> str:
    """Put a certain question before the learner, with a worked example or not; returns its id."""
    with Runtime(paths, Settings(llm="none", embedder="none", reranker="none")) as runtime:
        if runtime.practice.open() is not None:
            runtime.practice.leave()
        chosen = Chosen(PACK, item, 0, Purpose.LEARN, Reason.NEW_SKILL, worked_example=example)
        return runtime.practice.pose(chosen, session, PracticeMode(mode)).posed.id
