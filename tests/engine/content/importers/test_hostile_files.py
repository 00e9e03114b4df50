"""Broken, protected and hostile files: a plain sentence, and nothing else happens."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.importers import import_document
from engine.errors import Cancelled, DocumentError
from engine.types import Progress
from tests.engine.content.importers.conftest import DATA, Importer, whole_text

CONTAINER = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
PACKAGE = """<package><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
PAGE = "<html><body><p>Some words that a reader could read.</p></body></html>"


def _zip(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _epub(path: Path, page: str | bytes, **more: str) -> Path:
    return _zip(path, {"META-INF/container.xml": CONTAINER, "book.opf": PACKAGE, "a.xhtml": page, **more})


def _docx(path: Path, document: str | bytes) -> Path:
    return _zip(path, {"word/document.xml": document})


def _pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return (
        out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    )


PAGES = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>")
BLANK = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
SCANNED = _pdf(
    *PAGES,
    BLANK.replace(">>", "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"),
    "<</Length 28>>stream\nq 200 0 0 200 0 0 cm /I Do Q\nendstream",
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\n"
    "endstream",
)
EMPTY = _pdf(*PAGES, BLANK)
ENCRYPTED = _pdf(
    *PAGES,
    BLANK,
    trailer=f"/ID[<{'00' * 16}><{'00' * 16}>]"
    f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)

REFUSED: list[tuple[str, bytes, str]] = [
    ("scan.pdf", SCANNED, "pictures of pages, not text"),
    ("empty.pdf", EMPTY, "holds no text"),
    ("locked.pdf", ENCRYPTED, "protected by a password"),
    ("cut.pdf", (DATA / "levers.pdf").read_bytes()[:400], "damaged"),
    ("empty.txt", b"", "is empty"),
    ("blank.md", b" \n\t\n", "is empty"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("old.doc", OLE, "old Office version"),
    ("notes.txt", PNG, "is a picture"),
    ("notes.txt", bytes(range(256)) * 8, "no readable text"),
    ("letter.txt", b"{\\rtf1 hello}", "RTF"),
    ("cut.epub", (DATA / "levers.epub").read_bytes()[:2000], "damaged"),
    ("cut.docx", b"PK\x03\x04", "damaged"),
    ("page.html", b"<html><body><script>x()</script></body></html>", "holds no text"),
    ("deep.html", b"<html><body>" + b"<div>" * 5000 + b"deep", "damaged"),
]


@pytest.mark.parametrize(("name", "data", "says"), REFUSED)
def test_what_cannot_be_read_is_refused_in_plain_words(
    name: str, data: bytes, says: str, tmp_path: Path, read: Importer
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=says) as caught:
        read(path)
    assert caught.value.todo.endswith(".")


@pytest.mark.parametrize(
    ("part", "says"),
    [("xl/workbook.xml", "spreadsheet"), ("content.xml", "OpenDocument"), ("a.txt", "zip archive")],
)
def test_other_archives_are_named(part: str, says: str, tmp_path: Path, read: Importer) -> None:
    with pytest.raises(DocumentError, match=says):
        read(_zip(tmp_path / "file.txt", {part: "x"}))


def test_content_counts_for_more_than_the_name(tmp_path: Path, read: Importer) -> None:
    renamed = tmp_path / "book.txt"
    renamed.write_bytes((DATA / "levers.epub").read_bytes())
    assert read(renamed).info.title == "Levers and Pulleys"
    page = tmp_path / "page.pdf"
    page.write_text(
        "<!DOCTYPE html><html><body><h1>Saved page</h1><p>Words.</p></body></html>", encoding="utf-8"
    )
    assert read(page).sections[0].title == "Saved page"


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, read: Importer) -> None:
    with pytest.raises(DocumentError, match="There is no file"):
        read(tmp_path / "nothing.pdf")
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize("make", [_epub, _docx])
def test_a_zip_bomb_is_not_opened(
    make: Callable[[Path, bytes], Path], tmp_path: Path, read: Importer
) -> None:
    with pytest.raises(DocumentError, match="far more than a document holds"):
        read(make(tmp_path / "bomb", b" " * 30_000_000))


def test_a_part_whose_size_is_a_lie_is_damage(tmp_path: Path, read: Importer) -> None:
    path = _docx(tmp_path / "lie.docx", "x" * 5_000)
    data = path.read_bytes().replace(struct.pack("<I", 5_000), struct.pack("<I", 10))
    path.write_bytes(data)
    with pytest.raises(DocumentError, match="damaged"):
        read(path)


@pytest.mark.parametrize("name", ["secret", "boom"])
def test_entities_are_never_resolved(name: str, tmp_path: Path, read: Importer) -> None:
    (tmp_path / "secret.txt").write_text("TOP SECRET", encoding="utf-8")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = (
        f'<!DOCTYPE html [<!ENTITY secret SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY e0 "boom">'
        f'{levels}<!ENTITY boom "&e8;">]>'
    )
    page = f"<?xml version='1.0'?>{doctype}<html><body><p>Before &{name}; after.</p></body></html>"
    text = whole_text(read(_epub(tmp_path / "book.epub", page)))
    assert "Before" in text
    assert "SECRET" not in text
    assert text.count("boom") <= 1


def test_named_characters_that_xml_does_not_know_are_read(tmp_path: Path, read: Importer) -> None:
    text = whole_text(
        read(_epub(tmp_path / "book.epub", "<html><body><p>One&nbsp;two &eacute;</p></body></html>"))
    )
    assert "One two é" in text


def test_a_copy_protected_book_is_refused(tmp_path: Path, read: Importer) -> None:
    locked = '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    more = {"META-INF/encryption.xml": f"{locked}</EncryptedData></encryption>"}
    with pytest.raises(DocumentError, match="copy-protected"):
        read(_epub(tmp_path / "book.epub", PAGE, **more))


def test_a_path_out_of_the_archive_is_only_a_missing_chapter(tmp_path: Path, read: Importer) -> None:
    (tmp_path / "outside.xhtml").write_text(PAGE, encoding="utf-8")
    parts: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "book.opf": PACKAGE.replace("a.xhtml", "../outside.xhtml"),
    }
    with pytest.raises(DocumentError, match="holds no text"):
        read(_zip(tmp_path / "book.epub", parts))


