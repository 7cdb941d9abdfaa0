"""A program that a model writes, run shut in; and the student's own, in their browser."""

from __future__ import annotations

import streamlit as st

from components.chat import asked
from components.chat.faults import sentence
from components.chat.python import python_field
from components.chat.servers import called
from components.language import _
from components.lesson import PageLesson
from components.run_controls import session_id
from core.chat.code_asks import ASKS, Written, recorded
from core.chat.code_run import MEMORY, SECONDS, Ran
from core.chat.code_talk import CodeTalk
from core.chat.requests import How
from core.chat.servers import Server

FIRST = "evens"
BEGIN = "total = 0\nfor number in range(1, 101):\n    total += number\nprint(total)\n"
"""What the student's own field opens with."""
_TALKS, _FIELD = "chat: programs that were asked for", "chat: the program that was copied into the student's field"


def code(lesson: PageLesson, server: Server, settings: How, refused: str) -> None:
    """Show a task, the model's program and what became of it, and a field for the student's own.

    Args:
        lesson: has the words.
        server: who is asked.
        settings: how.
        refused: why nobody can be.
    """
    lesson.words("text-code")
    ready = {name: ask.task for name, ask in ASKS.items()}
    name, task = asked.choose(_("Task for a program"), ready, FIRST, own=_("A task of your own"), field=_("Your task"),
                              key="chat_code_ask", own_key="chat code: own task")  # fmt: skip
    talks: dict[str, CodeTalk] = st.session_state.setdefault(_TALKS, {})
    talk = asked.standing(talks, name, task, server)
    is_busy = talk is not None and not talk.is_over
    label = _("Stop") if is_busy else _("Have {model} write it, and run it", model=called(server.model))
    asked.button(label, "" if is_busy else refused, _pressed, name, task, server, settings,
                 key="chat code: ask", icon=":material/code:", disabled=not task)  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        _model(name, talk)
    with right:
        _own(talk.snapshot() if talk else recorded().get(name))


def _pressed(name: str, task: str, server: Server, settings: How) -> None:
    """Have a program written, or stop what is being written."""
    asked.press(st.session_state[_TALKS], name, lambda: CodeTalk(session_id(), server, task, settings))


def title(words: str) -> None:
    """Show what a column holds."""
    st.markdown(f"**{words}**")


def text_of(label: str, text: str) -> None:
    """Show what a model or a program wrote, under a label: as text, whatever is in it."""
    st.caption(label)
    st.code(text, language=None, wrap_lines=True)


def _model(name: str, talk: CodeTalk | None) -> None:
    """Show the model's program: of this session, else the recorded one; look again while it comes."""
    title(_("The model’s program"))
    prints = ASKS[name].prints if name in ASKS else ""
    if talk is None:
        if name in ASKS:
            st.caption(_("Recorded with SmolLM2 at temperature 0. Press the button to ask now."))
            _written(recorded()[name], prints)
        return
    asked.watch(lambda: not talk.is_over, lambda: _written(talk.snapshot(), prints))


def _written(written: Written, prints: str) -> None:
    """Show what was added, written, and what became of it."""
    with st.expander(_("What is added to the task")):
        st.code(written.added, language=None, wrap_lines=True)
    if written.error is not None:
        st.warning(sentence(written.error))
    if written.code is None:
        text_of(_("The answer"), written.answer or "…")
        if written.over and written.answer:
            st.markdown(_("There is no program in this answer: nothing runs."))
        return
    with st.expander(_("The whole answer")):
        st.code(written.answer, language=None, wrap_lines=True)
    st.code(written.code, language="python", wrap_lines=True)
    if written.ran is None:
        return
    st.markdown(outcome(written.ran))
    if written.ran.error:
        text_of(_("What Python says"), written.ran.error)
    if found := written.ran.output or written.ran.value:
        text_of(_("What the program prints"), found)
    if prints and written.is_right(prints):
        st.markdown(":material/check: " + _("That is what was asked for."))
    elif prints:
        text_of(_("What was asked for"), prints)


def outcome(ran: Ran) -> str:
    """Return what became of a program, in the page's language."""
    where = "" if ran.line is None else " " + _("(line {number})", number=ran.line)
    match ran.kind:
        case "done":
            return _("The program ran to its end.") if ran.output or ran.value else _("The program ended silently.")
        case "error":
            return _("The program stopped with an error.") + where
        case "time":
            return _("Stopped: the program ran longer than {seconds} s.", seconds=f"{SECONDS:g}")
        case "memory":
            return _("Stopped: the program asked for more than {size} MB of memory.", size=MEMORY // 2**20)
        case "output":
            return _("Stopped: the program prints too much.")
        case "killed":
            return _("The program did not heed its bounds, and was ended with its process.")
        case "busy":
            return _("Others’ programs are running: try again in a moment.")
        case "too_long":
            return _("The program is too long to be run.")
        case "missing":
            return _("This machine cannot run it.")


def _own(written: Written | None) -> None:
    """Show the student's own field, and what copies the model's program there."""
    title(_("Your program, in your browser"))
    program = written.code if written else None
    if st.button(_("Copy the model’s program here"), key="chat code: copy", disabled=not program,
                 icon=":material/content_copy:"):  # fmt: skip
        st.session_state[_FIELD] = program
    python_field(st.session_state.get(_FIELD, BEGIN))
