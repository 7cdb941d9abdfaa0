"""What comes of an answer, piece by piece, and the answer that these make: kept as far as it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.chat.errors import ChatError, Kind


@dataclass(frozen=True)
class Token:
    """One token of an answer, where the server says it.

    Attributes:
        text: as the server writes it; `bytes` is what it is, where a letter takes several tokens.
        logprob: its natural logarithm of probability, given what stands before it. Whether before or after temperature
            and cuts is the server's affair: llama.cpp's and OpenAI's is the model's own.
        alternatives: the likeliest tokens at this place, the likeliest first; they have none of their own.
    """

    text: str
    bytes: bytes
    logprob: float
    alternatives: tuple[Token, ...] = ()


@dataclass(frozen=True)
class Sent:
    """What was sent, as JSON: never the key, which is not in it."""

    body: Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """A piece of text.

    Attributes:
        text: it.
        at: seconds since the question.
        tokens: what it is made of, where the server says it.
        thought: it belongs to what the model says to itself before it answers.
    """

    text: str
    at: float
    tokens: tuple[Token, ...] = ()
    thought: bool = False


@dataclass(frozen=True)
class CallPart:
    """A part of a call of a tool: the parts of one `index` follow each other, name first, arguments in pieces."""

    index: int
    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Usage:
    """What the server counted, in tokens."""

    prompt: int
    answer: int


@dataclass(frozen=True)
class End:
    """The end. `reason` is the server's own word (`stop`, `length`, `tool_calls` …), or `stopped` or `limit`: ours."""

    reason: str
    at: float


Event = Sent | Piece | CallPart | Usage | End


@dataclass(frozen=True)
class Call:
    """A call of a tool that the model asks for. `arguments` is JSON, or what the model takes for it."""

    id: str
    name: str
    arguments: str


@dataclass
class Answer:
    """What has come of an answer so far.

    Attributes:
        sent: what was sent.
        text: the answer.
        thoughts: what the model said to itself before.
        pieces: the text again, piece by piece.
        calls: tools that it asks for.
        usage: what the server counted, once it says it.
        reason: why it ended; empty while it goes on, and where it was cut.
        error: what went wrong; what came before stays.
        seconds: from the question to the last that came.
    """

    sent: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    thoughts: str = ""
    pieces: list[Piece] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    usage: Usage | None = None
    reason: str = ""
    error: ChatError | None = None
    seconds: float = 0.0

    @property
    def tokens(self) -> list[Token]:
        """Its tokens, where the server says them."""
        return [token for piece in self.pieces for token in piece.tokens]

    @property
    def first(self) -> float | None:
        """Seconds from the question to the first piece; None before."""
        return self.pieces[0].at if self.pieces else None

    def take(self, event: Event) -> None:
        """Add what came."""
        if isinstance(event, Piece):
            self.pieces.append(event)
            self.seconds = event.at
            if event.thought:
                self.thoughts += event.text
            else:
                self.text += event.text
        elif isinstance(event, CallPart):
            self._take_call(event)
        elif isinstance(event, Usage):
            self.usage = event
        elif isinstance(event, End):
            self.reason, self.seconds = event.reason, event.at
        else:
            self.sent = event.body

    def _take_call(self, part: CallPart) -> None:
        if not 0 <= part.index <= len(self.calls):
            raise ChatError(Kind.NONSENSE, reason="shape")
        if part.index == len(self.calls):
            self.calls.append(Call("", "", ""))
        before = self.calls[part.index]
        self.calls[part.index] = Call(before.id or part.id, before.name or part.name, before.arguments + part.arguments)
