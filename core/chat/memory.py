"""What is remembered of earlier conversations: short facts of one session, added to the next prompt, and forgotten.

A model remembers nothing: each answer is computed from the text it receives. "Memory" is text that somebody wrote down
and adds again. The facts are drawn out by the model itself, asked with `asking`; it invents some and misses others, so
that the student sees the list, and strikes out what should not be there. Nothing is kept beyond the session.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.chat.quoting import harmless
from core.chat.terms import bare

MOST_FACTS, MOST_FACT, MOST_READ, MOST_AT_ONCE = 20, 160, 8_000, 5
"""Facts, characters of one, characters of a conversation that they are drawn from, facts of one conversation."""
_LISTED = {"type": "array", "maxItems": MOST_AT_ONCE, "items": {"type": "string", "maxLength": MOST_FACT}}
RESPONSE_FORMAT: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "facts",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "facts": {
                    "type": "array",
                    "maxItems": MOST_AT_ONCE,
                    "items": {"type": "string", "maxLength": MOST_FACT},
                }
            },
            "required": ["facts"],
            "additionalProperties": False,
        },
    },
}
"""What a server may enforce on the answer to `asking`."""


@dataclass(frozen=True)
class Memory:
    """Facts of one session, the oldest first."""

    facts: tuple[str, ...] = ()

    def remember(self, sentences: Sequence[str]) -> Memory:
        """Return a memory that knows these too; one that is known moves to the end, the oldest fall out."""
        facts = list(self.facts)
        for sentence in sentences:
            if fact := _short(sentence):
                facts = [known for known in facts if bare(known.lower()) != bare(fact.lower())] + [fact]
        return Memory(tuple(facts[-MOST_FACTS:]))

    def forget(self, words: str) -> Memory:
        """Return a memory without the facts that hold all of these words, whatever their case and accents."""
        asked = set(_words(words))
        return Memory(tuple(fact for fact in self.facts if not asked or not asked <= set(_words(fact))))

    def without(self, place: int) -> Memory:
        """Return a memory without one fact; the same if there is none at this place."""
        return Memory(tuple(fact for at, fact in enumerate(self.facts) if at != place))

    def added(self, _: Callable[..., str]) -> str:
        """Return the text that is added to a prompt; empty if nothing is known."""
        if not self.facts:
            return ""
        told = _("What you know of this person from earlier conversations; use it where it helps:")
        return "\n".join([told, *(f"- {harmless(fact)}" for fact in self.facts)])


def asking(messages: Sequence[Mapping[str, Any]], _: Callable[..., str]) -> list[dict[str, str]]:
    """Return the messages that ask a model for the facts of a conversation.

    Args:
        messages: of the conversation; what the user said counts, its end if it is long.
        _: says a message in the page's language.
    """
    said = "\n".join(f"- {harmless(str(m.get('content') or ''))}" for m in messages if m.get("role") == "user")
    ask = _(
        "Here is what a person wrote. Note what will still be true in another conversation: name, tastes, work, "
        "projects. Short sentences, at most {most}; nothing that is not written there. Answer in JSON: {example}",
        most=MOST_AT_ONCE,
        example=json.dumps({"facts": ["…"]}, ensure_ascii=False),
    )
    return [{"role": "user", "content": f"{ask}\n\n{said[-MOST_READ:]}"}]


def facts_of(answer: str) -> list[str]:
    """Return the facts that a model drew out: of its JSON, or of a list with dashes if it wrote one instead."""
    text = answer[:MOST_READ]
    if (start := text.find("{")) >= 0:
        try:
            found = json.JSONDecoder().raw_decode(text, start)[0].get("facts", [])
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return [fact for told in found[:MOST_AT_ONCE] if isinstance(told, str) and (fact := _short(told))]
    listed = re.findall(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+(.+)$", text, re.MULTILINE)
    return [fact for told in listed[:MOST_AT_ONCE] if (fact := _short(told))]


def _short(sentence: str) -> str:
    plain = " ".join(sentence[: 4 * MOST_FACT].split())
    return plain if len(plain) <= MOST_FACT else plain[: MOST_FACT - 2].rsplit(" ", 1)[0] + " …"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", bare(text.lower()))
