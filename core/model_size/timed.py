"""What was measured of a machine, as the numbers of the prediction; and the models that are there, predicted beside.

No torch here: `core.model_size.timing` measures, `python -m core.model_size.record_speed` records.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from core.files import RECORDED
from core.measurement import Measurement, Row, aloud
from core.model_size.blocks import of_decoder
from core.model_size.costs import PRECISIONS
from core.model_size.model import FAMILIES, Decoder
from core.model_size.presets import presets
from core.model_size.speed import Engine, Machine, Memory, met, reading, reading_speed, writing, writing_speed
from core.model_size.timing import FAR, MODULE, NEAR, random_configuration
from core.once import once

RECORDING = RECORDED / "model_size" / "speed.json"
PRESETS = {"mini": "mini_gpt2", "smollm2": "smollm2_135m", "gpt2": "gpt2"}
"""The presets that the models of `core.language_models.catalogue` are."""
WRITTEN_IN = "fp32"
"""The precision that the models of the course are computed in, whatever their files hold."""
SIMILAR = {"mistral": "llama"}
"""Families whose layers are those of another one, but for a window."""
COPYING = {"llama", "mistral", "mixtral"}
"""Families that transformers reads, with its own cache; GPT-2s are read by a reader of ours."""


@dataclass(frozen=True)
class Compared:
    """A model that is there: tokens a second, predicted from the machine alone, and measured.

    Attributes:
        preset: which model.
        context: tokens that were read, and that writing saw.
        writing: (predicted, measured).
        reading: (predicted, measured).
    """

    preset: str
    context: int
    writing: tuple[float, float]
    reading: tuple[float, float]

    @property
    def error(self) -> float:
        """By how much the predicted writing speed is wrong, in parts of the measured one."""
        predicted, measured = self.writing
        return abs(predicted / measured - 1)


@dataclass(frozen=True)
class Measured:
    """What was measured on one machine.

    Attributes:
        date: ISO.
        machine: its processor and system.
        versions: of what computed.
        busy: share of the machine, 0 to 1, that others used when it began.
        numbers: of the prediction.
        compared: the models that were there.
    """

    date: str
    machine: str
    versions: str
    busy: float
    numbers: Machine
    compared: tuple[Compared, ...]


@once()
def recorded() -> Measured:
    """Return the recorded machine."""
    return measured_of(json.loads(RECORDING.read_text(encoding="utf-8")))


@once()
def here() -> Measurement[Measured]:
    """Return the measurement of this server."""
    return made()


def made() -> Measurement[Measured]:
    """Return a measurement that nobody has asked for yet."""
    return Measurement("model_size: measure this machine", partial(aloud, MODULE), measured_of)


def measured_of(told: Mapping[str, Any]) -> Measured:
    """Return what `core.model_size.timing.measure` found, as the numbers of the machine and the models beside.

    Raises:
        ValueError: it was stopped before the machine itself was measured.
    """
    rows = told["rows"]
    numbers = machine_of(rows)
    compared = tuple(_compared(row, numbers) for row in rows if row["what"] == "model")
    return Measured(told["date"], told["machine"], told["versions"], told["busy"], numbers, compared)


def machine_of(rows: Sequence[Row]) -> Machine:
    """Return the numbers of a machine from what was measured of it; rows of real models are not looked at.

    Raises:
        ValueError: something is missing.
    """
    vectors = [row for row in rows if row["what"] == "vector"]
    products = [row for row in rows if row["what"] == "product"]
    families = dict.fromkeys(row["family"] for row in rows if row["what"] == "decoder")
    near, far = (memory_of([row for row in vectors if row["bytes"] == total]) for total in (NEAR, FAR))
    if not products or not {SIMILAR.get(family, family) for family in FAMILIES} <= families.keys():
        raise ValueError("measured in part only")
    rate = max(2 * row["tokens"] * row["width"] ** 2 / row["seconds"] for row in products)
    found = {
        family: engine_of([row for row in rows if row["what"] == "decoder" and row["family"] == family], near, family)
        for family in families
    }
    engines = {family: found[SIMILAR.get(family, family)] for family in FAMILIES}
    return Machine(dict.fromkeys(PRECISIONS, rate), far, near, fits(vectors, near, far), engines)


def memory_of(rows: Sequence[Row]) -> Memory:
    """Fit seconds a row = row + bytes / bandwidth to rows of several lengths, by relative error.

    Raises:
        ValueError: fewer than two lengths.
    """
    if len(rows) < 2:
        raise ValueError("fewer than two lengths of rows")
    start, slope = nearest([[1.0, 4 * row["length"]] for row in rows], [row["seconds"] for row in rows])
    longest = max(rows, key=lambda row: row["length"])
    if 4 * longest["length"] * slope < 0.01 * longest["seconds"]:  # so busy a machine that all took as long
        return Memory(4 * longest["length"] / longest["seconds"])
    return Memory(1 / slope, start)


def engine_of(rows: Sequence[Row], near: Memory, family: str) -> Engine:
    """Fit the seconds of narrow decoders, what their matrices take left out: of a token, a layer, a number."""
    columns, seconds = [], []
    for row in rows:
        width, layers = row["width"], row["layers"]
        fetched = near.seconds(*met(of_decoder(random_configuration(family, width, layers)), "fp32", used=True))
        columns.append([1.0, layers, layers * width])
        seconds.append(max(row["seconds"] - fetched, row["seconds"] / 10))
    token, layer, number = nearest(columns, seconds)
    return Engine(token, layer, number, copies=family in COPYING)


def nearest(columns: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Return the factors, none below zero, whose sums of columns are nearest to values in relative error."""
    scaled = np.asarray(columns, float) / np.asarray(values, float)[:, None]
    kept = list(range(scaled.shape[1]))
    while True:
        factors = np.linalg.lstsq(scaled[:, kept], np.ones(len(scaled)), rcond=None)[0]
        if factors.min() >= 0:
            found = dict(zip(kept, factors.tolist(), strict=True))
            return [found.get(at, 0.0) for at in range(scaled.shape[1])]
        del kept[int(factors.argmin())]  # what is negative is none at all


def fits(vectors: Sequence[Row], near: Memory, far: Memory) -> int:
    """Return the most bytes that stayed near: whose rows took less than the geometric mean of near and far."""
    most = 0
    for row in sorted(vectors, key=lambda row: row["bytes"]):
        moved = 4 * row["length"]
        if row["seconds"] ** 2 > near.seconds(moved, 1) * far.seconds(moved, 1):
            break
        most = row["bytes"]
    return most


def _compared(row: Row, machine: Machine) -> Compared:
    preset, context = presets()[PRESETS[row["name"]]], row["context"]
    decoder = preset.decoder
    assert decoder is not None
    wrote, read = predicted(decoder, machine, context)
    return Compared(preset.id, context, (wrote, 1 / row["writing"]), (read, context / row["reading"]))


def predicted(decoder: Decoder, machine: Machine, tokens: int, precision: str = WRITTEN_IN) -> tuple[float, float]:
    """Return the tokens a second that a machine writes after, and reads of, so many tokens.

    Args:
        decoder: the model's configuration.
        machine: that computes.
        tokens: in the context; the length of the prompt.
        precision: of the weights.
    """
    tree, family = of_decoder(decoder), decoder.family
    wrote = writing_speed(writing(decoder, tree, precision, tokens), machine, family, precision)
    return wrote, reading_speed(reading(decoder, tree, precision, tokens), machine, family, precision, tokens)
