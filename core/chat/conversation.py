"""A student's conversation: questions and answers in turns, each with what the model received for it.

A question is prepared in a thread of its own (what fits the window, what the template makes of it), then handed to
`core.chat.answering`. Any thread may look at it; the page does, several times a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from core import turns
from core.chat import answering, capabilities
from core.chat.answering import Answering, State
from core.chat.answers import Answer
from core.chat.errors import ChatError, Kind
from core.chat.line import Line, Patience
from core.chat.received import Received, keep, receive, surely_fits
from core.chat.requests import How, Message, Wish
from core.chat.servers import Server

ALTERNATIVES = 5
"""Likeliest tokens that are asked for at each place of an answer."""
MOST_TURNS = 60
"""Turns that a conversation keeps; older ones are forgotten for good."""
LOOKING = Patience(connect=5, first=20, total=30)
"""How long a server may take to say what its model receives."""


@dataclass
class Turn:
    """A question and its answer.

    Attributes:
        question: as it was typed.
        server: who was asked.
        received: what its model receives; None before that is known, or where nobody says it.
        window: how many tokens were allowed it, if fewer than its model sees at once.
        fallen: how many messages fell out of the window before it.
        wanted: False once the student has pressed *Stop*.
        is_prepared: whether all is known of what its model receives that will be.
    """

    question: str
    server: Server
    window: int | None = None
    received: Received | None = None
    fallen: int = 0
    wanted: bool = True
    is_prepared: bool = False
    _answering: Answering | None = None
    _ended: tuple[State, Answer] | None = None
    _begun: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def snapshot(self) -> tuple[State, int, Answer]:
        """Return where its answer is, its place in line, and what has come of it."""
        if self._ended is None and self._answering is not None:
            found = self._answering.snapshot()
            if found.over:
                self._ended = found.state, found.answer
            return found.state, found.place, found.answer
        if self._ended is not None:
            return self._ended[0], 0, self._ended[1]
        return State.WAITING, 0, Answer()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return (self.is_prepared or not self.wanted) and self.snapshot()[0] in answering.ENDS

    @property
    def is_live(self) -> bool:
        """Whether it was asked here and now."""
        return self._answering is not None or not self.is_over

    def end(self, state: State, answer: Answer) -> None:
        """Be over, as said: it was recorded, or it failed before anything was asked."""
        self._ended, self.is_prepared = (state, answer), True
        self._begun.set()

    def follow(self, asked: Answering) -> None:
        """Be answered by this; stopped at once if the student has stopped meanwhile."""
        self._answering = asked
        if not self.wanted:
            asked.stop()
        self._begun.set()

    def wait_for_letters(self, seconds: float) -> None:
        """Wait until the first of its answer is there, at most so long; not while it waits in line, nor once over."""
        turns.give_back()
        until = time.monotonic() + seconds
        if self._begun.wait(seconds) and self._answering is not None and not self._answering.snapshot().place:
            self._answering.wait_for_more(0, until - time.monotonic())

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most about so long; return whether it is."""
        if self._begun.wait(seconds) and self._answering is not None:
            self._answering.wait(seconds)
        return self.is_over

    def stop(self) -> None:
        """Write no more of it."""
        self.wanted = False
        if self._answering is not None:
            self._answering.stop()


@dataclass
class Conversation:
    """What one session talks about.

    Attributes:
        session: as `answering` knows it.
        turns: the oldest first.
        begun: how many conversations this session has begun.
    """

    session: str
    turns: list[Turn] = field(default_factory=list)
    begun: int = 0

    @property
    def is_live(self) -> bool:
        """Whether anything of it was asked here and now, and not recorded."""
        return any(turn.is_live for turn in self.turns)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self.turns) and not self.turns[-1].is_over

    def messages(self) -> list[Message]:
        """Return what was said so far, as the protocol has it; a question that got no answer stands alone."""
        said: list[Message] = []
        for turn in self.turns:
            said.append({"role": "user", "content": turn.question})
            if text := turn.snapshot()[2].text:
                said.append({"role": "assistant", "content": text})
        return said

    def asked(self) -> list[Message]:
        """Return what was said up to the last question, which is asked next; empty where nothing was."""
        said = self.messages()
        return said[:-1] if said and said[-1]["role"] == "assistant" else said

    def send(self, question: str, server: Server, how: How, *, window: int | None = None) -> None:
        """Ask something more; returns at once.

        Args:
            question: what the student typed.
            server: who is asked.
            how: the settings.
            window: a smaller one than the model's, to see what falls out.
        """
        turn = Turn(question, server, window)
        self.turns = [*self.turns, turn][-MOST_TURNS:]
        prepare = threading.Thread(target=self._prepare, args=(turn, self.messages(), how), daemon=True)
        prepare.start()

    def again(self, server: Server, how: How, *, window: int | None = None) -> None:
        """Have the last question answered anew."""
        if self.turns and not self.is_busy:
            self.send(self.turns.pop().question, server, how, window=window)

    def stop(self) -> None:
        """Stop the answer that is on its way; what came stays."""
        if self.turns:
            self.turns[-1].stop()

    def wait_for_letters(self, seconds: float) -> None:
        """Wait for the first letters of the answer that is on its way, at most so long."""
        if self.turns:
            self.turns[-1].wait_for_letters(seconds)

    def begin_anew(self) -> None:
        """Forget everything that was said."""
        self.stop()
        self.turns, self.begun = [], self.begun + 1

    def _prepare(self, turn: Turn, said: list[Message], how: How) -> None:
        try:
            if surely_fits(turn.server, said, how, turn.window):  # the answer need not wait until that is known
                self._ask(turn, said, how)
                with suppress(ChatError):  # the answer says what is wrong
                    turn.received = receive(turn.server, said, how, Line(LOOKING))
                return
            kept = keep(turn.server, said, how, turn.window, Line(LOOKING))
            turn.received, turn.fallen = kept.received, len(kept.fallen)
            if not kept.fits:
                raise ChatError(Kind.TOO_LONG)
            self._ask(turn, kept.conversation, how)
        except ChatError as error:
            turn.end(State.FAILED, Answer(error=error))
        finally:
            turn.is_prepared = True

    def _ask(self, turn: Turn, said: Sequence[Message], how: How) -> None:
        wish = Wish(alternatives=0 if capabilities.of(turn.server).logprobs is False else ALTERNATIVES)
        turn.follow(answering.start(self.session, turn.server, said, how, wish))
