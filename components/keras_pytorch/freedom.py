"""What each version lets one change: one wish at a time, both codes beside each other, run where the student asks."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from components import controls
from components.code_tab import download_notebook
from components.language import _
from components.lesson import PageLesson
from components.run_controls import still_here, why
from core import jobs, workers
from core.jobs import Job
from core.keras_pytorch import freedom
from core.tasks.digits.shown_code import files

_RUNNING, _PRINTED, _REFUSED = "kp: wish, running", "kp: wish, printed", "kp: wish, refused"


def show_freedom(lesson: PageLesson) -> None:
    """Show a wish carried out twice, and what each code printed."""
    wishes = list(freedom.WISHES)
    wish = controls.choice(
        _("I want to…"),
        wishes,
        wishes[0],
        key="kp_wish",
        format_func=lambda name: lesson.heading(f"text-wish-{name}"),
        kind="segmented",
    )
    lesson.words(f"text-wish-{wish}")
    columns = st.columns(2, gap="medium")
    for version, column in zip(freedom.VERSIONS, columns, strict=True):
        with column:
            st.markdown(f"**{version}**")
            st.code(freedom.code(wish, version, _), language="python", wrap_lines=True)
            _result(wish, version)
            title = f"{lesson.lesson.title}: {lesson.heading(f'text-wish-{wish}')} ({version})"
            source = freedom.source(wish, version, _)
            name = f"keras_pytorch_{wish}_{version}"
            download_notebook(title, source, files(_), name=name, key=f"kp-notebook-{version}")
    with st.expander(_("How both begin: the data, the first weights, the batches")):
        st.code(freedom.start(_).replace("# %% ", "# "), language="python")


def _result(wish: str, version: str) -> None:
    """Show the button that runs the code, and what it printed."""
    place = f"{wish} {version}"
    running: dict[str, Job] = st.session_state.setdefault(_RUNNING, {})
    printed: dict[str, str] = st.session_state.setdefault(_PRINTED, {})
    if place in running:
        _wait(place, running[place])
        return
    label = _("Run it here")
    st.button(label, icon=":material/play_arrow:", key=f"kp-run-{wish}-{version}", on_click=_run, args=(wish, version))
    if refusal := st.session_state.get(_REFUSED, {}).pop(place, None):
        st.warning(refusal, icon=":material/cloud_off:")
    if place in printed:
        st.code(printed[place], language=None)


def _run(wish: str, version: str) -> None:
    place = f"{wish} {version}"
    try:
        job = jobs.start(freedom.run, wish, version, key=f"wish-{uuid4().hex}", priority=10, wanted=still_here())
    except workers.WorkersUnavailable as error:
        _refuse(place, why(error))
        return
    st.session_state[_RUNNING][place] = job


def _wait(place: str, job: Job) -> None:
    @st.fragment(run_every=0.5)
    def waiting() -> None:
        st.progress(0.5, text=_("A worker runs this code"))
        if not job.over:
            return
        st.session_state[_RUNNING].pop(place, None)
        if job.result is not None:
            st.session_state[_PRINTED][place] = job.result
        elif job.error is not None:
            _refuse(place, why(job.error))
        st.rerun()

    waiting()


def _refuse(place: str, words: str) -> None:
    st.session_state.setdefault(_REFUSED, {})[place] = words
