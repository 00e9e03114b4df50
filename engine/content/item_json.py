"""Reads items and misconceptions from the JSON of a pack, which kept to its schema before."""

from fractions import Fraction

from engine.content.item import (
    GoldenTest,
    Hints,
    Item,
    ItemKind,
    Json,
    Misconception,
    Mistake,
    Option,
    Origin,
    Picture,
    Quote,
    Step,
    Value,
)

_ONLY_STEP = "s1"


def read_item(document: Json) -> Item:
    """The item in ``document``, one of the array "items"."""
    skills = tuple(document["skills"])
    steps = document.get("steps")
    picture = document.get("picture")
    return Item(
        id=document["id"],
        skills=skills,
        stem=document["stem"],
        steps=tuple(_step(step, skills[0]) for step in steps) if steps else (_step(document, skills[0]),),
        difficulty=float(document.get("b", 0.0)),
        seconds=float(document.get("time_s", 60)),
        variables={name: _domain(domain) for name, domain in document.get("vars", {}).items()},
        derived=dict(document.get("let", {})),
        constraints=tuple(document.get("constraints", ())),
        picture=Picture(picture["file"], picture["alt"]) if picture else None,
        passages=tuple(document.get("passages", ())),
        origin=Origin(document.get("origin", Origin.AUTHOR)),
        approved=document.get("approved", False),
    )


def read_misconception(document: Json) -> Misconception:
    """The misconception in ``document``, one of the array "misconceptions"."""
    return Misconception(
        document["id"],
        document["skill"],
        document["description"],
        document["response"],
        document.get("passage", ""),
    )


def _step(document: Json, skill: str) -> Step:
    single = "ask" not in document
    return Step(
        id=_ONLY_STEP if single else document["id"],
        skill=document.get("skill", skill),
        ask=document.get("ask", ""),
        kind=ItemKind(document["type"]),
        answer=document["answer"],
        options=_options(document.get("options", document.get("left", ()))),
        right=_options(document.get("right", ())),
        bank=tuple(document.get("bank", ())),
        after=document.get("after", ""),
        fixed_order=document.get("fixed_order", False),
        hints=_hints(document.get("hints", {})),
        solution=tuple(document.get("solution", ())),
        mistakes=tuple(Mistake(it["misconception"], it["answer"]) for it in document.get("mistakes", ())),
        tests=tuple(GoldenTest(it["say"], it["is"]) for it in document.get("tests", ())),
    )


def _options(documents: Json) -> tuple[Option, ...]:
    return tuple(Option(it["id"], it["text"], it.get("misconception", "")) for it in documents)


def _hints(document: Json) -> Hints:
    principle = document.get("L2", "")
    return Hints(
        document.get("L1", ""),
        Quote(principle["quote"], principle["passage"]) if isinstance(principle, dict) else principle,
        document.get("L3", ""),
        document.get("L4", ""),
    )


def _domain(document: Json) -> tuple[Value, ...]:
    if "text" in document:
        return tuple(document["text"])
    if "choice" in document:
        return tuple(Fraction(str(value)) for value in document["choice"])
    low, high = document["int"]
    return tuple(Fraction(value) for value in range(low, high + 1, document.get("step", 1)))
