"""Parts of the page that ask workers: each follows its own answer, and none holds up the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

import streamlit as st
from cachetools import LRUCache

from components.language import _
from components.run_controls import still_here, why
from core import answers, jobs, workers
from core.answers import Shipped
from core.jobs import Job

PATIENCE = 0.3
"""Seconds that a part waits before it says that a worker computes; what is quick shows no such sentence."""
EVERY = 0.4
"""Seconds between two looks at a worker that still computes."""
LONGEST = 60.0
"""Seconds that workers may take to start; after that they are asked, and say themselves what is wrong."""
_SINCE = "curseurs: since when the workers are awaited"
_PENDING, _JOBS = "curseurs: parts that wait", "curseurs: what they wait for"
_FAILED = "curseurs: what failed while a part waits"
_known: LRUCache[str, Any] = LRUCache(300)
_lock = Lock()

log = logging.getLogger(__name__)


def part(name: str, draw: Callable[[], object]) -> None:
    """Draw a part of the page; while a worker still computes for it, it is drawn again by itself.

    Args:
        name: of the part, once on the page.
        draw: shows it. What it needs of workers it asks of `answered`, with slots that begin with the name.
    """
    pending: set[str] = st.session_state.setdefault(_PENDING, set())
    failed: dict[str, tuple[str, BaseException]] = st.session_state.setdefault(_FAILED, {})
    waits = any(slot.startswith(name) for slot in pending)

    @st.fragment(run_every=EVERY if waits else None)
    def drawn() -> None:
        before = {slot for slot in pending if slot.startswith(name)}
        pending.difference_update(before)  # what is still asked for says so again
        draw()
        for slot in before - pending:
            _let_go(slot)
        still = any(slot.startswith(name) for slot in pending)
        if waits != still:
            st.rerun()
        if not still:  # at rest: whoever lets the page run again asks again
            for slot in [slot for slot in failed if slot.startswith(name)]:
                del failed[slot]

    drawn()


def answered(
    slot: str,
    function: Callable[..., Any],
    *args: Any,
    shipped: Shipped | None = None,
    quiet: bool = False,
    given: object = None,
) -> Any | None:
    """Return what a function of `core` gives, computed on a worker; None while it computes, or if it failed.

    A failure is logged and said in the page's language, and asked for again when somebody lets the page run again: as
    long as its part runs again by itself, it is only said. Answers are kept, the shipped ones need no worker.

    Args:
        slot: what waits, once on the page; it begins with the name of its part.
        function: of `core`, importable on a worker.
        *args: what it is called with; as JSON, they are what the answer is known by.
        shipped: answers that come with the course.
        quiet: say nothing while a worker computes: what is shown says so itself, by `waits`.
        given: a last argument that is too large to know an answer by, where the others name it.
    """
    pending: set[str] = st.session_state.setdefault(_PENDING, set())
    held: dict[str, tuple[str, Job]] = st.session_state.setdefault(_JOBS, {})
    pending.discard(slot)
    asked = answers.key(function, *args)
    if (found := known(function, *args, shipped=shipped)) is not None:
        return found
    failed: dict[str, tuple[str, BaseException]] = st.session_state.get(_FAILED, {})
    if slot in failed and failed[slot][0] == asked:
        _say(failed[slot][1])
        return None
    if are_starting():
        pending.add(slot)
        if not quiet:
            st.caption(_("A worker computes…"))
        return None
    try:
        if slot not in held or held[slot][0] != asked:
            _let_go(slot)
            all_of_it = args if given is None else (*args, given)
            held[slot] = asked, jobs.start(function, *all_of_it, priority=5, wanted=still_here())
    except workers.WorkersUnavailable as error:
        _fail(slot, asked, error)
        return None
    job = held[slot][1]
    if not job.wait(PATIENCE):
        pending.add(slot)
        if not quiet:
            st.caption(_("A worker computes…"))
        return None
    del held[slot]
    if job.error is not None:
        _fail(slot, asked, job.error)
        return None
    with _lock:
        _known[asked] = job.result
    return job.result


def await_also(slot: str) -> None:
    """Have a part drawn again by itself, as if a worker computed for it: something else is on its way.

    Args:
        slot: what waits, once on the page; it begins with the name of its part. Say so again at every drawing.
    """
    st.session_state.setdefault(_PENDING, set()).add(slot)


def waits(slot: str) -> bool:
    """Whether the answer of a slot is still being computed, as `answered` last found it."""
    return slot in st.session_state.get(_PENDING, ())


def known(function: Callable[..., Any], *args: Any, shipped: Shipped | None = None) -> Any | None:
    """Return an answer that needs no worker: shipped, or asked for before; None if there is none."""
    asked = answers.key(function, *args)
    if shipped is not None and (found := shipped.answer(asked)) is not None:
        return found
    with _lock:
        return _known.get(asked)


def are_starting() -> bool:
    """Whether this machine's workers are on their way: asking them now would hold up the whole page."""
    if workers.answering() or workers.address() != "local":
        st.session_state.pop(_SINCE, None)
        return False
    since: float = st.session_state.setdefault(_SINCE, time.monotonic())
    return time.monotonic() - since < LONGEST


def _let_go(slot: str) -> None:
    """Free the worker of a question that is asked no more; whoever else asks the same goes on waiting for it."""
    held: dict[str, tuple[str, Job]] = st.session_state.get(_JOBS, {})
    if (old := held.pop(slot, None)) is not None:
        old[1].stop()


def _fail(slot: str, asked: str, error: BaseException) -> None:
    log.error("a worker's answer is missing", exc_info=error)
    st.session_state.get(_FAILED, {})[slot] = asked, error
    _say(error)


def _say(error: BaseException) -> None:
    st.error(why(error), icon=":material/error:")
