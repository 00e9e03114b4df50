"""What the right answer to one step is, by kind.

Values are expressions of the mini-language, without variables of an item: a parametric item has been filled in
before (``engine.content.instance``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Response = str | tuple[str, ...] | Mapping[str, str]
"""What a learner gave.

An option's id or what was typed (str); ids of options, chosen or in order (tuple); the right-hand id by left-hand id,
or what was typed by gap (mapping).
"""


class NumberForm(StrEnum):
    """How a number is to be written. ``SIMPLIFIED`` is a fraction in lowest terms or a whole number."""

    ANY = "any"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    SIMPLIFIED = "simplified"
    MIXED = "mixed"
    PERCENT = "percent"
    SCIENTIFIC = "scientific"


class ExpressionForm(StrEnum):
    """How an expression is to be written."""

    ANY = "any"
    SIMPLIFIED = "simplified"
    EXPANDED = "expanded"
    FACTORED = "factored"


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """One option of several, by id."""

    correct: str


@dataclass(frozen=True, slots=True)
class MultipleAnswer:
    """Exactly these options."""

    correct: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """All options in this order."""

    correct: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """The right-hand id for each left-hand id."""

    pairs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A word or phrase; the first of ``accept`` is the one shown."""

    accept: tuple[str, ...]
    case: bool = False
    accents: bool = False


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number. It is right within ``absolute`` or within ``relative`` times the value, or rounded as asked.

    ``decimals`` and ``figures``: the number of decimal places or significant figures that were asked for.
    """

    value: str
    form: NumberForm = NumberForm.ANY
    absolute: float = 0.0
    relative: float = 0.0
    decimals: int | None = None
    figures: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityAnswer:
    """A number with a unit. ``any_unit``: every unit of the same dimension is right; otherwise ``unit`` as it is."""

    value: str
    unit: str
    any_unit: bool = True
    absolute: float = 0.0
    relative: float = 0.0
    figures: int | None = None


@dataclass(frozen=True, slots=True)
class ExpressionAnswer:
    """An expression that is equal for all values of its variables.

    ``domains``: "real", "positive", "nonnegative" or "integer" by variable; real where it is silent.
    """

    expression: str
    form: ExpressionForm = ExpressionForm.ANY
    domains: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EquationAnswer:
    """An equation with the same solutions; ``solved_for`` must stand alone on one side, if it is named.

    ``written``: the equation of a story is asked for, so one that only names the solution, such as ``x = 19``, will
    not do.
    """

    equation: str
    solved_for: str = ""
    domains: Mapping[str, str] = field(default_factory=dict)
    written: bool = False


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """These values, in any order, each once."""

    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TupleAnswer:
    """These values in this order, such as a point."""

    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntervalAnswer:
    """The numbers for which an inequality such as "x >= 3" or "-1 < x <= 4" holds."""

    inequality: str


@dataclass(frozen=True, slots=True)
class ClozeAnswer:
    """What goes into each gap."""

    gaps: Mapping[str, TextAnswer | NumberAnswer]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One idea that a short answer should hold: authored wordings of it, and the words it cannot do without.

    A key may name words that will do as well as each other: "resistance|drag".
    """

    id: str
    phrasings: tuple[str, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """A sentence or two in the learner's own words. Never "wrong": covered, or not yet."""

    expectations: tuple[Expectation, ...]


Answer = (
    ChoiceAnswer
    | MultipleAnswer
    | OrderAnswer
    | MatchAnswer
    | TextAnswer
    | NumberAnswer
    | QuantityAnswer
    | ExpressionAnswer
    | EquationAnswer
    | SetAnswer
    | TupleAnswer
    | IntervalAnswer
    | ClozeAnswer
    | ShortAnswer
)


@dataclass(frozen=True, slots=True)
class MistakeRule:
    """A wrong answer that a misconception leads to.

    Attributes:
        misconception: its id.
        wrong: the answer that it gives, as an answer of the same kind as the step's (for a choice, the option; for a
            short answer, expectations that state the misconception). Where several options are chosen, a
            ``ChoiceAnswer`` stands for one that is chosen although it is wrong.
    """

    misconception: str
    wrong: Answer