def test_formulas_nested_without_end_are_damage_and_no_crash(tmp_path: Path, read: Importer) -> None:
    deep = "<mrow>" * 240 + "<mi>x</mi>" + "</mrow>" * 240
    path = tmp_path / "deep.html"
    path.write_text(f"<html><body><p>Words. <math>{deep}</math></p></body></html>", encoding="utf-8")
    try:
        assert "$x$" in whole_text(read(path))
    except DocumentError as refusal:
        assert "damaged" in refusal.what  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    ("name", "limits", "says"),
    [
        ("levers.pdf", {"file_bytes": 1000}, "MB can be imported"),
        ("levers.pdf", {"pages": 1}, "3 pages"),
        ("levers.epub", {"pages": 1}, "chapters"),
        ("levers.pdf", {"characters": 1000}, "characters of text"),
        ("levers.docx", {"characters": 1000}, "characters of text"),
        ("levers.md", {"part_bytes": 1000}, "in one piece"),
    ],
)
def test_limits_are_kept(name: str, limits: dict[str, int], says: str, read: Importer) -> None:
    with pytest.raises(DocumentError, match=says):
        read(DATA / name, **limits)


@pytest.mark.parametrize("name", ["levers.pdf", "levers.epub", "levers.docx", "levers.md", "levers.html"])
def test_a_cancelled_import_stops(name: str) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        import_document(DATA / name, cancel=cancel, progress=lambda _: None)


class _StopsLate(CancelToken):
    """Cancelled when it has been looked at a few times."""

    looks = 0

    @property
    def cancelled(self) -> bool:
        self.looks += 1
        return self.looks > 4


@pytest.mark.parametrize("name", ["levers.pdf", "levers.epub", "levers.docx", "levers.md", "levers.html"])
def test_an_import_can_be_stopped_in_the_middle(name: str) -> None:
    cancel = _StopsLate()
    with pytest.raises(Cancelled):
        import_document(DATA / name, cancel=cancel, progress=lambda _: None)
    assert cancel.looks == 5


@pytest.mark.parametrize(
    ("name", "unit"), [("levers.pdf", "pages"), ("levers.epub", "chapters"), ("levers.docx", "paragraphs")]
)
def test_progress_runs_to_the_end(name: str, unit: str) -> None:
    seen: list[Progress] = []
    import_document(DATA / name, cancel=CancelToken(), progress=seen.append)
    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert (seen[-1].done, seen[-1].unit) == (seen[-1].total, unit)


def test_importing_writes_nothing(tmp_path: Path, read: Importer) -> None:
    copy = tmp_path / "levers.pdf"
    copy.write_bytes((DATA / "levers.pdf").read_bytes())
    read(copy)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["levers.pdf"]


@pytest.mark.parametrize("name", ["levers.pdf", "levers_columns.pdf", "levers.epub", "levers.docx"])
@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_refused_or_survived(name: str, seed: int, tmp_path: Path, read: Importer) -> None:
    data = bytearray((DATA / name).read_bytes())
    for step in range(20):
        at = zlib.crc32(f"{seed}-{step}".encode()) % len(data)
        data[at] ^= 0x5A
    path = tmp_path / name
    path.write_bytes(bytes(data))
    try:
        assert read(path).passages
    except DocumentError as refusal:
        assert refusal.todo  # noqa: PT017 - either way is right
