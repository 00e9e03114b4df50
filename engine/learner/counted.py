"""Which questions are in a state, by id: many thousands, of which a program that starts hardly looks at any.

What a snapshot holds stays one text, in which an id is found by halving; only what is added later is a set. Taking the
text apart would be most of the time until the home screen is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_WIDTH = 36
"""Characters of an id (a UUID) in the text; each is followed by a line feed."""
_TAIL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Ids of questions; equal to another if they are the same ids, however they are held.

    Attributes:
        packed: sorted ids of equal length, each with a line feed after it.
        added: other ids, by their last two characters, so that adding one copies few.
    """

    packed: str = ""
    added: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_text(cls, text: str) -> "Counted":
        """What ``to_text`` gave.

        Raises:
            ValueError: the text is something else.
        """
        step = _WIDTH + 1
        count, rest = divmod(len(text), step)
        if not rest and text.count("\n") == count and text[_WIDTH::step] == "\n" * count:
            return cls(text)
        if not text.endswith("\n"):
            raise ValueError("no line feed at the end")
        return cls().with_more(text.split())

    def to_text(self) -> str:
        """All ids in order, each with a line feed after it."""
        if not self.added:
            return self.packed
        ids = self.packed.split()
        ids.extend(question for some in self.added.values() for question in some)
        ids.sort()
        return "".join([f"{question}\n" for question in ids])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and self.to_text() == other.to_text()

    def __hash__(self) -> int:
        return hash(self.to_text())

    def __contains__(self, question: str) -> bool:
        if question in self.added.get(question[-_TAIL:], ()):
            return True
        step = _WIDTH + 1
        low, high = 0, len(self.packed) // step
        while low < high:
            middle = (low + high) // 2
            found = self.packed[middle * step : middle * step + _WIDTH]
            if found == question:
                return True
            if found < question:
                low = middle + 1
            else:
                high = middle
        return False

    def with_more(self, questions: Iterable[str]) -> "Counted":
        """With ``questions``, none of which is in yet; only what changes is copied."""
        new: dict[str, set[str]] = {}
        for question in questions:
            new.setdefault(question[-_TAIL:], set()).add(question)
        grown = {tail: self.added.get(tail, frozenset()) | some for tail, some in new.items()}
        return Counted(self.packed, {**self.added, **grown})


NONE_COUNTED = Counted()
