"""What the model really receives: the one text that a template makes of a conversation, token by token.

llama.cpp's server says it itself: `/apply-template` gives the text, `/tokenize` its tokens, `/props` the window. What
is shown is what it says. Where each part of the text comes from is found by giving it the same conversation with
marks in place of the messages: what stands between the marks is the template's. Other servers tell nothing of
this: all that is known there is what was sent, and what they count after the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from core.chat import capabilities
from core.chat.line import Line, Patience
from core.chat.llama_cpp import LlamaCpp, Silent
from core.chat.reach import Reach
from core.chat.requests import How, Message
from core.chat.servers import Server
from core.chat.templates import Part, parts

_LIKE_A_MARK = re.compile(rb"<.+>|\[.+\]")
"""How special tokens are written; whether one is, the server decides."""

SMALL_WINDOW = 2_048
"""Tokens that any model sees: SmolLM2 as it runs here sees no more."""


@dataclass(frozen=True)
class Token:
    """One token that the model receives.

    Attributes:
        id: its number.
        bytes: what it stands for; a part of a letter where a letter takes several tokens.
        part: where it comes from.
        special: it is a mark that no ordinary text stands for. In a question it is the student's own: the server reads
            `<|im_end|>` as the mark, whoever wrote it.
        message: which message of the conversation it belongs to, the system message counted; None for the template's.
    """

    id: int
    bytes: bytes
    part: Part
    special: bool
    message: int | None

    @property
    def text(self) -> str:
        """Its letters."""
        return self.bytes.decode("utf-8", "replace")


@dataclass(frozen=True)
class Received:
    """What the model receives.

    Attributes:
        sent: the messages, as they are sent.
        text: what the template makes of them; None where the server does not say it.
        tokens: that text as the model reads it; empty where the server does not say it.
        window: how many tokens the model sees at once, its answer included; None where nobody says it.
        answer: how many of them the answer may take.
    """

    sent: tuple[Mapping[str, Any], ...]
    text: str | None
    tokens: tuple[Token, ...]
    window: int | None
    answer: int

    @property
    def is_known(self) -> bool:
        """Whether the server says what the model receives."""
        return self.text is not None

    def fits(self, window: int | None = None) -> bool:
        """Whether it fits the window, or a smaller one, with the whole answer."""
        sizes = [size for size in (window, self.window) if size is not None]
        return not sizes or len(self.tokens) + self.answer <= min(sizes)

    def count(self, part: Part) -> int:
        """Return how many tokens come from a part."""
        return sum(token.part is part for token in self.tokens)


@dataclass(frozen=True)
class Kept:
    """What of a conversation fits a window.

    Attributes:
        received: what the model receives of it.
        conversation: the messages that are kept.
        fallen: the oldest ones, which fell out.
        fits: whether that is enough; the question and the system message never fall out.
    """

    received: Received
    conversation: tuple[Message, ...]
    fallen: tuple[Message, ...]
    fits: bool


def surely_fits(server: Server, conversation: Sequence[Message], how: How, window: int | None = None) -> bool:
    """Whether a conversation fits without a look at its tokens: none is less than a byte, and half a window is left.

    Args:
        server: asked nothing here; as long as nobody knows its window, a small one is taken for it.
        conversation: the messages, the question last.
        how: the settings.
        window: a smaller one than the server's.
    """
    size = min(window or SMALL_WINDOW, capabilities.of(server).window or SMALL_WINDOW)
    letters = sum(len(str(message.get("content") or "").encode()) for message in how.messages(conversation))
    return letters + how.tokens <= size // 2


def receive(server: Server, conversation: Sequence[Message], how: How, line: Line | None = None) -> Received:
    """Ask a server what its model will receive. Only llama.cpp's says it; the answer of another one is `not is_known`.

    Contacts the server: for one outside, after the student has pressed *Send*.

    Raises:
        ChatError: it cannot be reached, or answers nonsense.
    """
    messages = how.messages(conversation)
    reach = Reach(server, line or Line(Patience(first=10, total=20)))
    found = Received(tuple(messages), None, (), capabilities.of(server).window, how.tokens)
    with reach as http:
        asked = LlamaCpp(http, reach.route.address.root)
        with suppress(Silent):
            text = asked.apply(messages, to_answer=True)
            tokens = tuple(_tokens(asked, text, messages))
            found = Received(tuple(messages), text, tokens, asked.window(), how.tokens)
    reach.end()
    if found.window:
        capabilities.learn(server, window=found.window)
    return found


def keep(
    server: Server, conversation: Sequence[Message], how: How, window: int | None = None, line: Line | None = None
) -> Kept:
    """Let the oldest messages fall out of a conversation until it fits the window, as a chat program does.

    Args:
        server: one that says what its model receives; of another, everything is kept, and nothing is known.
        conversation: the messages, the question last.
        how: the settings; the answer's length is kept free.
        window: a smaller one than the server's, to see it happen.
        line: as for `receive`.

    Raises:
        ChatError: as `receive`.
    """
    kept = list(conversation)
    received = receive(server, kept, how, line)
    while not received.fits(window) and len(kept) > 1:
        kept = kept[_turn(kept) :]
        received = receive(server, kept, how, line)
    fallen = conversation[: len(conversation) - len(kept)]
    return Kept(received, tuple(kept), tuple(fallen), received.fits(window))


def _turn(messages: Sequence[Message]) -> int:
    """Return how many messages fall out together: up to the next of the student's, which an answer never precedes."""
    later = (at for at, message in enumerate(messages) if at and message.get("role") == "user")
    return next(later, len(messages) - 1)


def _tokens(asked: LlamaCpp, text: str, messages: Sequence[Message]) -> Iterator[Token]:
    """Yield the tokens of a filled template, each with the part that its first byte stands in."""
    spans = parts(asked.apply, messages, text)
    ends, end = [], 0
    for span in spans:
        end += len(span.text.encode())
        ends.append(end)
    whole, place, at = text.encode(), 0, 0
    specials: dict[int, bool] = {}
    for number, piece in asked.tokenize(text, marks=True):
        while at < len(spans) - 1 and place >= ends[at]:
            at += 1
        if number not in specials:
            is_like = _LIKE_A_MARK.fullmatch(piece) is not None
            specials[number] = is_like and [each for each, _ in asked.tokenize(piece.decode(), marks=False)] != [number]
        yield Token(number, piece, spans[at].part, specials[number], spans[at].message)
        if whole.startswith(piece, place):  # a mark at the very beginning may stand in no text, nor a space before it
            place += len(piece)
        elif whole.startswith(piece.removeprefix(b" "), place):
            place += len(piece) - 1
