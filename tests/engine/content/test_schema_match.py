"""The fast answer to whether a document keeps to a schema is that of ``jsonschema``, for whatever document."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.content.schema import schema_name, schema_problems
from engine.content.schema_match import matcher
from engine.errors import BugError
from engine.paths import asset_path
from tests.engine.content.small_pack import FILES
from tests.tutor_app.practice_profile import ITEMS

_SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in asset_path("schemas").glob("*.schema.json")
}
_VALIDATORS = {name: Draft202012Validator(schema) for name, schema in _SCHEMAS.items()}
_MATCHES = {name: matcher(schema) for name, schema in _SCHEMAS.items()}
_SOUND = [
    *((name, document) for file, document in FILES.items() if (name := schema_name(file))),
    *(("items", {"items": [item]}) for item in ITEMS),
    ("items", {"items": [{**ITEMS[0], "vars": {"a": {"int": [1, 9]}, "b": {"choice": [1, 2.5]}}}]}),
    ("misconceptions", {"misconceptions": [{"id": "m", "skill": "s", "description": "d", "response": "r?"}]}),
    ("questions", {"questions": [{"question": "Why?", "answerable": False}]}),
]
_LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, -7.0])
_SOME_JSON = st.recursive(
    _LEAVES | st.text("aB1.- \n", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "value", "accept", "é"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["object", "array", "string", "boolean", "number", "integer"])
    | st.just(["string", "array"]),
    "const": _SOME_JSON,
    "enum": st.lists(_SOME_JSON, min_size=1, max_size=3),
    "required": st.lists(st.sampled_from(["id", "type"]), unique=True),
    "pattern": st.sampled_from(["^a", "1$", "^[aB]*$"]),
    "uniqueItems": st.booleans(),
    **{f"{end}{of}": st.integers(0, 3) for end in ("min", "max") for of in ("Length", "Items")},
    "minProperties": st.integers(0, 2),
    "minimum": st.integers(-2, 2),
    "maximum": st.sampled_from([-1, 0.5, 2]),
}


def _schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some, named = (
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(["id", "value"]), inner),
    )
    nested = {
        **dict.fromkeys(
            ["items", "additionalProperties", "propertyNames", "not", "if", "then", "else"], inner
        ),
        **dict.fromkeys(["allOf", "anyOf", "oneOf"], some),
        "properties": named,
    }
    return st.fixed_dictionaries({}, optional=nested)


_ANY_SCHEMA = st.recursive(
    st.booleans() | st.fixed_dictionaries({}, optional=_KEYWORDS), _schemas, max_leaves=5
)


def _places(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(document, dict | list):
        for key, held in document.items() if isinstance(document, dict) else enumerate(document):
            yield from _places(held, (*path, key))


def _changed(document: Any, path: tuple[str | int, ...], to: Any, *, leave_out: bool) -> Any:
    if not path:
        return to
    changed = within = deepcopy(document)
    for step in path[:-1]:
        within = within[step]
    if leave_out:
        del within[path[-1]]
    else:
        within[path[-1]] = to
    return changed


def test_what_is_sound_keeps_to_every_schema() -> None:
    assert {name for name, _ in _SOUND} == set(_SCHEMAS)
    for name, document in _SOUND:
        assert _MATCHES[name](document)
        assert list(_VALIDATORS[name].iter_errors(document)) == []


@settings(deadline=None)
@given(st.data())
def test_a_document_that_was_changed_anywhere_is_judged_as_jsonschema_judges_it(data: st.DataObject) -> None:
    name, sound = data.draw(st.sampled_from(_SOUND))
    path = data.draw(st.sampled_from(list(_places(sound))))
    changed = _changed(sound, path, data.draw(_SOME_JSON), leave_out=data.draw(st.booleans()))
    errors = list(_VALIDATORS[name].iter_errors(changed))
    assert _MATCHES[name](changed) is not bool(errors)
    assert len(schema_problems(name, changed)) == len(errors)


@settings(max_examples=50, deadline=None)
@given(_ANY_SCHEMA.filter(lambda schema: isinstance(schema, dict)), _SOME_JSON)
def test_any_schema_of_these_keywords_means_what_it_means_to_jsonschema(schema: Any, document: Any) -> None:
    assert matcher(schema)(document) is Draft202012Validator(schema).is_valid(document)


def test_a_definition_may_refer_to_itself() -> None:
    schema = {
        "$ref": "#/$defs/tree",
        "$defs": {"tree": {"type": "array", "maxItems": 2, "items": {"$ref": "#/$defs/tree"}}},
    }
    match = matcher(schema)
    assert match([[], [[]]])
    assert not match([[], [[1]]])
    assert not match([[], [[], [], []]])


@pytest.mark.parametrize("schema", [{"items": {"format": "date"}}, {"$ref": "#/$defs/nowhere"}])
def test_a_keyword_or_a_definition_that_is_not_known_is_a_bug(schema: dict[str, Any]) -> None:
    with pytest.raises(BugError):
        matcher(schema)
