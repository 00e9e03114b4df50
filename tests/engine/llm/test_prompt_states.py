"""The states of the latest conversations are kept, within a budget."""

from engine.llm.prompt_states import PromptStates


def test_a_state_is_handed_out_once() -> None:
    states = PromptStates(100)
    states.keep("a", [1, 2], b"state")
    assert states.take("a") == ([1, 2], b"state")
    assert states.take("a") is None


def test_the_oldest_goes_first_when_the_budget_is_spent() -> None:
    states = PromptStates(10)
    for name in "abc":
        states.keep(name, [1], bytes(4))
    assert [name for name in "abc" if states.take(name)] == ["b", "c"]


def test_keeping_again_makes_a_state_the_latest_and_counts_once() -> None:
    states = PromptStates(10)
    states.keep("a", [1], bytes(4))
    states.keep("b", [1], bytes(4))
    states.keep("a", [1, 2], bytes(5))
    states.keep("c", [1], bytes(4))
    assert states.take("b") is None
    assert states.take("a") == ([1, 2], bytes(5))


def test_a_state_larger_than_the_budget_is_not_kept_and_drives_nobody_out() -> None:
    states = PromptStates(10)
    states.keep("a", [1], bytes(4))
    states.keep("b", [1], bytes(11))
    assert states.take("b") is None
    assert states.take("a") == ([1], bytes(4))


def test_a_state_that_grew_too_large_is_not_given_back_in_its_old_form() -> None:
    states = PromptStates(10)
    states.keep("a", [1], bytes(4))
    states.keep("a", [1, 2], bytes(11))
    assert states.take("a") is None


def test_cleared_states_are_gone() -> None:
    states = PromptStates(10)
    states.keep("a", [1], bytes(4))
    states.clear()
    assert states.take("a") is None
