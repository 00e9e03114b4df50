"""Prompt states of recent conversations: least recently used out first, within a budget of bytes."""

from collections import OrderedDict

State = tuple[list[int], bytes]


class PromptStates:
    """What a model had evaluated for each of the last conversations.

    Args:
        budget: most bytes to hold; a state larger than that is not kept.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._states: OrderedDict[str, State] = OrderedDict()

    def keep(self, conversation: str, tokens: list[int], data: bytes) -> None:
        """Remember the evaluated ``tokens`` of ``conversation`` and their state."""
        self._states.pop(conversation, None)
        if len(data) > self._budget:
            return
        self._states[conversation] = (tokens, data)
        while sum(len(kept) for _, kept in self._states.values()) > self._budget:
            self._states.popitem(last=False)

    def take(self, conversation: str) -> State | None:
        """Hand out and forget the state of ``conversation``."""
        return self._states.pop(conversation, None)

    def clear(self) -> None:
        """Forget everything."""
        self._states.clear()
