"""Practice items: read, filled in, and proven by the linter, which notices every mistake with its place and reason."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.check import check
from engine.answers.verdict import Outcome
from engine.content.instance import distinct_seeds, instantiate, share_that_fits
from engine.content.item_bank import filled_picture
from engine.content.item_json import read_item
from engine.content.lint import lint_folder
from engine.content.model_answer import model_response
from engine.errors import PackError
from tests.engine.content.item_files import ITEM, MISCONCEPTIONS, item, write_items

DRAWN = [(36, 18), (58, 11), (50, 12), (37, 14)]
_OPTIONS = [{"id": "green", "text": "Green"}, {"id": "red", "text": "Red"}, {"id": "blue", "text": "Blue"}]


def problems(folder: Path, *items: dict[str, Any], misconceptions: object = MISCONCEPTIONS) -> set[str]:
    found = lint_folder(write_items(folder, *items, misconceptions=misconceptions))
    assert all(finding.message and finding.todo and finding.file for finding in found)
    return {finding.rule for finding in found} - {"style.coverage"}


def test_a_sound_item_has_no_findings(tmp_path: Path) -> None:
    assert problems(tmp_path, ITEM) == set()


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("item.skill", {"skills": ["leaf.roots"]}),
        ("item.passage", {"passages": ["p-root-09"]}),
        ("item.picture", {"picture": {"file": "media/none.svg", "alt": "Nothing."}}),
        (
            "item.quote",
            {"hints": {**ITEM["hints"], "L2": {"quote": "Leaves are red.", "passage": "p-leaf-01"}}},
        ),
        ("item.misconception", {"mistakes": [{"misconception": "m.none", "answer": {"value": "1"}}]}),
        ("item.variables", {"constraints": ["a < 0"]}),
        ("item.variables", {"constraints": ["a < "]}),
        ("style.rare", {"constraints": ["a == 30", "b < 17"]}),
        ("item.variables", {"vars": {"a": {"int": [5, 3]}, "b": {"int": [1, 2]}}}),
        ("item.expression", {"answer": {"value": "a + + c"}}),
        ("item.expression", {"solution": ["[[a / (b - b)]]"]}),
        ("item.mistake", {"mistakes": [{"misconception": "m.minus", "answer": {"value": "b + a"}}]}),
        ("item.test", {"tests": [{"say": "[[a-b]]", "is": "right"}]}),
        ("item.answer", {"answer": {"value": "a/b", "form": "integer"}, "mistakes": None, "tests": None}),
        ("item.leak", {"hints": {**ITEM["hints"], "L1": "It is [[a+b]]."}}),
        ("item.leak", {"hints": {**ITEM["hints"], "L1": "What is $[[a]] + [[b]]$ leaves, all in all?"}}),
        ("item.leak", {"hints": {**ITEM["hints"], "L4": "So there are [[a+b]] of them."}}),
        ("style.hints", {"hints": {"L1": "Look at all leaves."}}),
        ("style.tests", {"tests": None}),
        ("json.schema", {"type": "riddle"}),
        ("json.schema", {"answer": {"valu": "1"}}),
        ("json.schema", {"stem": ""}),
        ("json.schema", {"hint": "none"}),
    ],
)
def test_every_mistake_is_noticed(tmp_path: Path, rule: str, changes: dict[str, object]) -> None:
    assert rule in problems(tmp_path, item(**changes))


def test_two_items_with_one_id_are_noticed(tmp_path: Path) -> None:
    assert "item.id" in problems(tmp_path, ITEM, ITEM)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("misconception.skill", {"skill": "leaf.roots"}),
        ("misconception.passage", {"passage": "p-root-09"}),
        ("misconception.response", {"response": "That is wrong."}),
        ("misconception.response", {"response": "Why? And how?"}),
    ],
)
def test_mistakes_in_misconceptions_are_noticed(
    tmp_path: Path, rule: str, changes: dict[str, object]
) -> None:
    changed = {"misconceptions": [{**MISCONCEPTIONS["misconceptions"][0], **changes}]}
    assert rule in problems(tmp_path, ITEM, misconceptions=changed)


def test_options_that_read_alike_are_noticed(tmp_path: Path) -> None:
    options = [*_OPTIONS[:2], {"id": "again", "text": " green "}]
    choice = item(type="choice", options=options, answer="red", mistakes=None, tests=None)
    assert "item.option" in problems(tmp_path, choice)


def test_a_finding_names_the_line(tmp_path: Path) -> None:
    found = lint_folder(write_items(tmp_path, item(id="first"), item(id="second", skills=["leaf.roots"])))
    (finding,) = [one for one in found if one.rule == "item.skill"]
    text = (tmp_path / finding.file).read_text(encoding="utf-8").splitlines()
    assert '"second"' in text[finding.line - 1]


@given(st.integers(0, 10_000))
def test_a_seed_gives_the_same_question_each_time_and_its_own_answer_is_right(seed: int) -> None:
    sound = read_item(ITEM)
    question = instantiate(sound, seed)
    assert question == instantiate(sound, seed)
    (step,) = question.steps
    assert check(step.answer, model_response(step.answer), step.mistakes).outcome is Outcome.RIGHT
    assert str(question.values["a"]) in question.stem


def test_the_questions_of_some_seeds_are_those_that_they_always_were() -> None:
    """Stored questions are item and seed: another draw would change what a learner was asked."""
    drawn = [tuple(map(int, instantiate(read_item(ITEM), seed).values.values())) for seed in range(4)]
    assert drawn == DRAWN


def test_options_are_shuffled_by_the_seed_and_not_where_their_order_means_something() -> None:
    choice = read_item(item(type="choice", options=_OPTIONS, answer="red", mistakes=None, tests=None))
    orders = {tuple(one.id for one in instantiate(choice, seed).steps[0].options) for seed in range(20)}
    assert len(orders) > 2
    fixed = read_item(
        item(type="choice", options=_OPTIONS, answer="red", fixed_order=True, mistakes=None, tests=None)
    )
    assert [one.id for one in instantiate(fixed, 7).steps[0].options] == ["green", "red", "blue"]


def test_what_is_to_be_put_in_order_never_stands_in_it_already() -> None:
    """Three lines would, one time in six."""
    right = ["red", "green", "blue"]
    order = read_item(item(type="order", options=_OPTIONS, answer=right, mistakes=None, tests=None))
    shown = {tuple(one.id for one in instantiate(order, seed).steps[0].options) for seed in range(40)}
    assert tuple(right) not in shown
    assert len(shown) > 2


def test_distinct_seeds_give_distinct_values() -> None:
    sound = read_item(ITEM)
    seeds = distinct_seeds(sound, 20)
    assert len({tuple(instantiate(sound, seed).values.values()) for seed in seeds}) == len(seeds) == 20
    assert distinct_seeds(
        read_item(item(vars=None, stem="One?", answer={"value": "1"}, solution=["1"])), 20
    ) == [0]


def test_the_share_of_draws_that_fit_is_that_of_the_values_that_do() -> None:
    assert share_that_fits(read_item(ITEM)) == 1
    assert share_that_fits(read_item(item(constraints=["a >= 40"]))) == pytest.approx(21 / 31, abs=0.05)
    assert share_that_fits(read_item(item(constraints=["a < 0"]))) == 0


def test_a_wrong_option_that_is_chosen_with_others_names_its_misconception() -> None:
    options = [*_OPTIONS[:2], {**_OPTIONS[2], "misconception": "m.minus"}]
    several = item(type="multiple", options=options, answer=["green", "red"], mistakes=None, tests=None)
    (step,) = instantiate(read_item(several), 0).steps
    assert check(step.answer, ("green", "blue"), step.mistakes).misconception == "m.minus"
    assert not check(step.answer, ("green",), step.mistakes).misconception


def test_a_misconception_on_a_right_option_names_nothing() -> None:
    options = [{**_OPTIONS[0], "misconception": "m.minus"}, *_OPTIONS[1:]]
    several = item(type="multiple", options=options, answer=["green", "red"], mistakes=None, tests=None)
    (step,) = instantiate(read_item(several), 0).steps
    assert not check(step.answer, ("green", "blue"), step.mistakes).misconception


def test_the_equation_of_a_story_may_be_asked_for() -> None:
    story = item(
        type="equation", answer={"equation": "a*x = 7*a", "as": "written"}, mistakes=None, tests=None
    )
    (step,) = instantiate(read_item(story), 0).steps
    assert check(step.answer, "x = 7").outcome is Outcome.NOT_YET
    assert check(step.answer, "2x = 14").outcome is Outcome.RIGHT


def test_impossible_constraints_are_a_sentence() -> None:
    with pytest.raises(PackError, match="constraints"):
        instantiate(read_item(item(constraints=["a < 0"])), 1)


def test_a_picture_is_filled_in_with_text_made_safe() -> None:
    who = item(vars={"who": {"text": ["<Ana & Ben>"]}, "a": {"int": [3, 3]}, "b": {"int": [4, 4]}})
    question = instantiate(read_item(who), 0)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><text x="[[10*a]]">[[who]]</text></svg>'
    assert filled_picture(svg, question) == (
        b'<svg xmlns="http://www.w3.org/2000/svg"><text x="30">&lt;Ana &amp; Ben&gt;</text></svg>'
    )


def test_a_unit_behind_the_field_may_be_typed_as_well() -> None:
    (step,) = instantiate(read_item(item(after="leaves")), 0).steps
    assert step.given("44 leaves") == "44 "
    assert step.given("44") == "44"
    assert step.given(("a", "b")) == ("a", "b")


def test_the_word_for_what_is_counted_may_be_typed_as_well() -> None:
    gaps = {"gaps": {"g1": {"type": "number", "value": "64"}, "g2": {"type": "number", "value": "3"}}}
    text = "A cell has [gap:g1] chromosomes. Count the legs: [gap:g2]."
    (step,) = instantiate(
        read_item(item(stem=text, type="cloze", answer=gaps, mistakes=None, tests=None)), 0
    ).steps
    assert check(step.answer, step.given({"g1": "64 chromosomes", "g2": "3"})).outcome is Outcome.RIGHT
    assert check(step.answer, step.given({"g1": "64 cells", "g2": "3"})).outcome is Outcome.UNREADABLE
    assert check(step.answer, step.given({"g1": "64", "g2": "3 legs"})).outcome is Outcome.UNREADABLE
    (step,) = instantiate(
        read_item(item(stem="How many legs does it have?", mistakes=None, tests=None)), 0
    ).steps
    assert step.given("44 legs") == "44"
    assert step.given("44 hands") == "44 hands"
