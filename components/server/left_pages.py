"""Left pages: what a page still asks when its student has gone on is not answered.

A page that measures or trains asks to be drawn again twice a second. A browser asks in the name of the page it shows,
and until it has heard of the next one, that is the one left. Streamlit 1.67 would run the request behind the next page,
and its browser, told of the old page again, would put away all that the new one had shown: a blank page.
"""

from __future__ import annotations

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


def ignore() -> None:
    """Have this process answer the page that was asked for last, and it alone. Asked twice, it does no more."""
    if AppSession.request_rerun is not _request_rerun:
        AppSession.request_rerun = _request_rerun  # type: ignore[method-assign]


def _request_rerun(self: AppSession, client_state: ClientState | None) -> None:
    if client_state is not None:
        if client_state.fragment_id and client_state.page_script_hash != self.page_script_hash:
            return
        # Streamlit notes a page when its script starts; who asks in the meantime is late already.
        self._client_state.page_script_hash = client_state.page_script_hash or self.page_script_hash
    _streamlits(self, client_state)


_streamlits = AppSession.request_rerun
