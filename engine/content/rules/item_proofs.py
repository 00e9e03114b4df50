"""Proves practice items: every answer by its own checker, every variant, every golden test, every hint leak-free.

This is done for what an author writes and for what is imported; it takes seconds, so the starter packs are not proven
again on a learner's computer.
"""

from collections.abc import Iterator, Mapping, Sequence

from engine.answers.answer import Response
from engine.answers.check import check
from engine.answers.closure import Closure, answer_closure, leaks
from engine.answers.placeholders import fill
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.content.finding import Finding
from engine.content.instance import Question, QuestionStep, Values, distinct_seeds, instantiate
from engine.content.item import Item, Json, Misconception, Quote, Step
from engine.content.item_bank import filled_picture
from engine.content.model_answer import model_response
from engine.content.pack_source import PackSource
from engine.content.rules.items import read_items, read_misconceptions
from engine.content.svg import svg_problem
from engine.errors import ExpressionError, PackError

# What an author may simply call wrong.
_PLAINLY_WRONG = (Flaw.WRONG, Flaw.ORDER, Flaw.INCOMPLETE)
AUTHOR_SEEDS = 20
IMPORT_SEEDS = 3
_PARTIAL = 4

_Problem = tuple[str, str, str, str]
"""Rule, place in the item, what is wrong, what to do."""


def prove_items(source: PackSource, *, seeds: int = AUTHOR_SEEDS) -> Iterator[Finding]:
    """Findings on what the items of a pack say, over at most ``seeds`` variants of each."""
    misconceptions = read_misconceptions(source)
    for file, item in read_items(source):
        line = source.line(file, item.id)
        told = set()
        for rule, place, message, todo in _problems(source, item, misconceptions, seeds):
            if (rule, place) not in told:  # once, not for each variant
                told.add((rule, place))
                yield Finding(rule, file, line, f"{item.id}: {message}", todo)


def _problems(
    source: PackSource, item: Item, misconceptions: Mapping[str, Misconception], seeds: int
) -> Iterator[_Problem]:
    try:
        for seed in distinct_seeds(item, seeds):
            question = instantiate(item, seed)
            for authored, step in zip(item.steps, question.steps, strict=True):
                yield from _step_problems(authored, step, question.values)
            yield from _leaks(question, misconceptions)
            yield from _picture_problems(source, question)
    except (PackError, ExpressionError) as error:
        yield "item.expression", "", error.what, "Mend the expression."


def _step_problems(authored: Step, step: QuestionStep, values: Values) -> Iterator[_Problem]:
    response = model_response(step.answer)
    verdict = check(step.answer, step.given(response), step.mistakes)
    if verdict.outcome is not Outcome.RIGHT:
        message = f"The checker of {step.id} says “{_said(verdict)}” to the answer {response!r}."
        yield "item.answer", step.id, message, "Mend the answer."
    for rule in step.mistakes:
        if check(step.answer, model_response(rule.wrong)).outcome is Outcome.RIGHT:
            message = f"The wrong answer of {rule.misconception} in {step.id} is right for {_shown(values)}."
            yield (
                "item.mistake",
                f"{step.id} {rule.misconception}",
                message,
                "Add a constraint, or change the mistake.",
            )
    for test in authored.tests:
        say = _response(test.say, values)
        verdict = check(step.answer, step.given(say), step.mistakes)
        if test.verdict not in _names(verdict):
            message = f"The checker of {step.id} says “{_said(verdict)}” to {say!r}, not “{test.verdict}”."
            yield "item.test", f"{step.id} {test}", message, "Mend the answer or the test."


def _leaks(question: Question, misconceptions: Mapping[str, Misconception]) -> Iterator[_Problem]:
    """Levels 1 and 2 may give away no answer that is still to come; 3 and 4 not the last one of their step."""
    for n, step in enumerate(question.steps):
        ahead, own = step_closure(question.steps[n:]), step_closure((step,))
        principle = step.hints.principle
        texts = (
            (1, step.hints.orient, ahead),
            (2, principle.text if isinstance(principle, Quote) else principle, ahead),
            (3, step.hints.analogue, own),
            (4, step.hints.partial, own),
        )
        for level, text, closure in texts:
            leaked = leaks(text, closure, question.stem, calculations=level != _PARTIAL)
            if leaked:
                message = f"L{level} of {step.id} gives away {leaked!r} for {_shown(question.values)}."
                yield (
                    "item.leak",
                    f"{step.id} L{level}",
                    message,
                    "Say it without the answer, or choose other numbers.",
                )
        for rule in step.mistakes:
            known = misconceptions.get(rule.misconception)
            leaked = leaks(known.response, own, question.stem) if known else None
            if leaked:
                message = f"The response to {rule.misconception} gives away {leaked!r} in {step.id}."
                yield "item.leak", f"{step.id} {rule.misconception}", message, "Ask without the answer."


def step_closure(steps: Sequence[QuestionStep]) -> Closure:
    """All that the answers to ``steps`` may be called."""
    return answer_closure(
        (step.answer, {option.id: option.text for option in (*step.options, *step.right)}) for step in steps
    )


def _picture_problems(source: PackSource, question: Question) -> Iterator[_Problem]:
    picture = question.picture
    if picture is None or not picture.file.endswith(".svg") or picture.file not in source.media:
        return
    problem = svg_problem(filled_picture((source.folder / picture.file).read_bytes(), question))
    if problem:
        yield "item.picture", "", f"The picture {picture.file}, filled in: {problem}", "Mend the picture."


def _response(say: Json, values: Values) -> Response:
    if isinstance(say, str):
        return fill(say, values)
    if isinstance(say, list):
        return tuple(say)
    return {name: fill(text, values) for name, text in say.items()}


def _names(verdict: Verdict) -> tuple[str, ...]:
    """What a test may call this verdict."""
    flaw = (verdict.flaw.value,) if verdict.flaw else ()
    wrong = ("wrong",) if verdict.outcome is Outcome.NOT_YET and verdict.flaw in _PLAINLY_WRONG else ()
    return (verdict.outcome.value, verdict.misconception, *flaw, *wrong)


def _said(verdict: Verdict) -> str:
    return verdict.misconception or (verdict.flaw.value if verdict.flaw else verdict.outcome.value)


def _shown(values: Values) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items()) or "its only variant"
