"""The prompt of a conversation only grows at its end, tells a fact once and stays within the window."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tutor.follow_up import Understood
from engine.tutor.prompt import _KEPT_CONVERSATIONS, _ROOM_FOR_REPLY, PromptBuilder, instructions
from engine.types import AnswerMode, ChatMessage
from tests.engine.tutor.small_tutor import PlayedModel

_FACTS = st.lists(
    st.integers(0, 12).map(lambda number: f"Fact {number}. " + f"word{number} " * (number * 3)),
    max_size=6,
    unique=True,
)
_QUESTIONS = st.builds(
    Understood, st.text("abc ", min_size=1, max_size=60), st.sampled_from(AnswerMode), st.booleans()
)
_ANSWERS = st.text("de. ", max_size=80)
_TURNS = st.lists(st.tuples(_FACTS, _QUESTIONS, _ANSWERS), min_size=1, max_size=12)


class Conversation:
    """A prompt builder in use, as ``ModelWording`` uses it."""

    def __init__(self, window: int) -> None:
        self.model = PlayedModel(context_tokens=window)
        self.prompts = PromptBuilder()

    def turn(self, facts: list[str], understood: Understood, answer: str = "Yes.") -> tuple[ChatMessage, ...]:
        messages = self.prompts.build("a", facts, understood, self.model)
        self.prompts.remember("a", messages[-1], facts, answer)
        return messages


def _asks(question: str, mode: AnswerMode = AnswerMode.EXPLAIN) -> Understood:
    return Understood(question, mode)


@settings(max_examples=40)
@given(_TURNS)
def test_each_prompt_begins_with_the_whole_of_the_one_before(
    turns: list[tuple[list[str], Understood, str]],
) -> None:
    conversation = Conversation(100_000)
    before: tuple[ChatMessage, ...] = ()
    for facts, understood, answer in turns:
        messages = conversation.turn(facts, understood, answer)
        assert messages[: len(before)] == before
        before = (*messages, ChatMessage("assistant", answer))
    assert before[0] == ChatMessage("system", instructions())
    assert [message.role for message in before[1:]] == ["user", "assistant"] * len(turns)


@settings(max_examples=40)
@given(_TURNS)
def test_a_fact_is_told_once_and_then_stays_told(turns: list[tuple[list[str], Understood, str]]) -> None:
    conversation = Conversation(100_000)
    for facts, understood, answer in turns:
        messages = conversation.turn(facts, understood, answer)
        told = [
            line for message in messages if message.role == "user" for line in message.content.splitlines()
        ]
        for fact in facts:
            assert told.count(f"- {fact}") == 1


@settings(max_examples=40)
@given(_TURNS, st.integers(330, 800))
def test_the_window_is_never_exceeded_and_what_is_asked_now_is_always_there(
    turns: list[tuple[list[str], Understood, str]], window: int
) -> None:
    conversation = Conversation(window)
    for facts, understood, answer in turns:
        messages = conversation.turn(facts, understood, answer)
        asked = messages[-1]
        assert f"Question: {understood.question}" in asked.content
        used = sum(conversation.model.count_tokens(message.content) + 8 for message in messages)
        alone = not asked.content.startswith("Facts:") and len(messages) == 2
        assert used <= window - _ROOM_FOR_REPLY or alone
        # Every fact that fits is still in the prompt, the best ones first.
        text = "\n".join(message.content for message in messages)
        held = [fact in text for fact in facts]
        assert held == sorted(held, reverse=True)


def test_an_overflow_drops_the_oldest_turns_and_leaves_room_for_many_to_come() -> None:
    conversation = Conversation(1200)
    grown = []
    for number in range(40):
        messages = conversation.turn([f"fact {number} " + "word " * 20], _asks(f"What is {number}?"))
        grown.append(len(messages))
        assert f"What is {number}?" in messages[-1].content
    drops = [at for at in range(1, len(grown)) if grown[at] < grown[at - 1]]
    assert drops
    assert all(later - earlier > 5 for earlier, later in pairwise(drops))


def test_a_fact_whose_turn_was_dropped_is_told_again() -> None:
    conversation = Conversation(700)
    conversation.turn(["The first fact."], _asks("What is first?"))
    while any(
        "What is first?" in message.content for message in conversation.turn(["word " * 60], _asks("And?"))
    ):
        pass
    assert "- The first fact." in conversation.turn(["The first fact."], _asks("What was first?"))[-1].content


def test_wishes_are_said_in_words() -> None:
    conversation = Conversation(4000)
    plain = conversation.turn([], _asks("What is a cell?"))[-1].content
    simpler = conversation.turn([], _asks("What is a cell?", AnswerMode.SIMPLER))[-1].content
    assert plain == "Question: What is a cell?"
    assert simpler == "Question: What is a cell? Use very simple words."


def test_an_earlier_run_of_the_program_is_taken_over_once() -> None:
    conversation = Conversation(4000)
    conversation.prompts.restore("a", [("What is a cell?", "A cell is alive.")])
    conversation.prompts.restore("a", [("Something else?", "No.")])
    messages = conversation.turn([], _asks("Why?"))
    assert [message.content for message in messages[1:]] == [
        "Question: What is a cell?",
        "A cell is alive.",
        "Question: Why?",
    ]


def test_conversations_do_not_mix_and_only_the_latest_are_kept() -> None:
    prompts, model = PromptBuilder(), PlayedModel()
    for number in range(_KEPT_CONVERSATIONS + 1):
        messages = prompts.build(str(number), ["A fact."], _asks(f"What is {number}?"), model)
        assert len(messages) == 2
        prompts.remember(str(number), messages[-1], ["A fact."], "Yes.")
    assert len(prompts.build("0", [], _asks("Why?"), model)) == 2
    assert len(prompts.build(str(_KEPT_CONVERSATIONS), [], _asks("Why?"), model)) == 4


@pytest.mark.models
def test_the_count_is_not_below_what_the_real_template_makes_of_it(llm_path: Path) -> None:
    from engine.llm.llama_cpp_llm import LlamaCppModel

    model = LlamaCppModel(llm_path, "small", context_tokens=512, threads=1)
    prompts = PromptBuilder()
    for number in range(3):
        facts = [f"Leaves look green because of chlorophyll, {number}.", "🌱 ∫ x² = ⅓"]
        messages = prompts.build("a", facts, _asks("Why?"), model)
        estimate = prompts._tokens(prompts._transcript("a"), messages[-1], model)
        assert len(model._prompt_tokens(messages)) <= estimate
        prompts.remember("a", messages[-1], facts, "Because.")
    model.close()
