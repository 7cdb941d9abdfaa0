"""A task for a program: a model writes it, and the first program in its answer runs, shut in."""

from __future__ import annotations

import threading
from dataclasses import replace

from core.chat import answering, code_run
from core.chat.answering import Answering, State
from core.chat.code_asks import Written
from core.chat.errors import ChatError
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.tool_talk import LONGEST, plain

LEAST = 160
"""Tokens that a program may take, whatever a conversation's answers may: a program cut in the middle is none."""


class CodeTalk:
    """One task; made, it is being worked on. Any thread may look at it or stop it.

    Attributes:
        question: what was asked.
        server: whom.
    """

    def __init__(self, session: str, server: Server, task: str, how: How) -> None:
        self.question, self.server = task, server
        added = code_run.told(plain)
        self._written = Written(added)
        whole = replace(how, tokens=max(how.tokens, LEAST), system="\n".join(filter(None, [how.system, added])))
        self._now: Answering | None = None
        self._over = threading.Event()
        try:
            self._now = answering.start(session, server, [{"role": "user", "content": task}], whole)
        except ChatError as error:
            self._written = replace(self._written, error=error, over=True)
            self._over.set()
            return
        threading.Thread(target=self._work, args=(self._now,), daemon=True, name="curseurs-code").start()

    def snapshot(self) -> Written:
        """Return what there is of it now."""
        if self._now is None or self._written.over:
            return self._written
        return replace(self._written, answer=self._now.snapshot().answer.text)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; return whether it is."""
        return self._over.wait(seconds)

    def stop(self) -> None:
        """Write no more of it; what came does not run."""
        if self._now is not None:
            self._now.stop()

    def _work(self, asked: Answering) -> None:
        """Wait for the answer and run its program."""
        asked.wait(LONGEST)
        found = asked.snapshot()
        code = code_run.fenced(found.answer.text)
        written = replace(self._written, answer=found.answer.text, code=code, error=found.answer.error)
        self._written = written
        is_whole = found.state == State.FINISHED and code is not None
        self._written = replace(written, ran=code_run.run(code or "") if is_whole else None, over=True)
        self._over.set()
