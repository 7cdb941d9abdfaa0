"""What a model sends as arguments, checked against a schema before anything uses it: it may be anything at all."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

MOST_TEXT = 4_000
"""Characters of all arguments together, as JSON."""
MOST_WHOLE = 1_000_000
_TYPES: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}


class ArgumentError(ValueError):
    """Arguments that cannot be used; the message says what was wrong, in words for a model: English, short."""


def parsed(text: str) -> Any:
    """Return the value of a JSON text, without NaN, infinity and texts that are too long.

    Raises:
        ArgumentError: it is no such text.
    """
    if len(text) > MOST_TEXT:
        raise ArgumentError(f"{len(text)} characters, at most {MOST_TEXT}")
    try:
        return json.loads(text, parse_constant=_refuse)
    except ArgumentError:
        raise
    except (ValueError, RecursionError):  # a whole number of five thousand digits is a ValueError too
        raise ArgumentError("no JSON") from None


def checked(given: object, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments that fit a schema of this course: an object of plain values, described by `properties`.

    Args:
        given: an object, or its JSON text.
        schema: with `properties` and `required`; of each property `type`, and `enum`, `maxLength`, `minimum` or
            `maximum` where it has one.

    Raises:
        ArgumentError: no object, something missing, something extra, of the wrong kind, or out of bounds.
    """
    value = parsed(given) if isinstance(given, str) else given
    if not isinstance(value, Mapping):
        raise ArgumentError("an object is expected")
    known: Mapping[str, Any] = schema["properties"]
    if extra := [str(name)[:40] for name in value if name not in known]:
        raise ArgumentError(f"unknown argument: {', '.join(sorted(extra)[:5])}")
    if missing := [name for name in schema.get("required", ()) if name not in value]:
        raise ArgumentError(f"missing argument: {', '.join(missing)}")
    # null stands for an argument that was left out: servers that enforce a schema have models write every name
    return {name: _value(name, told, known[name]) for name, told in value.items()
            if told is not None or name in schema.get("required", ())}  # fmt: skip


def _value(name: str, told: object, rule: Mapping[str, Any]) -> Any:
    kind: str = rule["type"]
    if kind == "integer" and isinstance(told, float) and math.isfinite(told) and told == int(told):
        told = int(told)
    if not isinstance(told, _TYPES[kind]) or (isinstance(told, bool) and kind != "boolean"):
        raise ArgumentError(f"{name}: {kind} expected")
    if isinstance(told, str) and len(told) > rule.get("maxLength", MOST_TEXT):
        raise ArgumentError(f"{name}: {len(told)} characters, at most {rule.get('maxLength', MOST_TEXT)}")
    if isinstance(told, (int, float)) and not isinstance(told, bool):
        least, most = rule.get("minimum", -MOST_WHOLE), rule.get("maximum", MOST_WHOLE)
        if not least <= told <= most:  # not-a-number is between nothing
            raise ArgumentError(f"{name}: a number from {least} to {most} expected")
    if "enum" in rule and told not in rule["enum"]:
        raise ArgumentError(f"{name}: one of {', '.join(map(str, rule['enum']))} expected")
    return told


def _refuse(constant: str) -> NoReturn:
    raise ArgumentError(f"{constant} is no number")
