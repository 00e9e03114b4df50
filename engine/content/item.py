"""Practice items as their authors wrote them: with variables, before they are filled in.

What a learner gets to see, with numbers in place of variables, is made by ``instance``. The file format is described
in docs/pack-format.md; reading it is the work of ``item_json``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

Value = Fraction | str
Json = Any


class ItemKind(StrEnum):
    """How a step is answered."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    ORDER = "order"
    MATCH = "match"
    TEXT = "text"
    NUMBER = "number"
    QUANTITY = "quantity"
    EXPRESSION = "expression"
    EQUATION = "equation"
    SET = "set"
    TUPLE = "tuple"
    INTERVAL = "interval"
    CLOZE = "cloze"
    SHORT = "short"


class Origin(StrEnum):
    """Who made an item. What ``AUTO`` made from a text is no evidence of mastery until it is proven."""

    AUTHOR = "author"
    IMPORTED = "imported"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, order or match. The id is its identity; its position means nothing."""

    id: str
    text: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, verbatim."""

    text: str
    passage: str


@dataclass(frozen=True, slots=True)
class Hints:
    """Help for one step, by level; level 5 is the step's solution.

    Attributes:
        orient: level 1, what is wanted and where to look.
        principle: level 2, the rule as the pack puts it; a plain text where the pack has no passage.
        analogue: level 3, a worked example with other numbers, or a question on the way.
        partial: level 4, the result of the next small step.
    """

    orient: str = ""
    principle: Quote | str = ""
    analogue: str = ""
    partial: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer, written like the answer, and the misconception that leads to it."""

    misconception: str
    answer: Json


@dataclass(frozen=True, slots=True)
class GoldenTest:
    """A response and what the checker must say: an outcome, a flaw or the id of a misconception."""

    say: Json
    verdict: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to answer.

    Attributes:
        id: unique in its item.
        skill: id of the skill it exercises.
        ask: its question; empty where the item's stem asks it.
        kind: how it is answered.
        answer: the right answer in the file's form, see docs/pack-format.md.
        options: of a choice, multiple, order or (on the left) match.
        right: the right-hand side of a match.
        bank: words to choose from for the gaps of a cloze.
        after: what stands behind the field, such as a unit.
        fixed_order: the options are not to be shuffled.
        solution: the worked solution, line by line.
    """

    id: str
    skill: str
    ask: str
    kind: ItemKind
    answer: Json
    options: tuple[Option, ...] = ()
    right: tuple[Option, ...] = ()
    bank: tuple[str, ...] = ()
    after: str = ""
    fixed_order: bool = False
    hints: Hints = field(default_factory=Hints)
    solution: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    tests: tuple[GoldenTest, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; ``alt`` says what is needed to answer without seeing it."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Item:
    """A practice question.

    Attributes:
        id: stable inside its pack, never used again for another.
        skills: ids of what it exercises, the main one first.
        stem: the situation and the question.
        steps: in order; the last one's answer is the item's.
        difficulty: in logits around the skill's reference.
        seconds: time that somebody who can do it needs.
        variables: possible values by name; empty for an item that is always the same.
        derived: further values by name, as expressions, in order.
        constraints: expressions that must hold.
        passages: ids of where it is taught.
        approved: a teacher has looked at it, so that it counts although nobody wrote it.
    """

    id: str
    skills: tuple[str, ...]
    stem: str
    steps: tuple[Step, ...]
    difficulty: float = 0.0
    seconds: float = 60.0
    variables: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    constraints: tuple[str, ...] = ()
    picture: Picture | None = None
    passages: tuple[str, ...] = ()
    origin: Origin = Origin.AUTHOR
    approved: bool = False

    @property
    def parametric(self) -> bool:
        """Whether it comes with different numbers or words each time."""
        return bool(self.variables)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea that explains wrong answers.

    Attributes:
        id: unique in the pack.
        skill: id of the skill it gets in the way of.
        description: what the learner does, said to the learner ("You add the numerators."): shown with their progress.
        response: what the tutor says: ends in a question, gives nothing away.
        passage: id of what to read about it.
    """

    id: str
    skill: str
    description: str
    response: str
    passage: str = ""
