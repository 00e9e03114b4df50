"""Reading a pack folder into a pack."""

from pathlib import Path

import pytest

from engine.content.pack import GoldenQuestion
from engine.content.pack_folder import read_pack_folder
from engine.errors import PackError
from engine.types import Skill, SkillEdge, Term
from tests.engine.content.small_pack import write_pack


def test_all_of_a_pack_is_read(tmp_path: Path) -> None:
    skills = {
        "skills": [
            {"id": "a", "name": "A", "goal": "I can a.", "bloom": "apply", "ref": 0.5},
            {"id": "leaf.colour", "name": "B", "goal": "I can b.", "bloom": "create"},
        ],
        "edges": [
            {"from": "a", "to": "leaf.colour", "type": "requires", "strength": 0.5},
            {"from": "leaf.colour", "to": "a", "type": "exercises", "weight": 0.3},
        ],
    }
    pack = read_pack_folder(write_pack(tmp_path, {"skills.json": skills}))
    assert (pack.info.id, pack.info.age, pack.info.origin) == ("org.example.plants", (11, 14), "pack")
    assert pack.skills == (
        Skill("a", "A", "I can a.", "apply", 0.5),
        Skill("leaf.colour", "B", "I can b.", "create"),
    )
    assert pack.edges == (
        SkillEdge("a", "leaf.colour", "requires", 0.5),
        SkillEdge("leaf.colour", "a", "exercises", 0.3),
    )
    definition = "Chlorophyll is the green substance of leaves."
    assert pack.terms == (Term("chlorophyll", definition, "p-leaf-01", "leaf.colour", "substance"),)
    assert pack.questions == (
        GoldenQuestion("Why are leaves green?", ("p-leaf-01",), ("Green Light",)),
        GoldenQuestion("Who was Napoleon?", answerable=False),
    )
    assert [passage.id for passage in pack.passages] == ["p-leaf-01", "p-leaf-02", "p-leaf-03"]


def test_chapters_are_numbered_by_file_name(tmp_path: Path) -> None:
    pack = read_pack_folder(write_pack(tmp_path, {"passages/00-first.md": "# First {#c-first}\n"}))
    assert [(section.number, section.id) for section in pack.sections] == [
        ("1", "c-first"),
        ("2", "c-plants"),
        ("2.1", "s-leaves"),
    ]


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="is not a course pack"):
        read_pack_folder(tmp_path)


def test_the_first_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {"passages/02.md": "# More {#c-more}\n\nLoose text.\n"})
    with pytest.raises(PackError, match=r"passages/02\.md:3: Text stands outside a passage\."):
        read_pack_folder(folder)
