"""Verdicts on words and on answers in one's own: what a learner would write, and what a teacher would say to it."""

import pytest

from engine.answers.answer import (
    TextAnswer,
)
from tests.engine.answers.verdicts import LIGHT, NO_LIGHT, verdict

T = TextAnswer(("mitochondrion", "mitochondria"))


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (T, "Mitochondria", "right"),
        (T, "the mitochondrion.", "right"),
        (T, "It is the mitochondria", "right"),
        (T, "by mitochondria", "right"),
        (T, "mitochondrions", "right"),
        (T, "mitocondria", "spelling"),
        (T, "mito chondria", "spelling"),
        (T, "nucleus", "wrong"),
        (T, "not mitochondria", "wrong"),
        (T, "  ", "unreadable"),
        (TextAnswer(("cell",)), "bell", "wrong"),
        (TextAnswer(("cell",)), "cells", "right"),
        (TextAnswer(("café",)), "cafe", "right"),
        (TextAnswer(("café",), accents=True), "cafe", "spelling"),
        (TextAnswer(("NaCl",), case=True), "nacl", "spelling"),
        (TextAnswer(("1914",)), "1915", "wrong"),
        (TextAnswer(("carbon 14",)), "carbon 15", "wrong"),
        (TextAnswer(("carbon-14",)), "carbon 14", "right"),
        (TextAnswer(("pressure increases",)), "pressure decreases", "wrong"),
        (TextAnswer(("chloroplast",)), "ＣＨＬＯＲＯＰＬＡＳＴ\u200b", "right"),
        (TextAnswer(("gas",)), "gases", "right"),
        (TextAnswer(("s",)), "ss", "wrong"),
        (TextAnswer(("<",)), "<", "right"),
        (TextAnswer(("<",)), ">", "wrong"),
    ],
)  # fmt: skip
def test_words(answer: TextAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plants need light and take in carbon dioxide from the air.", "right"),
        ("the plants use the light's energy, and they are taking in carbon dioxide", "right"),
        ("They need light to make food.", "partly incomplete"),
        ("They do not need light to make food.", "m.no-light"),
        ("A plant doesn't need light.", "m.no-light"),
        ("A plant wouldnt need light.", "m.no-light"),
        ("I like football.", "incomplete"),
        ("light", "incomplete"),
        ("", "unreadable"),
    ],
)
def test_answers_in_own_words_are_covered_or_not_yet(text: str, expected: str) -> None:
    assert verdict(LIGHT, text, NO_LIGHT) == expected


def test_a_negated_idea_is_not_covered() -> None:
    assert verdict(LIGHT, "They do not need light to make food.") == "incomplete"
