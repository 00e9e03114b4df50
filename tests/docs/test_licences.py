import re
import sys

import pytest

from engine.models.manifest import read_manifest
from tests.docs.pages import ROOT, script, sections

licences = script("packaging/licences.py")
PAGE = sections("licences.md")
ROWS = re.findall(
    r"^\| (\S+) \| (\S+) \| (.+?) \| .*\|$", PAGE["Libraries that are installed with it"], flags=re.MULTILINE
)
LIBRARIES = [row for row in ROWS if row[0] not in ("Name", "---")]


def test_the_page_lists_the_run_time_pins_of_the_lock_and_no_others() -> None:
    assert [(name, version) for name, version, _ in LIBRARIES] == [
        (pin.name, pin.version) for pin in licences.runtime_pins()
    ], "run `make licences`"


def test_run_time_pins_are_what_is_asked_for_and_what_that_asks_for() -> None:
    names = {pin.name for pin in licences.runtime_pins()}
    assert {"llama-cpp-python", "jinja2", "sqlcipher3", "soupsieve"} <= names
    assert names.isdisjoint({"pytest", "mypy", "ruff", "hypothesis", "bm25s", "types-psutil"})


def test_every_licence_may_be_combined_with_that_of_the_product() -> None:
    listed = [licence for _, _, licence in LIBRARIES] + [notice.licence for notice in licences.NOTICES]
    assert [licence for licence in listed if not licences.is_compatible(licence)] == []


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("MIT OR LicenseRef-Proprietary", True),
        ("MIT AND LicenseRef-Proprietary", False),
        ("GPL-2.0-only", False),
        ("SSPL-1.0", False),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
    ],
)
def test_an_expression_fits_if_one_of_its_choices_fits_whole(expression: str, fits: bool) -> None:
    assert licences.is_compatible(expression) is fits


def test_what_is_inside_a_distribution_names_one_that_is_installed() -> None:
    names = {pin.name for pin in licences.runtime_pins()}
    assert {notice.inside for notice in licences.NOTICES} <= names


def test_every_model_of_the_manifest_is_listed() -> None:
    listed = set(re.findall(r"^\| (\S+) \| \w+ \|", PAGE["Models"], flags=re.MULTILINE)) - {"Id"}
    assert listed == {entry.id for entry in read_manifest(ROOT / "models_manifest").entries}


def test_a_licence_that_nobody_has_read_stops_the_script() -> None:
    with pytest.raises(LookupError, match="no-such-distribution"):
        licences.licence_of("no-such-distribution")


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="some pins are for other versions of Python")
def test_the_page_is_what_the_script_writes() -> None:
    assert licences.document() == (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), (
        "run `make licences`"
    )
