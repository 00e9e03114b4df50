import random
from pathlib import Path

import pytest

from engine.content.pack import Pack
from engine.content.pack_folder import read_pack_folder
from engine.rag.citations import supporting_citation
from engine.rag.retrieval import Retrieval, ScoredPassage
from engine.types import Passage, Section, Term
from tests.engine.rag.corruptions import BREAKING, KEEPING, Edit, plain_sentences, retrieval_of

PACKS = Path(__file__).resolve().parents[3] / "assets" / "packs"


@pytest.fixture(scope="module")
def packs() -> list[Pack]:
    return [read_pack_folder(PACKS / name) for name in ("algebra", "biology", "physics")]


def share_rejected(packs: list[Pack], edit: Edit) -> float:
    rng = random.Random(7)
    rejected = tried = 0
    for pack in packs:
        for passage in pack.passages[::3]:
            for sentence in plain_sentences(passage):
                changed = edit(sentence, passage, pack, rng)
                if changed is None:
                    continue
                tried += 1
                rejected += supporting_citation(changed, retrieval_of(pack, passage)) is None
    assert tried > 0
    return rejected / tried


@pytest.mark.parametrize("name", KEEPING)
def test_sentences_that_keep_the_meaning_pass(packs: list[Pack], name: str) -> None:
    assert share_rejected(packs, KEEPING[name]) <= 0.08


@pytest.mark.parametrize("name", BREAKING)
def test_sentences_that_break_the_meaning_are_rejected(packs: list[Pack], name: str) -> None:
    assert share_rejected(packs, BREAKING[name]) >= (0.88 if name == "word_of_passage" else 0.95)


MYTH = "Some learners think that plants eat soil, but plants make their own food. Roots take in water and minerals."
PASSAGE = Passage("p-1", "s-1", "Food", MYTH)


def found(passage: Passage = PASSAGE, terms: tuple[Term, ...] = ()) -> Retrieval:
    scored = ScoredPassage("pack", passage, Section("s-1", "Plants"), 1.0, terms=terms)
    return Retrieval("", passages=(scored,))


def test_a_quote_is_the_whole_source_sentence_verbatim() -> None:
    citation = supporting_citation("Roots take in water.", found())
    assert citation is not None
    assert citation.quote == "Roots take in water and minerals."
    assert citation.quote in PASSAGE.text


def test_what_some_learners_think_is_not_a_fact() -> None:
    assert supporting_citation("Plants eat soil.", found()) is None


SETT = (
    "A badger digs a sett, which is a system of tunnels that has many exits. "
    "The wall of a tunnel (often clay) is firm."
)


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("A sett is a system of tunnels.", True),
        ("A badger is a system of tunnels.", False),
        ("A badger has many exits.", False),
        ("A badger digs many exits.", False),
        ("The wall is firm.", True),
        ("The wall of a tunnel is firm.", True),
    ],
)
def test_what_is_said_of_one_thing_is_not_said_of_another(sentence: str, passes: bool) -> None:
    assert (supporting_citation(sentence, found(Passage("p-1", "s-1", "Setts", SETT))) is not None) == passes


def test_two_sentences_of_one_passage_may_be_joined() -> None:
    text = "A force is a push or a pull. A force is measured in newtons with a spring balance."
    joined = "A force is a push or a pull, and a force is measured in newtons."
    citation = supporting_citation(joined, found(Passage("p-1", "s-1", "Forces", text)))
    assert citation is not None
    assert citation.quote == text


CELLS = "When a cell grows, its volume grows faster than its surface. The ratio is the surface divided by the volume."


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        (
            "The ratio is the surface divided by the volume, and when a cell grows, its volume grows faster.",
            True,
        ),
        ("The ratio is the surface divided by the volume, which is why cells grow.", False),
        ("The ratio is the surface divided by the volume of which a cell is.", False),
        ("A cell grows faster than its surface.", False),
        ("Its volume grows faster than its surface.", True),
    ],
)
def test_a_second_sentence_is_not_said_of_the_first_nor_its_end_of_its_beginning(
    sentence: str, passes: bool
) -> None:
    assert (supporting_citation(sentence, found(Passage("p-1", "s-1", "Cells", CELLS))) is not None) == passes


def test_an_aside_may_be_left_out_but_nothing_of_a_formula() -> None:
    text = "The wall (a stiff layer of fibres) keeps a plant cell firm. We write $2 (x + 3) = 2 x + 6$."
    passage = found(Passage("p-1", "s-1", "Walls", text))
    assert supporting_citation("The wall keeps a plant cell firm.", passage)
    assert supporting_citation("We write $2(x + 3) = 2 x + 6$.", passage)
    assert not supporting_citation("We write $2 = 2 x + 6$.", passage)


def test_another_name_of_a_glossary_term_is_the_same_word() -> None:
    passage = Passage("p-1", "s-1", "Fractions", "The numerator counts the parts of the whole.")
    term = Term("numerator", "The numerator is the top number.", "p-1", aliases=("top number",))
    assert supporting_citation("The top number counts the parts of the whole.", found(passage, (term,)))
    assert not supporting_citation("The top number counts the parts of the whole.", found(passage))


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("In short: 340.", False),
        ("In short, sound travels at 340 m/s.", True),
        ("The answer is: sound travels at 340 m/s.", False),  # who asks for light is told something else
    ],
)
def test_a_lead_in_leads_to_something_that_is_said_and_does_not_call_it_the_answer(
    sentence: str, passes: bool
) -> None:
    table = Passage("p-2", "s-1", "Speeds", "Light is faster than sound. Sound travels at about 340 m/s.")
    assert (supporting_citation(sentence, found(table)) is not None) == passes


@pytest.mark.parametrize("sentence", ["", "   ", "It is.", "🙂🙂", "مرحبا بكم في المدرسة"])
def test_empty_and_foreign_sentences_are_not_supported(sentence: str) -> None:
    assert supporting_citation(sentence, found()) is None
