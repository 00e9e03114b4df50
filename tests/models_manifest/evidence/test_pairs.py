from hypothesis import given
from hypothesis import strategies as st

from tests.models_manifest.evidence.samples import RECIPE, TOKENIZER, pairs, sentence

TEXTS = st.lists(st.sampled_from(["light", "leaf", "cell", "why", "?"]), max_size=40).map(" ".join)
SEPARATOR, FIRST = TOKENIZER.separator, TOKENIZER.first


def test_title_stands_before_the_sentence_and_the_sentence_before_it_comes_last() -> None:
    made = pairs()("why green", sentence("leaf is green", previous="light is water"))
    assert made == (
        FIRST, *TOKENIZER.words("why green"), SEPARATOR, *TOKENIZER.words("leaf leaf is green"), SEPARATOR,
        *TOKENIZER.words("light is water"), SEPARATOR,
    )  # fmt: skip


def test_of_the_previous_sentence_the_end_is_kept() -> None:
    made = pairs()("why", sentence("cell", previous="light " * 20 + "water"))
    assert len(made) == RECIPE.tokens
    assert made[-2] == TOKENIZER.words("water")[0]


@given(TEXTS, TEXTS, TEXTS)
def test_no_pair_is_too_long_whatever_is_asked(question: str, text: str, previous: str) -> None:
    made = pairs()(question, sentence(text, previous=previous))
    assert len(made) <= RECIPE.tokens
    assert made[0] == FIRST
    assert made[-1] == SEPARATOR
    assert made.count(SEPARATOR) in (2, 3)
