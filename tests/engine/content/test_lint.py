"""The linter: a sound pack passes, and every rule notices its mistake."""

from pathlib import Path
from typing import Any

import pytest

from engine.content.lint import lint_folder, what_blocks
from engine.content.pack_source import read_source
from tests.engine.content.small_pack import CHAPTER, FILES, changed, write_pack

_SKILL = FILES["skills.json"]["skills"][0]
_TERM = FILES["glossary.json"]["terms"][0]
_FORTY = "Roots are long and grow in the dark earth under the plant each day. " * 4


def _chapter(body: str, heading: str = "### Roots {#p-root-01 .fact}") -> dict[str, Any]:
    return {"passages/02-roots.md": f"# Roots {{#c-roots}}\n\n{heading}\n\n{body}\n"}


def _skills(*edges: dict[str, object], **skills: dict[str, object]) -> dict[str, Any]:
    return {
        "skills.json": {
            "skills": [_SKILL, *({**_SKILL, **skill} for skill in skills.values())],
            "edges": edges,
        }
    }


def _term(**values: object) -> dict[str, Any]:
    return {"glossary.json": {"terms": [_TERM, {**_TERM, **values}]}}


def _question(**values: object) -> dict[str, Any]:
    return {
        "tests/questions.json": {"questions": [{"question": "Why?", "passages": ["p-leaf-01"], **values}]}
    }


def _source(licence: str) -> dict[str, Any]:
    return changed("manifest.json", sources=[{"title": "A book", "licence": licence}])


def test_a_sound_pack_has_no_findings(small_pack: Path) -> None:
    assert lint_folder(small_pack) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("manifest.entry", changed("manifest.json", entry="s-roots")),
        ("manifest.age", changed("manifest.json", age={"min": 14, "max": 11})),
        ("manifest.id", changed("manifest.json", id="con.example")),
        ("manifest.files", changed("manifest.json", files={"skills.json": "0" * 64})),
        ("manifest.counts", changed("manifest.json", counts={"skills": 7})),
        ("style.changelog", {"CHANGELOG.md": "# Changelog\n"}),
        ("passage.repeated", _chapter(_FORTY, "### Roots {#p-leaf-01 .fact}")),
        ("style.length", _chapter("Roots are long.")),
        ("style.length", _chapter(_FORTY * 5)),
        ("style.sentence", _chapter("Roots " + "and roots " * 20 + "are long. " + _FORTY)),
        ("style.sentences", _chapter(("Roots " + "and roots " * 12 + "are long. ") * 3)),
        (
            "style.reading",
            _chapter("Photosynthetic microorganisms continually manufacture carbohydrates. " * 8),
        ),
        ("style.pronoun", _chapter("It is long. " + _FORTY)),
        ("markup.refused", _chapter(_FORTY + "<b>bold</b>")),
        ("markup.refused", _chapter(_FORTY + "\n\n<script>alert(1)</script>")),
        ("markup.refused", _chapter(_FORTY + "[a link](https://example.org)")),
        ("markup.refused", _chapter(_FORTY + "<https://example.org>")),
        ("markup.refused", _chapter(_FORTY + "\n\nTitle\n=====\n")),
        ("markup.refused", _chapter(_FORTY + "\n\n```\ncode\n```\n")),
        ("markup.refused", _chapter(_FORTY + "\n\n    code\n")),
        ("tex.dollar", _chapter(_FORTY + "It costs $5.")),
        ("tex.command", _chapter(_FORTY + r"$\href{https://example.org}{x}$")),
        ("tex.command", _chapter(_FORTY + r"$\frac{1}{2$")),
        ("tex.display", _chapter(_FORTY + "A formula $$x = 1$$ here.")),
        ("skill.id", _skills(again={})),
        ("skill.edge", _skills({"from": "leaf.colour", "to": "x", "type": "requires"})),
        ("skill.edge", _skills({"from": "leaf.colour", "to": "leaf.colour", "type": "requires"})),
        ("skill.order", _skills({"from": "b", "to": "leaf.colour", "type": "requires"}, b={"id": "b"})),
        (
            "skill.cycle",
            _skills(
                {"from": "b", "to": "leaf.colour", "type": "requires"},
                {"from": "leaf.colour", "to": "b", "type": "requires"},
                b={"id": "b"},
            ),
        ),
        ("skill.unknown", _chapter(_FORTY, "### Roots {#p-root-01 .fact skill=root.depth}")),
        ("style.skill", _skills(b={"id": "b"})),
        ("glossary.repeated", _term(term="Chlorophyll")),
        ("style.alias", _term(term="green", definition="A green thing.", aliases=["chlorophyll"])),
        ("glossary.passage", _term(term="green", definition="A green thing.", passage="p-x")),
        ("glossary.skill", _term(term="green", definition="A green thing.", skill="x")),
        ("glossary.confusable", _term(term="green", definition="A green thing.", confusable_with=["red"])),
        ("style.definition", _term(term="green", definition="A colour.")),
        ("style.term", _term(term="root", definition="A root is long.")),
        ("question.passage", _question(passages=["p-x"])),
        ("question.answer", _question(answer_contains=["elephant"])),
        ("style.question", {"tests/questions.json": {"questions": []}}),
        ("json.schema", _question(passages=[])),
        ("json.schema", _question(answerable=False)),
        ("media.missing", _chapter(_FORTY + "\n\n![A long root](media/root.svg)")),
        ("media.missing", _chapter(_FORTY + "\n\n![A long root](https://example.org/root.png)")),
        ("media.alternative", _chapter(_FORTY + "\n\n![](media/root.svg)")),
        ("media.unused", {"media/root.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}),
        ("media.unsafe", {"media/root.svg": "<svg><script>alert(1)</script></svg>"}),
        ("media.unsafe", {"media/root.png": b"MZ\x90"}),
        ("media.unsafe", {"media/root.webp": b"MZ\x90"}),
        ("licence.text", {"LICENSES/CC-BY-4.0.txt": None}),
        ("licence.text", _source("CC-BY-SA-4.0")),
        ("licence.incompatible", _source("CC-BY-SA-4.0")),
        ("licence.known", changed("manifest.json", licence="Own-1.0")),
    ],
)
def test_a_rule_notices_its_mistake(tmp_path: Path, rule: str, changes: dict[str, Any]) -> None:
    assert rule in {finding.rule for finding in lint_folder(write_pack(tmp_path, changes))}


