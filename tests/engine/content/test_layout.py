"""Which names a pack may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.layout import may_hold


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "SIGNATURE",
        "index.sqlite",
        "passages/01-a.md",
        "media/a.svg",
        "LICENSES/CC-BY-4.0.txt",
    ],
)
def test_the_files_of_the_format_are_allowed(name: str) -> None:
    assert may_hold(name)


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json",
        "passages/../../a.md",
        "/passages/a.md",
        "C:/passages/a.md",
        "C:manifest.json",
        "passages\\a.md",
        "passages/sub/a.md",
        "passages/.a.md",
        "passages/a.md/",
        "passages/a.md\n",
        "passages/a\x00.md",
        "passages/con.md",
        "passages/COM1.x.md",
        "media/aux.svg",
        "passages/é.md",
        "media/a.svg.exe",
        "media/a.zip",
        "a.py",
        "",
        "passages/" + "a" * 200 + ".md",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert not may_hold(name)


@given(st.text(max_size=30))
def test_an_allowed_name_never_leads_elsewhere(name: str) -> None:
    if may_hold(f"passages/{name}.md"):
        assert name.isascii()
        assert not {"/", "\\", ":", "\x00", "\n"} & set(name)
        assert ".." not in f"passages/{name}.md".split("/")
