"""What Word files and EPUB books hold beyond what one program happens to write."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content.pack import Pack
from tests.engine.content.importers.conftest import Importer, whole_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""
STYLES = f"""<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style></w:styles>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Said in a note.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
Maker = Callable[[str], Pack]


def _paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _item(text: str, numbering: int) -> str:
    return _paragraph(_run(text), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>')


@pytest.fixture
def docx(tmp_path: Path, read: Importer) -> Maker:
    """Imports a Word file of that body."""

    def maker(body: str) -> Pack:
        path = tmp_path / "file.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
            archive.writestr("word/numbering.xml", NUMBERING)
            archive.writestr("word/styles.xml", STYLES)
            archive.writestr("word/footnotes.xml", NOTES)
        return read(path)

    return maker


def test_a_heading_is_known_by_its_style_in_any_language_and_by_what_it_is_based_on(docx: Maker) -> None:
    body = "".join(
        [
            _paragraph(_run("From the contents 3"), '<w:pStyle w:val="Verzeichnis1"/>'),
            _paragraph(_run("Kraft"), '<w:pStyle w:val="berschrift1"/>'),
            _paragraph(_run("Some text about forces.")),
            _paragraph(_run("Arbeit"), '<w:pStyle w:val="Mine"/>'),
            _paragraph(_run("Some text about work.")),
            _paragraph(_run("Deeper"), '<w:outlineLvl w:val="1"/>'),
            _paragraph(_run("More text.")),
        ]
    )
    pack = docx(body)
    found = [(section.number, section.title) for section in pack.sections]
    assert found == [("1", "Kraft"), ("2", "Arbeit"), ("2.1", "Deeper")]


def test_numbered_lists_count_on_until_one_says_where_it_starts(docx: Maker) -> None:
    text = whole_text(
        docx(_item("a", 1) + _item("b", 1) + _paragraph(_run("Between.")) + _item("c", 2) + _item("d", 2))
    )
    assert "1. a\n2. b" in text
    assert "1. c\n2. d" in text


def test_insertions_controls_links_and_boxes_are_read_and_deletions_are_not(docx: Maker) -> None:
    body = _paragraph(
        _run("One ")
        + f"<w:ins>{_run('two ')}</w:ins><w:del><w:r><w:delText>gone </w:delText></w:r></w:del>"
        + f"<w:sdt><w:sdtContent>{_run('three ')}</w:sdtContent></w:sdt><w:hyperlink>{_run('four')}</w:hyperlink>"
        + f"<w:r><w:pict><w:txbxContent>{_paragraph(_run('In a box.'))}</w:txbxContent></w:pict></w:r>"
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + _run("2", '<w:vertAlign w:val="superscript"/>')
    )
    text = whole_text(docx(body))
    assert "One two three four²" in text
    assert "In a box." in text
    assert "Said in a note." in text
    assert "gone" not in text


def test_merged_cells_keep_their_columns(docx: Maker) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{_paragraph(_run("wide"))}</w:tc>'
    cell = f"<w:tc>{_paragraph(_run('x'))}</w:tc>"
    text = whole_text(docx(f"<w:tbl><w:tr>{wide}{cell}</w:tr><w:tr>{cell * 3}</w:tr></w:tbl>"))
    assert "| wide |  | x |\n| --- | --- | --- |\n| x | x | x |" in text


def test_a_book_is_read_in_the_order_of_its_spine_with_titles_from_the_contents(
    tmp_path: Path, read: Importer
) -> None:
    package = """<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>
    <item id="b" href="text/b%20two.xhtml" media-type="application/xhtml+xml"/>
    <item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
    <item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
    <spine toc="n"><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    contents = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>The Second</text>
    </navLabel><content src="text/b%20two.xhtml#x"/></navPoint></navMap></ncx>"""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    parts = {
        "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
        "OPS/book.opf": package,
        "OPS/toc.ncx": contents,
        "OPS/text/a.xhtml": page.format("<h1>The First</h1><p>First words.</p>"),
        "OPS/text/b two.xhtml": page.format("<p>Second words.</p>"),
    }
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    pack = read(path)
    assert whole_text(pack) == "The First\n\nFirst words.\n\nThe Second\n\nSecond words."
