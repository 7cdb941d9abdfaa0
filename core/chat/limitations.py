"""Ten limits of a language model: a question that it fails, what is added, and what it answers then, all recorded.

What is added is text, or a call: it stands here as it was sent. The exceptions say so: fine-tuning adds nothing, it
changes the weights; the requests to the web and to a service are examples, and were sent to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.answers import Shipped
from core.chat import code_asks, compared, recorded, tool_asks
from core.chat.cures import CURES, Cure, answered, effect
from core.chat.cutting import Passage
from core.chat.quoting import quoted
from core.chat.tool_talk import plain
from core.files import RECORDED
from core.once import once
from core.stories.instructions import Instruction, obeyed

NAMES = ("window", "facts", "documents", "memory", "tools", "code", "personality", "tuned", "web", "services")
FILE = RECORDED / "chat" / "limitations.json"
"""Written by `python -m core.chat.record_limitations`."""
TUNED = Shipped(RECORDED / "three_phases" / "answers.json")
"""What the small French model of the three phases answered."""
WISHES = {"dragon": Instruction(hero="dragon"), "fox": Instruction(hero="renard", thing="clé", plot="lost")}
WEATHER = "What is the weather in Paris right now?"
RIGHT = {
    "product": ("391",), "words": ("391",), "large": ("7006652", "7,006,652"), "percent": ("36",), "books": ("87.5",),
    "today": ("Saturday",), "days": ("27",), "bastille": ("Tuesday",), "capital": ("Paris",),
}  # fmt: skip
"""What a right answer to a question to a model with tools holds; the others have no answer that a program can check."""
LIVE = tuple(CURES)
"""Limits whose cure is one text: any model can be asked both ways."""


@dataclass(frozen=True)
class Piece:
    """One thing that is added, as it is sent.

    Attributes:
        kind: "system" message; what was said before, by "user" or "assistant"; "question", in the same message before
            it; "schema" that the server enforces; a "call" of a tool or a "request" to the network, and its "result";
            the "program" that runs.
        text: it.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A question in two ways.

    Attributes:
        question: it.
        added: what is added in the second; empty where that is nothing.
        without: the answer as it stands.
        cured: the answer with what is added; empty where nobody was asked.
        effect: as `core.chat.cures.effect` says it; empty where no program can say.
    """

    question: str
    added: tuple[Piece, ...]
    without: str
    cured: str = ""
    effect: str = ""


@once()
def told() -> Mapping[str, Any]:
    """Return what was recorded for this."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@once(16)
def pairs(limit: str) -> Mapping[str, Pair]:
    """Return the recorded questions of a limit, by name, one that its cure helps before the others."""
    found = _OF.get(limit, lambda: {name: _cured(limit, name) for name in CURES[limit]})()
    return dict(sorted(found.items(), key=lambda one: one[1].effect != "helps"))


def measured(limit: str) -> tuple[int, int]:
    """Return how often a cure helps: right with it and wrong without, of how many that a program can check."""
    effects = [pair.effect for pair in pairs(limit).values() if pair.effect]
    return effects.count("helps"), len(effects)


def cure(limit: str, name: str) -> Cure:
    """Return a cure, with the recorded answers to what was said before."""
    return answered(CURES[limit][name], *told()[limit][name].get("before", ()))


def pieces(one: Cure) -> tuple[Piece, ...]:
    """Return what a cure adds."""
    said = tuple(
        Piece(role, text) for turn in one.before for role, text in zip(("user", "assistant"), turn, strict=True)
    )
    return (Piece("system", one.system), *said) if one.system else said


def judged(one: Cure, without: str, cured: str) -> Pair:
    """Return two answers as a pair."""
    what = effect(without=one.fits(without), cured=one.fits(cured)) if one.can_be_checked else ""
    return Pair(one.question, pieces(one), without, cured, what)


def _cured(limit: str, name: str) -> Pair:
    row = told()[limit][name]
    return judged(cure(limit, name), row["without"], row["with"])


def _documents() -> dict[str, Pair]:
    found = {}
    for name, row in compared.recorded().items():
        ready, without, cured = compared.READY[name], row["without"]["answer"], row["with"]["answer"]
        what = effect(without=compared.holds(without, ready.word), cured=compared.holds(cured, ready.word))
        added = Piece("question", row["sent"].removesuffix(ready.question).rstrip())
        found[name] = Pair(ready.question, (added,), without, cured, what)
    return found


def _tools() -> dict[str, Pair]:
    found = {}
    for name, (with_tools, without) in tool_asks.recorded().items():
        added = [Piece("system", with_tools.added), Piece("schema", with_tools.schema)]
        if with_tools.calls:
            added.append(Piece("call", with_tools.wrote))
        added += [Piece("result", call.result) for call in with_tools.calls]
        cured, words, what = with_tools.answer or with_tools.wrote, RIGHT.get(name, ()), ""
        if words:
            right = [any(compared.holds(answer, word) for word in words) for answer in (without, cured)]
            what = effect(without=right[0], cured=right[1])
        found[name] = Pair(tool_asks.ASKS[name].question, tuple(added), without, cured, what)
    return found


def _code() -> dict[str, Pair]:
    found = {}
    for name, written in code_asks.recorded().items():
        ask, without, ran = code_asks.ASKS[name], told()["code"][name], written.ran
        printed = (ran.error or ran.output or ran.value or "") if ran else ""
        added = (Piece("system", written.added), Piece("program", written.code or ""))
        what = effect(without=compared.holds(without, ask.prints), cured=written.is_right(ask.prints))
        found[name] = Pair(ask.task, added, without, printed, what)
    return found


def _tuned() -> dict[str, Pair]:
    found = {}
    for name, asked in WISHES.items():
        first, second, _third = TUNED.all()[_key(asked)]
        without, cured = first["text"].strip(), second["text"].strip()
        what = effect(without=obeyed(asked, without), cured=obeyed(asked, cured))
        found[name] = Pair(asked.text, (), without, cured, what)
    return found


def _key(asked: Instruction) -> str:
    """Return what the answer of the three phases is shipped under: that page's subject is not this one's to import."""
    return json.dumps(["core.three_phases.asked.answer", asked.to_json(), 1], ensure_ascii=False)


def _web() -> dict[str, Pair]:
    fact = next(fact for fact in recorded.facts()["missed"] if "World Cup" in fact.question)
    page = Passage("https://news.example/world-cup-2018", 0, "France won the 2018 World Cup, 4–2 against Croatia.",
                   None, None, 0, 0)  # fmt: skip
    added = (
        Piece("request", 'GET https://search.example/?q="football+World+Cup+2018+winner"'),
        Piece("result", quoted([page], plain)),
    )
    return {"cup": Pair(fact.question, added, fact.answer)}


def _services() -> dict[str, Pair]:
    added = (
        Piece("request", "GET https://weather.example/now?city=Paris\nAuthorization: Bearer ••••••••"),
        Piece("result", '{"city": "Paris", "at": "2026-11-28T09:00", "sky": "rain", "temperature_c": 7}'),
    )
    return {"weather": Pair(WEATHER, added, told()["weather"])}


_OF = {"documents": _documents, "tools": _tools, "code": _code, "tuned": _tuned, "web": _web, "services": _services}
