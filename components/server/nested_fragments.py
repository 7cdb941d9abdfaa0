"""Nested fragments: what an inner one has not sent yet goes with the outer one that is drawn anew.

When a fragment runs again before its last run was sent, Streamlit 1.67 drops what waits of it, and keeps what waits of
the fragments inside it. The browser then hears of an element whose neighbours it was never told of, and puts away the
whole page: "Bad delta path index". The outer run draws the inner fragments again, so nothing of them need be kept.
"""

from __future__ import annotations

from streamlit.runtime.app_session import AppSession


def drop_with_outer() -> None:
    """Have this process drop what waits of inner fragments too. Asked twice, it does no more."""
    if AppSession._clear_queue is not _clear_queue:
        AppSession._clear_queue = _clear_queue  # type: ignore[method-assign]


def _clear_queue(self: AppSession, fragment_ids_this_run: list[str] | None = None) -> None:
    if fragment_ids_this_run is None:
        _streamlits(self)
        return
    stored = self._fragment_storage
    waiting = {message.delta.fragment_id for message in self._browser_queue._queue if message.HasField("delta")}
    inner = [
        name
        for name in sorted(waiting - {"", *fragment_ids_this_run})
        # one that is not stored any more was drawn by an outer one, whose next run has left it out
        if not stored.contains(name) or stored.has_ancestor_in(name, fragment_ids_this_run)
    ]
    _streamlits(self, [*fragment_ids_this_run, *inner])


_streamlits = AppSession._clear_queue
