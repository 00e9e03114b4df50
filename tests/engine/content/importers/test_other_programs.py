"""Documents written by pandoc, LibreOffice and groff from data/levers.md: nothing of them may be lost."""

import re
from pathlib import Path

import pytest

from engine.content.pack import Pack
from engine.content.tex import formulas, tex_problem
from tests.engine.content.importers.conftest import (
    DATA,
    Importer,
    shingles,
    whole_text,
    without_formulas,
    words,
)

ALL = [
    "levers.md",
    "levers.html",
    "levers.epub",
    "levers.docx",
    "levers_libreoffice.docx",
    "levers.pdf",
    "levers_columns.pdf",
]
WITH_TEX = [name for name in ALL if not name.endswith(".pdf")]
HEADINGS = [
    ("1", "What a machine does"),
    ("1.1", "The lever"),
    ("1.2", "Worked example"),
    ("2", "Pulleys"),
    ("2.1", "One rope, several wheels"),
    ("2.2", "Efficiency"),
]


@pytest.fixture(params=ALL)
def pack(request: pytest.FixtureRequest, read: Importer) -> Pack:
    return read(DATA / request.param)


def _source_shingles() -> list[tuple[str, ...]]:
    source = (DATA / "levers.md").read_text(encoding="utf-8")
    body = re.sub(r"\[\^1\](?:: )?", "", source.split("---", 2)[2])
    found = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\d\. |- )", body):
        if not paragraph.lstrip().startswith("|"):
            for part in re.split(r"\$\$?[^$\d][^$]*\$\$?", paragraph):
                found += shingles(words(part.replace("\\$", "$")))
    return found


def test_the_words_are_all_there_and_in_order(pack: Pack) -> None:
    ours = set(shingles(words(without_formulas(whole_text(pack)))))
    source = _source_shingles()
    assert len(source) > 400
    lost = [" ".join(shingle) for shingle in source if shingle not in ours]
    assert len(lost) <= 0.02 * len(source), lost[:5]


def test_headings_become_numbered_sections(pack: Pack) -> None:
    assert [(section.number, section.title) for section in pack.sections] == HEADINGS
    by_id = {section.id: section for section in pack.sections}
    assert [by_id[section.parent].number if section.parent else "" for section in pack.sections] == [
        section.number.rpartition(".")[0] for section in pack.sections
    ]


def test_the_table_stays_with_the_paragraph_that_announces_it(pack: Pack) -> None:
    (passage,) = [passage for passage in pack.passages if "| 120 |" in passage.text]
    rows = [line for line in passage.text.splitlines() if line.startswith("|")]
    assert rows == [
        "| Supporting ropes | Effort in newtons | Rope pulled per metre |",
        "| --- | --- | --- |",
        "| 1 | 240 | 1 metre |",
        "| 2 | 120 | 2 metres |",
        "| 3 | 80 | 3 metres |",
        "| 4 | 60 | 4 metres |",
    ]
    assert "The following table shows" in passage.text


def test_list_items_keep_their_markers(pack: Pack) -> None:
    text = whole_text(pack)
    assert re.search(r"^2\. In the second class the load", text, re.MULTILINE)
    assert re.search(r"^3\. In the third class the effort", text, re.MULTILINE)
    assert re.search(r"^- A rusty screw jack", text, re.MULTILINE)


def test_amounts_of_money_are_no_formulas(pack: Pack) -> None:
    assert "a hand winch for \\$40 saves more effort than a ramp for \\$25." in whole_text(pack)


def test_the_document_says_who_it_is(pack: Pack) -> None:
    assert pack.info.title == "Levers and Pulleys"
    assert pack.info.authors == ("LLM Tutor team",)
    assert pack.info.origin == "document"
    assert re.fullmatch(r"local\.[0-9a-f]{16}", pack.info.id)


def test_passages_are_long_enough_to_stand_alone_and_short_enough_to_cite(pack: Pack) -> None:
    assert [passage.id for passage in pack.passages] == [
        f"p-{n:04d}" for n in range(1, len(pack.passages) + 1)
    ]
    assert all(40 <= len(passage.text.split()) <= 220 for passage in pack.passages)


@pytest.mark.parametrize("name", WITH_TEX)
def test_formulas_are_tex_that_can_be_drawn(name: str, read: Importer) -> None:
    found = list(formulas(whole_text(read(DATA / name))))
    assert [formula for formula in found if tex_problem(formula.tex)] == []
    displayed = [re.sub(r"[\s{}]", "", formula.tex) for formula in found if formula.display]
    assert displayed == [
        r"F_1\cdotd_1=F_2\cdotd_2",
        r"F_1=\frac600\cdot0.251.75\approx86",
        r"\eta=\fracW_\textoutW_\textin\leq1",
    ]
    assert sum(not formula.display for formula in found) == 4


@pytest.mark.parametrize("name", ["levers.pdf", "levers_columns.pdf"])
def test_a_pdf_keeps_the_pages_and_drops_what_only_numbers_them(name: str, read: Importer) -> None:
    pack = read(DATA / name)
    pages = [passage.page for passage in pack.passages]
    assert set(pages) == {1, 2}
    assert pages == sorted(pages, key=lambda page: page or 0)
    lines = whole_text(pack).splitlines()
    assert "2" not in lines
    assert "Levers and Pulleys" not in lines


def test_a_word_divided_at_the_end_of_a_line_is_whole_again(read: Importer) -> None:
    text = whole_text(read(DATA / "levers_columns.pdf"))
    assert "well-known" in text
    assert re.search(r"\w[-\u2010] \w", text) is None


def test_the_same_file_gets_the_same_id_and_content(tmp_path: Path, read: Importer) -> None:
    copy = tmp_path / "another name.epub"
    copy.write_bytes((DATA / "levers.epub").read_bytes())
    assert read(copy) == read(DATA / "levers.epub")
