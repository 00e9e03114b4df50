"""Books as the reading lane gives them, made from real packs and documents."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from engine.content.document_file import write_document
from engine.content.installed_pack import InstalledFrom, InstallRecord
from engine.content.pack import Pack, PackInfo
from engine.content.pack_store import PackStore
from engine.errors import PackError
from engine.types import Passage, PassageKind, Section
from tests.tutor_app.cli.small_profile import make_profile
from tutor_app.richtext.document import RichText, Text
from tutor_app.services.reader import ReaderService
from tutor_app.services.reading import Origin
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from engine.content.installed_pack import InstalledPack
    from engine.paths import DataPaths

PLANTS = "org.example.plants"
BOOK = "local.document.long"
JOB = Job()


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return make_profile(tmp_path / "home")


@pytest.fixture
def reader(paths: DataPaths) -> ReaderService:
    return ReaderService(Workbench(paths, models=False))


def add_document(paths: DataPaths, *, passages: int) -> None:
    """A document without headings, as a scan gives one: all its text in one section, with pages."""
    info = PackInfo(BOOK, "1", "A long document", origin="document")
    texts = tuple(
        Passage(
            f"p{n}", "s", "All", f"Passage number {n} speaks of rivers.", PassageKind.TEXT, page=n // 3 + 1
        )
        for n in range(passages)
    )
    pack = Pack(info, (Section("s", "All", page=1),), texts)
    store = PackStore(paths.packs)
    with store.incoming() as folder:
        made = folder / "pack"
        made.mkdir()
        write_document(made, pack)
        store.place(made, InstallRecord(info, InstalledFrom.DOCUMENT, "0" * 64, counts={"sections": 1}))


def runs(rich: RichText) -> list[Text]:
    return [run for block in rich.blocks for run in block.runs if isinstance(run, Text)]


def test_a_pack_stands_on_the_shelf_with_what_is_known_of_it(reader: ReaderService) -> None:
    (book,) = reader.books(JOB)
    assert (book.id, book.title, book.licence, book.authors) == (
        PLANTS,
        "Plants",
        "CC-BY-4.0",
        ("A. Teacher",),
    )
    assert book.origin is Origin.UNSIGNED
    assert (book.passages, book.terms) == (3, 1)
    assert book.minutes >= 1
    assert not book.damaged


def test_documents_stand_behind_packs(reader: ReaderService, paths: DataPaths) -> None:
    add_document(paths, passages=3)
    assert [book.origin for book in reader.books(JOB)] == [Origin.UNSIGNED, Origin.DOCUMENT]


def test_contents_are_a_tree_with_passages_and_their_kinds(reader: ReaderService) -> None:
    contents = reader.book(JOB, PLANTS)
    chapter, section = contents.sections
    assert (chapter.title, chapter.number, chapter.parent, chapter.passages) == ("Plants", "1", -1, ())
    assert (section.number, section.parent) == ("1.1", 0)
    assert [passage.kind for passage in section.passages] == ["explanation", "example", "mistake"]
    assert [term.term for term in contents.terms] == ["chlorophyll"]


def test_a_section_links_each_word_of_the_glossary_once_in_a_passage(reader: ReaderService) -> None:
    leaf = reader.section(JOB, PLANTS)
    assert (leaf.title, leaf.number, leaf.path, leaf.place, leaf.places) == (
        "Leaves",
        "1.1",
        ("Plants",),
        1,
        1,
    )
    linked = [[run.text for run in runs(passage.body) if run.term] for passage in leaf.passages]
    assert linked == [["chlorophyll"], ["chlorophyll"], []]


def test_a_quote_is_marked_in_the_passage_that_was_asked_for_only(reader: ReaderService) -> None:
    leaf = reader.section(JOB, PLANTS, "p-leaf-03", ("it uses the green light least of all",))
    marked = {
        passage.id: "".join(run.text for run in runs(passage.body) if run.marked) for passage in leaf.passages
    }
    assert marked == {"p-leaf-01": "", "p-leaf-02": "", "p-leaf-03": "it uses the green light least of all"}


@pytest.mark.parametrize("at", ["c-plants", "s-leaves", "nothing-of-that-name", ""])
def test_a_chapter_a_section_and_an_unknown_place_open_where_they_begin(
    reader: ReaderService, at: str
) -> None:
    assert reader.section(JOB, PLANTS, at).passages[0].id == "p-leaf-01"


def test_a_passage_says_where_it_stands_and_what_is_beside_it(reader: ReaderService) -> None:
    page = reader.passage(JOB, PLANTS, "p-leaf-02", ("so the leaf looks red",))
    assert (page.path, page.number, page.before, page.after) == (
        ("Plants", "Leaves"),
        "1.1",
        "p-leaf-01",
        "p-leaf-03",
    )
    assert page.book.title == "Plants"
    assert "".join(run.text for run in runs(page.body) if run.marked) == "so the leaf looks red"


def test_a_passage_that_is_gone_is_a_sentence(reader: ReaderService) -> None:
    with pytest.raises(PackError, match="no longer there"):
        reader.passage(JOB, PLANTS, "p-leaf-99")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chloro", ["p-leaf-01", "p-leaf-02"]),
        ("RED maple", ["p-leaf-02"]),
        ("green zebra", ["p-leaf-01", "p-leaf-03"]),  # as many words as can be found together
        ("zebra", []),
        ("  ", []),
    ],
)
def test_a_search_finds_beginnings_of_words(reader: ReaderService, typed: str, found: list[str]) -> None:
    assert [hit.passage for hit in reader.search(JOB, PLANTS, typed).hits] == found


def test_a_hit_shows_the_words_marked(reader: ReaderService) -> None:
    hit = reader.search(JOB, PLANTS, "maple").hits[0]
    assert [run.text for run in hit.snippet if run.marked] == ["maple"]
    assert (hit.section, hit.number) == ("Leaves", "1.1")


def test_a_word_is_explained_in_any_case_of_letters(reader: ReaderService) -> None:
    card = reader.term(JOB, PLANTS, "Chlorophyll")
    assert card.term == "chlorophyll"
    assert card.passage == "p-leaf-01"
    assert card.place == "Why leaves are green"
    with pytest.raises(PackError, match="no entry"):
        reader.term(JOB, PLANTS, "zebra")


def test_a_section_of_a_thousand_passages_is_read_in_parts(reader: ReaderService, paths: DataPaths) -> None:
    add_document(paths, passages=1000)
    first = reader.section(JOB, BOOK)
    assert (first.part, first.place, first.places) == (1, 1, 1)
    assert first.parts > 40
    assert len(first.passages) <= 24
    second = reader.section(JOB, BOOK, first.after)
    assert second.before == first.passages[0].id
    assert second.passages[0].id == f"p{len(first.passages)}"
    last = reader.section(JOB, BOOK, "p999")
    assert (last.after, last.passages[-1].id) == ("", "p999")
    hits = reader.search(JOB, BOOK, "rivers")
    assert len(hits.hits) + hits.more == 1000


def test_a_book_that_vanished_is_a_sentence(reader: ReaderService, paths: DataPaths) -> None:
    reader.book(JOB, PLANTS)
    shutil.rmtree(paths.packs / PLANTS)
    with pytest.raises(PackError, match="no longer on this computer"):
        reader.section(JOB, PLANTS)


def test_a_damaged_book_is_a_sentence_and_still_on_the_shelf(reader: ReaderService, paths: DataPaths) -> None:
    (paths.packs / PLANTS / "1.0.0" / ".install.json").write_text("{", encoding="utf-8")
    (book,) = reader.books(JOB)
    assert book.damaged
    with pytest.raises(PackError, match="damaged"):
        reader.book(JOB, PLANTS)


def test_damaged_text_is_a_sentence_with_the_title(reader: ReaderService, paths: DataPaths) -> None:
    (paths.packs / PLANTS / "1.0.0" / "passages" / "01-plants.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="“Plants” is damaged"):
        reader.section(JOB, PLANTS)


def test_a_book_is_parsed_once_until_it_is_installed_anew(
    reader: ReaderService, paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    content = PackStore.content

    def counted(store: PackStore, pack: InstalledPack) -> Pack:
        parsed.append(pack.info.id)
        return content(store, pack)

    monkeypatch.setattr(PackStore, "content", counted)
    for _ in range(3):
        reader.section(JOB, PLANTS)
    assert parsed == [PLANTS]
    record = paths.packs / PLANTS / "1.0.0" / ".install.json"
    record.write_bytes(record.read_bytes().replace(b'"installed_ms":', b'"installed_ms": '))
    reader.section(JOB, PLANTS)
    assert parsed == [PLANTS, PLANTS]
