"""The JSON Schemas of a pack's files (``assets/schemas``, 2020-12), and what they say about one.

Nearly every file keeps to its schema, and ``jsonschema_rs`` sees that many times as fast as ``jsonschema``, which says
what breaks one: it is loaded only then.
"""

import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.content import layout
from engine.errors import BugError
from engine.paths import asset_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jsonschema_rs
    from jsonschema import Draft202012Validator, ValidationError

_NAMES = {
    layout.MANIFEST: "manifest",
    layout.SKILLS: "skills",
    layout.GLOSSARY: "glossary",
    layout.QUESTIONS: "questions",
    layout.MISCONCEPTIONS: "misconceptions",
}
_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """One broken rule of a schema. ``path`` leads to the value, from the top of the document."""

    path: tuple[str | int, ...]
    message: str

    @property
    def place(self) -> str:
        """The path for a person: "skills[3].goal"."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")


def schema_name(file: str) -> str | None:
    """The schema of the file ``file`` of a pack; None if it has none."""
    if file.startswith("items/") and file.endswith(".json"):
        return "items"
    return _NAMES.get(file)


def schema_problems(name: str, document: object) -> list[SchemaProblem]:
    """What in ``document`` breaks the schema ``name``, in the order of the document."""
    if _keeps_to(name, document):
        return []
    errors: Iterable[ValidationError] = _validator(name).iter_errors(document)
    found = [SchemaProblem(tuple(error.absolute_path), error.message[:_LONGEST_MESSAGE]) for error in errors]
    return sorted(found, key=lambda problem: [str(step).zfill(6) for step in problem.path])


def _keeps_to(name: str, document: object) -> bool:
    try:
        return _quick_validator(name).is_valid(document)
    except UnicodeEncodeError:  # half a character ("\ud800"), which only ``jsonschema`` reads
        return False


@functools.cache
def _quick_validator(name: str) -> "jsonschema_rs.Draft202012Validator":
    import jsonschema_rs

    try:
        return jsonschema_rs.Draft202012Validator(_schema(name))
    except jsonschema_rs.ValidationError as error:
        raise BugError(f"the schema {name} is invalid: {error.message}") from error


@functools.cache
def _validator(name: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema(name))


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        asset_path("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return schema
