"""What the page for practising shows: plain values, texts typeset already. No Qt.

Codes (why a question comes, what kind of not-yet an answer is) are those of the engine; the window says them in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor_app.richtext.document import RichText

if TYPE_CHECKING:
    from tutor_app.richtext.document import Outline

Response = str | tuple[str, ...] | Mapping[str, str]
"""What a learner gives: see ``engine.answers.answer.Response``."""

GAP = "gap:"
"""How the ``tex`` of the formula begins that keeps the place of a gap."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sitting is to be.

    Attributes:
        session: id of the sitting.
        aim: code of ``engine.tutor.practice.agenda.Aim``.
        pack: id; "" for the one practised last.
        skill: id, for the aim "skill".
        mode: code of ``PracticeMode``: how much help there is.
    """

    session: str
    aim: str = "today"
    pack: str = ""
    skill: str = ""
    mode: str = "practice"


@dataclass(frozen=True, slots=True)
class PassageRef:
    """A passage that can be opened, with what is to be marked in it."""

    pack: str
    passage: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownOption:
    """Something to choose, order or match."""

    id: str
    text: RichText


@dataclass(frozen=True, slots=True)
class ShownReply:
    """What is said to an answer.

    Attributes:
        outcome: code of ``Outcome``.
        flaw: code of ``Flaw``, "" for none.
        text: a fixed sentence of the engine's; "" where the pack has words of its own for it.
        body: the pack's words.
        passage: what to read about it.
        right_parts: ids of gaps or pairs that are right; only where naming them gives nothing away.
    """

    outcome: str
    flaw: str = ""
    text: str = ""
    body: RichText = field(default_factory=RichText)
    passage: PassageRef | None = None
    right_parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """An answer as it was given. ``said``: as it is shown; ``reply`` is None while an exam goes on."""

    response: Response
    said: RichText
    reply: ShownReply | None


@dataclass(frozen=True, slots=True)
class ShownHint:
    """Help that was seen, level 1 to 4. ``passage``: where a quoted sentence stands."""

    level: int
    text: RichText
    passage: PassageRef | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One thing to answer.

    Attributes:
        kind: code of ``ItemKind``.
        ask: its question; of a cloze, the text with a formula "gap:<id>" in place of each gap.
        lead: of a cloze, what stands before the sentence with the first gap: the answer is shown without that.
        gaps: ids of the gaps of a cloze, in the order of the text.
        bank: words for the gaps.
        after: what stands behind the field.
        fraction: how a fraction is written, where one is asked for: an example that is not the answer; else "".
        takes_result: the answer to the whole question may be given here as well.
        hints: those that were seen.
        solution: the worked solution; empty until it may be seen.
        solved: it was answered rightly, or its solution was shown.
        shown: its solution was shown.
    """

    id: str
    kind: str
    ask: RichText
    lead: RichText = field(default_factory=RichText)
    options: tuple[ShownOption, ...] = ()
    right: tuple[ShownOption, ...] = ()
    gaps: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    after: str = ""
    fraction: str = ""
    attempts: tuple[ShownAttempt, ...] = ()
    hints: tuple[ShownHint, ...] = ()
    solution: tuple[RichText, ...] = ()
    solved: bool = False
    shown: bool = False
    takes_result: bool = False


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture: SVG or PNG, and what it shows in words."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One step of a worked example. ``ask``: its question, empty where that has gaps; ``lines``: its solution."""

    ask: RichText
    lines: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """Another question with its solution. ``stem``: the situation, empty where the first step says all of it."""

    stem: RichText
    steps: tuple[ExampleStep, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as it stands.

    Attributes:
        id: of the question; ``session``: of its sitting.
        skill: name of its main skill; ``goal``: what that is about; ``skill_id``: its id.
        reason: code of why it was chosen.
        purpose, mode: codes.
        stem: the situation; empty where the step says all of it.
        steps: those that may be seen: up to the one that is asked, or all when it is over.
        multi_step: whether the item has several steps.
        ending: code of how it ended; "" while it is open.
        offers_help: help should be offered now.
        has_help: there is help that can be asked for.
        wait_s: it was asked for too early: seconds to wait.
        help_given: level of help that came unasked with the last answer, or 0.
        passages: where it is taught.
        example: a worked example to look at first.
        number: which question of its sitting this is, from 1.
        most: how many the sitting has at most; 0 where there is no end to it.
    """

    id: str
    session: str
    pack: str
    pack_title: str
    skill_id: str
    skill: str
    goal: str
    reason: str
    purpose: str
    mode: str
    stem: RichText
    picture: ShownPicture | None
    steps: tuple[ShownStep, ...]
    multi_step: bool
    ending: str = ""
    offers_help: bool = False
    has_help: bool = False
    wait_s: float = 0.0
    help_given: int = 0
    passages: tuple[PassageRef, ...] = ()
    example: WorkedExample | None = None
    number: int = 1
    most: int = 0

    @property
    def step(self) -> ShownStep:
        """The step that is asked; the last one when the question is over."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class NextSkill:
    """What would come next in a pack, and why."""

    pack: str
    pack_title: str
    skill: str
    skill_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A pack that can be practised. ``begun`` of ``skills`` were practised; ``next`` is None if nothing is left."""

    id: str
    title: str
    begun: int
    skills: int
    next: NextSkill | None


@dataclass(frozen=True, slots=True)
class TodayCard:
    """What there is to do today.

    Attributes:
        due: reviews within the minutes of the day; ``minutes`` that they take; ``waiting``: more, for other days.
        waits: a question is open, of the skill ``open_skill`` of the pack ``open_pack``.
        next: what comes next where nothing is due; None if there is nothing to practise at all.
    """

    due: int = 0
    minutes: int = 0
    waiting: int = 0
    waits: bool = False
    open_skill: str = ""
    open_pack: str = ""
    next: NextSkill | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What a sitting can be chosen from."""

    today: TodayCard = field(default_factory=TodayCard)
    packs: tuple[PackOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedSkill:
    """A skill whose level is another now; ``rose`` or fell. ``missed``: no answer to it was right at once."""

    name: str
    level: str
    rose: bool
    missed: bool = False


@dataclass(frozen=True, slots=True)
class DoneQuestion:
    """One question of a sitting: its skill, and how it went: "right", "helped", "shown", "missed" or "left".

    ``asked``: its first words, for several may be of one skill.
    """

    id: str
    skill: str
    result: str
    asked: RichText = field(default_factory=RichText)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sitting was.

    Attributes:
        questions: those that count; ``first_right`` of them were right at once, without help.
        minutes: on task.
        next: what comes next, now.
        alternative: something else that would be sensible.
        due_days: days until the next review is due, 0 for today; None if nothing is to be reviewed.
        due_count: how many are due by then.
    """

    session: str
    mode: str
    questions: int
    first_right: int
    minutes: int
    changed: tuple[ChangedSkill, ...] = ()
    done: tuple[DoneQuestion, ...] = ()
    next: NextSkill | None = None
    alternative: NextSkill | None = None
    due_days: int | None = None
    due_count: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """How what is typed reads as mathematics; None where it does not (yet)."""

    typed: str
    outline: Outline | None
