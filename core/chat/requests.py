"""A question as JSON: the settings, what is asked besides, and what to leave out for a server that does not take it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import limits

Message = Mapping[str, Any]
"""`role` and `content`, as the protocol has them."""
NEEDED = frozenset({"model", "messages", "stream"})
LLAMA_CPP = frozenset({"top_k", "min_p"})
"""Not OpenAI's: a server that refuses one of them does not take the other either."""
SETTINGS = frozenset({"temperature", "top_p", "max_tokens", "seed"})
"""What the student has chosen: left out only where the server names it."""
RENAMED = {"max_tokens": "max_completion_tokens", "seed": "random_seed"}
"""Two names for one thing: OpenAI's newer models know the one, Mistral's server the other."""
MOST_ALTERNATIVES = 20
HIGHEST_SEED = 2**31 - 1
_BOUND = re.compile(r"\b(less|greater|between|range|at most|at least|maximum|minimum)\b", re.IGNORECASE)
"""What a server says of a value and not of a field: it takes the field, and the student has to know."""


@dataclass(frozen=True)
class How:
    """How an answer is written.

    Attributes:
        temperature: 0 to 2; at 0 the likeliest token is taken.
        top_p: the least probability that the likeliest tokens have together, among which one is drawn; up to 1.
        tokens: the most that the answer may have; this server's own limit holds too (`core.limits`).
        seed: of the drawing; the same one gives the same answer, where the server keeps to it.
        system: what the model is told before the conversation; empty for nothing, where a template may add its own.
    """

    temperature: float = 0.7
    top_p: float = 1.0
    tokens: int = 160
    seed: int = 1
    system: str = ""

    def __post_init__(self) -> None:
        """Check the bounds.

        Raises:
            ValueError: a setting is out of them.
        """
        fine = (0 <= self.temperature <= 2, 0 < self.top_p <= 1, self.tokens >= 1, 0 <= self.seed <= HIGHEST_SEED)
        if not all(fine):
            raise ValueError(self)

    def messages(self, conversation: Sequence[Message]) -> list[dict[str, Any]]:
        """Return a conversation with the system message before it."""
        first = [{"role": "system", "content": self.system}] if self.system else []
        return [*first, *(dict(message) for message in conversation)]


@dataclass(frozen=True)
class Wish:
    """What is asked besides text.

    Attributes:
        alternatives: how many of the likeliest tokens to name at each place; 0 for no log-probabilities.
        tools: functions that the model may call, as the protocol has them (`{"type": "function", …}`).
        tool_choice: `auto`, `required`, `none`, or a function's name; empty to say nothing.
        schema: the JSON schema that the answer has to keep.
    """

    alternatives: int = 0
    tools: Sequence[Mapping[str, Any]] = ()
    tool_choice: str = ""
    schema: Mapping[str, Any] | None = field(default=None)


def body(model: str, conversation: Sequence[Message], how: How, wish: Wish, refused: frozenset[str]) -> dict[str, Any]:
    """Return the JSON of a question.

    llama.cpp, left alone, cuts at its own top-k and min-p; both are switched off by name, or temperature and top-p
    would not be all that is decided. A server that does not know them says so once (`offending`).

    Args:
        model: its name at the server.
        conversation: the messages, without the system message.
        how: the settings.
        wish: what is asked besides.
        refused: fields that this server has refused before.
    """
    asked: dict[str, Any] = {
        "model": model,
        "messages": how.messages(conversation),
        "stream": True,
        "temperature": how.temperature,
        "top_p": how.top_p,
        "max_tokens": min(how.tokens, limits.current().tokens),
        "seed": how.seed,
        "stream_options": {"include_usage": True},
        "top_k": 0,
        "min_p": 0.0,
    }
    if wish.alternatives:
        asked |= {"logprobs": True, "top_logprobs": min(wish.alternatives, MOST_ALTERNATIVES)}
    if wish.tools:
        asked["tools"] = [dict(tool) for tool in wish.tools]
        if wish.tool_choice in {"auto", "required", "none"}:
            asked["tool_choice"] = wish.tool_choice
        elif wish.tool_choice:
            asked["tool_choice"] = {"type": "function", "function": {"name": wish.tool_choice}}
    if wish.schema is not None:
        named = {"name": "answer", "strict": True, "schema": dict(wish.schema)}
        asked["response_format"] = {"type": "json_schema", "json_schema": named}
    return _without(asked, refused)


def _without(asked: Mapping[str, Any], refused: frozenset[str]) -> dict[str, Any]:
    """Leave out what is refused; what has another name takes that, unless it is refused too."""
    kept = {}
    for name, value in asked.items():
        if name not in refused:
            kept[name] = value
        elif (other := RENAMED.get(name)) and other not in refused:
            kept[other] = value
    return kept


def offending(asked: Mapping[str, Any], said: str) -> frozenset[str]:
    """Return which fields a server that refused a question seems not to take.

    Those that it names; where it names none, all that are no setting. None where it is a value that it does not take.

    Args:
        asked: the question.
        said: the server's words.
    """
    could = frozenset(asked) - NEEDED
    named = could & set(re.findall(r"\w+", said))
    if named and _BOUND.search(said):
        return frozenset()
    return named | (could & LLAMA_CPP if named & LLAMA_CPP else frozenset()) or could - SETTINGS
