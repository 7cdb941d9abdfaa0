"""A question to a model that has tools: what is added, what it chooses, what the tool says, what it answers with that.

A server that makes tool calls itself is given the list of tools, and as many rounds as it has calls, up to a bound.
Another one is given a text, examples and a schema that it enforces, and one call.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from core.chat import answering, capabilities
from core.chat.answering import Answering, State
from core.chat.answers import Answer
from core.chat.errors import ChatError
from core.chat.requests import How, Message, Wish
from core.chat.servers import Server
from core.chat.tool_asks import EXAMPLES, Told
from core.chat.tools import ANSWER, Call, Tool, choice_format, chosen, offered, told, use

ROUNDS, MOST_CALLS = 3, 4
"""Times that a server may call tools before it has to answer; calls that it may make at once."""
LONGEST = 600.0
"""Seconds that are waited for an answer: more than the line to a server lasts."""


def calls_itself(server: Server) -> bool:
    """Whether a server is given the tools themselves: the course's own is not, another one until it shows otherwise."""
    known = capabilities.of(server)
    if known.tools is not None:
        return known.tools
    return not server.inside and "tools" not in known.refused


def plain(message: str, **values: object) -> str:
    """Say a message in English, which the course's model was trained on."""
    return message.format(**values) if values else message


@dataclass(frozen=True)
class Offer:
    """The tools in the two ways that they can be offered: in the page's language, and in English with a schema."""

    itself: Sequence[Tool]
    by_schema: Sequence[Tool]


class ToolTalk:
    """One question, asked with tools and without; made, it is being answered. Any thread may look at it or stop it.

    Attributes:
        question: what was asked.
        server: whom.
    """

    def __init__(self, session: str, server: Server, question: str, how: How, offer: Offer) -> None:
        self.question, self.server = question, server
        self._session, self._how, self._offer = session, how, offer
        self._told = Told("")
        self._error: ChatError | None = None
        self._is_wanted = True
        self._now: Answering | None = None
        self._without: Answering | None = None
        self._over = threading.Event()
        threading.Thread(target=self._work, daemon=True, name="curseurs-tools").start()

    def snapshot(self) -> tuple[Told, str, ChatError | None]:
        """Return what there is with tools, the answer without, and what went wrong."""
        without = self._without.snapshot().answer if self._without else Answer()
        return self._told, without.text, self._error or without.error

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come, of either answer."""
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; return whether it is."""
        return self._over.wait(seconds)

    def stop(self) -> None:
        """Write no more of it."""
        self._is_wanted = False
        for each in (self._now, self._without):
            if each is not None:
                each.stop()

    def _work(self) -> None:
        try:
            self._without = answering.start(self._session, self.server, [_user(self.question)], self._how)
            if not calls_itself(self.server) or not self._by_itself():
                self._by_schema()
        except _Stopped:
            pass  # what came is told already
        except ChatError as error:
            self._error = error
        finally:
            if self._without is not None:
                self._without.wait(LONGEST)
            self._told = replace(self._told, over=True)
            self._over.set()

    def _by_itself(self) -> bool:
        """Have a server call tools; return False if it does not take any."""
        listed = self._offer.itself
        given = offered(listed)
        self._told = Told(json.dumps(given, ensure_ascii=False, indent=1))
        said: list[Message] = [_user(self.question)]
        for left in reversed(range(ROUNDS + 1)):
            answer = self._ask(said, self._how, Wish(tools=given, tool_choice="auto" if left else "none"), "answer")
            if "tools" in capabilities.of(self.server).refused:
                return False
            asked = answer.calls[:MOST_CALLS] if left else []
            self._told = replace(self._told, picked=self._told.picked or (asked[0].name if asked else ANSWER))
            if not asked:
                break
            calls = [use(call.name, call.arguments, listed, call.id) for call in asked]
            self._told = replace(self._told, calls=(*self._told.calls, *calls), answer="")
            made = [{"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
                    for call in asked]  # fmt: skip
            said += [{"role": "assistant", "content": answer.text, "tool_calls": made}]
            said += [call.as_message() for call in calls]
        return True

    def _by_schema(self) -> None:
        """Have a server enforce that its model writes a choice; use the tool, and ask again with its result."""
        listed = self._offer.by_schema
        text = told(listed, plain)
        schema: dict[str, Any] = choice_format(listed)["json_schema"]["schema"]
        examples = [message for asked, choice in EXAMPLES if choice["tool"] in {ANSWER, *(one.name for one in listed)}
                    for message in (_user(asked), {"role": "assistant", "content": json.dumps(choice)})]  # fmt: skip
        shown = "\n".join(f"{'→ ' if one['role'] == 'assistant' else ''}{one['content']}" for one in examples)
        self._told = Told(f"{text}\n\n{shown}", json.dumps(schema, ensure_ascii=False, indent=1))
        how = replace(self._how, system="\n".join(filter(None, [self._how.system, text])))
        answer = self._ask([*examples, _user(self.question)], how, Wish(schema=schema), "wrote")
        match chosen(answer.text, listed):
            case Call() as call:
                self._told = replace(self._told, picked=call.tool, calls=(call,))
                self._ask([_user(f"{self.question} (Result: {call.result})")], self._how, Wish(), "answer")
            case str(found):
                self._told = replace(self._told, picked=ANSWER, answer=found)
            case None:
                self._told = replace(self._told, picked="?")

    def _ask(self, said: Sequence[Message], how: How, wish: Wish, part: Literal["wrote", "answer"]) -> Answer:
        """Ask, and keep what comes as this part of what is told; raise what went wrong, or that it was stopped."""
        if not self._is_wanted:
            raise _Stopped
        self._now = answering.start(self._session, self.server, said, how, wish)
        if not self._is_wanted:
            self._now.stop()
        pieces, over = 0, False
        while not over:
            found = self._now.wait_for_more(pieces, 1.0)
            pieces, over = len(found.answer.pieces), found.over
            text = found.answer.text
            self._told = replace(self._told, wrote=text) if part == "wrote" else replace(self._told, answer=text)
        if found.answer.error is not None:
            raise found.answer.error
        if found.state == State.STOPPED:
            raise _Stopped
        return found.answer


class _Stopped(Exception):
    """The student has pressed Stop."""


def _user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}
