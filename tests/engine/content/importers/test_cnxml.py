"""The importer of OpenStax modules."""

import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.content.importers.cnxml import module_files
from engine.content.importers.tex_symbols import tex_text
from engine.content.tex import formulas, tex_problem
from engine.types import PassageKind
from tests.engine.content.importers.conftest import Importer, shingles, whole_text, without_formulas, words

GREEK = "αβγδεθλμνπρσςτφχψωΓΔΘΛΞΠΣΦΨΩ"
MODULE = """<document xmlns="http://cnx.rice.edu/cnxml" xmlns:m="http://www.w3.org/1998/Math/MathML">
<title>Mean and Median</title>
<metadata xmlns:md="http://cnx.rice.edu/mdml"><md:content-id>m10001</md:content-id></metadata>
<content><section id="a"><title>The mean</title>
<para id="p1">The <term>mean</term> of two numbers is <m:math><m:mfrac>
<m:mrow><m:mi>a</m:mi><m:mo>+</m:mo><m:mi>b</m:mi>
</m:mrow><m:mn>2</m:mn></m:mfrac></m:math>, written with a bar over the letter.</para>
<list list-type="enumerated"><item>Add the numbers.<list><item>Carry the tens.</item></list></item>
<item>Divide by how many there are.</item></list>
<table summary=""><tgroup cols="2"><tbody><row><entry>x</entry><entry>1</entry></row>
<row><entry>y</entry><entry>2</entry></row></tbody></tgroup></table>
<equation><m:math><m:msup><m:mi>s</m:mi><m:mn>2</m:mn></m:msup><m:mo>=</m:mo><m:mn>4</m:mn></m:math></equation>
<exercise><problem><para>What is the mean of 2 and 4, and why is it a fair share for both of the two people?</para>
</problem><solution><para>It is 3, since each of them would have 3 if they put everything together and shared it.</para>
</solution></exercise></section></content>
<glossary><definition><term>median</term><meaning>the middle number</meaning></definition></glossary></document>"""


def test_a_module_keeps_its_structure(tmp_path: Path, read: Importer) -> None:
    path = tmp_path / "mean.cnxml.gz"
    path.write_bytes(gzip.compress(MODULE.encode()))
    pack = read(path)
    assert [section.title for section in pack.sections] == ["Mean and Median", "The mean", "Glossary"]
    text = whole_text(pack)
    assert "The **mean** of two numbers is $\\frac{a+b}{2}$, written" in text
    assert "1. Add the numbers.\n  - Carry the tens.\n2. Divide by" in text
    assert "| x | 1 |\n| --- | --- |\n| y | 2 |" in text
    assert "$$ s^{2}=4 $$" in text
    assert "**Solution:** It is 3" in text
    assert "**median:** the middle number" in text
    assert pack.passages[-1].kind is PassageKind.DEFINITION
    assert pack.info.title == "Mean and Median"


def test_modules_of_a_folder_are_sections_named_by_their_ids(tmp_path: Path, read: Importer) -> None:
    for number in (1, 2):
        text = MODULE.replace("m10001", f"m1000{number}")
        (tmp_path / f"m1000{number}.cnxml").write_text(text, encoding="utf-8")
    pack = read(tmp_path)
    assert [section.id for section in pack.sections if section.parent is None] == ["m10001", "m10002"]


@pytest.mark.shared
def test_a_real_textbook_loses_no_words(shared_data: Path, read: Importer) -> None:
    folder = shared_data / "openstax_statistics" / "cnxml"
    pack = read(folder)
    ours = set(shingles(words(without_formulas(whole_text(pack)))))
    source = [shingle for file in module_files(folder) for shingle in _paragraph_shingles(file)]
    found = sum(shingle in ours for shingle in source) / len(source)
    print(f"8-word shingles kept: {found:.4f} of {len(source)}")
    assert found >= 0.98
    tex = [formula.tex for passage in pack.passages for formula in formulas(passage.text)]
    assert len(tex) > 900
    assert [formula for formula in tex if tex_problem(formula)] == []


@pytest.mark.shared
def test_the_prepared_sections_of_a_real_textbook_are_found_formulas_included(
    shared_data: Path, read: Importer
) -> None:
    folder = shared_data / "openstax_statistics"
    ours = set(shingles(words(_linear(whole_text(read(folder / "cnxml"))))))
    with gzip.open(folder / "sections.jsonl.gz", "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    source = [
        shingle
        for text in texts
        for paragraph in re.sub(r"\[figure:.*?\]", " ", text).split("\n")
        for shingle in shingles(words(_linear(paragraph)))
    ]
    found = sum(shingle in ours for shingle in source) / len(source)
    print(f"8-word shingles of the sections found: {found:.4f} of {len(source)}")
    assert found >= 0.98


def _linear(text: str) -> str:
    """Formulas as the sections write them: letters, numbers and ``sqrt`` in a row."""
    greek = {command.strip("\\ "): letter for letter in GREEK if (command := tex_text(letter))}
    text = re.sub(r"\\([A-Za-z]+)", lambda found: f" {greek.get(found[1], _kept(found[1]))} ", text)
    return re.sub(r"(?<=\w)[_^]|[$\\]", " ", text)


def _kept(command: str) -> str:
    return command if command == "sqrt" else ""


def _paragraph_shingles(file: Path) -> Iterator[tuple[str, ...]]:
    """Runs of words of running text, read with nothing but regular expressions; formulas and tables apart."""
    text = gzip.decompress(file.read_bytes()).decode()
    text = re.sub(r"<!--.*?-->|<metadata.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<m:math\b.*?</m:math>|<table\b.*?</table>", " \x01 ", text, flags=re.DOTALL)
    blocks = "para|item|list|equation|figure|meaning|caption|code|media|note|title"
    for paragraph in re.findall(
        rf"<(?:para|item|meaning|caption)\b[^>]*>(.*?)(?=</?(?:{blocks})\b)", text, re.DOTALL
    ):
        for part in re.sub(r"<newline[^>]*>", " ", paragraph).split("\x01"):
            yield from shingles(words(html.unescape(re.sub(r"<[^>]*>", "", part))))
