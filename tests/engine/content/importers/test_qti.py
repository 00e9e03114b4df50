"""QTI 2.1 and 3.0: the same items in both, alone and in a package."""

from pathlib import Path

import pytest

from tests.engine.content.importers.practice_reading import (
    by_stem,
    prove,
    read,
    reasons,
    right,
    written,
    zipped,
)

SECOND = "http://www.imsglobal.org/xsd/imsqti_v2p1"
THIRD = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def item(body: str, *correct: str, cardinality: str = "single", mapping: str = "") -> str:
    """An item of QTI 2.1."""
    values = "".join(f"<value>{one}</value>" for one in correct)
    return (
        f'<assessmentItem xmlns="{SECOND}" identifier="i1" title="An item">'
        f'<responseDeclaration identifier="R" cardinality="{cardinality}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
        f"<itemBody>{body}</itemBody></assessmentItem>"
    )


def third(text: str) -> str:
    """The same item in the names of QTI 3.0."""
    import re

    def kebab(name: str) -> str:
        return re.sub(r"([A-Z])", lambda match: f"-{match[1].lower()}", name)

    plain = ("p", "b", "i", "img", "div", "span")
    text = re.sub(
        r"<(/?)([A-Za-z]+)",
        lambda match: f"<{match[1]}{match[2] if match[2] in plain else 'qti-' + kebab(match[2])}",
        text,
    )
    for name in ("responseIdentifier", "mapKey", "mappedValue"):
        text = text.replace(name, kebab(name))
    return text.replace(SECOND, THIRD)


CHOICE = item(
    '<p>Look.</p><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Which is red?</prompt>'
    '<simpleChoice identifier="A">Blood</simpleChoice><simpleChoice identifier="B">Grass</simpleChoice>'
    "</choiceInteraction>",
    "A",
)
SEVERAL = item(
    '<choiceInteraction responseIdentifier="R" maxChoices="0"><prompt>Which are even?</prompt>'
    + "".join(f'<simpleChoice identifier="n{n}">{n}</simpleChoice>' for n in (2, 3, 4))
    + "</choiceInteraction>",
    "n2",
    "n4",
    cardinality="multiple",
)
ENTRY = item(
    '<p>Two and two is <textEntryInteraction responseIdentifier="R"/></p>',
    "4",
    mapping='<mapping defaultValue="0"><mapEntry mapKey="4" mappedValue="1"/>'
    '<mapEntry mapKey="four" mappedValue="1"/><mapEntry mapKey="about 4" mappedValue="0.5"/></mapping>',
)
INLINE = item(
    '<p>The sky is <inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="b">blue</inlineChoice>'
    '<inlineChoice identifier="g">green</inlineChoice></inlineChoiceInteraction> today.</p>',
    "b",
)
ORDER = item(
    '<orderInteraction responseIdentifier="R"><prompt>Order them.</prompt>'
    '<simpleChoice identifier="b">second</simpleChoice><simpleChoice identifier="a">first</simpleChoice>'
    "</orderInteraction>",
    "a",
    "b",
    cardinality="ordered",
)
MATCH = item(
    '<matchInteraction responseIdentifier="R"><prompt>Match.</prompt>'
    '<simpleMatchSet><simpleAssociableChoice identifier="c">cat</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="d">dog</simpleAssociableChoice></simpleMatchSet>'
    '<simpleMatchSet><simpleAssociableChoice identifier="m">meow</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="w">woof</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="o">moo</simpleAssociableChoice></simpleMatchSet></matchInteraction>',
    "c m",
    "d w",
    cardinality="multiple",
)
KINDS = [
    (CHOICE, "Look.\n\nWhich is red?", "choice", "Blood"),
    (SEVERAL, "Which are even?", "multiple", ["2", "4"]),
    (ENTRY, "Two and two is", "text", ["4", "four"]),
    (INLINE, "The sky is [gap:g1] today.", "cloze", {"g1": ["blue"]}),
    (ORDER, "Order them.", "order", ["first", "second"]),
    (MATCH, "Match.", "match", {"cat": "meow", "dog": "woof"}),
]


@pytest.mark.parametrize("version", [str, third], ids=["2.1", "3.0"])
@pytest.mark.parametrize(("text", "stem", "kind", "answer"), KINDS, ids=[kind for _, _, kind, _ in KINDS])
def test_both_versions_of_each_interaction_are_read(
    tmp_path: Path, version: type[str], text: str, stem: str, kind: str, answer: object
) -> None:
    found = read(written(tmp_path / "item.xml", version(text)))
    assert reasons(found) == {}
    (read_item,) = found.items
    assert (read_item["stem"], read_item["type"], right(read_item)) == (stem, kind, answer)
    assert len(prove(found).source.items) == 1


def test_a_package_gives_all_its_items(tmp_path: Path) -> None:
    parts = {
        "imsmanifest.xml": "<manifest/>",
        "items/a.xml": CHOICE,
        "items/b.xml": ORDER,
        "c.xml": "<broken",
    }
    found = read(zipped(tmp_path / "package.zip", parts))
    assert set(by_stem(found)) == {"Look.\n\nWhich is red?", "Order them."}
    assert [one.what for one in found.skipped] == ["c.xml"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            item('<hotspotInteraction responseIdentifier="R"/>', "A"),
            "It asks in a way that is not read here (hotspot).",
        ),
        (item("<p>Only a text.</p>", "A"), "It asks nothing."),
        (
            item('<p>What?<textEntryInteraction responseIdentifier="X"/></p>', "A"),
            "It does not say what is right.",
        ),
        (CHOICE.replace("<value>A<", "<value>Z<"), "None of its answers is right."),
    ],
)
def test_what_cannot_be_asked_is_named_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    assert reasons(read(written(tmp_path / "item.xml", text))) == {"item An item": reason}
