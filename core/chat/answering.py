"""Answers being written for pages: asked for, followed, stopped, forgotten with the session that asked.

A thread writes each, and only so many at once: the embedded model has its slots, and servers outside are not asked by
thirty students in the same second. The rest wait in line, and each knows its place.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from enum import StrEnum

from core import turns
from core.chat import client, embedded
from core.chat.answers import Answer, End
from core.chat.errors import ChatError, Kind
from core.chat.line import Line, Patience
from core.chat.requests import How, Message, Wish
from core.chat.servers import Server

OUTSIDE = 12
"""Answers of servers outside that are written at once."""
MOST_WAITING = 60
"""Of one lane: more are refused politely."""
OF_A_SESSION = 2
"""Answers that one session may have at once, waiting ones included: two models side by side."""

log = logging.getLogger(__name__)


class State(StrEnum):
    """Where an answer is in its life."""

    WAITING = "waiting"
    WRITING = "writing"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


ENDS = frozenset({State.FINISHED, State.STOPPED, State.FAILED})


@dataclass(frozen=True)
class Snapshot:
    """What a page shows of an answer at one moment.

    Attributes:
        state: where it is.
        place: how many are before it in line and itself; 0 once it is being written.
        answer: what has come, a copy: it grows no further.
    """

    state: State
    place: int
    answer: Answer

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDS


class Answering:
    """One answer being written; made by `start`. Any thread may look at it or stop it.

    Attributes:
        server: who is asked.
        session: who asked.
    """

    def __init__(
        self, session: str, server: Server, conversation: Sequence[Message], how: How, wish: Wish, patience: Patience
    ) -> None:
        self.session, self.server = session, server
        self._asked = (server, [dict(message) for message in conversation], how, wish)
        self._line = Line(patience)
        self._state, self._answer = State.WAITING, Answer()

    def snapshot(self) -> Snapshot:
        """Return what there is of it now."""
        with _changed:
            waiting = _lane(self.server).waiting
            place = waiting.index(self) + 1 if self in waiting else 0
            answer = copy(self._answer)
            answer.pieces, answer.calls = list(answer.pieces), list(answer.calls)
            return Snapshot(self._state, place, answer)

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; return whether it is."""
        turns.give_back()
        with _changed:
            return _changed.wait_for(lambda: self._state in ENDS, seconds)

    def wait_for_more(self, pieces: int, seconds: float) -> Snapshot:
        """Wait until more than so many pieces have come, or it is over, at most so long; return what there is."""
        turns.give_back()
        with _changed:
            _changed.wait_for(lambda: self._state in ENDS or len(self._answer.pieces) > pieces, seconds)
            return self.snapshot()

    def stop(self) -> None:
        """Write no more of it: the connection is closed at once, and what came stays."""
        with _changed:
            lane = _lane(self.server)
            if self in lane.waiting:
                lane.waiting.remove(self)
                self._end(State.STOPPED)
        self._line.stop()

    def _write(self) -> None:
        """Write it, in a thread of its own."""
        failed: ChatError | None = None
        try:
            for event in client.ask(*self._asked, self._line):
                with _changed:
                    self._answer.take(event)
                    _changed.notify_all()
        except ChatError as error:
            failed = error
        except Exception:
            log.exception("an answer failed")  # of this program, not of the server: no request and no key is in it
            failed = ChatError(Kind.NONSENSE, reason="fault")
        with _changed:
            self._answer.error = failed
            is_stopped = self._answer.reason == "stopped"
            self._end(State.FAILED if failed else State.STOPPED if is_stopped else State.FINISHED)
            _lane(self.server).leave(self)

    def _end(self, state: State) -> None:
        """Be over. Called under the lock."""
        self._state = state
        if state is State.STOPPED and not self._answer.reason:
            self._answer.take(End("stopped", self._answer.seconds))
        _changed.notify_all()


class _Lane:
    """Those who are written for at once, and those who wait. Used under the lock."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.writing: list[Answering] = []
        self.waiting: list[Answering] = []

    def enter(self, one: Answering) -> None:
        if len(self.writing) >= self.width:
            if len(self.waiting) >= MOST_WAITING:
                raise ChatError(Kind.BUSY, reason="line")
            self.waiting.append(one)
        else:
            self._begin(one)

    def leave(self, one: Answering) -> None:
        self.writing.remove(one)
        if self.waiting:
            self._begin(self.waiting.pop(0))

    def _begin(self, one: Answering) -> None:
        self.writing.append(one)
        one._state = State.WRITING
        threading.Thread(target=one._write, daemon=True, name="curseurs-answer").start()


_changed = threading.Condition(threading.RLock())
_inside, _outside = _Lane(embedded.SLOTS), _Lane(OUTSIDE)


def _lane(server: Server) -> _Lane:
    return _inside if server.inside else _outside


def start(
    session: str,
    server: Server,
    conversation: Sequence[Message],
    how: How | None = None,
    wish: Wish | None = None,
    patience: Patience | None = None,
) -> Answering:
    """Have a question answered; returns at once. Nothing is kept of it here after its end.

    Args:
        session: who asks, as Streamlit names it: `forget` ends all that it has asked.
        server: who is asked.
        conversation: the messages, the question last.
        how: the settings.
        wish: what is asked besides text.
        patience: how long the server may take.

    Raises:
        ChatError: `BUSY`, with the reason `session` (it has enough being written) or `line` (too many wait).
    """
    asked = Answering(session, server, conversation, how or How(), wish or Wish(), patience or Patience())
    with _changed:
        if len(of_session(session)) >= OF_A_SESSION:
            raise ChatError(Kind.BUSY, reason="session")
        _lane(server).enter(asked)
    return asked


def warm_up() -> None:
    """Load the client and start the embedded model, in the background: somebody is about to write."""
    threading.Thread(target=_warm_up, daemon=True, name="curseurs-chat").start()


def _warm_up() -> None:
    import openai  # noqa: F401

    with suppress(ChatError):  # the question will say why
        if not embedded.problem():
            embedded.reached()


def of_session(session: str) -> list[Answering]:
    """Return what is being written for a session, waiting ones included."""
    with _changed:
        return [one for lane in (_inside, _outside) for one in (*lane.writing, *lane.waiting) if one.session == session]


def forget(session: str) -> None:
    """Stop everything that a session has asked: its tab is closed."""
    for one in of_session(session):
        one.stop()


def stop() -> None:
    """Stop everything: the server ends."""
    with _changed:
        everyone = [one for lane in (_inside, _outside) for one in (*lane.waiting, *lane.writing)]
    for one in everyone:
        one.stop()
