"""How fast this machine writes and reads: the models that are there, predicted and measured; and the machines known."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import measuring
from components.in_browser import component, surroundings
from components.language import _, data_size, number
from components.lesson import PageLesson
from components.measuring import MEASURED, Panel, Words
from core.model_size import timed
from core.model_size.costs import PRECISIONS
from core.model_size.model import FAMILIES
from core.model_size.presets import presets
from core.model_size.speed import Engine, Machine, Memory, reading, writing
from core.model_size.timed import WRITTEN_IN, Measured, recorded
from core.sheets import SHEETS, Sheet

NAME = "ms"
"""What the keys of widgets, and the address, begin with."""
COMPONENT = "ms-compared"


def speed(lesson: PageLesson) -> None:
    """Show the predicted and the measured speeds of the models that are there, and measure this machine if asked to.

    Args:
        lesson: holds the words above.
    """
    lesson.words("text-speed")
    found = measured()
    component("model_size/compared")(key=COMPONENT, data=surroundings() | _compared(found))
    st.caption(f"{_origin(found)} · " + _("one thread, numbers of 32 bits"))
    _panel().show()
    with st.expander(_("The numbers of this machine")):
        st.table(_numbers(found.numbers))


def measured() -> Measured:
    """Return the machine to show: this one if the student wants it and it was measured, else the recorded one."""
    kept = timed.here().kept
    return kept if kept is not None and measuring.source(NAME) == MEASURED else recorded()


def machines() -> list[dict[str, Any]]:
    """Return the machines that speeds are predicted for, as `speed.js` takes them: this one, the recorded one, sheets.

    Each has an id, a name, a kind ("here", "recorded" or "sheet"), a line that says where its numbers come from, the
    bytes that its memory holds (None: nobody asked) and the numbers of `core.model_size.speed.Machine`.
    """
    found = []
    if (kept := timed.here().kept) is not None:
        found.append(_sent("here", _("This machine, one thread"), "here", _in_words(kept), None, kept.numbers))
    machine = recorded()
    name = _("{machine} (recorded)", machine=machine.machine.split(",")[0])
    found.append(_sent("recorded", name, "recorded", _in_words(machine), None, machine.numbers))
    for key, sheet in SHEETS.items():
        source = _("Data sheet, not measured, without any overhead: {source}", source=sheet.source)
        found.append(_sent(key, sheet.name, "sheet", source, sheet.memory, by_sheet(sheet)))
    return found


def by_sheet(sheet: Sheet) -> Machine:
    """Return what a data sheet promises: no overhead, nothing near; what is kept in 8 or 4 bits is computed in 16."""
    rates = {precision: sheet.rates["fp32" if precision == "fp32" else "bf16"] for precision in PRECISIONS}
    memory = Memory(sheet.bandwidth)
    return Machine(rates, memory, memory, 0, dict.fromkeys(FAMILIES, Engine()))


def _sent(key: str, name: str, kind: str, source: str, memory: float | None, numbers: Machine) -> dict[str, Any]:
    return {"id": key, "name": name, "kind": kind, "source": source, "memory": memory} | asdict(numbers)


def _compared(found: Measured) -> dict[str, Any]:
    """Return what the picture is sent: each model with its work and its measured speeds."""
    rows: list[dict[str, Any]] = []
    for each in found.compared:
        preset = presets()[each.preset]
        decoder, tree = preset.decoder, preset.blocks
        if decoder is None or tree is None:
            continue
        about = {"name": preset.name, "family": decoder.family, "tokens": each.context}
        for what, work, speeds in (("writing", writing, each.writing), ("reading", reading, each.reading)):
            counted = asdict(work(decoder, tree, WRITTEN_IN, each.context))
            rows.append(about | {"what": what, "work": counted, "measured": speeds[1]})
    return {"rows": rows, "machine": asdict(found.numbers), "precision": WRITTEN_IN, "labels": _labels()}


def _labels() -> dict[str, str]:
    return {
        "table": _("Predicted and measured speeds of the models on this machine"),
        "writing": _("Writing, one token at a time"),
        "reading": _("Reading a prompt, all at once"),
        "predicted": _("prediction"),
        "measured": _("measurement"),
        "speed": _("{number} tokens a second", number="%n"),
        "after": _("{number} tokens of context", number="%n"),
        "off": _("by how much the prediction is too fast or too slow"),
    }


def _origin(found: Measured) -> str:
    is_recorded = found is recorded()
    return measuring.origin(found.date, found.machine, found.versions, found.busy, is_recorded=is_recorded)


def _in_words(found: Measured) -> str:
    is_recorded = found is recorded()
    return measuring.origin_in_words(found.date, found.machine, found.versions, found.busy, is_recorded=is_recorded)


def _panel() -> Panel:
    words = Words(
        measure=_("Measure this machine (about a minute)"),
        mine=_("Show this machine’s speeds"),
        recorded=_("Back to the recorded speeds"),
        stopped=_("Stopped: the speeds are those of before."),
        never=_("This server has not been measured yet: the speeds are recorded ones."),
    )
    return Panel(NAME, timed.here(), words)


def _numbers(machine: Machine) -> dict[str, list[str]]:
    """Return the table of what the prediction takes from the machine, one thread."""
    layers = {
        family: _("{layer} ms, and {number} ns for each number of the width", layer=number(1e3 * engine.layer, 2),
                  number=number(1e9 * engine.number, 2))
        for family, engine in machine.engines.items()
    }  # fmt: skip
    rows = {
        _("main memory, bytes a second"): data_size(machine.far.bandwidth),
        _("to begin a row of a matrix there"): f"{number(1e9 * machine.far.row, 2)}\u00a0ns",
        _("memory beside the processor, bytes a second"): data_size(machine.near.bandwidth),
        _("it holds a model of at most"): data_size(machine.fits),
        _("operations a second"): number(machine.rates[WRITTEN_IN], 3),
        _("a layer beside its matrices: GPT-2 read by this course"): layers["gpt2"],
        _("a layer beside its matrices: Llama read by transformers"): layers["llama"],
        _("a layer beside its matrices: Mixtral read by transformers"): layers["mixtral"],
    }
    return {_("what"): list(rows), _("how much"): list(rows.values())}
