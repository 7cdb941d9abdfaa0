"""One of the twelve uses, asked of one model or of two; what a program can check of each answer when it is over."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.chat.answering import State
from core.chat.beside import Beside
from core.chat.checks import checked
from core.chat.conversation import Conversation
from core.chat.servers import Server
from core.chat.tool_talk import LONGEST
from core.chat.writers import Writer

LEAST = 120
"""Tokens that an answer may take, whatever a conversation's may: the recorded ones had as many."""


@dataclass(frozen=True)
class Ready:
    """A use with its ready prompt, which the checks are made for.

    Attributes:
        use: its id.
        language: of the prompt.
    """

    use: str
    language: str


class UseTalk(Beside):
    """One prompt, asked; made, it is being answered. Any thread may look at it or stop it.

    Attributes:
        question: the prompt.
        server: of the first writer.
        writers: who answer, from left to right.
        marks: how the student judged each answer, by criterion.
    """

    def __init__(self, session: str, prompt: str, ready: Ready | None, writers: Sequence[Writer]) -> None:
        self.question, self.writers = prompt, tuple(writers)
        self.server: Server = self.writers[0].server
        self.marks: tuple[dict[str, str], ...] = tuple({} for _each in self.writers)
        self._ready, self._over = ready, threading.Event()
        self._talks = tuple(Conversation(session) for _each in self.writers)
        self._found: list[dict[str, bool]] = [{} for _each in self.writers]
        for writer, talk in zip(self.writers, self._talks, strict=True):
            talk.send(prompt, writer.server, replace(writer.how, tokens=max(writer.how.tokens, LEAST)))
        threading.Thread(target=self._work, daemon=True, name="curseurs-uses").start()

    @property
    def talks(self) -> tuple[Conversation, ...]:
        """One conversation for each writer."""
        return self._talks

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come, of answers and of what is checked."""
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; return whether it is."""
        return self._over.wait(seconds)

    def found(self, place: int) -> dict[str, bool]:
        """Return what a program checked of an answer; nothing of a stopped one, or of another prompt."""
        return self._found[place]

    def _work(self) -> None:
        """Wait for each answer and check it: a program in it runs, so this is no matter of a moment."""
        try:
            for place, talk in enumerate(self._talks):
                talk.turns[-1].wait(LONGEST)
                state, _place, answer = talk.turns[-1].snapshot()
                if self._ready is not None and state == State.FINISHED:
                    self._found[place] = checked(self._ready.use, self._ready.language, self.question, answer.text)
        finally:
            self._over.set()
