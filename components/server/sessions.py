"""Sessions, one for each open tab: room for many, and who is told when one ends.

Streamlit has no call for the end of a session, but it releases what was cached for that session alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Listener = Callable[[str], None]
log = logging.getLogger(__name__)
_listeners: list[Listener] = []


def allow_many(files: int = 8_192) -> None:
    """Let this process hold enough open files for an amphitheatre.

    Streamlit keeps three of them for each tab, also for the last 128 that were closed; macOS allows 256, Linux 1,024.
    """
    try:
        import resource
    except ImportError:
        return  # Windows has no such bound
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if most == resource.RLIM_INFINITY else min(files, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def on_end(listener: Listener) -> None:
    """Call `listener` with the id of every session whose tab closes or loses its connection.

    It is called on the thread that serves everybody, so it must be quick; the session still counts as active then.
    A student whose connection comes back within two minutes goes on in the same session.
    """
    _listeners.append(listener)


def watch() -> None:
    """Watch the session that runs this script. The router calls this at every run."""
    context = get_script_run_ctx()
    if context is not None:
        _watched(context.session_id)


def _tell(session: str) -> None:
    for listener in _listeners:
        try:
            listener(session)
        except Exception:  # one listener's mistake must not keep the others from freeing what they hold
            log.exception("session %s ended, and a listener failed", session)


@st.cache_resource(scope="session", on_release=_tell, show_spinner=False)
def _watched(session: str) -> str:
    return session
