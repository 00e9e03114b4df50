"""A reply ends before its first stop string, wherever the pieces were cut."""

from hypothesis import given
from hypothesis import strategies as st

from engine.llm.reply_stream import stop_at

_TEXT = st.text(alphabet="ab\n", max_size=30)


@given(st.lists(_TEXT, max_size=8), st.lists(st.text(alphabet="ab\n", min_size=1, max_size=4), max_size=3))
def test_what_is_left_is_the_text_before_the_first_stop(pieces: list[str], stops: list[str]) -> None:
    text = "".join(pieces)
    ends = [at for at in map(text.find, stops) if at >= 0]
    assert "".join(stop_at(tuple(stops), pieces)) == text[: min(ends, default=len(text))]


def test_pieces_come_as_soon_as_no_stop_can_begin_in_them() -> None:
    pieces = iter(["A leaf is", " green.", "\nQues", "tion: what", " else"])
    reply = stop_at(("\nQuestion:",), pieces)
    assert next(reply) == "A leaf "
    assert "".join(reply).endswith("green.")
    assert list(pieces) == [" else"]
