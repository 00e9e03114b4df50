"""The answer as it grows."""

from hypothesis import given
from hypothesis import strategies as st

from engine.tutor.draft import Draft
from engine.types import AnswerPart, Citation

_GREEN = Citation("p", "p-green", "Green", "Leaves look green.")
_LIGHT = Citation("p", "p-light", "Light", "Light is fast.")


def test_each_source_is_counted_once_and_sentences_refer_to_it_by_number() -> None:
    draft = Draft()
    draft.add("Leaves look green.", _GREEN)
    draft.add("Light is fast.", _LIGHT)
    draft.add("Green they look.", _GREEN)
    delta = draft.add("Yes.")
    assert draft.citations == [_GREEN, _LIGHT]
    assert [part.citation for part in draft.parts] == [1, 2, 1, 0]
    assert (delta.text, delta.citation, delta.part) == ("Yes.", None, AnswerPart("Yes.", 0))


def test_sentences_make_a_paragraph_and_blocks_stand_alone() -> None:
    draft = Draft()
    for text in ("One.", "Two.", "1. a\n2. b", "Three."):
        draft.add(text)
    assert draft.text == "One. Two.\n\n1. a\n2. b\n\nThree."
    assert draft.words == 7


def test_lines_that_were_only_full_are_joined_and_the_quote_stays_as_it_is() -> None:
    draft = Draft()
    wrapped = Citation("p", "p-1", "Leaf", "It takes in\nred light.")
    delta = draft.add(wrapped.quote, wrapped)
    assert delta.text == "It takes in red light."
    assert draft.citations == [wrapped]
    kept = "Steps:\n\n1. One\n2) Two\n- Three\n| a |\n> q\n$$x$$"
    assert draft.add(kept).text == kept


def test_code_keeps_its_lines_and_is_closed_where_a_blank_line_cut_it() -> None:
    draft = Draft()
    whole = "```python\ndef count():\n    pass\ncount()\n```"
    assert draft.add(whole).text == whole
    assert draft.add("```python\ndef count():\n    pass").text == "```python\ndef count():\n    pass\n```"
    assert draft.add("count()\n```").text == "```\ncount()\n```"
    assert draft.add("The body runs.").text == "The body runs."
    assert draft.text.endswith("```\n\nThe body runs.")


def test_it_knows_what_it_says_already() -> None:
    draft = Draft()
    draft.add("Leaves look green because they hold **chlorophyll**.")
    assert draft.says("Leaves look green, because they hold chlorophyll!")
    assert draft.says("They hold chlorophyll.")
    assert draft.says("")
    assert not draft.says("Chlorophyll takes in red light.")


@given(st.lists(st.text(max_size=20).filter(lambda text: text and text == text.strip()), max_size=6))
def test_the_text_holds_every_part_in_order(texts: list[str]) -> None:
    draft = Draft()
    for text in texts:
        draft.add(text)
    at = 0
    for part in draft.parts:
        at = draft.text.index(part.text, at) + len(part.text)
    assert at == len(draft.text)
