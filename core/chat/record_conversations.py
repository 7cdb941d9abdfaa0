"""Records the conversations that the page begins with: `python -m core.chat.record_conversations`."""

from __future__ import annotations

import json
from typing import Any

from core.chat import embedded
from core.chat.answers import Answer
from core.chat.client import ask
from core.chat.presets import ALTERNATIVES, FILE, PRESETS, Preset
from core.chat.received import keep
from core.chat.requests import Message, Wish
from core.chat.servers import EMBEDDED
from core.chat.told import received_as_json, tokens_as_json


def conversation(preset: Preset) -> list[dict[str, Any]]:
    """Ask the embedded model a preset's questions, one after the other; return all that is shown of it."""
    said: list[Message] = []
    turns: list[dict[str, Any]] = []
    for question in preset.questions:
        said.append({"role": "user", "content": question})
        kept = keep(EMBEDDED, said, preset.how, preset.settings["window"] or None)
        answer = Answer()
        for event in ask(EMBEDDED, kept.conversation, preset.how, Wish(alternatives=ALTERNATIVES)):
            answer.take(event)
        turns.append({
            "question": question,
            "received": received_as_json(kept.received),
            "fallen": len(kept.fallen),
            "answer": answer.text,
            "reason": answer.reason,
            "tokens": tokens_as_json(answer.tokens),
        })  # fmt: skip
        said.append({"role": "assistant", "content": answer.text})
    return turns


def main() -> None:
    """Record them all."""
    told = {name: conversation(preset) for name, preset in PRESETS.items()}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    embedded.stop()


if __name__ == "__main__":
    main()
