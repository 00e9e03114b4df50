"""Blocks to sections and passages."""

from hypothesis import given
from hypothesis import strategies as st

from engine.content.importers.blocks import Block, BlockKind, formula, item
from engine.content.importers.structure import build, word_count
from engine.types import PassageKind

SENTENCE = "A short sentence about the matter in hand says one thing and stops here. "


def _heading(text: str, level: int, anchor: str = "") -> Block:
    return Block(BlockKind.HEADING, text, level=level, anchor=anchor)


def _paragraph(sentences: int, page: int | None = None, role: PassageKind = PassageKind.TEXT) -> Block:
    return Block(BlockKind.PARAGRAPH, (SENTENCE * sentences).strip(), page=page, role=role)


def test_a_passage_never_crosses_a_heading() -> None:
    sections, passages = build([_heading("One", 1), _paragraph(1), _heading("Two", 1), _paragraph(1)], "Doc")
    assert [(section.number, section.title) for section in sections] == [("1", "One"), ("2", "Two")]
    assert [(passage.section, passage.title) for passage in passages] == [
        ("s-0001", "One"),
        ("s-0002", "Two"),
    ]


def test_short_paragraphs_are_merged_and_keep_the_first_page() -> None:
    _, passages = build([_paragraph(2, page=3), _paragraph(2, page=4)], "Doc")
    assert [(passage.page, len(passage.text.split())) for passage in passages] == [(3, 56)]


def test_a_long_paragraph_is_split_between_sentences() -> None:
    _, passages = build([_paragraph(60)], "Doc")
    assert len(passages) > 3
    assert all(passage.text.startswith("A short") and passage.text.endswith("here.") for passage in passages)
    assert all(40 <= len(passage.text.split()) <= 220 for passage in passages)


def test_what_hangs_on_a_paragraph_stays_with_it() -> None:
    blocks = [_paragraph(8), _paragraph(8), formula("a = b"), item("one", number=1), item("two", number=2)]
    _, passages = build(blocks, "Doc")
    assert [passage.text.count("$$") for passage in passages] == [0, 2]
    assert passages[1].text.endswith("$$ a = b $$\n\n1. one\n2. two")


def test_a_long_table_is_split_and_each_part_keeps_the_head() -> None:
    rows = "\n".join(f"| row {n} | value of row {n} |" for n in range(200))
    _, passages = build([Block(BlockKind.TABLE, f"| Name | Value |\n| --- | --- |\n{rows}")], "Doc")
    assert len(passages) > 3
    assert all(passage.text.startswith("| Name | Value |\n| --- | --- |\n| row") for passage in passages)
    assert sum(passage.text.count("| row ") for passage in passages) == 200


def test_a_formula_is_never_cut() -> None:
    tex = "$" + " + ".join(f"a_{{{n}}}" for n in range(30)) + "$"
    _, passages = build([Block(BlockKind.PARAGRAPH, " ".join([tex] * 40))], "Doc")
    assert len(passages) > 1
    assert all(passage.text.count("$") % 2 == 0 for passage in passages)


def test_text_without_spaces_is_still_cut() -> None:
    _, passages = build([Block(BlockKind.PARAGRAPH, "字" * 20_000)], "Doc")
    assert all(len(passage.text) < 3_000 for passage in passages)
    assert sum(len(passage.text) for passage in passages) == 20_000


def test_examples_and_exercises_keep_their_role() -> None:
    _, passages = build([_paragraph(4), _paragraph(4, role=PassageKind.EXAMPLE), _paragraph(4)], "Doc")
    assert [passage.kind for passage in passages] == [PassageKind.TEXT, PassageKind.EXAMPLE, PassageKind.TEXT]


def test_the_documents_own_numbers_are_used() -> None:
    blocks = [
        _heading("Preface", 1),
        _heading("Chapter 3: Forces", 1),
        _heading("3.1 Friction", 2),
        _paragraph(1),
    ]
    sections, _ = build(blocks, "Doc")
    assert [(section.number, section.title) for section in sections] == [
        ("", "Preface"),
        ("3", "Forces"),
        ("3.1", "Friction"),
    ]


def test_a_single_top_heading_is_the_title_and_needs_no_number() -> None:
    sections, _ = build([_heading("Book", 1), _heading("A", 2), _heading("B", 2), _paragraph(1)], "Doc")
    assert [(section.number, section.title) for section in sections] == [("", "Book"), ("1", "A"), ("2", "B")]


def test_anchors_become_ids_once() -> None:
    sections, _ = build([_heading("A", 1, "m1"), _heading("B", 1, "m1"), _paragraph(1)], "Doc")
    assert [section.id for section in sections] == ["m1", "s-0002"]


_blocks = st.lists(
    st.one_of(
        st.builds(_heading, st.text("abc ", min_size=1), st.integers(1, 6)),
        st.builds(lambda text: Block(BlockKind.PARAGRAPH, text), st.text("ab .$\n字", min_size=1)),
        st.builds(_paragraph, st.integers(1, 40)),
        st.builds(lambda text: item(text), st.text("ab c", min_size=1)),
    ),
    max_size=30,
)


@given(_blocks)
def test_no_letter_is_lost_and_every_passage_has_its_section(blocks: list[Block]) -> None:
    sections, passages = build(blocks, "Doc")
    ours = "".join(section.title for section in sections) + "".join(passage.text for passage in passages)
    source = "".join(block.text for block in blocks if block.text.strip())
    for letter in "abc字":
        assert ours.replace("Doc", "").count(letter) >= source.count(letter) - source.count("Doc")
    known = {section.id for section in sections}
    assert all(passage.section in known for passage in passages)
    assert all(section.parent is None or section.parent in known for section in sections)
    assert all(word_count(passage.text) <= 400 for passage in passages)
