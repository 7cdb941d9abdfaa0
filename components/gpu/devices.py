"""Tensors on two devices: what a student writes, what CUDA said of it word by word, and what this machine says."""

from __future__ import annotations

import streamlit as st

from components import controls, shown
from components.gpu.measuring import label_of_card
from components.language import _
from components.lesson import PageLesson
from components.run_controls import why
from core import workers
from core.gpu.devices import CASES, REPAIRS, provoked, recorded
from core.gpu.recorded import CARDS, card
from core.jobs import OutOfTime

STEM = "gpu"


@st.fragment
def devices(lesson: PageLesson) -> None:
    """Show the part of the page about `device`, unless a teacher's link leaves it out."""
    heading = lesson.heading("text-device")
    if not shown.is_shown("gpu-device", heading):
        return
    st.subheader(heading, anchor=False)
    lesson.words("text-device")
    workers.start_soon()
    case = controls.choice(
        _("The mistake"),
        list(CASES),
        "linear",
        key="gpu_case",
        format_func=lambda name: lesson.heading(f"text-error-{name}"),
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.code(CASES[case].strip(), language="python")
        st.caption(_("The line that repairs it:"))
        st.code(REPAIRS[case], language="python")
        provoke_here(case)
    with right:
        heading = _("What PyTorch says on a CUDA card")
        st.markdown(f"**{heading}**")
        st.code(recorded(case, CARDS[0]), language=None, wrap_lines=True)
        st.caption(f":material/inventory_2: {label_of_card(card(CARDS[0]))}")
        lesson.words(f"text-error-{case}")


def provoke_here(case: str) -> None:
    """Let the student provoke the error on this machine; what it says is kept for everybody."""
    asked = st.button(_("Provoke the error here"), icon=":material/bolt:", key="gpu-provoke")
    if not asked and not st.session_state.get("gpu: provoked"):
        return
    try:
        with st.spinner(_("A worker runs this code …")):
            device, words = provoked()
    except (workers.WorkersUnavailable, OutOfTime) as error:
        st.warning(why(error), icon=":material/cloud_off:")
        return
    except Exception as error:  # a worker lost while it failed for us: said in words, never a traceback
        st.error(why(error), icon=":material/error:")
        return
    st.session_state["gpu: provoked"] = True
    st.caption(_("Said by this server, with `device = '{device}'`:", device=device))
    st.code(words[case] or _("nothing: no error on this device"), language=None, wrap_lines=True)
    if device == "meta":
        st.caption(
            _(
                "“meta” is a device of PyTorch that keeps shapes and no numbers: every machine has it. Its words "
                "differ from CUDA’s."
            )
        )
