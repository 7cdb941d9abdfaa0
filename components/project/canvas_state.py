"""The canvas of this session: in its memory and in the student's own browser, on no disk of the server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from components import given
from components.in_browser import component, surroundings
from components.language import _, data_size
from core.project import plan
from core.project.canvas import (
    FIELDS,
    MOST_BYTES,
    REASONS,
    Canvas,
    CanvasError,
    Link,
    as_lines,
    from_file,
    links_in,
    merged,
)

KEY = "pj-canvas"
_SESSION = "project: canvas"
_SAID = "project: what became of a file"


@dataclass
class _Session:
    """What one tab knows.

    Attributes:
        name: tells the browser a new session from a new run; it says nothing of the student.
        canvas: what they wrote.
        known: whether the browser has told what it holds, or the student has written since.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    canvas: Canvas = field(default_factory=Canvas)
    known: bool = False


def current() -> Canvas:
    """Return the canvas as it stands."""
    return _session().canvas


def forget() -> None:
    """Forget the canvas of this session, as the browser already has."""
    st.session_state.pop(_SESSION, None)


def add_experiments(links: Iterable[Link]) -> None:
    """Add experiments to the canvas, as the lab notebook does. Call it in a callback, or before the form is drawn."""
    _take(current().with_experiments(links))


def text(name: str, draw: Callable[..., str | None], **options: Any) -> None:
    """Draw the field of one of the texts, and keep what stands in it.

    Args:
        name: one of `FIELDS`.
        draw: a field of Streamlit.
        **options: of that field.
    """
    key = _key(name)
    given.give_unless_set(key, getattr(current(), name))
    value = draw(key=key, max_chars=FIELDS[name], **options) or ""
    _write(current().with_text(name, value))


def experiments(draw: Callable[..., str | None], **options: Any) -> None:
    """Draw the field of the experiments, one a line, and keep them."""
    key = _key("experiments")
    given.give_unless_set(key, as_lines(current().experiments))
    _write(replace(current(), experiments=links_in(draw(key=key, **options) or "")))


def hours(step: str, draw: Callable[..., int], **options: Any) -> None:
    """Draw the field of the hours of a step, and keep them."""
    key = _key(f"hours-{step}")
    given.give_unless_set(key, current().hours[step])
    told = draw(key=key, min_value=0, max_value=plan.LONGEST_STEP, step=1, **options)
    _write(replace(current(), hours=plan.checked({**current().hours, step: told})))


def keep() -> None:
    """Exchange news with the browser, and let the student open a file or begin anew. Call it after the form."""
    session = _session()
    labels = {
        "open": _("Open a canvas"),
        "clear": _("Begin anew"),
        "sure": _("Empty the whole canvas, without a way back?"),
        "yes": _("Yes, empty it"),
        "no": _("No, keep it"),
        "stays": _("What you write stays in this browser, at this address: on another machine, open the file."),
        "fleeting": _("This browser keeps nothing: download the file before you close the tab."),
        "large": _too_large(),
        "unread": _("This file could not be read."),
    }
    data = surroundings() | {
        "session": session.name,
        "known": session.known,
        "canvas": None if session.canvas.is_empty else session.canvas.to_json(),
        "most": MOST_BYTES,
        "labels": labels,
    }
    component("project/canvas_kept")(
        key=KEY,
        data=data,
        on_told_change=lambda: _told(_heard("told")),
        on_opened_change=lambda: _opened(_heard("opened")),
        on_cleared_change=lambda: _take(Canvas()),
    )
    reason = st.session_state.pop(_SAID, None)
    if reason:
        st.warning(why(reason), icon=":material/error:")
    elif reason is not None:
        st.success(_("The canvas of the file is here."), icon=":material/task_alt:")


def why(reason: str) -> str:
    """Return why a file is no canvas, in the page's language."""
    words = {
        "empty": _("This file is empty: nothing has changed."),
        "too_large": _too_large(),
        "not_text": _("This file holds something else than text: nothing has changed."),
        "cut": _("This canvas is not whole, its file was cut: nothing has changed."),
        "foreign": _("This file holds no canvas of this course: nothing has changed."),
        "version": _("This canvas is of another version of the course: nothing has changed."),
    }
    assert set(words) == set(REASONS)
    return words[reason]


def _too_large() -> str:
    return _("This file is larger than {size}: nothing has changed.", size=data_size(MOST_BYTES))


def _told(held: object) -> None:
    """Add what the browser held before this session to what has been written since."""
    session = _session()
    session.known = True
    with suppress(CanvasError):
        _take(merged(Canvas.from_json(held), session.canvas))


def _opened(told: object) -> None:
    """Take the canvas of a file in the place of what stands there, or say why not."""
    brought = told.get("text") if isinstance(told, Mapping) else None
    if not isinstance(brought, str):
        return
    try:
        _take(from_file(brought.encode("utf-8", "replace")))
    except CanvasError as error:
        st.session_state[_SAID] = error.reason
    else:
        st.session_state[_SAID] = ""


def _take(canvas: Canvas) -> None:
    """Put a canvas in the place of the session's, and into the fields that show it."""
    session = _session()
    session.canvas, session.known = canvas, True
    values: dict[str, Any] = {name: getattr(canvas, name) for name in FIELDS}
    values["experiments"] = as_lines(canvas.experiments)
    values |= {f"hours-{step}": count for step, count in canvas.hours.items()}
    for name, value in values.items():
        given.give(_key(name), value)


def _write(canvas: Canvas) -> None:
    session = _session()
    if canvas != session.canvas:
        session.canvas, session.known = canvas, True


def _heard(event: str) -> Any:
    return st.session_state[KEY].get(event)


def _key(name: str) -> str:
    return f"{KEY}-{name}"


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_SESSION, _Session())
    return found
