"""The picture of the GPU page: what a step takes on this machine and on a card, under the finger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.gpu.state import COMPONENT, hidden, moved
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _, _n
from components.lesson import PageLesson
from core.gpu.model import Point
from core.gpu.recorded import CARDS, Line, Measured, card
from core.gpu.work import PRECISIONS
from core.once import once
from core.sheets import T4


def cards_of(processor: Measured) -> list[str]:
    """Return the cards that can be drawn: those recorded, and those of the machine."""
    return [*CARDS, *processor.cards]


def show_picture(
    lesson: PageLesson, here: Mapping[str, Any], processor: Measured, rows: Sequence[Mapping[str, Any]] | None
) -> None:
    """Show the times.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
        processor: whose lines are drawn beside the cards'.
        rows: what is being measured at this moment: it is drawn instead, as it comes.
    """
    cards = cards_of(processor)
    own = _growing(rows, processor) if rows is not None else _lines_of(processor)
    data = surroundings() | {
        "lines": [*own, *_recorded_cards(), *_sheet()],
        "cards": cards,
        "state": {**here, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(cards, processor),
    }
    mount = component("gpu/picture")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing, on_bet_change=nothing)


def threads_name(threads: int, name: str) -> str:
    """Return what a processor's line is called: so many threads."""
    said = _n("processor ({count} thread)", "processor ({count} threads)", 1 if name == "one" else threads)
    before, behind = said.split("(", 1)
    return f"{before}(" + behind.replace(" ", "\u00a0")  # no line ends inside


def _lines_of(measured: Measured) -> list[dict[str, Any]]:
    """Return the lines of the machine that serves: its processor's, then its own cards'."""
    return [
        _drawn(line, "processor" if name in {"one", "all"} else "card", _name(measured, name))
        for (name, _precision), line in measured.lines.items()
    ]


def _name(measured: Measured, name: str) -> str:
    return threads_name(measured.threads, name) if name in {"one", "all"} else measured.cards.get(name, name)


def _growing(rows: Iterable[Mapping[str, Any]], before: Measured) -> list[dict[str, Any]]:
    """Return the processor's lines as they are measured, without a model yet."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["line"] in {"one", "all"}:
            found.setdefault(row["line"], []).append(row)
    drawn = []
    for name, told in found.items():
        points = tuple(Point(row["width"], row["batch"], row["seconds"]) for row in told)
        line = Line(name, "fp32", points, None, math.nan, {})
        drawn.append(_drawn(line, "processor", threads_name(before.threads, name)))
    return drawn


@once()
def _recorded_cards() -> list[dict[str, Any]]:
    return [
        _drawn(card(name).lines[name, precision], "card", short_name(card(name).machine))
        for name in CARDS
        for precision in PRECISIONS
    ]


def short_name(name: str) -> str:
    """Return a card's name as people say it: "NVIDIA H100 80GB HBM3" is an H100."""
    words = name.removeprefix("NVIDIA ").removeprefix("GeForce ").split()
    return words[0] if words and any(sign.isdigit() for sign in words[0]) else " ".join(words[:2])


def _sheet() -> list[dict[str, Any]]:
    """Return the roofline of the data sheet, in the precisions that the card has: no point, no overhead."""
    return [
        {
            "id": "sheet",
            "kind": "sheet",
            "name": _("{card} ({kind}): data sheet, not measured", card=T4.name, kind=T4.kinds[precision]),
            "precision": precision,
            "points": [],
            "machine": {"overhead": 0.0, "bandwidth": T4.bandwidth, "rate": rate},
            "error": None,
            "transfers": [],
        }
        for precision, rate in T4.rates.items()
    ]


def _drawn(line: Line, kind: str, name: str) -> dict[str, Any]:
    machine = line.machine
    return {
        "id": line.name,
        "kind": kind,
        "name": name,
        "precision": line.precision,
        "points": [[point.width, point.batch, point.seconds] for point in line.points],
        "machine": machine and {"overhead": machine.overhead, "bandwidth": machine.bandwidth, "rate": machine.rate},
        "error": line.error if math.isfinite(line.error) else None,
        "transfers": [[batch, seconds] for batch, seconds in sorted(line.transfers.items())],
    }


def _labels(cards: list[str], processor: Measured) -> dict[str, Any]:
    names = {name: short_name(card(name).machine if name in CARDS else processor.cards[name]) for name in cards}
    blanks = {"card": "%s", "times": "%n", "processor": "%p"}
    return _hands() | _split() | {
        "cardNames": names,
        "title": _("One update: {network}", network="%s"),
        "alt": _("Time of one update against the batch size, log–log, for the processor and the card."),
        "legend": _("Which line the bar below explains"),
        "ruler": _("Ruler on the chart"),
        "batchAxis": _("pictures in a batch"),
        "widthAxis": _("width of the hidden layers (placed by the number of weights)"),
        "course": _("course"),
        "cardWins": _("{card} wins", card="%s"),
        "processorWins": _("the processor wins"),
        "where": _("And the {card}?", card="%s"),
        "cardFaster": _("{card}: {times} times faster than the {processor}.", **blanks),
        "processorFaster": _("{card}: {times} times slower than the {processor}.", **blanks),
        "cardBarely": _("{card}: barely faster than the {processor}.", **blanks),
        "processorBarely": _("{card}: barely slower than the {processor}.", **blanks),
        "unknown": _("{card}: faster or slower?", card="%s"),
        "betting": _("Place the ruler where the {card} begins to win, then show it.", card="%s"),
    }  # fmt: skip


def _hands() -> dict[str, Any]:
    return {
        "width": _("Width of the hidden layers"),
        "batch": _("Batch size"),
        "precision": _("Precision"),
        "precisionNames": {"fp32": "FP32", "tf32": "TF32", "bf16": "BF16"},
        "axis": _("Along the axis"),
        "axisNames": {"batch": _("Batch"), "width": _("Width")},
        "card": _("Card"),
        "more": _("Precision, card, transfer"),
        "transferSwitch": _("Send the batch to the card at every update"),
        "betHide": _("Hide the {card} and bet", card="%s"),
        "betShow": _("Show it: here is my bet"),
    }


def _split() -> dict[str, str]:
    memory = _("Memory rules ({share}): weights and numbers are fetched longer than they are multiplied.", share="%p")
    return {
        "splitOf": _("Where the time goes: {line}", line="%s"),
        "splitWaits": _("Where the time goes"),
        "byModel": _("model {time} (median error {error})", time="%t", error="%e"),
        "bySheet": _("by the sheet {time}", time="%t"),
        "measured": _("measured {time}", time="%t"),
        "between": _("between two measurements {time}", time="%t"),
        "noModel": _("Too little is measured yet to say where the time goes."),
        "launch": _("launch"),
        "transfer": _("transfer"),
        "memory": _("memory"),
        "arithmetic": _("arithmetic"),
        "meanwhile": _("meanwhile, {part}", part="%s"),
        "launchRules": _(
            "Launch rules ({share}): Python gives its orders one by one, and the card, done in a moment, waits for the "
            "next one.",
            share="%p",
        ),
        "launchRulesHere": _(
            "Launch rules ({share}): giving the orders takes longer than carrying them out.", share="%p"
        ),
        "transferRules": _("Transfer rules ({share}): the pictures travel longer than they are used.", share="%p"),
        "memoryRules": memory,
        "memoryRulesHere": memory,
        "arithmeticRules": _(
            "Arithmetic rules ({share}): the card multiplies, which is what it is made for.", share="%p"
        ),
        "arithmeticRulesHere": _("Arithmetic rules ({share}): the processor multiplies as fast as it can.", share="%p"),
    }
