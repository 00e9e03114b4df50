"""Practice items as they are written: ids, skills, passages, quotations, pictures, enough of everything.

What they say is proven in ``item_proofs``, which takes longer.
"""

from collections.abc import Iterator

from engine.content.finding import Finding, warning
from engine.content.instance import distinct_seeds, share_that_fits
from engine.content.item import Item, Misconception, Option, Origin, Quote, Step
from engine.content.item_json import read_item, read_misconception
from engine.content.layout import MISCONCEPTIONS
from engine.content.pack_source import PackSource
from engine.errors import ExpressionError, PackError

_ITEMS_A_SKILL = 6
_KINDS_A_SKILL = 2
_EASY, _HARD = -0.5, 0.5
_VARIANTS = 5
_FITTING = 0.05


def read_items(source: PackSource) -> Iterator[tuple[str, Item]]:
    """(file, item) of every practice item of a pack that was read."""
    for file, document in source.documents.items():
        if file.startswith("items/"):
            for item in document["items"]:
                yield file, read_item(item)


def read_misconceptions(source: PackSource) -> dict[str, Misconception]:
    """The misconceptions of a pack that was read, by id."""
    documents = source.documents.get(MISCONCEPTIONS, {}).get("misconceptions", ())
    return {it.id: it for it in map(read_misconception, documents)}


def check_items(source: PackSource) -> Iterator[Finding]:
    """Findings on items/*.json and misconceptions.json."""
    yield from _check_misconceptions(source)
    names = _Names(source)
    seen: set[str] = set()
    by_skill: dict[str, list[Item]] = {skill.id: [] for skill in source.pack.skills}
    for file, item in read_items(source):
        line = source.line(file, item.id)
        if item.id in seen:
            message = f"The item {item.id} stands twice."
            yield Finding("item.id", file, line, message, "Give each its own id.")
        seen.add(item.id)
        for rule, message, todo in names.problems(item):
            yield Finding(rule, file, line, f"{item.id}: {message}", todo)
        by_skill.get(item.skills[0], []).append(item)
    if seen:
        yield from _coverage(by_skill)


def check_draws(source: PackSource) -> Iterator[Finding]:
    """Warnings about items whose questions have to be searched for too long. Draws hundreds for each."""
    for file, item in read_items(source):
        if item.constraints and (message := _rare(item)):
            line = source.line(file, item.id)
            yield warning("style.rare", file, line, message, todo="Choose variables that nearly fit already.")


def _check_misconceptions(source: PackSource) -> Iterator[Finding]:
    skills = {skill.id for skill in source.pack.skills}
    passages = {passage.id for passage in source.pack.passages}
    documents = source.documents.get(MISCONCEPTIONS, {}).get("misconceptions", ())
    seen = set()
    for it in map(read_misconception, documents):
        line = source.line(MISCONCEPTIONS, it.id)
        if it.id in seen:
            yield Finding(
                "misconception.id", MISCONCEPTIONS, line, f"{it.id} stands twice.", "Give each its own id."
            )
        seen.add(it.id)
        if it.skill not in skills:
            message = f"{it.id} names the unknown skill {it.skill}."
            yield Finding("misconception.skill", MISCONCEPTIONS, line, message, "Name one of skills.json.")
        if it.passage and it.passage not in passages:
            message = f"{it.id} names the unknown passage {it.passage}."
            yield Finding("misconception.passage", MISCONCEPTIONS, line, message, "Name one of the pack's.")
        if not it.response.rstrip().endswith("?") or it.response.count("?") != 1:
            message = f"The response of {it.id} is not one question."
            yield Finding(
                "misconception.response",
                MISCONCEPTIONS,
                line,
                message,
                "End it in one question that makes the learner think.",
            )


