"""The quick answer to whether a document keeps to a schema is that of ``jsonschema``, for whatever document."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.content import schema
from engine.content.schema import schema_name, schema_problems
from engine.errors import BugError
from engine.paths import asset_path
from tests.engine.content.small_pack import FILES
from tests.tutor_app.practice_profile import ITEMS

_SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in asset_path("schemas").glob("*.schema.json")
}
_VALIDATORS = {name: Draft202012Validator(schema) for name, schema in _SCHEMAS.items()}
_QUICK = {name: jsonschema_rs.Draft202012Validator(schema) for name, schema in _SCHEMAS.items()}
_MISCONCEPTION = {"id": "m", "skill": "s", "description": "d", "response": "r?"}
_SOUND = [
    *((name, document) for file, document in FILES.items() if (name := schema_name(file))),
    *(("items", {"items": [item]}) for item in ITEMS),
    ("items", {"items": [{**ITEMS[0], "vars": {"a": {"int": [1, 9]}, "b": {"choice": [1, 2.5]}}}]}),
    ("misconceptions", {"misconceptions": [_MISCONCEPTION]}),
    ("questions", {"questions": [{"question": "Why?", "answerable": False}]}),
]
_LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, -7.0])
_SOME_JSON = st.recursive(
    _LEAVES | st.text("aB1.- ", max_size=3),  # no line feed, which the two do not see alike
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
        assert _QUICK[name].is_valid(document)
        assert list(_VALIDATORS[name].iter_errors(document)) == []


@settings(deadline=None)
@given(st.data())
def test_a_document_that_was_changed_anywhere_is_judged_as_jsonschema_judges_it(data: st.DataObject) -> None:
    name, sound = data.draw(st.sampled_from(_SOUND))
    path = data.draw(st.sampled_from(list(_places(sound))))
    changed = _changed(sound, path, data.draw(_SOME_JSON), leave_out=data.draw(st.booleans()))
    errors = list(_VALIDATORS[name].iter_errors(changed))
    assert _QUICK[name].is_valid(changed) is not bool(errors)
    assert len(schema_problems(name, changed)) == len(errors)


@settings(max_examples=50, deadline=None)
@given(_ANY_SCHEMA.filter(lambda schema: isinstance(schema, dict)), _SOME_JSON)
def test_any_schema_of_these_keywords_means_what_it_means_to_jsonschema(schema: Any, document: Any) -> None:
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(document) is Draft202012Validator(
        schema
    ).is_valid(document)


@pytest.mark.parametrize(("name", "text"), [("id", "m\n"), ("description", "\ud800"), ("id", "\ud800")])
def test_where_the_two_differ_about_a_text_jsonschema_is_believed(name: str, text: str) -> None:
    document = {"misconceptions": [{**_MISCONCEPTION, name: text}]}
    errors = list(_VALIDATORS["misconceptions"].iter_errors(document))
    assert len(schema_problems("misconceptions", document)) == len(errors)


def test_a_schema_uses_no_keyword_that_json_schema_lacks() -> None:
    strict = Draft202012Validator(
        {
            "$id": "urn:strict",
            "$dynamicAnchor": "meta",
            "$ref": "https://json-schema.org/draft/2020-12/schema",
            "unevaluatedProperties": False,
        }
    )
    assert not strict.is_valid({"$defs": {"a": {"items": {"maxLenght": 1}}}})
    assert {name: [error.message for error in strict.iter_errors(_SCHEMAS[name])] for name in _SCHEMAS} == {
        name: [] for name in _SCHEMAS
    }


@pytest.mark.parametrize("wrong", [{"items": {"type": "text"}}, {"$ref": "#/$defs/nowhere"}])
def test_a_schema_that_is_none_is_a_bug(wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_schema", lambda name: wrong)
    schema._quick_validator.cache_clear()
    try:
        with pytest.raises(BugError):
            schema_problems("items", {})
    finally:
        schema._quick_validator.cache_clear()
