"""What the tests of the chat do again and again: ask, and take what comes."""

from __future__ import annotations

from collections.abc import Callable

from core.chat import client
from core.chat.answers import Answer
from core.chat.errors import ChatError
from core.chat.line import Line
from core.chat.requests import How, Wish
from core.chat.servers import Server


def said(text: str, role: str = "user") -> dict[str, str]:
    return {"role": role, "content": text}


def to(*numbers: str) -> Callable[[str, int], list[str]]:
    """Return what looks every name up as these numbers."""
    return lambda host, port: list(numbers)


def ask(
    server: Server, text: str = "Hello", how: How | None = None, wish: Wish | None = None, line: Line | None = None
) -> Answer:
    """Ask one question; what went wrong is in the answer, as the page has it."""
    answer = Answer()
    try:
        for event in client.ask(server, [said(text)], how or How(tokens=12), wish, line):
            answer.take(event)
    except ChatError as error:
        answer.error = error
    return answer
