import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from engine.errors import SettingsError
from engine.settings import Settings
from tests.docs.pages import DOCS, ROOT, codes, pages, script, sections, text_of, without_code


def links(text: str) -> Iterator[str]:
    """Relative targets of links and pictures."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if not re.match(r"[a-z]+:", target):
            yield unquote(target)


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings give, as the usual hosts make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in links(page.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name} links to {link}"
        assert not anchor or anchor in anchors(target), f"{page.name} links to {link}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_source_file_that_is_named_exists(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return  # it tells of files that may have gone since
    named = [
        code
        for code in codes(page.read_text(encoding="utf-8"))
        if re.fullmatch(
            r"(engine|tutor_app|sync_server|tests|packaging|docs|assets|models_manifest)/[\w./-]+", code
        )
    ]
    for name in named:
        assert (ROOT / name).exists(), f"{page.name} names {name}"


def test_every_page_of_the_documentation_can_be_reached_from_the_readme() -> None:
    reached, left = set[Path](), [ROOT / "README.md"]
    while left:
        page = left.pop()
        reached.add(page)
        found = {
            (page.parent / link.partition("#")[0]).resolve()
            for link in links(page.read_text(encoding="utf-8"))
        }
        found |= {file for folder in found if folder.is_dir() for file in folder.glob("*.md")}
        left += [file for file in found if file.suffix == ".md" and file not in reached and file.is_file()]
    assert set(DOCS.rglob("*.md")) <= reached


@pytest.mark.parametrize("name", ["architecture.md", "settings.md"])
def test_the_generated_part_is_that_of_this_code(name: str) -> None:
    maker = script("docs/make_pages.py")
    written = text_of(name)
    assert maker.with_part(written, maker.generated()[DOCS / name]) == written, "run `make docs`"


def test_every_setting_is_explained_and_has_a_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.+) \|$", sections("settings.md")["Settings"], flags=re.MULTILINE)
    assert [name for name, _ in rows] == [field.name for field in dataclasses.fields(Settings)]
    assert all(len(text) > 20 for _, text in rows)


def test_the_ranges_of_settings_are_those_that_are_enforced() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (\d+) \| (\d+) \|$", sections("settings.md")["Ranges"], flags=re.MULTILINE
    )
    assert rows
    for name, least, most in rows:
        for allowed in (int(least), int(most)):
            _settings(name, allowed)
        for wrong in (int(least) - 1, int(most) + 1):
            with pytest.raises(SettingsError):
                _settings(name, wrong)


def _settings(name: str, value: int) -> Settings:
    given: dict[str, Any] = {name: value}
    return Settings(**given)


def test_decisions_are_numbered_and_have_their_parts() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{record.name} has no {part}"


def test_every_decision_stands_in_the_list() -> None:
    folder = DOCS / "decisions"
    listed = set(links((folder / "README.md").read_text(encoding="utf-8")))
    assert {record.name for record in folder.glob("[0-9]*.md")} <= listed
