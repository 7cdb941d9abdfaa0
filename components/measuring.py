"""Measuring this machine, on any page: the button, how far it is, how it ended, and whose numbers are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import controls
from components.language import _, date_in_words, percent
from components.run_controls import REFRESH_SECONDS, session_id, still_here, why
from core import workers
from core.jobs import Status
from core.measurement import Measurement

RECORDED, MEASURED = "recorded", "here"
BUSY = 0.3
"""Share of the machine that others used, from which on the page says so."""


@dataclass(frozen=True)
class Words:
    """What a page calls its measurement, in its language.

    Attributes:
        measure: on the button, with about how long it takes.
        mine: on the button that shows this machine's numbers.
        recorded: on the button that goes back to the recorded ones.
        stopped: that the numbers are those of before.
        never: that this server has not been measured, and what is shown instead.
    """

    measure: str
    mine: str
    recorded: str
    stopped: str
    never: str


@dataclass(frozen=True)
class Panel:
    """The measurement as it stands on a page.

    Attributes:
        name: what the keys of its widgets and of the address begin with.
        found: the measurement of this server.
        words: what the page calls it.
    """

    name: str
    found: Measurement[Any]
    words: Words

    @property
    def source(self) -> str:
        """Whose numbers the student wants: those recorded, or this machine's."""
        return source(self.name)

    def show(self) -> None:
        """Show the button that measures this machine, or how far that is."""
        if self.found.is_measuring:
            if st.session_state.get(self._left):
                left = _("You no longer follow the measurement: it goes on for those who do.")
                st.info(left, icon=":material/group:")
            _progress(self, self.follows)
            return
        st.session_state.pop(self._left, None)
        self._say_end()
        with st.container(horizontal=True, vertical_alignment="center"):
            again = self.found.kept is not None
            st.button(
                _("Measure this machine again") if again else self.words.measure,
                icon=":material/timer:",
                key=f"{self.name}-measure",
                on_click=self.start,
                disabled=not self.found.may_again,
                help=None if self.found.may_again else _("The class has just measured it: wait some minutes."),
            )
            if again:
                is_mine = self.source == MEASURED
                words = self.words.recorded if is_mine else self.words.mine
                other = RECORDED if is_mine else MEASURED
                st.button(words, key=f"{self.name}-source", on_click=use, args=(self.name, other))

    @property
    def follows(self) -> bool:
        """Whether this session follows the measurement that is going on."""
        return self.found.follows(session_id())

    def stop(self) -> None:
        """Stop following for this session. Call it in a callback."""
        self.found.stop(session_id())
        st.session_state[self._left] = True

    def start(self) -> None:
        """Measure for this session, or follow the measurement that is going on. Call it in a callback."""
        st.session_state.pop(self._left, None)
        try:
            self.found.start(session_id(), still_here())
        except workers.WorkersUnavailable as error:
            st.session_state[self._refused] = why(error)
            return
        use(self.name, MEASURED)

    @property
    def _refused(self) -> str:
        return f"{self.name}: refused"

    @property
    def _left(self) -> str:
        return f"{self.name}: left"

    def _say_end(self) -> None:
        if refusal := st.session_state.pop(self._refused, None):
            st.warning(refusal, icon=":material/cloud_off:")
        if self.source != MEASURED:
            return
        if self.found.status is Status.FAILED and self.found.error is not None:
            st.error(why(self.found.error), icon=":material/error:")
        elif self.found.status is Status.STOPPED:
            st.info(self.words.stopped, icon=":material/stop_circle:")
        elif self.found.kept is None:
            st.info(self.words.never, icon=":material/info:")


def source(name: str) -> str:
    """Return whose numbers the student wants on a page: those recorded, or this machine's."""
    return controls.in_url(f"{name}_source", RECORDED, lambda text: text if text in {RECORDED, MEASURED} else None)


def use(name: str, wanted: str) -> None:
    """Want other numbers on a page from now on. Call it in a callback."""
    controls.set_values({f"{name}_source": wanted})


def origin(date: str, machine: str, versions: str, busy: float, *, is_recorded: bool) -> str:
    """Say where numbers come from, behind an icon, as Streamlit shows it."""
    icon = ":material/inventory_2:" if is_recorded else ":material/memory:"
    return f"{icon} {origin_in_words(date, machine, versions, busy, is_recorded=is_recorded)}"


def origin_in_words(date: str, machine: str, versions: str, busy: float, *, is_recorded: bool) -> str:
    """Say where numbers come from: when, which machine, what computed, and how busy it was with other things."""
    label = _("Recorded on {date} ({machine})") if is_recorded else _("Measured here on {date} ({machine})")
    said = f"{label.format(date=date_in_words(date), machine=machine)} · {versions}"
    if busy >= BUSY:
        said += " · " + _("{share} of it was busy with other things", share=percent(busy, 0))
    return said


@st.fragment(run_every=REFRESH_SECONDS)
def _progress(panel: Panel, follows: bool) -> None:
    """Show how far the measurement is; the whole page runs again when it is over, and when this session comes or goes.

    Args:
        panel: of the measurement.
        follows: whether the session did when the page ran: only who follows can stop, and only following.
    """
    if not panel.found.is_measuring or panel.follows != follows:
        st.rerun()
    bar, button = st.columns([5, 1], vertical_alignment="center")
    begun = panel.found.has_begun
    words = _("Measuring, once for everybody on this server") if begun else _("Waiting for a free worker")
    bar.progress(panel.found.progress, text=words)
    if follows:
        button.button(_("Stop"), icon=":material/stop:", key=f"{panel.name}-stop", on_click=panel.stop)
    else:
        button.button(_("Follow"), icon=":material/visibility:", key=f"{panel.name}-follow", on_click=panel.start)
