"""Runs told to a tracker: Weights & Biases, MLflow."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.answers import answered, part, waits
from components.code_tab import download_notebook
from components.language import _, _n, catalog, current, date_in_words, number
from components.lesson import PageLesson
from components.run_controls import course_runs, say_origin
from core.notebooks import Translate, as_shown
from core.project.logged import Logged, logged
from core.project.trackers import TRACKERS, lines, pinned, program
from core.project.writing import python_of, write
from core.runs.heads import Head, heads
from core.tasks.digits.settings import COURSE_MLP

NAMES = {"wandb": "Weights & Biases", "mlflow": "MLflow"}
MOST_SAID = 5
"""Settings that the list of runs says of each: those that differ from its task's first ones."""
_WANTED, _ATTEMPTS = "project: what is to be written", "project: how often it was asked for"


def tracking(lesson: PageLesson) -> None:
    """Show the part: a run, the lines that keep such a run, and the program that tells a tracker of this one."""
    lesson.words("text-tracking")
    known = {head.run_id: head for head in heads(course_runs().store)}
    first = COURSE_MLP.run_id if COURSE_MLP.run_id in known else next(iter(known))
    labels = {run_id: _label(head) for run_id, head in known.items()}
    left, right = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
    with left:
        chosen = controls.choice(
            _("A run of the course"), list(known), first, key="pj_run", format_func=labels.__getitem__, kind="select"
        )
    with right:
        tracker = controls.choice(
            _("Tracker"), list(TRACKERS), "wandb", key="pj_tracker", format_func=NAMES.__getitem__
        )
    run = course_runs().find(known[chosen].settings)
    if run is None:  # its file has gone since the list was made
        st.warning(_("This run is no longer there: choose another one."), icon=":material/error:")
        return
    say_origin(run)
    told = logged(run)
    say: Translate = catalog(current()).gettext
    own, whole = st.columns([3, 2], gap="medium")
    with own:
        st.subheader(_("In your own script"), anchor=False)
        st.code(as_shown(lines(tracker, told, say)), language=None, wrap_lines=True)
    with whole:
        st.subheader(_("This very run"), anchor=False)
        _downloads(tracker, told, say)
        part(f"told-{tracker}", lambda: _here(tracker, run.run_id, told, say))
    lesson.words(f"text-tracking-{tracker}")


def _downloads(tracker: str, told: Logged, say: Translate) -> None:
    """Offer the program that holds the run's numbers."""
    rows = _n("{count} moment", "{count} moments", len(told.rows))
    measures = _n("{count} measure", "{count} measures", len(told.metrics))
    st.markdown(
        _("{rows}, {measures}: the program holds them, and tells them where you run it.", rows=rows, measures=measures)
    )
    st.code(f"python -m pip install {pinned(tracker)}", language=None, wrap_lines=True)
    name = f"{told.name}_{tracker}"
    with st.container(horizontal=True):
        st.download_button(
            _("Download the program"),
            data=lambda: as_shown(program(tracker, told, say)) + "\n",
            file_name=f"{name}.py",
            mime="text/x-python",
            icon=":material/code:",
            on_click="ignore",
            key="pj-tracking-program",
        )
        source = program(tracker, told, say)
        download_notebook(f"{told.name} ({NAMES[tracker]})", source, (), name=name, key="pj-tracking-notebook")


def _here(tracker: str, run_id: str, told: Logged, say: Translate) -> None:
    """Offer to carry the program out on this server, and its folder as a zip."""
    if python_of(tracker) is None:
        said = _("{tracker} is not installed beside the course: run the program where it is.", tracker=NAMES[tracker])
        st.caption(f":material/info: {said}")
        return
    attempts: dict[str, int] = st.session_state.setdefault(_ATTEMPTS, {})
    this = f"{tracker} {run_id}"
    slot, attempt = f"told-{tracker}-written", attempts.get(this, 0)
    written = None
    if st.session_state.get(_WANTED) == this:
        written = answered(slot, write, tracker, run_id, attempt, given=program(tracker, told, say))
    if written is None and not waits(slot):
        st.button(
            _("Write it here"), icon=":material/edit_note:", key="pj-tracking-write", on_click=_want, args=(this,)
        )
    elif written is not None and written.archive:
        st.success(_("Written, offline: take the folder with you."), icon=":material/task_alt:")
        st.download_button(
            _("Download the folder (zip)"),
            data=written.archive,
            file_name=f"{told.name}_{tracker}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="pj-tracking-folder",
        )
    elif written is not None:
        st.error(_("It was not written. The program said:"), icon=":material/error:")
        st.code(written.said, language=None, wrap_lines=True)
        st.button(_("Try again"), icon=":material/refresh:", key="pj-tracking-again", on_click=_want, args=(this,))


def _want(this: str) -> None:
    """Have it written from now on. Call it in a callback."""
    attempts: dict[str, int] = st.session_state.setdefault(_ATTEMPTS, {})
    attempts[this] = attempts.get(this, 0) + 1
    st.session_state[_WANTED] = this


def _label(head: Head) -> str:
    """Return a run as the list says it: its task, what is special about it, where it comes from."""
    tasks = {
        "digits": _("Digits"),
        "rates": _("Digits, learning rate and batch"),
        "letters": _("Letters of names"),
        "loop": _("The loop, line by line"),
        "signs": _("Hand signs"),
        "categories": _("Words into boxes"),
        "instructed": _("Fine-tuning on instructions"),
        "aligned": _("Alignment by votes"),
    }
    special = head.settings.differences(type(head.settings)())
    said = [f"{name} {_written(mine)}" for name, (mine, _first) in list(special.items())[:MOST_SAID]]
    where = _("recorded") if head.recorded else date_in_words(head.origin.date)
    return " · ".join([tasks.get(head.settings.task, head.settings.task), *said, where, head.run_id[:8]])


def _written(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return str(value)[:30]
