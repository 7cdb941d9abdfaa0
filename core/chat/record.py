"""Record what SmolLM2 can do and cannot: `python -m core.chat.record [part …]`; all takes a quarter of an hour.

Each part is written by a server of its own, started for it, that is asked one thing after the other: what was read
before stays in its memory, and a sum in another order may tip a close draw, so that only the same questions in the
same order draw the same answers from the same seeds. All figures of the page are of these texts and this engine.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from core.chat import checks, client, code_run, embedded, trials
from core.chat.answers import Answer
from core.chat.cutting import cut
from core.chat.documents import from_text
from core.chat.quoting import quoted
from core.chat.received import keep
from core.chat.requests import How, Message, Wish
from core.chat.servers import EMBEDDED
from core.chat.tools import Call, choice_format, chosen, offered, told, tools, use
from core.chat.trials import Asked
from core.chat.uses import uses
from core.files import ASSETS, RECORDED, write_whole

FOLDER = RECORDED / "chat"
WARM, SEEDS = 0.7, range(101, 111)
"""A temperature and seeds to draw at it: other seeds than those by which the questions were chosen."""
USES_SEEDS = (1, 2)
WINDOWS = (128, 256, 512)
ROOM = 40
"""Tokens of an answer where a sentence is enough."""


def said(text: str, role: str = "user") -> Message:
    """Return a message."""
    return {"role": role, "content": text}


def answer(conversation: Sequence[Message], how: How, wish: Wish | None = None) -> Answer:
    """Ask the embedded model."""
    found = Answer()
    for event in client.ask(EMBEDDED, conversation, how, wish):
        found.take(event)
    return found


def text(question: str, tokens: int = ROOM, seed: int | None = None, system: str = "") -> str:
    """Return the answer to one question: the likeliest, or drawn with a seed."""
    how = How(0.0 if seed is None else WARM, tokens=tokens, seed=seed or 1, system=system)
    return answer([said(question)], how).text


def holds(came: str, right: Sequence[str]) -> bool:
    """Whether an answer has one of these words in it."""
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", came, re.IGNORECASE) for word in right)


def catalog(language: str) -> Callable[..., str]:
    """Return what says a message in a language, as the page does."""
    from babel.messages.pofile import read_po

    known: dict[Any, Any] = {}
    if language != "en":
        with (ASSETS / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            known = {message.id: message.string for message in read_po(file, locale=language)}
    return lambda message, **values: str(known.get(message) or message).format(**values)


def facts() -> dict[str, Any]:
    """Ask what it knows, what it does not, and what nobody can know."""

    def row(asked: Asked) -> dict[str, Any]:
        came = text(asked.question)
        return {"question": asked.question, "answer": came, "right": holds(came, asked.right),
                "admits": any(words in came.lower() for words in trials.ADMITTED)}  # fmt: skip

    groups = {"known": trials.KNOWN, "missed": trials.MISSED, "unknowable": trials.UNKNOWABLE}
    return {name: [row(asked) for asked in group] for name, group in groups.items()}


def documents() -> dict[str, Any]:
    """Ask about texts with them quoted, in both places, and without."""
    rows = []
    for document in trials.DOCUMENTS:
        added = quoted(cut(from_text(document.name, document.text)), catalog(document.language))
        for asked in document.asked:
            ways: dict[str, Callable[..., str]] = {
                "system": partial(text, asked.question, system=added),
                "question": partial(text, f"{added}\n\n{asked.question}"),
                "without": partial(text, asked.question),
            }
            row: dict[str, Any] = {"language": document.language, "name": document.name, "text": document.text,
                   "question": asked.question, "right": asked.right[0], "seeds": len(SEEDS), "ways": {}}  # fmt: skip
            for way, ask in ways.items():
                cold = ask()
                right = sum(holds(ask(seed=seed), asked.right) for seed in SEEDS)
                row["ways"][way] = {"answer": cold, "right": holds(cold, asked.right), "seeds_right": right}
            rows.append(row)
    return {"rows": rows}


def forgetting() -> dict[str, Any]:
    """Tell it a name, chat, and see when the name falls out; ask for it at once, over seeds, and when it is gone."""
    rows = []
    for what, (fact, question, right) in {"name": trials.NAME, "cat": trials.CAT}.items():
        said_first = [said(fact), said(text(fact), "assistant"), said(question)]
        warm = [answer(said_first, How(WARM, tokens=ROOM, seed=seed)).text for seed in SEEDS]
        cold = answer(said_first, How(0.0, tokens=ROOM)).text
        gone = answer(said_first[2:], How(0.0, tokens=ROOM)).text
        row: dict[str, Any] = {
               "what": what, "fact": fact, "question": question, "right": right, "seeds": len(SEEDS), "answer": cold,
               "remembers": holds(cold, [right]), "seeds_right": sum(holds(each, [right]) for each in warm),
               "without": gone, "falls": {}}  # fmt: skip
        conversation = said_first[:2]
        how, waiting = How(0.0, tokens=ROOM), set(WINDOWS)
        for turn in range(1, 30):
            ask = said(trials.CHATTER[(turn - 1) % len(trials.CHATTER)])
            for window in sorted(waiting):
                kept = keep(EMBEDDED, [*conversation, ask], how, window)
                if kept.fallen:
                    waiting.discard(window)
                    row["falls"][str(window)] = turn + 1
            if not waiting:
                break
            conversation += [ask, said(answer([*conversation, ask], how).text, "assistant")]
        rows.append(row)
    return {"windows": list(WINDOWS), "answer": ROOM, "rows": rows}


def with_tools() -> dict[str, Any]:
    """Ask for tools: by a schema that the server enforces, by its own calls, and as it likes, being told of them."""
    listed = tools("en", date.fromisoformat(trials.TODAY), catalog("en"))
    schema = choice_format(listed)["json_schema"]["schema"]
    how, free = How(0.0, tokens=60, system=told(listed, catalog("en"))), How(0.0, tokens=60)

    def judged(made: Call | str | None, tool: str, right: str, came: str) -> dict[str, Any]:
        call = made if isinstance(made, Call) and made.tool == tool else None
        is_right = call is not None and call.went_well and right.lower() in (call.result + call.given).lower()
        chosen_tool = made.tool if isinstance(made, Call) else ""
        return {"text": came[:160], "tool": chosen_tool, "right_tool": call is not None, "right": is_right}

    rows = []
    for question, tool, right in trials.TOOL_QUESTIONS:
        enforced = answer([said(question)], how, Wish(schema=schema)).text
        as_told = answer([said(question)], how).text
        came = answer([said(question)], free, Wish(tools=offered(listed), tool_choice="auto"))
        own = use(came.calls[0].name, came.calls[0].arguments, listed) if came.calls else None
        ways = {"schema": judged(chosen(enforced, listed), tool, right, enforced),
                "told": judged(chosen(as_told, listed), tool, right, as_told),
                "own": judged(own, tool, right, own.given if own else came.text)}  # fmt: skip
        rows.append({"question": question, "tool": tool, "ways": ways})
    return {"today": trials.TODAY, "rows": rows}


def mission() -> dict[str, Any]:
    """Have each prompt classify the ten messages, one by one."""
    rows = []
    for language, prompts in trials.PROMPTS.items():
        for name, prompt in prompts.items():
            answers = [text(prompt.replace("{message}", message), 12) for message, _ in trials.REVIEWS[language]]
            labels = [trials.label(each, language) for each in answers]
            score = sum(one == right for one, (_, right) in zip(labels, trials.REVIEWS[language], strict=True))
            rows.append({"language": language, "name": name, "prompt": prompt, "score": score, "answers": answers})
    return {"rows": rows}


def personality() -> dict[str, Any]:
    """Ask three questions under each system message, over seeds."""
    rows = []
    plain = {question: [text(question, seed=seed) for seed in SEEDS[:5]] for question in trials.TOPICS}
    for name, (system, sign) in trials.CHARACTERS.items():

        def follows(came: str, sign: str = sign) -> bool:
            return sign in f" {came.lower()} " if sign else checks.sentences(came) == 1 and len(came.split()) <= 20

        for question in trials.TOPICS:
            cold = text(question, system=system)
            warm = [text(question, seed=seed, system=system) for seed in SEEDS[:5]]
            rows.append({"name": name, "system": system, "question": question, "answer": cold, "follows": follows(cold),
                         "seeds": 5, "seeds_follow": sum(map(follows, warm)),
                         "seeds_without": sum(map(follows, plain[question]))})  # fmt: skip
    return {"rows": rows}


def twelve() -> dict[str, Any]:
    """Ask the twelve uses in both languages, likeliest and drawn, and check what a program can."""
    rows = []
    for language in ("en", "fr"):
        for name, each in uses(language).items():
            for seed in (None, *USES_SEEDS):
                came = text(each.prompt, 120, seed)
                held = checks.checked(name, language, each.prompt, came)
                rows.append({"language": language, "use": name, "seed": seed, "answer": came, "holds": held})
    return {"tokens": 120, "rows": rows}


PARTS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "facts": facts, "mission": mission, "documents": documents, "forgetting": forgetting,
    "tools": with_tools, "personality": personality, "uses": twelve,
}  # fmt: skip


def main(names: Sequence[str]) -> None:
    """Record these parts."""
    from core.runs.run import origin_here

    origin = origin_here()
    embedded.free_threads = lambda: 1
    for name in names or list(PARTS):
        embedded.stop()
        found = {"date": origin.date, "machine": origin.machine, "model": EMBEDDED.model, "threads": 1} | PARTS[name]()
        write_whole(
            FOLDER / f"{name}.json", (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        )
        print(name, flush=True)
    embedded.stop()
    code_run.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
