"""What a browser tells a picture's page: every kind of nonsense is refused, and nothing is heard twice."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from components import controls
from components.in_browser import told

Session = Callable[[dict[str, Any]], dict[str, Any]]
NONSENSE: list[Any] = [None, "7", [], {}, True, math.nan, math.inf, -math.inf, -1, 10**400]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """Return what starts a session in which a browser has told something."""

    def start(held: dict[str, Any]) -> dict[str, Any]:
        monkeypatch.setattr(st, "session_state", held)
        return held

    return start


@pytest.mark.parametrize("given", NONSENSE)
def test_a_turn_is_a_whole_number_whatever_was_sent(session: Session, given: object) -> None:
    """A picture takes what Python sends only if it is as new: no NaN may ever stand there."""
    session({"picture": {"state": {"turn": given}}})
    assert told.turn("picture") == 0


@pytest.mark.parametrize("given", [*NONSENSE, {"picture": None}, {"picture": "x"}, {"picture": {"state": 3}}])
def test_a_picture_that_told_nothing_has_told_nothing(session: Session, given: object) -> None:
    """Before the first message, and after one that is none."""
    session(given if isinstance(given, dict) else {"picture": given})
    assert told.told("picture", "state") == {}
    assert told.turn("picture") == 0
    assert told.news("picture", "bet") is None


def test_a_message_is_heard_once(session: Session) -> None:
    """A page that runs again for another reason finds the same message there; the next one has another number."""
    held = session({"picture": {"bet": {"number": 1, "size": 5}}})
    assert told.news("picture", "bet") == {"number": 1, "size": 5}
    assert told.news("picture", "bet") is None
    assert told.news("picture", "guess") is None
    held["picture"] = {"bet": {"number": 2, "size": 5}, "guess": {"number": 1}}
    assert told.news("picture", "bet") == {"number": 2, "size": 5}
    assert told.news("picture", "guess") == {"number": 1}


def test_a_value_is_read_as_in_the_address() -> None:
    """A browser has one kind of number: 3.0 is 3; what no link may hold, no message may."""
    assert told.value(3.0, int) == 3
    assert told.value(-1.0, int) == -1
    assert told.value(0.25, float) == 0.25
    assert told.value(1e25, float) == 1e25
    assert told.value(True, controls.boolean) is True
    assert told.value("x" * controls.LONGEST, str) == "x" * controls.LONGEST
    for refused in ("x" * (controls.LONGEST + 1), 10**1_000, "no", 0.5, math.nan, math.inf, None, [3], {"a": 3}):
        assert told.value(refused, int) is None


def test_a_number_is_one_to_reckon_with() -> None:
    """A bet or a guess of NaN would be near everything, or nothing."""
    assert told.number(5) == 5.0
    assert told.number(-0.5) == -0.5
    for refused in (None, "5", True, math.nan, math.inf, 10**400, [5]):
        assert told.number(refused) is None


def test_what_cannot_be_is_left_as_it_was(session: Session) -> None:
    """The good values of a message are taken, each for itself; a name that nobody knows is nobody's."""
    names: told.Names = {"size": (1, int), "kind": ("a", controls.one_of("a", "b")), "on": (False, controls.boolean)}
    held = session({"p_size": 4})
    for nonsense in NONSENSE:
        told.take(nonsense, names, "p_")
    told.take({"size": math.nan, "kind": "b", "on": True, "other": 1}, names, "p_")
    assert held == {"p_size": 4, "p_kind": "b", "p_on": True}