@pytest.mark.parametrize(
    "body", ["Between $a<b$ and $b>a$ lies x.", r"It costs \$5.", "| a | b |\n|---|---|\n| 1 | 2 |"]
)
def test_formulas_money_and_tables_are_not_mistaken_for_anything(tmp_path: Path, body: str) -> None:
    assert lint_folder(write_pack(tmp_path, _chapter(f"{_FORTY}\n\n{body}"))) == []


def test_a_finding_names_the_line_of_its_mistake(tmp_path: Path) -> None:
    text = CHAPTER.replace("$6$", r"$\evil$")
    findings = lint_folder(write_pack(tmp_path, {"passages/01-plants.md": text}))
    line = next(number for number, content in enumerate(text.split("\n"), 1) if "evil" in content)
    assert ("tex.command", line) in {(finding.rule, finding.line) for finding in findings}


def test_older_readers_may_be_given_harder_text(tmp_path: Path) -> None:
    hard = _chapter("Every green plant converts energy into sugar using chlorophyll molecules. " * 5)
    young = {finding.rule for finding in lint_folder(write_pack(tmp_path / "young", hard))}
    adult = changed("manifest.json", age={"min": 16, "max": 40})
    old = {finding.rule for finding in lint_folder(write_pack(tmp_path / "old", {**hard, **adult}))}
    assert ("style.reading" in young, "style.reading" in old) == (True, False)


def test_other_languages_are_not_measured_as_english(tmp_path: Path) -> None:
    german = changed("manifest.json", langs=["de"])
    body = (
        "This Gesellschaftswissenschaften untersuchen komplizierteste Zusammenhänge vielfältigster Institutionen. "
        * 5
    )
    rules = {finding.rule for finding in lint_folder(write_pack(tmp_path, {**german, **_chapter(body)}))}
    assert not rules & {"style.reading", "style.pronoun"}


def test_only_unsound_content_blocks_installing(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {**_chapter("It is <b>long</b>.")})
    findings = lint_folder(folder)
    assert {finding.rule for finding in findings if finding.blocks_installing} == {"markup.refused"}
    assert {finding.rule for finding in findings if not finding.blocks_installing} == {
        "style.length",
        "style.pronoun",
    }
    assert [finding.rule for finding in what_blocks(read_source(folder), seeds=0)] == ["markup.refused"]
