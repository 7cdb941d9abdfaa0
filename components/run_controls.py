"""A run on the page: ask for it, see its place in the queue, its progress and the time left, stop it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.language import _, date_in_words, duration, number
from core import jobs, workers
from core.files import Arrays
from core.runs import live as core_runs
from core.runs.live import LiveRun, QueueFull, Runs
from core.runs.run import Run
from core.training.settings import Settings, SettingsError

REFRESH_SECONDS = 0.5
_STOPPED = "curseurs: runs that this session has stopped"


def session_id() -> str:
    """Return this tab's name as a follower of runs."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return context.session_id if context else "no session"


def still_here() -> Callable[[], bool]:
    """Return what tells, at any later time and on any thread, whether this tab is still open."""
    return partial(_is_active, session_id())


def course_runs() -> Runs:
    """Return the runs of this server, told once how to see that a tab was closed."""
    found = core_runs.default()
    if found.is_active is not _is_active:
        found.is_active = _is_active
    return found


def say_settings_error(error: SettingsError) -> None:
    """Say in the page's language which setting cannot be, and what it may be."""
    if len(error.allowed) == 2 and all(isinstance(bound, (int, float)) for bound in error.allowed):
        low, high = (number(bound) for bound in error.allowed)
        st.error(_("{name} must lie between {low} and {high}.", name=error.name, low=low, high=high))
    else:
        st.error(_("{name} cannot be {value}.", name=error.name, value=repr(error.value)))


def start_button(settings: Settings, *, label: str, key: str, given: Arrays | None = None) -> None:
    """Show the button that starts the run of these settings; a refusal is said in words.

    `given` are the arrays of another run's frame that it begins with, where its settings name one.
    """
    workers.start_soon()
    st.button(label, icon=":material/play_arrow:", type="primary", key=key, on_click=start, args=(settings, given))
    if refusal := st.session_state.pop("run refused", None):
        st.warning(refusal, icon=":material/hourglass_top:")


Said = Callable[[LiveRun], tuple[float, str] | None]
"""What a page says of a run that has begun before its first update: the share done, 0 to 1, and words."""


def follow(
    settings: Settings,
    draw: Callable[[LiveRun], None],
    *,
    name: str = "",
    progress_key: str = "",
    said: Said = lambda live: None,
) -> None:
    """Show a live run, redrawn twice a second by itself while the rest of the page stays free.

    Args:
        settings: of the run to follow.
        draw: shows the frames received so far.
        name: of a run that was changed on its way, as `Runs.change_rate` gave it.
        progress_key: of the container that holds the progress; it then comes after what `draw` shows, not before.
        said: what comes before the first update, in words.
    """
    name = name or settings.run_id

    @st.fragment(run_every=REFRESH_SECONDS)
    def following() -> None:
        live = course_runs().live(name)
        if live is None or live.over:
            st.rerun()
        if not progress_key:
            _progress(live, name, said(live))
        draw(live)
        if progress_key:
            with st.container(key=progress_key):
                _progress(live, name, said(live))

    following()


def has_stopped(name: str) -> bool:
    """Whether this session has stopped a run; for another one that follows it, it goes on."""
    return name in st.session_state.get(_STOPPED, ())


def say_end(live: LiveRun | None) -> None:
    """Say how a run ended, if it did not simply finish."""
    if live is None or not live.over:
        return
    if live.status == "stopped":
        said = _("Stopped. What was computed so far is kept on this page.")
        if not live.frames:
            said = _("Stopped before the first result.")
        st.info(said, icon=":material/stop_circle:")
    elif live.error is not None:
        st.error(why(live.error), icon=":material/error:")


def why(error: BaseException) -> str:
    """Return in the page's words why a computation failed."""
    match jobs.cause(error):
        case "cluster":
            return _("The computing cluster does not answer ({address}). Recorded runs still replay.", address=error)
        case "time":
            return _("The computation took too long and was stopped. Ask for less, or start it again.")
        case "lost":
            return _("The computation lost its worker twice. You can start it again.")
    return _("The computation failed by a fault of the program; the server’s log says which. You can start it again.")


def say_origin(run: Run) -> None:
    """Say honestly where a run's numbers come from."""
    label = _("Recorded on {date} ({machine})") if run.recorded else _("Computed on {date} ({machine})")
    icon = ":material/inventory_2:" if run.recorded else ":material/memory:"
    where = label.format(date=date_in_words(run.origin.date), machine=run.origin.machine)
    effort = _("{seconds} of training", seconds=duration(run.frames[-1].seconds))
    st.caption(f"{icon} {where} · {effort} · {run.origin.versions}")
    if run.run_id in course_runs().store.not_kept:
        lost = _("It could not be written to disk, and will be gone when the server stops.")
        st.caption(f":material/save: {lost}")


def _progress(live: LiveRun, name: str, before: tuple[float, str] | None = None) -> None:
    bar, button = st.columns([5, 1], vertical_alignment="center")
    with bar:
        if live.status == "waiting":
            place = course_runs().position(name)
            text = _("Waiting: next in line") if place == 0 else _("Waiting: {place} before you", place=number(place))
            st.progress(0.0, text=text)
        elif before is not None:
            st.progress(before[0], text=before[1])
        elif not live.frames:
            st.progress(0.0, text=_("Loading the data and the network"))
        else:
            left = live.seconds_left
            text = _("{percent} %, {left} left", percent=int(100 * live.progress), left=duration(left)) if left else ""
            st.progress(live.progress, text=text or _("Training"))
    with button:
        st.button(_("Stop"), icon=":material/stop:", key="stop-run", on_click=_stop, args=(name,))


def start(settings: Settings, given: Arrays | None = None) -> None:
    """Start the run of these settings. Call it in a callback; a refusal is kept for the button to say."""
    st.session_state.get(_STOPPED, set()).discard(settings.run_id)
    try:
        course_runs().start(settings, session_id(), given=given)
    except QueueFull:
        refusal = _("Many runs are waiting already. Try again in a moment, or replay a recorded one.")
        st.session_state["run refused"] = refusal
    except workers.WorkersUnavailable as error:
        refusal = _("The computing cluster does not answer ({address}). Recorded runs still replay.", address=error)
        st.session_state["run refused"] = refusal


def _stop(run_id: str) -> None:
    st.session_state.setdefault(_STOPPED, set()).add(run_id)
    course_runs().stop(run_id, session_id())


def _is_active(follower: str) -> bool:
    """Whether a tab is open. Outside a server (tests of the script alone) every follower counts."""
    from streamlit.runtime import Runtime

    return Runtime.instance().is_active_session(follower) if Runtime.exists() else True
