"""What a student has done, kept in their own browser: the server knows it while the tab is open, and writes it nowhere.

The session begins empty. The keeper, a component that nobody sees, tells it what the browser holds; what the session
adds goes back with the next run.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.in_browser import component
from core.course import concepts
from core.progress import PageProgress, Progress, merge, written

_SESSION = "curseurs: progress"
_KEEPER = "keeper"
# Out of the flow: an element without height would still keep the distance to its neighbours.
_STYLE = f"<style>[class*=st-key-{_KEEPER}] {{ position: absolute; }}</style>"


@dataclass
class _Session:
    """What one tab knows.

    Attributes:
        name: tells the keeper a new session from a new run; it says nothing of the student.
        known: all that was done, now and earlier.
        done: what was done in this session, and so may not be in the browser yet.
        page: stem of the page that is shown; "" if none of the course.
        ahead: how often a fragment sent its news ahead of the next run.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    known: Progress = field(default_factory=Progress)
    done: Progress = field(default_factory=Progress)
    page: str = ""
    ahead: int = 0


def of(stem: str) -> PageProgress:
    """Return what the student has done on a page, to be read; the functions below add to it."""
    return _session().known.page(stem)


def predicted(stem: str, option: int) -> None:
    """Keep the first guess: the option's place in the lesson's file, -1 if the question was skipped.

    A guess after a skip is kept, a second guess is not.
    """
    _add(stem, PageProgress(prediction=option))


def reached(stem: str, mission: str) -> None:
    """Keep that a mission was reached."""
    _add(stem, PageProgress(missions={mission}))


def answered(stem: str, quiz: str, option: int) -> None:
    """Keep the option chosen last in a quiz: the id of its section, and the option's place in the lesson's file."""
    _add(stem, PageProgress(quiz={quiz: option}))


def wrote(stem: str, sentence: str) -> None:
    """Keep the sentence that explains, cut to 1,000 characters; an empty one changes nothing."""
    _add(stem, PageProgress(sentence=written(sentence)))


def judged(stem: str, model: str, use: str, marks: Mapping[str, str]) -> None:
    """Keep how a model's answer was judged: a mark for each criterion, instead of those of its answer before.

    Args:
        stem: of the page.
        model: whose answer it is, as `core.progress` takes it: else nothing is kept.
        use: what was asked.
        marks: by criterion.
    """
    _add(stem, PageProgress.from_json({"judged": {model: {use: marks}}}))


def known() -> Progress:
    """Return all that the session knows, to be read."""
    return _session().known


def keep(stem: str = "") -> None:
    """Exchange news with the browser, at the end of every run: the router calls this once.

    Args:
        stem: of the page that was shown; one that is no page of the course is not the place to resume.
    """
    session = _session()
    session.page = stem if any(concept.stem == stem for concept in concepts()) else ""
    if session.page:
        query = urlencode(st.query_params.to_dict())
        session.known.last = f"{stem}?{query}" if query else stem
    st.html(_STYLE)
    _mount(_KEEPER)


def take_in(given: object) -> None:
    """Add to what the session knows what a file told; it may hold anything. It counts as later."""
    session = _session()
    session.known = merge(session.known, Progress.from_json(given))


def forget() -> None:
    """Forget everything, as the browser already has."""
    st.session_state[_SESSION] = _Session(name=_session().name)


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_SESSION, _Session())
    return found


def _add(stem: str, more: PageProgress) -> None:
    session = _session()
    before = session.done.to_json()
    session.known.page(stem).add(more)
    session.done.page(stem).add(more)
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run and session.done.to_json() != before:
        # The router does not run with a fragment, and the tab may be closed before it does.
        session.ahead += 1
        _mount(f"{_KEEPER}-ahead-{session.ahead}")


def _mount(key: str) -> None:
    session = _session()
    data = {"session": session.name, "page": session.page, "done": session.done.to_json()["pages"]}
    component("progress/keeper")(key=key, data=data, on_told_change=_told)


def _told() -> None:
    """Take over what the browser held before this session; what the session has done since counts as later."""
    session, given = _session(), st.session_state[_KEEPER].get("told")
    session.known = merge(Progress.from_json(given), session.known)
