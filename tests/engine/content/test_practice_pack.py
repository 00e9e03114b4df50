"""Imported questions as a pack: proven one by one, written, installed, found by the item bank."""

import struct
from pathlib import Path
from typing import Any

import pytest

from engine.cancel import CancelToken
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector
from engine.content.install import PackInstaller
from engine.content.installed_pack import InstalledFrom
from engine.content.item import Origin
from engine.content.item_bank import ItemBank
from engine.content.lint import lint_folder
from engine.content.pack_store import PackStore
from engine.content.practice_pack import ProvenItems, proven
from engine.errors import Cancelled, PackError

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 4, 3) + bytes(9)
ID = "imported.q1"


def gathered(*asked: Asked, title: str = "Plants") -> ImportedItems:
    collector = ItemCollector(title)
    for one in asked:
        collector.add(one)
    return collector.result()


def number(stem: str, value: str, **more: Any) -> Asked:
    return Asked("", more.pop("topic", ""), stem, {"type": "number", "answer": {"value": value}}, **more)


def prove(imported: ImportedItems) -> ProvenItems:
    return proven(imported, cancel=CancelToken(), progress=lambda _: None)


def test_sound_questions_are_installed_and_can_be_practised(
    installer: PackInstaller, store: PackStore
) -> None:
    items = prove(gathered(number("2 + 2?", "4", topic="Sums"), number("A half?", "1/2", topic="Parts")))
    pack = installer.add_practice(items, ID)
    assert (pack.info.title, pack.record.source, pack.record.counts["items"]) == (
        "Plants",
        InstalledFrom.PRACTICE,
        2,
    )
    found = ItemBank(store).pack(ID)
    assert found is not None
    assert {item.stem: item.origin for item in found.items.values()} == {
        "2 + 2?": Origin.IMPORTED,
        "A half?": Origin.IMPORTED,
    }
    assert [skill.name for skill in found.skills] == ["Sums", "Parts"]


def test_what_is_written_passes_the_linter(installer: PackInstaller) -> None:
    hard = number("A picture?", "4", picture=("media/a.png", "four dots"))
    collector = ItemCollector("Plants {#c}\n## x")
    name = collector.picture("a.png", PNG)
    collector.add(Asked(hard.given, "a\u202eb", hard.stem, hard.step, picture=(name, "four dots")))
    pack = installer.add_practice(prove(collector.result()), ID)
    assert [one for one in lint_folder(pack.folder) if one.blocks_installing] == []


def test_a_question_that_cannot_be_proven_is_left_out_and_the_others_stay() -> None:
    wrong = Asked("", "", "Expand", {"type": "expression", "answer": {"expr": "2 +"}})
    unknown = Asked("", "", "Odd", {"type": "riddle", "answer": "a"})
    items = prove(gathered(wrong, unknown, number("2 + 2?", "4")))
    assert [item["stem"] for item in items.source.items] == ["2 + 2?"]
    assert [one.what for one in items.skipped] == ["Expand", "Odd"]
    assert all(one.reason for one in items.skipped)


def test_a_hint_that_gives_the_answer_away_becomes_part_of_the_solution() -> None:
    hints = ["Count the dots.", "It is four, of course."]
    items = prove(gathered(number("2 + 2?", "4", hints=hints, solution=["2 + 2 = 4"])))
    (item,) = items.source.items
    assert item["hints"] == {"L1": "Count the dots."}
    assert item["solution"] == ["It is four, of course.", "2 + 2 = 4"]
    assert [(one.what, "gives the answer away" in one.reason) for one in items.skipped] == [
        ("L2 of 2 + 2?", True)
    ]


def test_a_hint_may_not_give_away_the_answer_of_a_later_step() -> None:
    steps = [
        {
            "id": "s1",
            "ask": "2 + 2?",
            "type": "number",
            "answer": {"value": "4"},
            "hints": {"L1": "It leads to 16."},
        },
        {"id": "s2", "ask": "4 · 4?", "type": "number", "answer": {"value": "16"}},
    ]
    items = prove(gathered(Asked("", "", "Work through the steps.", {"steps": steps})))
    (item,) = items.source.items
    assert "16" not in str([step.get("hints") for step in item["steps"]])
    assert item["steps"][0]["solution"] == ["It leads to 16."]
    assert [one.what for one in items.skipped] == ["L1 of step 1 of Work through the steps."]


def test_hints_after_the_fourth_stand_in_the_solution() -> None:
    (item,) = gathered(number("2 + 2?", "4", hints=["a", "b", "c", "d", "e"])).items
    assert (list(item["hints"].values()), item["solution"]) == (["a", "b", "c", "d"], ["e"])


def test_questions_of_which_none_is_sound_are_refused(installer: PackInstaller, store: PackStore) -> None:
    with pytest.raises(PackError, match="None of the questions"):
        installer.add_practice(prove(gathered(Asked("", "", "Odd", {"type": "riddle", "answer": "a"}))), ID)
    assert store.installed() == []


def test_many_questions_go_into_several_files(
    installer: PackInstaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.content.practice_pack._FILE_BYTES", 1000)
    items = prove(gathered(*(number(f"{n} + 1?", str(n + 1)) for n in range(20))))
    pack = installer.add_practice(items, ID)
    assert len(list((pack.folder / "items").iterdir())) > 2
    assert pack.record.counts["items"] == 20


def test_proving_can_be_stopped() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        proven(gathered(number("2 + 2?", "4")), cancel=cancel, progress=lambda _: None)


def test_the_same_questions_twice_get_two_ids() -> None:
    first, second = gathered(number("2 + 2?", "4"), number("2 + 2?", "4")).items
    assert second["id"] == f"{first['id']}-2"
    assert Path(first["id"]).name == first["id"]


def test_a_pack_that_cannot_be_read_keeps_no_other_from_its_learner(
    installer: PackInstaller, store: PackStore
) -> None:
    items = prove(gathered(number("2 + 2?", "4", topic="Sums")))
    sound, damaged = (installer.add_practice(items, f"{ID}{end}") for end in ("a", "b"))
    for path in (damaged.folder / "items").glob("*.json"):
        path.chmod(0o600)
        path.write_text('{"items": [{"id": "x"}]}')
    bank = ItemBank(store)
    assert [it.pack.info.id for it in bank.packs()] == [sound.info.id]
    assert bank.pack(damaged.info.id) is None
