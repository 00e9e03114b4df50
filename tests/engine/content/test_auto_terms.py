"""The terms of a text without a glossary."""

from engine.content.auto_sentences import statements
from engine.content.auto_terms import find_terms, is_plural, place_of
from engine.content.pack import Pack, PackInfo
from engine.types import Passage, Section, Term
from tests.engine.content.lake import lake


def pack_of(text: str, *terms: Term) -> Pack:
    return Pack(
        PackInfo("local.x", "1.0.0", "X"), (Section("s", "X"),), (Passage("p", "s", "X", text),), terms=terms
    )


def names(pack: Pack) -> dict[str, str]:
    return {term.text: term.kind for term in find_terms(pack, list(statements(pack)))}


def test_bold_and_defined_words_are_terms() -> None:
    found = names(lake())
    assert {"evaporation", "condensation", "plankton", "sediment"} <= set(found)
    assert found["condensation"] == "concept"


def test_names_that_come_again_are_terms_and_places_are_told_apart() -> None:
    text = (
        "The young painter Anna Berg lived for many years in Lisbon with her family. "
        "The works of Anna Berg were first shown to the people in Lisbon. "
        "The gallery bought one picture of Carl Ohm for a large sum."
    )
    found = names(pack_of(text))
    assert found.get("Anna Berg") == "name"
    assert found.get("Lisbon") == "place"
    assert "Carl Ohm" not in found


def test_words_that_stand_together_again_and_again_are_a_term() -> None:
    text = " ".join(
        f"The error bound of the {word} estimate is half the width of the interval." for word in "abcde"
    )
    assert "error bound" in names(pack_of(text))


def test_a_glossary_is_taken_as_it_is() -> None:
    term = Term("lake", "A lake is water.", "p", aliases=("loch",))
    told = pack_of("The loch is a large body of fresh water with land around it.", term)
    (found,) = find_terms(told, list(statements(told)))
    assert (found.text, found.forms, found.marked) == ("lake", ("lake", "loch"), True)


def test_plurals_and_places() -> None:
    assert [is_plural(word) for word in ("cells", "villi", "mass", "virus", "analysis", "cell")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert place_of("All cells divide", ("cell", "cells")) == (4, 9)
    assert place_of("The T-cell divides", ("cell",)) is None
