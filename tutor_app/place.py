"""A place in the window that one can go to: what links, buttons and the last session point at."""

from enum import StrEnum
from typing import NamedTuple


class Page(StrEnum):
    """The pages of the window, in the order of its navigation."""

    HOME = "home"
    ASK = "ask"
    PRACTICE = "practice"
    READ = "read"
    LIBRARY = "library"
    MODELS = "models"
    SETTINGS = "settings"


class Place(NamedTuple):
    """A page, and what to show on it.

    Attributes:
        page: one of ``Page``.
        pack: id of the pack to read, to show in the library, or to ask in.
        passage: id of the passage to show.
        quotes: what to mark in it.
        conversation: id of the conversation to go on with; empty for a new one.
        question: what to put into the box for the question.
        send: whether to ask that question at once.
        part: a part of the page, such as "about" or "doctor" in the settings, or a tab of the page for practising.
        skill: id of the skill of ``pack`` to practise or to show.
        aim: what to practise at once: "today", "learn", "review", "skill" or "placement"; "quiz" for
            a question about ``passage`` and what is in ``beside``; "open" for the one that waits; "" for
            what the page showed last.
        beside: further passages to be asked about, each with its pack before it, the nearest first.
    """

    page: str
    pack: str = ""
    passage: str = ""
    quotes: tuple[str, ...] = ()
    conversation: str = ""
    question: str = ""
    send: bool = False
    part: str = ""
    skill: str = ""
    aim: str = ""
    beside: tuple[tuple[str, str], ...] = ()
