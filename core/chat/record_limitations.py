"""Records what SmolLM2 answers without each cure and with it: `python -m core.chat.record_limitations`."""

from __future__ import annotations

import json
from typing import Any

from core.chat import embedded
from core.chat.code_asks import ASKS
from core.chat.code_talk import LEAST
from core.chat.cures import CURES, HONEST, ROOM, SMALL, Cure, answered
from core.chat.limitations import FILE, WEATHER
from core.chat.received import keep
from core.chat.record import answer, said, text
from core.chat.requests import How
from core.chat.servers import EMBEDDED
from core.chat.trials import KNOWN
from core.files import write_whole


def both(cure: Cure) -> dict[str, Any]:
    """Ask a question without its cure and with it; say how much of what was said before a small window keeps."""
    full = answered(cure, *(text(before) for before, _ in cure.before))
    turns = [said(words, role) for turn in full.before for words, role in zip(turn, ("user", "assistant"), strict=True)]
    how = How(0.0, tokens=ROOM, system=cure.system)
    told: dict[str, Any] = {"without": text(cure.question), "with": answer([*turns, said(cure.question)], how).text}
    if turns:
        kept = keep(EMBEDDED, [*turns, said(cure.question)], how, SMALL)
        told |= {"before": [reply for _, reply in full.before], "fallen": len(kept.fallen)}
    return told


def main() -> None:
    """Record them all."""
    from core.runs.run import origin_here

    origin = origin_here()
    embedded.free_threads = lambda: 1
    told = {
        "date": origin.date,
        "machine": origin.machine,
        "model": EMBEDDED.model,
        **{limit: {name: both(cure) for name, cure in cures.items()} for limit, cures in CURES.items()},
        "known": [{"question": asked.question, "with": text(asked.question, system=HONEST)} for asked in KNOWN],
        "code": {name: text(ask.task, LEAST) for name, ask in ASKS.items()},
        "weather": text(WEATHER),
    }
    write_whole(FILE, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    embedded.stop()


if __name__ == "__main__":
    main()
