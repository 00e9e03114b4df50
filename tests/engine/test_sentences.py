"""Sentences are verbatim spans, in order, and a stream gives the same ones whatever its pieces."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.sentences import SentenceStream, leans, sentence_spans, split_sentences

# Made to run into the rules: marks, abbreviations, formulas, lists, tables, quotes, other scripts.
_TOKENS = st.sampled_from(
    ["Cells", "the", "leaf", "e.g.", "Dr.", "J.", "3", "12", "3.5", ".", "?", "!", "…", "...", ",", "“", "”", "'",
     "(", ")", "**", "_", "$", "$$", "`", "\\$", "$x$", "$F = m \\cdot a.$", "$5", "|", "| a |", "-", "- ", "* ", "1. ",
     "2) ", "> ", "•", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u2028", "。", "？", "光", "؟", "é",
     "🌱", "\u202e", "\x00", "```", "```py", "\n```\n", "\n~~~\n", "````"]
)  # fmt: skip
_PROSE = st.lists(st.one_of(_TOKENS, st.text(max_size=3)), max_size=40)


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("This is because it is hot.", True),
        ("**They** grow.", True),
        ("Itself it is small.", False),
        ("Cells grow.", False),
        ("", False),
    ],
)
def test_a_sentence_leans_on_the_one_before_where_it_begins_with_a_word_for_it(
    sentence: str, *, does: bool
) -> None:
    assert leans(sentence) is does


def _streamed(pieces: list[str]) -> list[str]:
    stream = SentenceStream()
    given = [sentence for piece in pieces for sentence in stream.feed(piece)]
    return [*given, *stream.finish()]


@given(_PROSE)
@example(["- ", "1. ", "Cells", " Cells"])
@example(["Cells", ".", " ", "$x", ". y", "$", " Cells"])
@example(["$$x$", ".", " Cells", " ", "$$", ".", " Cells"])
@example(["Cells.\n", "1", ". x"])
@example(["Cells", "\n```py", "` x"])
@example(["Cells. ", "Cells ", "```py\nx\n```\n", "Cells."])
@example(["Cells", "\n```\n", "x", "\n```", "x"])
@example(["$$", "\n```\n", "$$ x", "\n```\n", "Cells. ", "Cells."])
def test_a_stream_gives_the_sentences_of_the_whole_text(pieces: list[str]) -> None:
    assert _streamed(pieces) == split_sentences("".join(pieces))


@given(_PROSE)
def test_letter_by_letter_as_well(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert _streamed(list(text)) == split_sentences(text)


@given(_PROSE)
@example(["> ", " ", "Cells"])
def test_spans_are_ordered_apart_and_without_white_space_around_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop <= len(text)
        end = stop
        if stop - start < 1200:
            assert text[start:stop] == text[start:stop].strip()


@given(_PROSE)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    covered = {at for start, stop in sentence_spans(text) for at in range(start, stop)}
    lost = [text[at] for at in range(len(text)) if at not in covered]
    # Numbers of list items are no part of their sentence; everything else that means something is.
    assert not [character for character in lost if character.isalpha()]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\t ", []),
        ("...", []),
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Really?! Yes… Well.", ["Really?!", "Yes…", "Well."]),
        ("He said “Go.” Then he left.", ["He said “Go.”", "Then he left."]),
        ("A cell (the smallest unit.) lives.", ["A cell (the smallest unit.) lives."]),
        ("Use e.g. a leaf, cf. Fig. 3 of Dr. Lee.", ["Use e.g. a leaf, cf. Fig. 3 of Dr. Lee."]),
        ("J. R. Smith agrees. So do I. He does.", ["J. R. Smith agrees.", "So do I.", "He does."]),
        ("It holds vitamin C. Plants make it.", ["It holds vitamin C.", "Plants make it."]),
        ("It took 3.5 s. The speed was 2.0 m/s.", ["It took 3.5 s.", "The speed was 2.0 m/s."]),
        ("It grows. and grows.", ["It grows. and grows."]),
        ("**Cells** divide. **Mitosis** is how.", ["**Cells** divide.", "**Mitosis** is how."]),
        ("- one\n- two. Three.\n1. four\n2) five", ["one", "two.", "Three.", "four", "five"]),
        ("> Quoted. Twice.", ["Quoted.", "Twice."]),
        ("| a | b |\n|---|---|\n| 1. x | 2 |", ["| a | b |", "| 1. x | 2 |"]),
        ("First line\ngoes on. Next.\n\nA heading\n\nText.", ["First line\ngoes on.", "Next.", "A heading", "Text."]),
        ("Here:\n\n$$a. B = c$$\n\nDone.", ["Here:", "$$a. B = c$$", "Done."]),
        ("Let $v. W$ be. Then $x$ grows.", ["Let $v. W$ be.", "Then $x$ grows."]),
        ("Energy stays. $E$ is energy. `x = 1.` sets it.", ["Energy stays.", "$E$ is energy.", "`x = 1.` sets it."]),
        ("It cost $5. The other cost $10. Both broke.", ["It cost $5.", "The other cost $10.", "Both broke."]),
        ("It cost \\$5. Then \\$6. Done.", ["It cost \\$5.", "Then \\$6.", "Done."]),
        ("So:\n```py\na = 1. B\n\nb = 2\n```\nDone. Well.",
         ["So:", "```py\na = 1. B\n\nb = 2\n```", "Done.", "Well."]),
        ("- ~~~\n  a\n\n  ~~~ b\n  ~~~~\n- two", ["~~~\n  a\n\n  ~~~ b\n  ~~~~", "two"]),
        ("````\n```\n\nx\n````\nDone.", ["````\n```\n\nx\n````", "Done."]),
        ("Not closed:\n\n```py\na = 1\n\nb = 2", ["Not closed:", "```py\na = 1", "b = 2"]),
        ("Words ``` and ```\n\nmore ```", ["Words ``` and ```", "more ```"]),
        ("光は速い。音は遅い。", ["光は速い。", "音は遅い。"]),
        ("ما هي الخلية؟ هي وحدة.", ["ما هي الخلية؟", "هي وحدة."]),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_text_without_an_end_is_cut() -> None:
    pieces = split_sentences("word " * 1000)
    assert max(map(len, pieces)) == 1200
    assert "".join(pieces) == ("word " * 1000).strip()


def test_code_is_never_cut() -> None:
    code = "```py\n" + "x = 1\n\n" * 400 + "```"
    assert split_sentences(f"So.\n{code}\n\n{code}\nDone.") == ["So.", code, code, "Done."]
    assert _streamed(list(f"So.\n{code}\nDone.")) == ["So.", code, "Done."]


def test_thousands_of_fences_without_an_end_are_looked_for_once() -> None:
    lines = ["```py"] * 40_000
    assert split_sentences("\n\n".join(lines)) == lines


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    stream = SentenceStream()
    assert list(stream.feed("Cells live. ")) == []
    assert list(stream.feed("The")) == ["Cells live."]
    assert list(stream.feed(" rest")) == []
    assert list(stream.finish()) == ["The rest"]
    assert list(stream.finish()) == []


def test_a_reader_who_stops_in_between_gets_the_rest_later() -> None:
    stream = SentenceStream()
    assert next(iter(stream.feed("One. Two. Three"))) == "One."
    assert list(stream.feed(".")) == ["Two."]
