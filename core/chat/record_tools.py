"""Records what the course's model does with the ready questions and tasks: `python -m core.chat.record_tools`."""

from __future__ import annotations

import json
from typing import Any

from core.chat import code_asks, code_run, embedded, tool_asks
from core.chat.code_talk import CodeTalk
from core.chat.requests import How
from core.chat.servers import EMBEDDED
from core.chat.tool_talk import LONGEST, Offer, ToolTalk, plain
from core.chat.tools import tools

HOW = How(temperature=0.0, top_p=1.0, tokens=60, seed=1)
"""The page's own settings when it opens."""


def with_tools(question: str) -> dict[str, Any]:
    """Ask a question with tools and without; return both."""
    listed = tools("en", tool_asks.DAY, plain)
    talk = ToolTalk("record", EMBEDDED, question, HOW, Offer(listed, listed))
    talk.wait(LONGEST)
    told, without, error = talk.snapshot()
    if error is not None:
        raise error
    return {"with": told.as_data(), "without": without}


def with_code(task: str) -> dict[str, Any]:
    """Have a program written and run."""
    talk = CodeTalk("record", EMBEDDED, task, HOW)
    talk.wait(LONGEST)
    written = talk.snapshot()
    if written.error is not None:
        raise written.error
    return written.as_data()


def main() -> None:
    """Record them all."""
    for file, found in (
        (tool_asks.FILE, {name: with_tools(ask.question) for name, ask in tool_asks.ASKS.items()}),
        (code_asks.FILE, {name: with_code(ask.task) for name, ask in code_asks.ASKS.items()}),
    ):
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    embedded.stop()
    code_run.stop()


if __name__ == "__main__":
    main()
