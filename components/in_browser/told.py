"""What pictures in the browser tell Python: taken over when it can be, left when it is nonsense.

A browser is nobody to be trusted: another program may send anything in its place, NaN and whole books among it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components.controls import LONGEST

Names = Mapping[str, tuple[Any, Callable[[str], Any]]]
"""Each value's default, and how its text is read, in the address as from the browser; None or ValueError refuses it."""
MOST_EXACT = 2**53
"""The greatest whole number up to which a browser counts without a gap."""


def told(component: str, name: str) -> Mapping[str, Any]:
    """Return what a component has told under a name; nothing, if it told nothing or nonsense.

    Args:
        component: the key it was mounted with.
        name: of what it tells.
    """
    known = st.session_state.get(component)
    found = known.get(name) if isinstance(known, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def turn(component: str) -> int:
    """Return what the hand had done in a picture when it last told its state: what we send is as new as that."""
    return count(told(component, "state").get("turn")) or 0


def count(given: object) -> int | None:
    """Return a whole number from 0 on that a browser counted; None for nonsense."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    return int(given) if 0 <= given <= MOST_EXACT and given == int(given) else None


def number(given: object) -> float | None:
    """Return a number that a browser sent; None for nonsense, and for what is no number to reckon with."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    try:
        return float(given) if math.isfinite(given) else None
    except OverflowError:  # a whole number of a thousand digits
        return None


def news(component: str, name: str) -> Mapping[str, Any] | None:
    """Return what a component has told under a name, once: each message has its "number"; None if there is no new one.

    Args:
        component: the key it was mounted with.
        name: of what it tells.
    """
    found = told(component, name)
    this = count(found.get("number"))
    heard: dict[str, int] = st.session_state.setdefault("curseurs: last messages heard", {})
    if this is None or heard.get(f"{component} {name}") == this:
        return None
    heard[f"{component} {name}"] = this
    return found


def value(given: object, parse: Callable[[str], Any]) -> Any:
    """Return a value that a browser sent, read as the address is; None refuses it."""
    if isinstance(given, float) and given.is_integer() and abs(given) <= MOST_EXACT:
        given = int(given)  # a browser has one kind of number
    try:
        text = str(given)
        return parse(text) if len(text) <= LONGEST else None
    except (ValueError, OverflowError):
        return None


def take(given: object, names: Names, prefix: str) -> None:
    """Take over values that a browser sent; what cannot be is left as it was. Call it in a callback.

    Args:
        given: what it sent, by name.
        names: of the values.
        prefix: of the names in the address.
    """
    if not isinstance(given, Mapping):
        return
    for name, (_default, parse) in names.items():
        if name in given and (read := value(given[name], parse)) is not None:
            st.session_state[f"{prefix}{name}"] = read
