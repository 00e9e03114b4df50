"""OATutor's content: a folder or zip with ``content-pool`` and ``skillModel.json``.

A problem becomes an item, its steps the item's steps. Of a step's help, hints come first (L1, L2), then scaffolds,
which are questions on the way (L3), and all of it together with their answers is the worked solution (L5). Skills are
those of the skill model, else the lesson. Problems with variables are taken with their first values.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.content.importers.answer_kinds import choice_step, multiple_step, typed_step
from engine.content.importers.folder_or_zip import FolderOrZip
from engine.content.importers.formula_answers import formula_step, is_formula
from engine.content.importers.imported_items import (
    MOST_CHARACTERS,
    Asked,
    ImportedItems,
    ItemCollector,
    UnusableItemError,
)
from engine.content.importers.item_text import ItemText, Shown, cleaned
from engine.content.importers.job import ImportJob
from engine.content.importers.picture_files import shown_picture
from engine.content.item import Json
from engine.errors import DocumentError

KIND = "OATutor content"
POOL = "content-pool"
_PROBLEM = re.compile(rf"(?P<root>(?:.*/)?{POOL}/(?P<id>[^/]+))/(?P=id)\.json")
_STEP = re.compile(rf"(?P<root>(?:.*/)?{POOL}/(?P<id>[^/]+))/steps/(?P<step>[^/]+)/(?P=step)\.json")
_FIGURE = re.compile(r"##(?P<name>[^#\n]+)##")
_VARIABLE = re.compile(r"@\{(?P<name>\w+)\}")
_FORMULA = re.compile(r"\$\$(?P<tex>.+?)\$\$", re.DOTALL)
_SIGNS = re.compile(r"[^\w\s.,'-]")  # which the comparison of words passes over
_MOST_STEPS = 8
_LESSON_NUMBER = re.compile(r"^\s*(?:lesson\s*)?\d+(?:\.\d+)*[.:]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Help:
    """The help for one step: hints, questions on the way, and all of it in order as a worked solution."""

    hints: tuple[str, ...]
    scaffolds: tuple[str, ...]
    worked: tuple[str, ...]


def read_oatutor(job: ImportJob) -> ImportedItems:
    """The problems of a content folder, or of a zip of one.

    Raises:
        DocumentError: it is damaged, or holds no problems.
    """
    collector = ItemCollector(job.path.stem)
    with FolderOrZip(job, KIND) as files:
        problems = _problems(files.names)
        if not problems:
            raise DocumentError(
                f"“{job.name}” holds no problems of OATutor.", todo=f"Choose the folder with “{POOL}” in it."
            )
        model = _skill_model(files, collector)
        for done, ((root, identifier), steps) in enumerate(sorted(problems.items())):
            job.step(done, len(problems), "problems")
            try:
                _Problem(files, root, identifier, model).add(steps, collector)
            except (UnusableItemError, DocumentError) as problem:
                why = problem.what if isinstance(problem, DocumentError) else str(problem)
                collector.skip(f"problem {identifier}", why)
    return collector.result()


def _problems(names: Collection[str]) -> dict[tuple[str, str], list[str]]:
    """The files of the steps by folder and id of their problem; those of a problem in the order of their names."""
    found: dict[tuple[str, str], list[str]] = {
        (match["root"], match["id"]): [] for name in names if (match := _PROBLEM.fullmatch(name))
    }
    for name in sorted(names):
        match = _STEP.fullmatch(name)
        if match is not None and (match["root"], match["id"]) in found:
            found[match["root"], match["id"]].append(name)
    return found


def _skill_model(files: FolderOrZip, collector: ItemCollector) -> Mapping[str, Sequence[str]]:
    name = next((name for name in files.names if name.rpartition("/")[2] == "skillModel.json"), None)
    if name is None:
        return {}
    try:
        found = _json(files, name)
    except UnusableItemError as problem:
        collector.skip("the skill model", str(problem))
        return {}
    return {step: skills for step, skills in found.items() if isinstance(skills, list) and skills}


class _Problem:
    """One problem. It is also where its figures are read from."""

    def __init__(
        self, files: FolderOrZip, root: str, identifier: str, model: Mapping[str, Sequence[str]]
    ) -> None:
        self._files = files
        self._root = root
        self._id = identifier
        self._model = model
        self._document = _json(files, f"{root}/{identifier}.json")
        self._values = _first_values(self._document)

    def read(self, address: str) -> bytes | None:
        """A figure of this problem."""
        name = f"{self._root}/figures/{address}"
        return self._files.read(name) if name in self._files.names else None

    def add(self, files: Sequence[str], collector: ItemCollector) -> None:
        """Take the problem over, with the steps in ``files``."""
        steps = [_json(self._files, name) for name in files]
        if not steps:
            raise UnusableItemError("It has no steps.")
        for start in range(0, len(steps), _MOST_STEPS):
            self._add_part(steps[start : start + _MOST_STEPS], start // _MOST_STEPS, collector)

    def _add_part(self, steps: Sequence[Json], part: int, collector: ItemCollector) -> None:
        given = f"{self._id}-part-{part + 1}" if part else self._id
        topic, other = self._skills(steps)
        body = self._joined(self._document.get("title"), self._document.get("body"))
        asks = [self._joined(step.get("stepTitle"), step.get("stepBody")) for step in steps]
        figure = self._figure(body, asks, collector)
        if len(steps) == 1:
            stem = _without_figures("\n\n".join(text for text in (body, asks[0]) if text))
            step = self._step(steps[0])
        else:
            stem = _without_figures(body) or "Work through the steps."
            step = {
                "steps": [
                    {**self._numbered(one, ask), **self._own_skill(one, collector)}
                    for one, ask in zip(steps, asks, strict=True)
                ]
            }
        identifier = collector.add(Asked(given, topic, stem, step, picture=figure))
        if identifier is not None:
            collector.also(identifier, other)

    def _numbered(self, step: Json, ask: str) -> Json:
        shown = _without_figures(ask)[:MOST_CHARACTERS] or "What is the answer?"
        return {"id": _step_id(step), "ask": shown, **self._step(step)}

    def _own_skill(self, step: Json, collector: ItemCollector) -> Json:
        named = _named(self._model.get(str(step.get("id")), ()))
        return {"skill": collector.skill(named[0])} if named else {}

    def _skills(self, steps: Sequence[Json]) -> tuple[str, list[str]]:
        """The main skill, and the others."""
        found = _named([skill for step in steps for skill in self._model.get(str(step.get("id")), ())])
        if found:
            return found[0], found[1:]
        return _LESSON_NUMBER.sub("", str(self._document.get("lesson") or "")), []

    def _figure(self, body: str, asks: Sequence[str], collector: ItemCollector) -> tuple[str, str] | None:
        found = [match["name"].strip() for match in _FIGURE.finditer("\n".join((body, *asks)))]
        shown = tuple(Shown(name, "") for name in dict.fromkeys(found))
        return shown_picture(ItemText(body, shown), f"problem {self._id}", collector, self)

    def _joined(self, *parts: object) -> str:
        return "\n\n".join(text for part in parts if (text := _text(part, self._values)))

    def _step(self, step: Json) -> Json:
        """Type, answer, hints and solution of a step."""
        found = self._answer(step)
        tutoring = self._help(str(step.get("id", "")))
        levels = {
            "L1": tutoring.hints[:1],
            "L2": tutoring.hints[1:2],
            "L3": tutoring.scaffolds[:1] or tutoring.hints[2:3],
        }
        hints = {level: texts[0][:MOST_CHARACTERS] for level, texts in levels.items() if texts}
        worked = [line[:MOST_CHARACTERS] for line in tutoring.worked]
        shown = _text(step.get("answerLatex"), self._values) or ", ".join(self._answers(step, "stepAnswer"))
        return {
            **found,
            **({"hints": hints} if hints else {}),
            "solution": [*worked, f"Answer: {shown}"[:MOST_CHARACTERS]],
        }

    def _answer(self, step: Json) -> Json:
        answers = self._answers(step, "stepAnswer")
        if not answers:
            raise UnusableItemError(f"Its step {step.get('id', '')} has no answer.")
        if step.get("problemType") == "MultipleChoice":
            return self._choice(step, answers)
        if step.get("answerType") not in ("arithmetic", "numeric") and not is_formula(answers[0]):
            return typed_step([_plain(one) for one in answers])
        formula = formula_step(answers[0])
        if formula is not None:
            return formula
        if _SIGNS.search(_plain(answers[0])):
            raise UnusableItemError(f"Its answer {answers[0]} cannot be compared with what a learner writes.")
        return typed_step([_plain(one) for one in answers])

    def _choice(self, step: Json, answers: Sequence[str]) -> Json:
        texts = [_text(choice, self._values) for choice in _list(step.get("choices"))]
        options = [text for text in dict.fromkeys(texts) if text]
        same = {_without_spaces(text): place for place, text in enumerate(options)}
        right = [same[key] for one in answers if (key := _without_spaces(one)) in same]
        if len(right) < len(answers):
            raise UnusableItemError("Its answer is none of its options.")
        return choice_step(options, right) if len(right) == 1 else multiple_step(options, right)

    def _answers(self, step: Json, name: str) -> list[str]:
        return [text for one in _list(step.get(name)) if (text := _text(one, self._values))]

    def _help(self, step: str) -> _Help:
        name = f"{self._root}/steps/{step}/tutoring/{step}DefaultPathway.json"
        found = _list(_any_json(self._files, name)) if name in self._files.names else []
        hints: list[str] = []
        scaffolds: list[str] = []
        worked: list[str] = []
        for part in _flat(found):
            text = _without_figures(_text(part.get("text"), self._values))
            if not text:
                continue
            if part.get("type") == "scaffold":
                scaffolds.append(text)
                answer = ", ".join(self._answers(part, "hintAnswer"))
                worked.append(f"{text} {answer}".strip())
            else:
                worked.append(text)
                if part.get("type") == "hint":
                    hints.append(text)
        return _Help(tuple(hints), tuple(scaffolds), tuple(worked))


def _named(skills: Sequence[object]) -> list[str]:
    """Names of skills, as they are shown."""
    return list(dict.fromkeys(name for skill in skills if (name := str(skill).replace("_", " ").strip())))


def _flat(parts: Sequence[Json]) -> Iterator[Json]:
    """Hints with those below them, in the order in which they are shown."""
    waiting = [part for part in reversed(parts) if isinstance(part, dict)]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += [below for below in reversed(_list(part.get("subHints"))) if isinstance(below, dict)]


def _first_values(document: Json) -> Mapping[str, str]:
    found = document.get("variabilization")
    lists = found.items() if isinstance(found, dict) else ()
    return {str(name): str(values[0]) for name, values in lists if isinstance(values, list) and values}


def _text(value: object, values: Mapping[str, str]) -> str:
    r"""A text of OATutor: ``$$…$$`` is a formula in a line, ``@{a}`` a variable, a single dollar is money."""
    if not isinstance(value, str | int | float):
        return ""
    filled = _VARIABLE.sub(lambda match: values.get(match["name"], match.group()), str(value))
    parts = _FORMULA.split(filled)
    shown = [
        f"${' '.join(part.split())}$" if place % 2 else part.replace("$", "\\$")
        for place, part in enumerate(parts)
    ]
    return cleaned("".join(shown))


def _plain(answer: str) -> str:
    """An answer as somebody would type it."""
    return answer.replace("\\$", "\x00").replace("$", "").replace("\x00", "$").strip()


def _without_figures(text: str) -> str:
    return cleaned(_FIGURE.sub("", text))


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _step_id(step: Json) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", str(step.get("id") or "s"))[:100].lstrip("._-") or "s"


def _list(value: object) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _json(files: FolderOrZip, name: str) -> Json:
    """The object in a file."""
    found = _any_json(files, name)
    if not isinstance(found, dict):
        raise UnusableItemError(f"{name.rpartition('/')[2]} is not what it should be.")
    return found


def _any_json(files: FolderOrZip, name: str) -> Json:
    try:
        return json.loads(files.read(name))
    except (ValueError, RecursionError) as problem:
        raise UnusableItemError(f"{name.rpartition('/')[2]} is not JSON.") from problem
