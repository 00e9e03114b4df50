"""Parent documents: a short passage is given its neighbours, so that it can be understood."""

from engine.rag.pack_index import IndexedPassage, PackIndex
from engine.types import Passage

_SHORT_WORDS = 40


def with_neighbours(index: PackIndex, found: IndexedPassage) -> tuple[Passage, ...]:
    """The passages before and after a short one, as far as they stand in the same section; none for a long one."""
    if len(found.passage.text.split()) >= _SHORT_WORDS:
        return ()
    return tuple(
        neighbour.passage
        for neighbour in index.passages((found.row - 1, found.row + 1))
        if neighbour.passage.section == found.passage.section
    )
