"""Which sentences a question can be made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.auto_sentences import Definition, bare, stands_alone, statements
from tests.engine.content.lake import lake

GOOD = "The liver is an organ that cleans the blood of many harmful substances."


def test_a_plain_statement_stands_alone() -> None:
    assert stands_alone(GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "It is an organ that cleans the blood of many harmful substances.",
        "This organ cleans the blood of many harmful substances in the body.",
        "However, the liver is an organ that cleans the blood of the body.",
        "The liver, as the figure shows, is an organ that cleans the blood.",
        "The liver cleans your blood of many harmful substances in the body.",
        "Calculate how much blood the liver of an adult cleans in a day.",
        "What is the organ that cleans the blood of many harmful substances?",
        "The liver cleans blood.",
        "The liver is an organ that cleans the blood of [[many]] harmful substances.",
        "The liver (an organ that cleans the blood of many harmful substances.",
        "Die Leber ist ein Organ, das viele giftige Stoffe aus dem Blut entfernt.",
        "Properties of the Liver The liver is an organ that cleans the blood.",
        " ".join(["The", *["very"] * 40, "large", "liver", "is", "an", "organ."]),
    ],
)
def test_what_leans_on_other_sentences_or_is_no_statement_does_not(text: str) -> None:
    assert not stands_alone(text)


def test_definitions_are_told_apart() -> None:
    found = {one.text: one for one in statements(lake())}
    is_a = found["Evaporation is the change of a liquid into a gas at its surface."]
    called = found["The change of a gas back into a liquid is called condensation."]
    assert (is_a.definition, is_a.defined) == (Definition.IS_A, "Evaporation")
    assert is_a.meaning == "the change of a liquid into a gas at its surface"
    assert (called.definition, called.defined) == (Definition.CALLED, "condensation")


def test_a_statement_is_verbatim_in_its_passage() -> None:
    for one in statements(lake()):
        assert bare(one.verbatim) == one.text
        assert one.verbatim in one.passage.text


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert stands_alone(bare(text)) in (True, False)
