"""Fragments inside fragments: what waits for a slow browser never names a place that it was not told of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage

from components.server import nested_fragments

OUTER, INNER, OTHER = "outer", "inner", "other"


@pytest.fixture
def session() -> Any:
    """Return what a session keeps: the two fragments of a part, another one beside it, and nothing to be sent yet."""
    stored = MemoryFragmentStorage()
    stored.register(OUTER, lambda: None)
    stored.register(INNER, lambda: None, parent_fragment_id=OUTER)
    stored.register(OTHER, lambda: None)
    return SimpleNamespace(_fragment_storage=stored, _browser_queue=ForwardMsgQueue())


def drawn(session: Any, place: int, fragment: str = "") -> None:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, place])
    message.delta.new_element.text.body = f"{fragment} {place}"
    message.delta.fragment_id = fragment
    session._browser_queue.enqueue(message)


def places(session: Any) -> list[int]:
    """Return the places that the browser hears of, in order."""
    return [message.metadata.delta_path[-1] for message in session._browser_queue.flush() if message.HasField("delta")]


def drawn_once(session: Any) -> None:
    """Draw a page: its own element, two of the outer fragment with the inner one below, and the other fragment."""
    for place, fragment in enumerate(["", OUTER, OUTER, INNER, OTHER]):
        drawn(session, place, fragment)


def test_an_inner_fragment_waits_for_no_outer_one(session: Any) -> None:
    """The outer one runs again, and draws less: what waited of the inner one, further down, is gone."""
    nested_fragments._clear_queue(session, [OUTER])
    drawn_once(session)
    nested_fragments._clear_queue(session, [OUTER])
    drawn(session, 1, OUTER)
    assert places(session) == [0, 4, 1]


def test_one_that_was_left_out_waits_for_nobody_either(session: Any) -> None:
    """The outer run that left it out is over before the queue is cleared for it: it is stored no more."""
    drawn_once(session)
    session._fragment_storage.delete(INNER)
    nested_fragments._clear_queue(session, [OUTER])
    assert places(session) == [0, 4]


def test_an_inner_fragment_alone_takes_nothing_of_the_outer_one(session: Any) -> None:
    """It runs by itself: all that waits around it stays."""
    drawn_once(session)
    nested_fragments._clear_queue(session, [INNER])
    assert places(session) == [0, 1, 2, 4]


def test_streamlit_still_forgets_it(session: Any) -> None:
    """Streamlit by itself would keep the inner one's: the day that it does not, this file and its module can go."""
    drawn_once(session)
    nested_fragments._streamlits(session, [OUTER])
    assert places(session) == [0, 3, 4]


def test_the_server_clears_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked once or twice, every session of the process clears its queue like this."""
    monkeypatch.setattr(AppSession, "_clear_queue", AppSession._clear_queue)
    nested_fragments.drop_with_outer()
    nested_fragments.drop_with_outer()
    assert AppSession._clear_queue is nested_fragments._clear_queue
    assert nested_fragments._streamlits is not nested_fragments._clear_queue
