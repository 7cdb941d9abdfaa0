"""Which part of a filled template comes from where, found without reading the template itself.

The same conversation is filled in again with a mark in place of each message. What stands between the marks is the
template's; put together with the messages, it has to make the very text that was filled in. Where it does not (a
template may rewrite what it is given), nothing is claimed: all of it is the template's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.chat.requests import Message

Apply = Callable[[Sequence[Message], bool], str]
"""Fills the template with messages; True adds the beginning of the answer."""


class Part(StrEnum):
    """Where a part of the text comes from. A system message that nobody wrote is the template's own, and `SYSTEM`."""

    TEMPLATE = "template"
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"
    QUESTION = "question"
    GENERATION = "generation"


@dataclass(frozen=True)
class Span:
    """A part of the text, and the message that it is, if it is one."""

    text: str
    part: Part
    message: int | None = None


def parts(apply: Apply, messages: Sequence[Message], text: str) -> list[Span]:
    """Return the parts of a text that the template has made of messages, in order: joined, they are the text.

    Args:
        apply: fills the template.
        messages: what it was filled with.
        text: what it made of them, the beginning of the answer included.
    """
    found = _joined(apply, messages, text)
    if found is None:
        return [Span(text, Part.TEMPLATE)]
    *before, last = found
    without = apply(messages, False)
    tail = len(text) - len(without)
    if text.startswith(without) and 0 < tail <= len(last.text):
        return [*before, Span(last.text[:-tail], last.part), Span(last.text[-tail:], Part.GENERATION)]
    return found


def _joined(apply: Apply, messages: Sequence[Message], text: str) -> list[Span] | None:
    """Return the template's parts and the messages, in turns; None where they do not make the text."""
    marked = [{**message, "content": _mark(at)} for at, message in enumerate(messages)]
    between = _split(apply(marked, True), len(messages))
    if between is None:
        return None
    spans = [*_beginning(apply, marked, between[0])]
    question = max((at for at, message in enumerate(messages) if message["role"] == "user"), default=-1)
    place = len(between[0])
    for at, (message, after) in enumerate(zip(messages, between[1:], strict=True)):
        said = str(message.get("content") or "")
        said = said if text.startswith(said + after, place) else said.strip()  # as many templates do
        part = Part.QUESTION if at == question else _part(str(message["role"]))
        spans += [Span(said, part, at), Span(after, Part.TEMPLATE)]
        place += len(said + after)
    return spans if "".join(span.text for span in spans) == text else None


def _beginning(apply: Apply, marked: Sequence[Message], begins: str) -> list[Span]:
    """Return what stands before the first message; where the template has a system message of its own, in parts.

    It is what a system message of ours would stand in place of.
    """
    if not marked or marked[0]["role"] == "system":
        return [Span(begins, Part.TEMPLATE)]
    ours = {"role": "system", "content": _mark(len(marked))}
    head, sign, rest = apply([ours, *marked], True).partition(_mark(len(marked)))
    after = rest.partition(_mark(0))[0]
    own = begins[len(head) : len(begins) - len(after)]
    if not sign or head + own + after != begins or not own:
        return [Span(begins, Part.TEMPLATE)]
    return [Span(head, Part.TEMPLATE), Span(own, Part.SYSTEM), Span(after, Part.TEMPLATE)]


def _mark(at: int) -> str:
    return f"zqx{at}xqz"


def _split(text: str, marks: int) -> list[str] | None:
    """Return what stands around so many marks; None unless each is there once, in order."""
    found = []
    for at in range(marks):
        before, sign, text = text.partition(_mark(at))
        if not sign:
            return None
        found.append(before)
    return [*found, text]


def _part(role: str) -> Part:
    return {"system": Part.SYSTEM, "developer": Part.SYSTEM, "assistant": Part.ASSISTANT, "tool": Part.TOOL}.get(
        role, Part.USER
    )
