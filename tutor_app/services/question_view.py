"""From the engine's questions to what the window shows of them: texts typeset, nothing that may not be seen yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.answers.answer import ClozeAnswer, NumberAnswer, NumberForm
from engine.answers.behind_field import without_what_stands_behind
from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.tex import preview
from engine.answers.verdict import Outcome
from engine.content.item import ItemKind, Quote
from engine.sync.practice_events import Ending, PracticeMode
from engine.tutor.practice.feedback import reply_to
from engine.tutor.practice.question_state import SOLUTION_LEVEL, takes_result
from tutor_app.richtext.document import Block, BlockKind, Formula, RichText, Run, Text
from tutor_app.richtext.formula import typeset
from tutor_app.richtext.parser import parse
from tutor_app.services.gapped_text import filled, gap_names, lead, with_gaps
from tutor_app.services.practising import (
    ExampleStep,
    PassageRef,
    Response,
    ShownAttempt,
    ShownHint,
    ShownOption,
    ShownPicture,
    ShownQuestion,
    ShownReply,
    ShownStep,
    WorkedExample,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.answers.answer import Answer
    from engine.content.instance import Question, QuestionStep
    from engine.content.item_bank import ItemBank, PackItems
    from engine.tutor.practice.asked import Asked
    from engine.tutor.practice.practice_store import Attempt
    from engine.tutor.practice.question_state import StepState

MATHEMATICS = frozenset({
    ItemKind.NUMBER, ItemKind.EXPRESSION, ItemKind.EQUATION, ItemKind.SET, ItemKind.TUPLE,
    ItemKind.INTERVAL,
})  # fmt: skip
"""Kinds of answers that are shown as mathematics. A quantity is not: its unit is no product of letters."""

LISTS = frozenset({ItemKind.SET, ItemKind.TUPLE})
"""Kinds of answers that are several values."""

_FRACTIONS = frozenset({NumberForm.FRACTION, NumberForm.SIMPLIFIED})
_EXAMPLES = ("2/3", "3/4")
_PARTS_TOLD = frozenset({ItemKind.CLOZE, ItemKind.MATCH})


def shown_question(
    bank: ItemBank, asked: Asked, now: int, *, number: int = 1, told: bool = False
) -> ShownQuestion:
    """What the window shows of a question at a time (milliseconds).

    Args:
        bank: the items.
        asked: the question.
        now: the time.
        number: which one of its sitting it is.
        told: whether an exam's verdicts may be seen: it is over.
    """
    posed, question, state = asked.posed, asked.question, asked.state
    pack = bank.pack(posed.pack)
    if pack is None:
        raise KeyError(posed.pack)
    over = posed.ending is not None
    secret = posed.mode is PracticeMode.EXAM and not told
    last = len(state.steps) if over else state.current + 1
    stem, steps = _texts(question)
    skill = next((it for it in pack.skills if it.id == question.item.skills[0]), None)
    picture = bank.picture(posed.pack, question)
    return ShownQuestion(
        id=posed.id,
        session=posed.session,
        pack=posed.pack,
        pack_title=pack.pack.info.title,
        skill_id=question.item.skills[0],
        skill=skill.name if skill else "",
        goal=skill.goal if skill else "",
        reason=posed.reason,
        purpose=posed.purpose.value,
        mode=posed.mode.value,
        stem=parse(stem),
        picture=ShownPicture(picture, question.picture.alt) if picture and question.picture else None,
        steps=tuple(_step(pack, asked, it, steps[it.step.id], secret=secret) for it in state.steps[:last]),
        multi_step=len(state.steps) > 1,
        ending=posed.ending.value if posed.ending else "",
        offers_help=not over and state.offers_help,
        has_help=not over and state.next_help(now) is not None,
        passages=tuple(PassageRef(posed.pack, it) for it in question.item.passages),
        number=number,
    )


def worked_example(question: Question) -> WorkedExample | None:
    """Another question with its solution, to be looked at before one is asked; None if too little can be shown."""
    stem, asks = _texts(question)
    told = {step: "" if gap_names(ask) else ask for step, ask in asks.items()}
    if not (stem or any(told.values())) or not any(step.solution for step in question.steps):
        return None
    steps = (ExampleStep(parse(told[it.id]), tuple(map(parse, it.solution))) for it in question.steps)
    return WorkedExample(parse(stem), tuple(steps))


def said(step: QuestionStep, ask: str, response: Response) -> RichText:
    """A learner's answer as it is shown once it was given."""
    texts = {option.id: option.text for option in (*step.options, *step.right)}
    if step.kind is ItemKind.CLOZE and isinstance(response, Mapping):
        if gap_names(ask):
            return filled(ask, response)
        return _lines(response.values())
    if isinstance(response, Mapping):
        pairs = (f"{texts.get(left, left)} → {texts.get(right, '…')}" for left, right in response.items())
        return _lines(pairs)
    if isinstance(response, tuple):
        return _lines((texts.get(one, one) for one in response), numbered=step.kind is ItemKind.ORDER)
    if step.kind is ItemKind.CHOICE:
        return parse(texts.get(response, response))
    return typed(step.kind, response, step.after)


def with_reason(question: ShownQuestion, step: str, text: str) -> ShownQuestion:
    """``question`` with why the last answer to ``step`` cannot be read, which the log does not keep."""
    return replace(question, steps=tuple(_told(it, text) if it.id == step else it for it in question.steps))


def _told(step: ShownStep, text: str) -> ShownStep:
    last = step.attempts[-1]
    reply = last.reply and replace(last.reply, text=text)
    return replace(step, attempts=(*step.attempts[:-1], replace(last, reply=reply)))


