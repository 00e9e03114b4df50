"""What a learner typed, made fit to work with, or refused with a sentence."""

import re
import unicodedata

from engine.errors import QuestionError

MAX_CHARACTERS = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")


def clean_question(text: str) -> str:
    """``text`` in NFC, in one line, without control and text-direction characters.

    Raises:
        QuestionError: nothing to read in it, binary, or longer than 2,000 characters.
    """
    if len(text) > MAX_CHARACTERS * 4:
        raise _too_long(len(text))
    control = len(_CONTROL.findall(text)) + sum(unicodedata.category(character) == "Cs" for character in text)
    if control > 8 and control > len(text) // 50:
        raise QuestionError(
            "That is not text but binary data.", todo="Type the question, or import the file instead."
        )
    cleaned = _CONTROL.sub("", text).encode("utf-8", "ignore").decode()
    cleaned = _SPACE.sub(" ", unicodedata.normalize("NFC", cleaned)).strip()
    if len(cleaned) > MAX_CHARACTERS:
        raise _too_long(len(cleaned))
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError(
            "There is no question in that.", todo="Ask with at least one word, for example: what is a cell?"
        )
    return cleaned


def _too_long(length: int) -> QuestionError:
    return QuestionError(
        f"The question is {length:,} characters long; {MAX_CHARACTERS:,} is the most.",
        todo="Ask about one thing at a time, or import the text as a document and ask about it.",
    )
