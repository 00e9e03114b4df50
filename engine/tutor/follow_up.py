"""Follow-ups made whole: "why?" and "give an example of that" mean nothing without the turn before.

Rules over words, no model: the result is shown to the learner as the question that was understood.
"""

import re
from dataclasses import dataclass

from engine.types import AnswerMode

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CONTRACTED = re.compile(r"(?:n['’]t|['’][^\W_]+)$")  # don't, it's, Newton's
_POINTING = frozenset(
    {"it", "its", "that", "this", "they", "them", "these", "those", "he", "she", "him", "her", "his", "their"}
    | {"there", "one", "ones"}
)
_EMPTY = frozenset(
    """a an the and or but so of to in on at for from with about as by is are was were be been do does did can could
    would should will shall may might must have has had i you we me my your our us what which who whom whose when
    where why how come mean means meaning more else again please ok okay yes no not then tell explain say give show
    example examples another sample instance thing things really understand get know just also too even well hm hmm
    simpler simple easier easy words word other way quiz test ask question questions on some any matter matters
    happen happens work works called reason because too hard difficult ca wo""".split()
)
_MODES = (
    (AnswerMode.QUIZ, re.compile(r"\b(quiz me|test me|ask me|quiz)\b", re.IGNORECASE)),
    (
        AnswerMode.EXAMPLE,
        re.compile(
            r"^\W*examples?\b|\b(?:for example\?|(?:an?|another|one more|some|show|give)\b.{0,20}\bexamples?\b)",
            re.IGNORECASE,
        ),
    ),
    (
        AnswerMode.SIMPLER,
        re.compile(
            r"\b(simpler|easier|more simply|(too|so) (hard|difficult)|do(n['’]?t| not) (get|understand)|in other words"
            r"|explain (that |it |this )?again|eli5|like i['’]?m (five|5|ten|10))\b",
            re.IGNORECASE,
        ),
    ),
)
_LONG = 6


@dataclass(frozen=True, slots=True)
class PreviousTurn:
    """What a follow-up can lean on: the question as it was understood, and the title of its main source."""

    understood: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that stands by itself. ``follow_up``: it leaned on the turn before."""

    question: str
    mode: AnswerMode
    follow_up: bool = False


def understand(question: str, mode: AnswerMode, previous: PreviousTurn | None) -> Understood:
    """Read the wanted mode and the missing topic out of ``question``.

    An explicit ``mode`` (anything but explain) wins over what the words say.
    """
    if mode is AnswerMode.EXPLAIN:
        mode = next((named for named, pattern in _MODES if pattern.search(question)), mode)
    words = _words(question)
    own = [word for word in words if word not in _EMPTY and word not in _POINTING]
    if previous is None:
        return Understood(question, mode)
    if not own:
        return Understood(_about(words, previous), mode, follow_up=True)
    if len(own) < _LONG and any(word in _POINTING for word in words) and not _names_itself(words):
        return Understood(f"{question.rstrip(' ?.!')}: {_topic(previous)}", mode, follow_up=True)
    return Understood(question, mode)


def _about(words: list[str], previous: PreviousTurn) -> str:
    """The whole question for one without a topic of its own: the question word that matters, and the topic."""
    asks = next((word for word in words if word in ("why", "how", "when", "where", "who")), "")
    opening = previous.understood.lower()
    return previous.understood if not asks or opening.startswith(asks) else f"{asks} {_topic(previous)}"


def _topic(previous: PreviousTurn) -> str:
    said = [word for word in _words(previous.understood) if word not in _EMPTY | _POINTING]
    told = [word for word in _words(previous.title) if word not in _EMPTY]
    return " ".join(dict.fromkeys((*said, *told)))


def _words(text: str) -> list[str]:
    return [_CONTRACTED.sub("", word.lower()) for word in _WORD.findall(text)]


def _names_itself(words: list[str]) -> bool:
    """Whether the pointing word points inside the question ("that a cell …", "is there …")."""
    pointing = [at for at, word in enumerate(words) if word in _POINTING]
    return all(
        words[at] in ("there", "one") or (words[at] == "that" and 0 < at < len(words) - 2) for at in pointing
    )