def typed(kind: ItemKind, text: str, after: str = "") -> RichText:
    """What was typed: as mathematics where it can be read whole, else as it was written.

    What stands ``after`` the field is shown once, also where it was typed as well.
    """
    text = without_what_stands_behind(text, after) if after else text
    runs: list[Run] = []
    listed = kind in LISTS
    whole = kind in MATHEMATICS and _reads_whole(text, listed=listed)
    outline = typeset(preview(text, listed=listed)) if whole else None
    runs.append(Formula(outline) if outline is not None else Text(text))
    if after:
        runs.append(Text(f" {after}"))
    return RichText((Block(BlockKind.PARAGRAPH, tuple(runs)),), text)


def _reads_whole(text: str, *, listed: bool) -> bool:
    """Whether the preview leaves nothing of it out: without its last letter it would be another."""
    bare = text.strip()
    read = preview(bare, listed=listed)
    return read != "" and (len(bare) < 2 or read != preview(bare[:-1], listed=listed))


def _texts(question: Question) -> tuple[str, Mapping[str, str]]:
    """The stem, and the question of each step; a stem with gaps is what the cloze asks."""
    asks = {step.id: step.ask for step in question.steps}
    cloze = next((it for it in question.steps if it.kind is ItemKind.CLOZE), None)
    if cloze is not None and gap_names(question.stem):
        asks[cloze.id] = "\n\n".join(filter(None, (question.stem, cloze.ask)))
        return "", asks
    return question.stem, asks


def _step(pack: PackItems, asked: Asked, state: StepState, ask: str, *, secret: bool) -> ShownStep:
    step = state.step
    seen = (asked.posed.ending is not None and not secret) or state.level == SOLUTION_LEVEL
    gaps = tuple(step.answer.gaps) if isinstance(step.answer, ClozeAnswer) else ()
    return ShownStep(
        id=step.id,
        kind=step.kind.value,
        ask=with_gaps(ask) if gaps else parse(ask),
        lead=lead(ask) if gaps else RichText(),
        options=tuple(ShownOption(it.id, parse(it.text)) for it in step.options),
        right=tuple(ShownOption(it.id, parse(it.text)) for it in step.right),
        gaps=gaps,
        bank=step.bank,
        after=step.after,
        fraction=_fraction_asked(step.answer),
        attempts=tuple(
            ShownAttempt(
                it.response,
                said(step, ask, it.response),
                None if secret else _reply(pack, asked, it, step),
            )
            for it in asked.attempts
            if it.step == step.id
        ),
        hints=_hints(asked, state),
        solution=tuple(map(parse, step.solution)) if seen else (),
        solved=state.solved and not secret,
        shown=state.level == SOLUTION_LEVEL,
        takes_result=takes_result(asked.question, step),
    )


def _fraction_asked(answer: Answer) -> str:
    """An example of a fraction, never the answer itself, where the answer is one and is to be written so."""
    if not isinstance(answer, NumberAnswer) or answer.form not in _FRACTIONS:
        return ""
    value = evaluate_number(parse_authored(answer.value))
    if value == int(value):
        return ""
    return next(it for it in _EXAMPLES if Fraction(it) != value)


def _reply(pack: PackItems, asked: Asked, attempt: Attempt, step: QuestionStep) -> ShownReply | None:
    verdict = attempt.verdict
    if verdict is None:
        return None
    misconception = pack.misconceptions.get(verdict.misconception)
    turn, own_words = attempt.n + asked.posed.seed, step.kind is ItemKind.SHORT
    reply = reply_to(verdict, misconception, turn=turn, own_words=own_words)
    authored = misconception is not None and reply.text == misconception.response
    told = step.kind in _PARTS_TOLD and verdict.outcome is not Outcome.UNREADABLE
    return ShownReply(
        outcome=verdict.outcome.value,
        flaw=verdict.flaw.value if verdict.flaw else "",
        text="" if authored else reply.text,
        body=parse(reply.text) if authored else RichText(),
        passage=PassageRef(asked.posed.pack, reply.passage) if reply.passage else None,
        right_parts=tuple(verdict.right_parts) if told else (),
    )


def _hints(asked: Asked, state: StepState) -> tuple[ShownHint, ...]:
    hints = state.step.hints
    principle = hints.principle
    quote = principle if isinstance(principle, Quote) else None
    texts = (hints.orient, quote.text if quote else str(principle), hints.analogue, hints.partial)
    levels = sorted(
        {it.level for it in asked.hints if it.step == state.step.id and it.level < SOLUTION_LEVEL}
    )
    place = PassageRef(asked.posed.pack, quote.passage, (quote.text,)) if quote else None
    return tuple(ShownHint(level, parse(texts[level - 1]), place if level == 2 else None) for level in levels)


def _lines(texts: Iterable[str], *, numbered: bool = False) -> RichText:
    blocks: list[Block] = []
    sources = tuple(texts)
    for at, text in enumerate(sources, 1):
        runs = tuple(run for block in parse(text).blocks for run in block.runs)
        blocks.append(
            Block(BlockKind.ITEM, runs, number=at) if numbered else Block(BlockKind.PARAGRAPH, runs)
        )
    return RichText(tuple(blocks), "\n".join(sources))


def result_of(asked: Asked) -> str:
    """How a question went: "right" at once and unaided, "helped", "missed" or "left"."""
    ending = asked.posed.ending
    if ending is None or ending is Ending.LEFT:
        return "left"
    if ending is not Ending.SOLVED:
        return "missed"
    return "right" if all(state.credit == 1.0 for state in asked.state.steps) else "helped"
