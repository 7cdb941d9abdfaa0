"""What was recorded, as lines of points with the model of each: two cards, and a machine without one.

The models are recorded too: to fit them again, the web process would read all of SciPy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.files import RECORDED
from core.gpu.model import Machine, Point, errors_left_out, fit
from core.gpu.work import PRECISIONS
from core.once import once

FOLDER = RECORDED / "gpu"
HERE, FITS = FOLDER / "here.json", FOLDER / "fits.json"
CARDS = ("h100", "h200")
FEWEST = 12
"""Points that a model is fitted to: with fewer a line has none."""


@dataclass(frozen=True)
class Line:
    """One way to compute, measured: a processor with so many threads, or a card in one precision.

    Attributes:
        name: "one", "all" for threads; "h100", "h200", "cuda", "mps" for cards.
        precision: of its products.
        points: measured.
        machine: fitted to them; None where they are too few.
        error: median relative error of the model on points left out of its fit.
        transfers: seconds to send a batch of pictures to the card, by batch; empty for a processor.
    """

    name: str
    precision: str
    points: tuple[Point, ...]
    machine: Machine | None
    error: float
    transfers: Mapping[int, float]


@dataclass(frozen=True)
class Measured:
    """What was measured on one machine.

    Attributes:
        date: ISO.
        machine: its processor and system, or the card's name.
        versions: of what computed.
        threads: that "all" means.
        lines: by (name, precision).
        cards: the names of its cards.
        driver: of its card.
        busy: share of the machine, 0 to 1, that others used when it began.
    """

    date: str
    machine: str
    versions: str
    threads: int
    lines: Mapping[tuple[str, str], Line]
    cards: Mapping[str, str]
    driver: str = ""
    busy: float = 0.0


Fit = tuple[float, float, float, float]
"""Overhead, bandwidth and rate of a line's model, and its error on points left out."""


@once()
def fits() -> Mapping[str, Fit]:
    """Return the models of all recorded lines by "file line precision", as `core.gpu.record` fitted them."""
    found: dict[str, Fit] = json.loads(FITS.read_text(encoding="utf-8"))
    return found


@once(4)
def card(name: str) -> Measured:
    """Return a recorded card, a line for each precision."""
    told = raw(name)
    found = {}
    for precision in PRECISIONS:
        rows = [row | {"seconds": row["fastest"]} for row in told["steps"] if row["precision"] == precision]
        kept = fits().get(f"{name} {name} {precision}")
        found[name, precision] = line_of(name, precision, rows, known_of(told, precision), kept)
    smi = str(told["gpu"]["smi"]).split(", ")
    return Measured(
        told["date"], told["gpu"]["name"], f"torch {told['torch']}, CUDA {told['gpu']['cuda']}",
        told["cpu"]["threads"], found, {name: told["gpu"]["name"]}, smi[1],
    )  # fmt: skip


@once(4)
def host(name: str) -> Measured:
    """Return the computer that held a recorded card, with one thread and with all."""
    told = raw(name)
    found = {}
    for line, key in (("one", "host_steps_1"), ("all", "host_steps_all")):
        rows = [row | {"seconds": row["fastest"]} for row in told[key]]
        found[line, "fp32"] = line_of(line, "fp32", rows, kept=fits().get(f"{name} {line} fp32"))
    return Measured(
        told["date"], told["cpu"].get("model", "?"), f"torch {told['torch']}", told["cpu"]["threads"], found, {}
    )


@once()
def here() -> Measured:
    """Return the recorded machine without a card, with which the page opens."""
    return measured_of(raw("here"), fits())


def measured_of(told: Mapping[str, Any], kept: Mapping[str, Fit] | None = None) -> Measured:
    """Return what `core.gpu.measuring.measure` found, as lines; models that were not kept are fitted."""
    names = dict.fromkeys((row["line"], row["precision"]) for row in told["rows"])
    found = {}
    for line, precision in names:
        rows = [row for row in told["rows"] if (row["line"], row["precision"]) == (line, precision)]
        known = known_apart(told, line, precision)
        found[line, precision] = line_of(line, precision, rows, known, (kept or {}).get(f"here {line} {precision}"))
    return Measured(
        told["date"], told["machine"], told["versions"], told["threads"], found, dict(told.get("cards", {})),
        busy=told.get("busy", 0.0),
    )  # fmt: skip


def line_of(
    name: str,
    precision: str,
    rows: Sequence[Mapping[str, Any]],
    known: tuple[float, float] | None = None,
    kept: Fit | None = None,
) -> Line:
    """Fit the model to rows of width, batch, seconds and, on a card, transfer; or take the one that was kept."""
    points = tuple(Point(row["width"], row["batch"], row["seconds"]) for row in rows)
    sent: dict[int, list[float]] = {}
    for row in rows:
        if "transfer" in row:
            sent.setdefault(row["batch"], []).append(row["transfer"])
    transfers = {batch: float(np.median(found)) for batch, found in sent.items()}
    if len(points) < FEWEST:
        return Line(name, precision, points, None, float("nan"), transfers)
    *numbers, error = kept or fitted(points, precision, known)
    return Line(name, precision, points, Machine(*numbers), error, transfers)


def fitted(points: Sequence[Point], precision: str, known: tuple[float, float] | None) -> Fit:
    """Fit a line's model to its points, and tell what it is worth on points left out."""
    machine = fit(points, precision, known)
    error = float(np.median(np.abs(errors_left_out(points, precision, known))))
    return machine.overhead, machine.bandwidth, machine.rate, error


def known_of(told: Mapping[str, Any], precision: str) -> tuple[float, float]:
    """Return bandwidth and rate of a recorded card: from its copies of 2 GiB, read and written, and its products."""
    rates = [2 * row["n"] ** 3 / row["queued"] for row in told["products"] if row["precision"] == precision]
    return 2**31 / told["copy_2GiB_queued"], max(rates)


def known_apart(told: Mapping[str, Any], line: str, precision: str) -> tuple[float, float] | None:
    """Return bandwidth and rate of a card that `core.gpu.measuring.measure` found; of a processor it measures none."""
    known = told.get("known", {}).get(line)
    return (known["bandwidth"], known["rates"][precision]) if known else None


@once(4)
def raw(name: str) -> Mapping[str, Any]:
    """Return the file of a recorded machine as it is."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found
