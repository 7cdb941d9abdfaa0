"""A prompt tried on ten messages, one after the other, by a model: followed by a page, stopped by it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from core.chat import answering, trials
from core.chat.answering import State
from core.chat.errors import ChatError
from core.chat.requests import How
from core.chat.servers import Server

PLACE = "{message}"
"""What each message takes the place of in a prompt."""
HOW = How(temperature=0.0, tokens=12)
"""The likeliest answer, and no more of it than a label takes."""
LANGUAGE = "en"
"""Of the messages: SmolLM2 was trained on it."""


@dataclass
class Row:
    """A message, and what became of it.

    Attributes:
        message: it.
        right: its label.
        answer: what the model said; None before.
    """

    message: str
    right: str
    answer: str | None = None

    @property
    def told(self) -> str | None:
        """The label that is read in the answer; None where it names none, or several."""
        return None if self.answer is None else trials.label(self.answer, LANGUAGE)

    @property
    def is_right(self) -> bool:
        """Whether the message was put under its label."""
        return self.told == self.right


def rows() -> list[Row]:
    """Return the ten messages, none of them answered."""
    return [Row(message, right) for message, right in trials.REVIEWS[LANGUAGE]]


@dataclass
class Classifying:
    """A prompt being tried.

    Attributes:
        prompt: it, with `PLACE` in it.
        rows: the messages, those that are answered first.
        error: why it ended too early.
        is_over: whether nothing more will come.
    """

    prompt: str
    rows: list[Row] = field(default_factory=rows)
    error: ChatError | None = None
    is_over: bool = False
    _wanted: bool = True

    @property
    def score(self) -> int:
        """How many were put under their label so far."""
        return sum(row.is_right for row in self.rows)

    def start(self, session: str, server: Server) -> None:
        """Begin; returns at once."""
        threading.Thread(target=self._run, args=(session, server), daemon=True).start()

    def stop(self) -> None:
        """Ask no further message."""
        self._wanted = False

    def _run(self, session: str, server: Server) -> None:
        try:
            for row in self.rows:
                if not self._wanted:
                    break
                asked = self.prompt.replace(PLACE, row.message)
                answer = answering.start(session, server, [{"role": "user", "content": asked}], HOW)
                while not answer.wait(1.0) and self._wanted:
                    continue
                answer.stop()
                found = answer.snapshot()
                if found.answer.error is not None:
                    raise found.answer.error
                if found.state is State.STOPPED:  # by the student, or because their tab is closed
                    break
                row.answer = found.answer.text
        except ChatError as error:
            self.error = error
        finally:
            self.is_over = True
