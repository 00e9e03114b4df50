"""Markdown, plain text and HTML."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content.importers.text_decoding import decode
from engine.content.pack import Pack
from tests.engine.content.importers.conftest import Importer, whole_text

Writer = Callable[[str, str], Pack]
PROSE = "The water of a river flows downhill because gravity pulls on every drop of it all of the time."


def test_menus_scripts_and_hidden_text_of_a_page_are_left_out(read_text: Writer) -> None:
    page = f"""<!doctype html><html lang="de-AT"><head><title>Rivers</title><style>p {{}}</style></head><body>
    <nav><a href="/">Home</a></nav><div class="cookie banner">Accept cookies</div>
    <main><h1>Rivers</h1><p>{PROSE}</p><script>track()</script><p hidden>secret</p></main>
    <footer>Imprint</footer></body></html>"""
    pack = read_text("rivers.html", page)
    assert whole_text(pack) == f"Rivers\n\n{PROSE}"
    assert pack.info.langs == ("de",)


def test_formulas_of_every_web_notation_become_tex(read_text: Writer) -> None:
    page = rf"""<html><head><script src="katex.js"></script></head><body><p>{PROSE} A \(a_1\) B
    <span class="katex"><span class="katex-mathml"><math><semantics><mi>b</mi>
    <annotation encoding="application/x-tex">b_2</annotation></semantics></math></span>
    <span class="katex-html">garbled</span></span> C <script type="math/tex">c_3</script> D
    <span class="math inline">d_4</span> E <img class="tex" alt="e_5"> F $f_6$ G
    <script type="math/tex; mode=display">g_7</script> H \[h_8\] I
    <math><msub><mi>i</mi><mn>9</mn></msub></math></p>
    </body></html>"""
    text = " ".join(whole_text(read_text("page.html", page)).split())
    for tex in ("$a_1$", "$b_2$", "$c_3$", "$d_4$", "$e_5$", "$f_6$", "$$ g_7 $$", "$$ h_8 $$", "$i_{9}$"):
        assert tex in text
    assert "garbled" not in text


def test_dollars_of_a_page_without_typesetter_are_money(read_text: Writer) -> None:
    text = whole_text(read_text("page.html", f"<html><body><p>{PROSE} It costs $5 or $6.</p></body></html>"))
    assert "It costs \\$5 or \\$6." in text


def test_tables_lists_and_code_of_a_page_are_kept(read_text: Writer) -> None:
    page = f"""<html><body><p>{PROSE}</p><table><tr><th>River</th><th colspan="2">Length</th></tr>
    <tr><td>Nile | Blue</td><td>6650</td><td>km</td></tr></table><ol start="3">
    <li>three<ul><li>inner</li></ul></li>
    <li>four</li></ol><pre>x = 1\n  y = 2</pre>
    <p>H<sub>2</sub>O and x<sup>2</sup> and T<sub>max</sub></p></body></html>"""
    text = whole_text(read_text("page.html", page))
    assert "| River | Length |  |\n| --- | --- | --- |\n| Nile \\| Blue | 6650 | km |" in text
    assert "3. three\n  - inner\n4. four" in text
    assert "```\nx = 1\n  y = 2\n```" in text
    assert "H₂O and x² and T_(max)" in text


def test_a_table_that_only_lays_out_a_page_is_read_as_text(read_text: Writer) -> None:
    page = f"<html><body><table><tr><td><h2>Left</h2><p>{PROSE}</p></td></tr></table></body></html>"
    pack = read_text("page.html", page)
    assert [section.title for section in pack.sections] == ["Left"]
    assert "|" not in whole_text(pack)


def test_markdown_keeps_structure_and_formulas(read_text: Writer) -> None:
    source = (
        "---\ntitle: Rivers\n---\n# One {#c-one}\n\n" + PROSE + " **Delta** is $\\Delta x$, "
        "costs $5 or $6.\n\n$$\na^2\n$$\n\n- item\n  - inner\n\n```python\nprint(1)\n```\n\n"
        "<div>html <b>too</b></div>\n"
    )
    pack = read_text("rivers.md", source)
    text = whole_text(pack)
    assert (pack.info.title, pack.sections[0].title) == ("Rivers", "One")
    for part in ("**Delta** is $\\Delta x$", "\\$5 or \\$6", "$$ a^2 $$", "- item\n  - inner", "html too"):
        assert part in text
    assert "```python\nprint(1)\n```" in text


def test_plain_text_finds_headings_lists_and_tables(read_text: Writer) -> None:
    source = (
        f"Rivers\n======\n\n1.1 The source\n\n{PROSE[:35]}\n{PROSE[36:]}\n\n"
        f"How it flows\n\n{PROSE}\n\n* first\n* second\n\nName    Length\n-----   ------\n"
        "Nile    6650\nRhine   1233\n"
    )
    pack = read_text("rivers.txt", source)
    assert [section.title for section in pack.sections] == ["Rivers", "The source", "How it flows"]
    text = whole_text(pack)
    assert text.count(PROSE) == 2
    assert "- first\n- second" in text
    assert "| Name | Length |\n| --- | --- |\n| Nile | 6650 |" in text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve – Ω".encode(), "naïve – Ω"),
        (b"\xef\xbb\xbf" + "é".encode(), "é"),
        ("Wärme\r\nOhm".encode("utf-16"), "Wärme\nOhm"),
        ("caf\u00e9 “quoted” \u2013 5 \u20ac".encode("cp1252"), "café “quoted” – 5 €"),
        ("e\u0301".encode(), "é"),
    ],
)
def test_text_is_decoded_whatever_it_is_written_in(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_another_alphabet_without_unicode_is_recognised() -> None:
    russian = "Вода в реке течёт вниз, потому что на каждую её каплю действует сила тяжести. " * 5
    assert decode(russian.encode("cp1251")) == russian


def test_right_to_left_text_and_emoji_pass_through(read_text: Writer) -> None:
    text = "الماء يتدفق إلى أسفل 🙂 لأن الجاذبية تسحبه"
    assert text in whole_text(read_text("rtl.txt", text))


def test_a_file_without_title_or_heading_is_called_by_its_name(tmp_path: Path, read: Importer) -> None:
    path = tmp_path / "notes_on_rivers.txt"
    path.write_text(PROSE, encoding="utf-8")
    pack = read(path)
    assert pack.info.title == "notes on rivers"
    assert pack.sections[0].title == "notes on rivers"