class _Names:
    """What an item may refer to."""

    def __init__(self, source: PackSource) -> None:
        self._skills = {skill.id for skill in source.pack.skills}
        self._passages = {passage.id: " ".join(passage.text.split()) for passage in source.pack.passages}
        self._misconceptions = set(read_misconceptions(source))
        self._media = set(source.media)

    def problems(self, item: Item) -> Iterator[tuple[str, str, str]]:
        """(rule, message, what to do) for what is wrong with ``item``."""
        for skill in {*item.skills, *(step.skill for step in item.steps)} - self._skills:
            yield "item.skill", f"The skill {skill} is unknown.", "Name one of skills.json."
        for passage in set(item.passages) - set(self._passages):
            yield "item.passage", f"The passage {passage} is unknown.", "Name one of the pack's."
        if item.picture and item.picture.file not in self._media:
            yield "item.picture", f"The picture {item.picture.file} is not in the pack.", "Add it."
        if item.parametric:
            yield from _variants(item)
        for step in item.steps:
            yield from self._step_problems(step, item.origin)

    def _step_problems(self, step: Step, origin: Origin) -> Iterator[tuple[str, str, str]]:
        named = {it.misconception for it in step.mistakes} | {it.misconception for it in step.options}
        for name in sorted(named - self._misconceptions - {""}):
            yield "item.misconception", f"The misconception {name} is unknown.", "Describe it."
        for options in (step.options, step.right):
            yield from _option_problems(options)
        principle = step.hints.principle
        if isinstance(principle, Quote):
            text = self._passages.get(principle.passage)
            if text is None:
                message = f"L2 of {step.id} names the unknown passage {principle.passage}."
                yield "item.quote", message, "Name one of the pack's."
            elif " ".join(principle.text.split()) not in text:
                message = f"L2 of {step.id} is not verbatim in {principle.passage}."
                yield "item.quote", message, "Copy a whole sentence."
        if origin is Origin.AUTHOR:
            missing = [
                name
                for name, text in (
                    ("L1", step.hints.orient),
                    ("L2", principle),
                    ("L3 or L4", step.hints.analogue or step.hints.partial),
                    ("solution", step.solution),
                )
                if not text
            ]
            if missing:
                yield "style.hints", f"{step.id} has no {', '.join(missing)}.", "Write it."
            if not step.tests:
                yield "style.tests", f"{step.id} has no golden tests.", "Add right and wrong answers."


def _option_problems(options: tuple[Option, ...]) -> Iterator[tuple[str, str, str]]:
    ids = [option.id for option in options]
    texts = [" ".join(option.text.split()).casefold() for option in options]
    if len(set(ids)) < len(ids):
        yield "item.option", "Two options have one id.", "Give each its own."
    if len(set(texts)) < len(texts):
        yield "item.option", "Two options read alike.", "Change one."


def _variants(item: Item) -> Iterator[tuple[str, str, str]]:
    try:
        if len(distinct_seeds(item, _VARIANTS)) < _VARIANTS:
            yield "style.variants", f"There are fewer than {_VARIANTS} variants.", "Widen the variables."
    except (PackError, ExpressionError) as error:
        yield "item.variables", error.what, "Loosen the constraints."


def _rare(item: Item) -> str:
    """That a question has to be searched for too long; empty where it need not, or where there is none at all."""
    try:
        share = share_that_fits(item) if all(item.variables.values()) else 0.0
    except (PackError, ExpressionError):
        return ""
    return f"{item.id}: Only {share:.1%} of the draws fulfil the constraints." if 0 < share < _FITTING else ""


def _coverage(by_skill: dict[str, list[Item]]) -> Iterator[Finding]:
    todo = "Write more items."
    for skill, items in by_skill.items():
        file = f"items/{skill}.json"
        if len(items) < _ITEMS_A_SKILL:
            message = f"The skill {skill} has {len(items)} of {_ITEMS_A_SKILL} items."
            yield warning("style.coverage", file, 0, message, todo=todo)
            continue
        bands = {
            "easy" if it.difficulty <= _EASY else "hard" if it.difficulty >= _HARD else "middle"
            for it in items
        }
        if len(bands) < 3:
            message = f"The items of {skill} are only {' and '.join(sorted(bands))}."
            yield warning("style.bands", file, 0, message, todo="Cover easy, middle and hard.")
        if len({step.kind for it in items for step in it.steps}) < _KINDS_A_SKILL:
            message = f"The items of {skill} are all of one kind."
            yield warning("style.kinds", file, 0, message, todo="Ask in another way too.")
