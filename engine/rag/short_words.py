"""Letters that stand for words, written out: "why r plants green", "do u", "b4".

Learners write them, and no model was trained on them. Pure. A letter is left alone where it may be a symbol ("what is
u in v = u + at", "if u = 5"); slips of spelling are the business of ``spelling``.
"""

import re

_RULES = (
    (re.compile(r"\b(why|how|what|where|when|who) r\b(?!\s*[=<>+*/^-])", re.IGNORECASE), r"\1 are"),
    (
        re.compile(
            r"\b(do|does|did|can|cant|could|if|when|how|why|should|will|would|are|r) u\b"
            r"(?!\s*[=<>+*/^-])(?! (?:is|equals|times|plus|minus)\b)",
            re.IGNORECASE,
        ),
        r"\1 you",
    ),
    (re.compile(r"\bur\b", re.IGNORECASE), "your"),
    (re.compile(r"\bb4\b(?!\s*[=<>+*/^-])", re.IGNORECASE), "before"),
    (re.compile(r"\b(?:b?cuz|b?coz)\b", re.IGNORECASE), "because"),
    (re.compile(r"\bdiff between\b", re.IGNORECASE), "difference between"),
)


def written_out(question: str) -> str:
    """``question`` with its short words written out."""
    for pattern, words in _RULES:
        question = pattern.sub(words, question)
    return question
