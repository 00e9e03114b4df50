"""Which kind of item a free answer of another format becomes, and the documents of choices.

A number stays a number, a word or a phrase is compared as text, a sentence by the words that it holds.
"""

import re
from collections.abc import Sequence

from engine.content.importers.formula_answers import formula_step, is_formula
from engine.content.importers.imported_items import UnusableItemError, option_ids, options_of
from engine.content.importers.item_text import NUMBER, as_answer
from engine.content.item import Json

_REMARK = re.compile(r"\s+\([^()]*\)\s*$")  # "mitochondrion (of a cell)" is right without its remark
_LONGEST_PHRASE = 6  # words
_LONGEST_PHRASE_CHARACTERS = 60
_LONGEST_PHRASING = 1500


def typed_step(accepted: Sequence[str]) -> Json:
    """The step for an answer that is typed; the first of ``accepted`` is the one that is shown.

    Raises:
        UnusableItemError: there is none.
    """
    answers = list(dict.fromkeys(text for one in accepted if (text := as_answer(one).strip())))
    if not answers:
        raise UnusableItemError("It has no answer that can be typed.")
    first = answers[0]
    if len(answers) == 1 and NUMBER.fullmatch(first):
        return {"type": "number", "answer": {"value": _value(first)}}
    if len(answers) == 1 and is_formula(first) and (step := formula_step(first)) is not None:
        return step
    if len(first.split()) <= _LONGEST_PHRASE and len(first) <= _LONGEST_PHRASE_CHARACTERS:
        bare = (_REMARK.sub("", one).strip() for one in answers)
        return {"type": "text", "answer": {"accept": list(dict.fromkeys([*answers, *filter(None, bare)]))}}
    return short_step(answers)


def short_step(phrasings: Sequence[str]) -> Json:
    """The step for an answer in own words, all ``phrasings`` saying the same."""
    wanted = [_beginning(text) for text in phrasings]
    return {"type": "short", "answer": {"expectations": [{"id": "e1", "phrasings": wanted}]}}


def number_step(value: str, *, tolerance: float = 0.0) -> Json:
    """The step for a number, right within ``tolerance``."""
    answer: dict[str, Json] = {"value": _value(value)}
    if tolerance > 0:
        answer["abs"] = tolerance
    return {"type": "number", "answer": answer}


def choice_step(options: Sequence[str], right: Sequence[int]) -> Json:
    """The step for one right option, or for several.

    Args:
        options: their texts, each different.
        right: places of the right ones, at least one.
    """
    ids = option_ids(options)
    chosen = [ids[place] for place in right]
    if len(chosen) == 1:
        return {"type": "choice", "options": options_of(options), "answer": chosen[0]}
    return {"type": "multiple", "options": options_of(options), "answer": chosen}


def multiple_step(options: Sequence[str], right: Sequence[int]) -> Json:
    """As ``choice_step``, for a question that lets several be chosen even if one is right."""
    return {
        **choice_step(options, right),
        "type": "multiple",
        "answer": [option_ids(options)[at] for at in right],
    }


def true_false_step(*, right: bool) -> Json:
    """The step for a statement that is true or false."""
    options = [{"id": "true", "text": "True"}, {"id": "false", "text": "False"}]
    return {"type": "choice", "options": options, "answer": "true" if right else "false", "fixed_order": True}


def match_step(pairs: Sequence[tuple[str, str]], extra: Sequence[str] = ()) -> Json:
    """The step for what belongs together; ``extra`` are right-hand sides that belong to nothing."""
    left = list(dict.fromkeys(one for one, _ in pairs))
    right = list(dict.fromkeys([*(other for _, other in pairs), *extra]))
    lefts, rights = (dict(zip(texts, option_ids(texts), strict=True)) for texts in (left, right))
    return {
        "type": "match",
        "left": options_of(left),
        "right": options_of(right),
        "answer": {lefts[one]: rights[other] for one, other in pairs},
    }


def order_step(texts: Sequence[str]) -> Json:
    """The step for ``texts`` to be put into this order."""
    return {"type": "order", "options": options_of(texts), "answer": option_ids(texts)}


def gap_answer(accepted: Sequence[str], *, case: bool = False) -> Json:
    """What goes into one gap of a cloze.

    Raises:
        UnusableItemError: nothing does.
    """
    answers = list(dict.fromkeys(text for one in accepted if (text := as_answer(one).strip())))
    if not answers:
        raise UnusableItemError("Nothing goes into one of its gaps.")
    if len(answers) == 1 and NUMBER.fullmatch(answers[0]):
        return {"type": "number", "value": _value(answers[0])}
    return {"type": "text", "accept": answers, **({"case": True} if case else {})}


def _value(number: str) -> str:
    return number.replace("−", "-").lstrip("+")


def _beginning(text: str) -> str:
    """As much of a long answer as a learner can be expected to write: whole sentences from its start."""
    if len(text) <= _LONGEST_PHRASING:
        return text
    cut = text[:_LONGEST_PHRASING]
    return cut[: cut.rfind(". ") + 1] or cut
