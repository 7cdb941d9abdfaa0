"""The numbers of the GPU page: where the time goes on every line, and what the model is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.gpu.missions import line_of_card
from components.gpu.picture import short_name, threads_name
from components.language import _, _n, data_size, number, percent
from components.lesson import PageLesson
from core.gpu.model import parts
from core.gpu.recorded import CARDS, Line, Measured, card, host
from core.gpu.times import THREADS, time_of, transfer_of, wins_from
from core.gpu.work import COURSE, WIDTHS, moved_bytes, operations, sent_bytes, weights


def numbers(lesson: PageLesson, processor: Measured, here: Mapping[str, Any]) -> None:
    """Show the counts of the chosen step, its time cut on every line, and the fit of each line with its error."""
    width, batch = here["width"], here["batch"]
    st.markdown(
        _(
            "At the ruler: **{weights}** weights, **{operations}** operations in an update, **{moved}** moved through "
            "memory, **{sent}** of pictures.",
            weights=number(weights(width)),
            operations=number(operations(width, batch), 3),
            moved=data_size(moved_bytes(width, batch)),
            sent=data_size(sent_bytes(batch)),
        )
    )
    lines = _lines(processor, here)
    st.table(_split(lines, here))
    lesson.words("text-fit")
    st.table(_fits(lines))
    lesson.words("text-wins")
    if (line := line_of_card(processor, here["card"], here["precision"])) is not None:
        st.table(_wins(processor, line, transfer=here["transfer"]))


def _wins(processor: Measured, line: Line, *, transfer: bool) -> dict[str, list[str]]:
    """Return the table of the batches from which on the card wins: against this machine, and against its own host."""
    table = {"": [_("course") if width == COURSE else number(width) for width in WIDTHS]}
    against = {_("against the drawn processor"): processor}
    if line.name in CARDS:
        its = host(line.name)
        said = _n("against the card’s host ({count} thread)", "against the card’s host ({count} threads)", its.threads)
        against[said] = its
    for name, other in against.items():
        found = [wins_from(other, line, width, transfer=transfer) for width in WIDTHS]
        table[name] = [_("never") if batch is None else number(batch) for batch in found]
    return table


def write_time(seconds: float) -> str:
    """Write a time with three significant digits: 0,432 ms, 12 µs, 1,2 s."""
    if math.isnan(seconds):
        return "–"
    for unit, size in (("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 0.9995 * 1000 * size and (unit == "ms" or seconds < 0.9995e-4):
            return f"{number(seconds / size, 3)}\u00a0{unit}"
    return f"{number(seconds, 3)}\u00a0s"


def _lines(processor: Measured, here: Mapping[str, Any]) -> list[tuple[str, Line]]:
    """Return the lines at the ruler with their names: the processor's, then the card's."""
    found = [
        (threads_name(processor.threads, name), processor.lines[name, "fp32"])
        for name in THREADS
        if (name, "fp32") in processor.lines
    ]
    if line := line_of_card(processor, here["card"], here["precision"]):
        name = card(here["card"]).machine if here["card"] in CARDS else processor.cards[here["card"]]
        found.append((f"{short_name(name)} ({line.precision.upper()})", line))
    return found


def _split(lines: list[tuple[str, Line]], here: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the table of parts: memory and arithmetic go on at the same time, the longer one counts."""
    table: dict[str, list[str]] = {
        head: [] for head in ("", _("launch"), _("transfer"), _("memory"), _("arithmetic"), _("model"), _("measured"))
    }
    columns = list(table.values())
    for name, line in lines:
        sent = transfer_of(line, here["batch"]) if here["transfer"] else 0.0
        told = time_of(line, here["width"], here["batch"])
        measured = told.seconds + sent if told is not None and told.kind != "model" else math.nan
        if line.machine is None:
            row = [name, *["–"] * 5, write_time(measured)]
        else:
            cut = parts(line.machine, here["width"], here["batch"], line.precision, sent)
            shown = (cut.launch, cut.transfer, cut.memory, cut.arithmetic, cut.total, measured)
            row = [name, *(write_time(seconds) for seconds in shown)]
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return table


def _fits(lines: list[tuple[str, Line]]) -> dict[str, list[str]]:
    """Return the table of the models: their three numbers, and their error on points left out."""
    fitted = [(name, line, line.machine) for name, line in lines if line.machine is not None]
    return {
        "": [name for name, _line, _machine in fitted],
        _("overhead"): [write_time(machine.overhead) for _name, _line, machine in fitted],
        _("GB a second"): [number(machine.bandwidth / 1e9, 3) for _name, _line, machine in fitted],
        _("operations a second"): [number(machine.rate, 3) for _name, _line, machine in fitted],
        _("points"): [number(len(line.points)) for _name, line, _machine in fitted],
        _("median error on points left out"): [percent(line.error, 0) for _name, line, _machine in fitted],
    }
