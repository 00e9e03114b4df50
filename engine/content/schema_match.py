"""Whether a document keeps to a JSON Schema: yes or no, many times as fast as finding out what breaks it.

Packs are read at every start, and nearly every file of them keeps to its schema. A schema is made into functions once;
what breaks one is said by ``jsonschema`` (in ``schema.py``), which is asked, and loaded, only then. Only the keywords
that ``assets/schemas`` use are known: another one is a mistake in the schema, and never passed over.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from engine.errors import BugError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized

    Check = Callable[[Any], bool]
    Schema = bool | Mapping[str, Any]

_DEFINED = "#/$defs/"
_WITHOUT_MEANING = frozenset({"$schema", "$defs", "title", "then", "else"})  # of their own


def matcher(schema: Mapping[str, Any]) -> Check:
    """A function that says whether a document, as ``json.loads`` gives it, keeps to ``schema`` (2020-12).

    Raises:
        BugError: the schema uses a keyword that is not known here, or names a definition that it lacks.
    """
    return _Maker(schema.get("$defs", {})).check(schema)


class _Maker:
    """Makes checks of schemas that may refer to ``definitions``."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self._defined: dict[str, Check] = dict.fromkeys(definitions, _anything)
        self._defined.update({name: self.check(schema) for name, schema in definitions.items()})

    def check(self, schema: Schema) -> Check:
        if isinstance(schema, bool):
            return _anything if schema else _nothing
        return _all([self._keyword(name, schema) for name in schema if name not in _WITHOUT_MEANING])

    def _keyword(self, name: str, schema: Mapping[str, Any]) -> Check:
        wanted = schema[name]
        if name in _SIMPLE:
            return _SIMPLE[name](wanted)
        if name in _OF_ONE:
            return _OF_ONE[name](self.check(wanted))
        if name in _OF_SEVERAL:
            return _OF_SEVERAL[name]([self.check(part) for part in wanted])
        match name:
            case "$ref":
                return self._reference(wanted)
            case "properties":
                return _properties({key: self.check(part) for key, part in wanted.items()})
            case "additionalProperties":
                return _other_properties(frozenset(schema.get("properties", ())), self.check(wanted))
            case "if":
                return _choice(*(self.check(schema.get(part, True)) for part in ("if", "then", "else")))
        raise BugError(f"the keyword {name} of a schema is not known")

    def _reference(self, pointer: str) -> Check:
        name, defined = pointer.removeprefix(_DEFINED), self._defined
        if name not in defined:
            raise BugError(f"a schema refers to {pointer}, which is not there")

        def check(value: Any) -> bool:
            found = defined[name]  # as it is by then: definitions may refer to each other
            return found(value)

        return check


def _anything(_value: Any) -> bool:
    return True


def _nothing(_value: Any) -> bool:
    return False


def _all(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(value: Any) -> bool:
        for part in checks:  # noqa: SIM110 - a generator takes twice as long
            if not part(value):
                return False
        return True

    return check


def _count(checks: list[Check], allowed: range) -> Check:
    return lambda value: sum(part(value) for part in checks) in allowed


def _choice(condition: Check, then: Check, otherwise: Check) -> Check:
    return lambda value: then(value) if condition(value) else otherwise(value)


def _properties(checks: dict[str, Check]) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        for key, held in value.items():
            part = checks.get(key)
            if part is not None and not part(held):
                return False
        return True

    return check


def _other_properties(known: frozenset[str], part: Check) -> Check:
    if part is _nothing:
        return lambda value: not isinstance(value, dict) or value.keys() <= known
    return lambda value: (
        not isinstance(value, dict) or all(part(held) for key, held in value.items() if key not in known)
    )


def _names(part: Check) -> Check:
    return lambda value: not isinstance(value, dict) or all(map(part, value))


def _items(part: Check) -> Check:
    return lambda value: not isinstance(value, list) or all(map(part, value))


def _type(wanted: str | list[str]) -> Check:
    checks = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    return checks[0] if len(checks) == 1 else _count(checks, range(1, len(checks) + 1))


def _required(names: Iterable[str]) -> Check:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or value.keys() >= wanted


def _one_of(values: Iterable[Any]) -> Check:
    allowed = tuple(values)
    return lambda value: any(_equal(value, one) for one in allowed)


def _pattern(pattern: str) -> Check:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _unique(wanted: bool) -> Check:
    if not wanted:
        return _anything
    return lambda value: (
        not isinstance(value, list) or not any(_equal(one, other) for one, other in combinations(value, 2))
    )


def _sized(kind: type[Sized], allowed: Callable[[int], bool]) -> Check:
    return lambda value: not isinstance(value, kind) or allowed(len(value))


def _valued(allowed: Callable[[float], bool]) -> Check:
    return lambda value: not _is_number(value) or allowed(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


def _equal(one: Any, other: Any) -> bool:
    """Equal as JSON has it: 1 is 1.0, and not true."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(held, other[key]) for key, held in one.items())
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


_TYPES: Mapping[str, Check] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "integer": _is_whole,
}
_OF_ONE: Mapping[str, Callable[[Check], Check]] = {
    "items": _items,
    "propertyNames": _names,
    "not": lambda part: _choice(part, _nothing, _anything),
}
_OF_SEVERAL: Mapping[str, Callable[[list[Check]], Check]] = {
    "allOf": _all,
    "anyOf": lambda parts: _count(parts, range(1, len(parts) + 1)),
    "oneOf": lambda parts: _count(parts, range(1, 2)),
}
_SIMPLE: Mapping[str, Callable[[Any], Check]] = {
    "type": _type,
    "const": lambda wanted: _one_of([wanted]),
    "enum": _one_of,
    "required": _required,
    "pattern": _pattern,
    "uniqueItems": _unique,
    "minLength": lambda least: _sized(str, lambda size: size >= least),
    "maxLength": lambda most: _sized(str, lambda size: size <= most),
    "minItems": lambda least: _sized(list, lambda size: size >= least),
    "maxItems": lambda most: _sized(list, lambda size: size <= most),
    "minProperties": lambda least: _sized(dict, lambda size: size >= least),
    "minimum": lambda least: _valued(lambda value: value >= least),
    "maximum": lambda most: _valued(lambda value: value <= most),
}
