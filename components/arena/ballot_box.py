"""The votes as the page reaches them: counted at most once a second for all students, and kept when the store fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TypeVar

import streamlit as st
from cachetools import TTLCache

from components.language import _
from core import ballots
from core.ballots import Ballot, Count, Seen, StoreFault

ROOM, LONGEST_ROOM = "room", 32
"""The code of a class, in the address."""
FRESH = 1.0
"""Seconds for which a count serves all who look."""
FAILED = 10.0
"""Seconds for which a store that failed is not asked again by who only looks: a class would wait in line for it."""
MOST_WAITING = 200
"""Votes of one session that wait for a store."""
Answer = TypeVar("Answer")
_FAULT = "curseurs: why votes could not be kept"
_WAITING = "curseurs: votes that are not kept yet"
_counted: TTLCache[tuple[str, str], list[Count]] = TTLCache(64, FRESH)
_failed: TTLCache[str, StoreFault] = TTLCache(8, FAILED)
_lock, _failing = Lock(), Lock()


def room_of(given: str) -> str:
    """Return the code of a class as votes keep it: letters, digits, - and _, in lower case."""
    return re.sub(r"[^\w-]", "", given.casefold())[:LONGEST_ROOM]


def counts(room: str) -> list[Count]:
    """Return the votes of a room, counted within the last second.

    Raises:
        core.ballots.StoreFault: they cannot be read.
    """
    store = ballots.default()
    with _lock:  # one asks, the others wait for the answer
        if (found := _counted.get((store.url, room))) is None:
            found = _counted[store.url, room] = _asked(store.url, partial(store.counts, room))
        return found


def seen(room: str, voter: str) -> set[Seen]:
    """Return what a voter has voted on in a room.

    Raises:
        core.ballots.StoreFault: it cannot be read.
    """
    store = ballots.default()
    return _asked(store.url, partial(store.seen, room, voter))


def _asked(url: str, ask: Callable[[], Answer]) -> Answer:
    """Ask the store, unless it has just failed."""
    with _failing:
        failed = _failed.get(url)
    if failed is not None:
        raise StoreFault(failed.why, failed.where)
    try:
        return ask()
    except StoreFault as fault:
        with _failing:
            _failed[url] = fault
        raise


def cast(ballot: Ballot) -> None:
    """Keep a vote, with those that wait; where the store fails, it waits in this session."""
    waiting().append(ballot)
    del waiting()[:-MOST_WAITING]
    send()


def send() -> None:
    """Try to keep the votes that wait, the oldest first."""
    votes = waiting()
    with writing():
        while votes:
            ballots.default().cast(votes[0])
            del votes[0]
    recount()


def waiting() -> list[Ballot]:
    """Return the votes of this session that are not kept yet."""
    found: list[Ballot] = st.session_state.setdefault(_WAITING, [])
    return found


def recount() -> None:
    """Have the next look count anew: what was just changed shall be seen."""
    with _lock:
        _counted.clear()
    with _failing:
        _failed.clear()


@contextmanager
def writing() -> Iterator[None]:
    """Note what is wrong with the store when the block writes to it: `fault` says so until the next one succeeds."""
    try:
        yield
    except StoreFault as fault:
        st.session_state[_FAULT] = fault
    else:
        st.session_state.pop(_FAULT, None)


def fault() -> str:
    """Return in the page's words why the last vote could not be kept or forgotten; "" if it could."""
    found: StoreFault | None = st.session_state.get(_FAULT)
    return why(found) if found else ""


def why(found: StoreFault) -> str:
    """Return in the page's words what is wrong with the store."""
    where = found.where
    match found.why:
        case "address":
            return _("The address of the votes (CURSEURS_DB) cannot be read. It looks like sqlite:///votes.sqlite.")
        case "driver":
            return _("No driver is installed for the database of the votes ({where}).", where=where)
        case "newer":
            return _(
                "A newer version of the course has written the votes ({where}): this one leaves them alone.",
                where=where,
            )
        case "full":
            return _("The disk of the votes is full, or fails ({where}).", where=where)
        case "locked":
            return _("Another program holds the votes ({where}).", where=where)
        case "read-only":
            return _("The votes may not be written here ({where}).", where=where)
        case "broken":
            return _("The file of the votes is damaged, or is something else ({where}).", where=where)
    return _("The database of the votes does not answer, or does not let this server in ({where}).", where=where)
