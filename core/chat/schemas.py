"""Whether an answer keeps the schema that it was asked for: the part of JSON Schema that questions here use."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}


def keeps(schema: Mapping[str, Any], text: str) -> bool:
    """Whether a text is JSON of this schema: `type`, `enum`, `properties`, `required` and `items` are looked at."""
    try:
        return _fits(schema, json.loads(text))
    except (ValueError, RecursionError):
        return False


def _fits(schema: Mapping[str, Any], value: Any) -> bool:
    if (kind := schema.get("type")) in _TYPES and not _TYPES[kind](value):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, dict):
        known: Mapping[str, Any] = schema.get("properties", {})
        complete = all(name in value for name in schema.get("required", ()))
        return complete and all(_fits(known[name], each) for name, each in value.items() if name in known)
    if isinstance(value, list):
        return all(_fits(schema.get("items", {}), each) for each in value)
    return True
