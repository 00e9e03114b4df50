"""What a model costs, speaks and does, in words: for its card and for the page around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor_app.i18n import dotted, tr, tr_engine, trn
from tutor_app.widgets.amounts import size_text

if TYPE_CHECKING:
    from tutor_app.services.model_facts import ModelFact
    from tutor_app.workers.messages import Failure

_READING_WORDS_S = 3  # as in engine.models.advise, so that what is recommended is not called slow
_NAMED = 3
_MANY = "mul"
_SUM_START = 16


def cost_text(model: ModelFact) -> str:
    """What it takes of the disk and of the memory, its languages and its licence."""
    parts = []
    if model.bytes:
        parts.append(tr("{size} on the disk", size=size_text(model.bytes)))
    if model.memory_mb:
        parts.append(tr("{size} of memory", size=size_text(model.memory_mb * 1_000_000)))
    parts += [languages_text(model.languages), model.licence]
    return dotted(*parts)


def languages_text(codes: tuple[str, ...]) -> str:
    """The first few languages, and how many more there are."""
    if _MANY in codes:
        return tr("many languages")
    known = language_names()
    names = ", ".join(known.get(code, code) for code in codes[:_NAMED])
    more = len(codes) - _NAMED
    return trn("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names


def advice_text(model: ModelFact) -> str:
    """What to expect of it on this computer."""
    if not model.fits:
        return tr("Too large for this computer's memory.")
    if model.words_s is None:
        return ""
    words = round(model.words_s)
    if words < 1:
        speed = tr("Less than a word a second on this computer.")
    else:
        speed = trn(
            "About {n} word a second on this computer.", "About {n} words a second on this computer.", words
        )
    if model.words_s < _READING_WORDS_S:
        return tr("{speed} Slower than one reads.", speed=speed)
    return speed


def doubt_text(model: ModelFact) -> str:
    """That nobody has compared its file with the publisher's, and how one can; empty for a verified model."""
    if model.verified or not model.state.installed:
        return ""
    if not model.sha256:
        return tr("Unverified: nobody has compared this file with the publisher's.")
    start = model.sha256[:_SUM_START]
    return tr("Unverified: its sum begins with {sum}. Compare it with the publisher's page.", sum=start)


def failure_text(failure: Failure) -> str:
    """Why a try did not work, and what to do about it."""
    return f"{tr_engine(failure.what)} {tr_engine(failure.todo)}".strip()


def language_names() -> dict[str, str]:
    """The languages that the models of the manifest speak."""
    return {
        "ar": tr("Arabic"),
        "cs": tr("Czech"),
        "de": tr("German"),
        "en": tr("English"),
        "es": tr("Spanish"),
        "fr": tr("French"),
        "it": tr("Italian"),
        "ja": tr("Japanese"),
        "ko": tr("Korean"),
        "nl": tr("Dutch"),
        "pt": tr("Portuguese"),
        "ru": tr("Russian"),
        "th": tr("Thai"),
        "vi": tr("Vietnamese"),
        "zh": tr("Chinese"),
    }
