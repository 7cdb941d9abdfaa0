"""Records the answers to the ready questions: `python -m components.chat.record_documents`.

The marks around the passages are explained in the document's language.
"""

from __future__ import annotations

import json
from typing import Any

from components.chat.instructions import in_language
from core.chat import embedded
from core.chat.answers import Answer
from core.chat.client import ask
from core.chat.compared import FILE, HOW, READY, Ready, found_by, ready_index, with_passages
from core.chat.received import receive
from core.chat.servers import EMBEDDED


def sent(ready: Ready) -> str:
    """Return what is sent for a ready question with its document."""
    found = found_by(ready_index(ready.document), ready.question, "both")
    return with_passages([one.passage for one in found], ready.question, in_language(ready.document))


def answered(text: str) -> dict[str, Any]:
    """Ask the embedded model; return its answer, and how many tokens it received."""
    messages = [{"role": "user", "content": text}]
    received, answer = receive(EMBEDDED, messages, HOW), Answer()
    for event in ask(EMBEDDED, messages, HOW):
        answer.take(event)
    return {"answer": answer.text, "reason": answer.reason, "tokens": len(received.tokens)}


def main() -> None:
    """Record them all."""
    told = {
        name: {"sent": sent(ready), "without": answered(ready.question), "with": answered(sent(ready))}
        for name, ready in READY.items()
    }
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    embedded.stop()


if __name__ == "__main__":
    main()
