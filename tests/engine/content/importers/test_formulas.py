"""MathML and Word's formulas to TeX."""

import pytest
from lxml import etree

from engine.content.importers.mathml_to_tex import mathml_to_tex
from engine.content.importers.omml_to_tex import omml_to_tex
from engine.content.tex import tex_problem

MATHML = [
    ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", r"\frac{a}{b}"),
    ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mn>1</mn>", "x^{2}+1"),
    ("<msub><mi>H</mi><mi>a</mi></msub>", "H_{a}"),
    ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
    ("<msqrt><mi>n</mi></msqrt>", r"\sqrt{n}"),
    ("<mroot><mi>n</mi><mn>3</mn></mroot>", r"\sqrt[3]{n}"),
    ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
    ("<mover accent='true'><mi>F</mi><mo>→</mo></mover>", r"\vec{F}"),
    ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", r"\sum_{i}^{n}i"),
    ("<mi>α</mi><mo>≤</mo><mi>β</mi>", r"\alpha \leq \beta"),
    ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
    ("<mi>rate</mi><mo>=</mo><mn>50</mn><mo>%</mo>", r"\mathrm{rate}=50\%"),
    ("<mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced>", r"\left[a, b\right]"),
    ("<mtext>mean of</mtext><mi>x</mi>", r"\text{mean of}x"),
    (
        "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>",
        r"\begin{matrix} 1 & 2 \end{matrix}",
    ),
    ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"\binom{n}{k}"),
    ("<apply><power/><ci>x</ci><cn>2</cn></apply>", "x^{2}"),
    ("<apply><minus/><ci>x</ci><ci>y</ci></apply>", "x-y"),
    (
        "<semantics><mi>x</mi><annotation encoding='application/x-tex'>x_{tex}</annotation></semantics>",
        "x_{tex}",
    ),
    ("<mi>x</mi><unknown><mn>3</mn></unknown>", "x3"),
    ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a)^{2}"),
]
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def _run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


OMML = [
    (f"<m:f><m:num>{_run('a')}</m:num><m:den>{_run('b')}</m:den></m:f>", r"\frac{a}{b}"),
    (f"<m:sSup><m:e>{_run('x')}</m:e><m:sup>{_run('2')}</m:sup></m:sSup>", "x^{2}"),
    (f"<m:sSub><m:e>{_run('𝑣')}</m:e><m:sub>{_run('0')}</m:sub></m:sSub>", "v_{0}"),
    (f"<m:rad><m:deg/><m:e>{_run('2')}</m:e></m:rad>", r"\sqrt{2}"),
    (f"<m:rad><m:deg>{_run('3')}</m:deg><m:e>{_run('2')}</m:e></m:rad>", r"\sqrt[3]{2}"),
    (
        f"""<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{_run("i")}</m:sub><m:sup>{_run("n")}</m:sup>
        <m:e>{_run("i")}</m:e></m:nary>""",
        r"\sum_{i}^{n} i",
    ),
    (f"<m:d><m:e>{_run('a+b')}</m:e></m:d>", r"\left(a+b\right)"),
    (
        f"<m:d><m:dPr><m:begChr m:val='|'/><m:endChr m:val='|'/></m:dPr><m:e>{_run('x')}</m:e></m:d>",
        r"\left|x\right|",
    ),
    (f"<m:func><m:fName>{_run('sin')}</m:fName><m:e>{_run('x')}</m:e></m:func>", r"\sin x"),
    (f"<m:acc><m:accPr><m:chr m:val='&#x20d7;'/></m:accPr><m:e>{_run('F')}</m:e></m:acc>", r"\vec{F}"),
    (f"<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{_run('x')}</m:e></m:bar>", r"\overline{x}"),
    (
        f"<m:limLow><m:e>{_run('lim')}</m:e><m:lim>{_run('n→∞')}</m:lim></m:limLow>",
        r"\lim_{n\to \infty}",
    ),
    (
        f"<m:m><m:mr><m:e>{_run('1')}</m:e><m:e>{_run('2')}</m:e></m:mr></m:m>",
        r"\begin{matrix} 1 & 2 \end{matrix}",
    ),
    (
        f"<m:eqArr><m:e>{_run('a')}</m:e><m:e>{_run('b')}</m:e></m:eqArr>",
        r"\begin{aligned} a \\ b \end{aligned}",
    ),
    ("<m:r><m:rPr><m:nor/></m:rPr><m:t>speed</m:t></m:r>", r"\text{speed}"),
]


@pytest.mark.parametrize(("source", "tex"), MATHML)
def test_mathml_becomes_tex(source: str, tex: str) -> None:
    assert mathml_to_tex(etree.fromstring(f"<math>{source}</math>")) == tex


@pytest.mark.parametrize(("source", "tex"), OMML)
def test_words_formulas_become_tex(source: str, tex: str) -> None:
    assert omml_to_tex(etree.fromstring(f"<m:oMath xmlns:m='{M}'>{source}</m:oMath>")) == tex


@pytest.mark.parametrize("tex", [tex for _, tex in [*MATHML, *OMML]])
def test_the_tex_can_be_drawn(tex: str) -> None:
    assert tex_problem(tex) is None
