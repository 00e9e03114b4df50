"""Questions about a document: they come back, only one term fits, the help gives nothing away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers.check import check
from engine.answers.closure import leaks
from engine.answers.verdict import Outcome
from engine.cancel import CancelToken
from engine.content.auto_items import auto_items, comes_back
from engine.content.instance import instantiate
from engine.content.item import Item, Json, Origin, Quote
from engine.content.item_json import read_item
from engine.content.model_answer import model_response
from engine.content.pack import Pack, PackInfo
from engine.content.rules.item_proofs import step_closure
from engine.errors import Cancelled
from engine.types import Passage, Section
from tests.engine.content.lake import by_shared_words, lake


def made(pack: Pack) -> list[Json]:
    return auto_items(
        pack, lambda text, n: by_shared_words(pack, text, n), cancel=CancelToken(), progress=lambda _: None
    )


def items() -> list[Item]:
    return [read_item(it) for it in made(lake())]


def test_a_document_gives_questions_of_several_kinds() -> None:
    found = items()
    assert len(found) >= 4
    assert len({it.steps[0].kind for it in found}) >= 2
    assert {it.origin for it in found} == {Origin.AUTO}
    assert {it.skills[0] for it in found} <= {"s1", "s2", "s3"}


def test_the_same_text_gives_the_same_questions_with_the_same_ids() -> None:
    assert made(lake()) == made(lake())


def test_the_id_goes_by_the_text_and_not_by_its_place() -> None:
    pack = lake()
    moved = Pack(pack.info, pack.sections, tuple(reversed(pack.passages)))
    assert {it["id"] for it in made(moved)} == {it["id"] for it in made(pack)}


def test_every_question_brings_its_passage_back() -> None:
    pack = lake()
    for item in made(pack):
        assert comes_back(item, lambda text, n: by_shared_words(pack, text, n))


def test_a_question_that_would_bring_another_passage_is_not_made() -> None:
    elsewhere = auto_items(lake(), lambda _, __: ["p9"], cancel=CancelToken(), progress=lambda _: None)
    assert elsewhere == []


def test_the_answer_is_right_and_no_hint_gives_it_away() -> None:
    for item in items():
        question = instantiate(item, 0)
        (step,) = question.steps
        assert check(step.answer, model_response(step.answer)).outcome is Outcome.RIGHT
        principle = step.hints.principle
        for text in (step.hints.orient, principle.text if isinstance(principle, Quote) else principle):
            assert text
            assert leaks(text, step_closure((step,)), question.stem) is None, (item.stem, text)


def test_options_are_of_one_number_and_suit_the_article() -> None:
    for item in made(lake()):
        words = item.get("bank") or [it["text"] for it in item.get("options", ())]
        assert len({word.endswith("s") for word in words}) <= 1
        if " a [gap" in item["stem"]:
            assert not any(word[0] in "aeio" for word in words)


def test_a_sentence_that_two_terms_fit_is_not_asked_about() -> None:
    text = (
        "The **heron** is a bird that catches fish in shallow water near the bank. "
        "The **egret** is a bird that catches fish in shallow water near the bank."
    )
    pack = Pack(PackInfo("local.x", "1.0.0", "X"), (Section("s", "B"),), (Passage("p", "s", "B", text),))
    assert made(pack) == []


def test_neither_title_nor_neighbour_is_quoted_where_it_says_the_answer() -> None:
    text = (
        "**Osmosis** is the movement of water through a thin membrane into a stronger solution. "
        "Roots take up water from the soil by osmosis. "
        "A cell that takes up water in this way becomes firm."
    )
    passage = Passage("p", "s", "What osmosis is", text, page=12)
    pack = Pack(PackInfo("local.x", "1.0.0", "X"), (Section("s", "Osmosis"),), (passage,))
    found = [it["hints"] for it in made(pack) if it["type"] != "short"]
    assert [it["L1"] for it in found] == ["Look on page 12 of the document."]
    assert "osmosis" not in str([(it["L1"], it["L2"]) for it in found]).lower()


def test_a_list_does_not_ask_for_one_of_its_parts() -> None:
    assert not any("and [gap" in it["stem"] or "[gap:g1]," in it["stem"] for it in made(lake()))


def test_another_language_gives_none() -> None:
    pack = lake()
    assert made(Pack(PackInfo("local.x", "1.0.0", "X", langs=("de",)), pack.sections, pack.passages)) == []


def test_it_can_be_stopped() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        auto_items(lake(), lambda _, __: [], cancel=cancel, progress=lambda _: None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=160), max_size=4))
def test_any_text_gives_items_that_can_be_posed(texts: list[str]) -> None:
    base = lake()
    more = tuple(Passage(f"x{n}", "s1", text[:20], text) for n, text in enumerate(texts))
    for document in made(Pack(base.info, base.sections, (*base.passages, *more))):
        instantiate(read_item(document), 0)
