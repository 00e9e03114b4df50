"""The ids of counted questions are the same set, whether they stand in one text or were added one by one."""

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.learner.counted import Counted

UUIDS = st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))
IDS = st.lists(st.one_of(UUIDS, st.text("abc-", min_size=1, max_size=6)), unique=True, max_size=30)


@example(ids=["a", "aaaaaa", "aaaaa-", "aaaaab", "aaaa-a", "aaa-aa"], later=[], other=str(UUID(int=0)))
@given(ids=IDS, later=IDS, other=UUIDS)
def test_what_is_in_it_is_found(ids: list[str], later: list[str], other: str) -> None:
    stored = Counted.from_text(Counted().with_more(ids).to_text())
    counted = stored.with_more(it for it in later if it not in stored)
    assert all(it in counted for it in (*ids, *later))
    assert (other in counted) == (other in {*ids, *later})
    assert counted == Counted().with_more({*ids, *later})
    assert counted.to_text().split() == sorted({*ids, *later})


@pytest.mark.parametrize("text", ["x", "a" * 37, "\n" * 36 + "a"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line feed"):
        Counted.from_text(text)
