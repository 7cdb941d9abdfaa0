"""What of a conversation fits into a window of so many tokens, and what falls out of it.

The oldest messages fall first, the system message never, the last question never. What is kept begins with a user's
message: templates such as Mistral's refuse an answer that nobody asked for. A message goes whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """Which messages a model receives.

    Attributes:
        kept: their places in the conversation, in order.
        fallen: the places of those that it does not.
        used: tokens of those kept.
        room: tokens left for the answer; negative if even what must stay is too long.
    """

    kept: tuple[int, ...]
    fallen: tuple[int, ...]
    used: int
    room: int

    @property
    def fits(self) -> bool:
        """Whether there is any room for an answer."""
        return self.room > 0


def fit(messages: Sequence[Message], counts: Sequence[int], window: int, reserve: int = 0) -> Fit:
    """Return what fits.

    Args:
        messages: each with its "role".
        counts: tokens of each, those of the template included.
        window: tokens that the model reads and writes together.
        reserve: tokens kept free for the answer.

    Raises:
        ValueError: not one count for each message, or a negative number.
    """
    if len(messages) != len(counts) or min([window, reserve, *counts]) < 0:
        raise ValueError(f"{len(messages)} messages, {len(counts)} counts, window {window}, reserve {reserve}")
    roles = [message["role"] for message in messages]
    always = {at for at, role in enumerate(roles) if role == "system"}
    last = max((at for at, role in enumerate(roles) if role == "user"), default=len(roles))
    always |= set(range(last, len(roles)))  # the last question, and what followed it: its tool calls
    left = window - reserve - sum(counts[at] for at in always)
    first = last
    for at in range(last - 1, -1, -1):
        if at in always:
            continue
        left -= counts[at]
        if left < 0:
            break
        if roles[at] == "user":
            first = at
    kept = tuple(at for at in range(len(roles)) if at >= first or at in always)
    used = sum(counts[at] for at in kept)
    return Fit(kept, tuple(at for at in range(len(roles)) if at not in kept), used, window - used)


def summary(messages: Sequence[Message], found: Fit, _n: Callable[..., str]) -> str:
    """Return one line on what fell out; empty if nothing did.

    Args:
        messages: of the conversation.
        found: what fits of them.
        _n: says a counted message in the page's language.
    """
    if not found.fallen:
        return ""
    first = " ".join(str(messages[found.fallen[0]].get("content") or "").split())
    beginning = first if len(first) <= 60 else first[:60].rsplit(" ", 1)[0] + " …"
    return _n(
        "{count} message has fallen out of the window: “{beginning}”",
        "{count} messages have fallen out of the window, the first: “{beginning}”",
        len(found.fallen),
        beginning=beginning,
    )
