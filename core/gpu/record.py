"""Record the steps of this machine, with which the page opens: `python -m core.gpu.record`. A quiet machine, please.

The cards are recorded by `assets/recorded/gpu/measure.py`, on the machines that hold them. `python -m core.gpu.record
fits` fits the models to what is recorded, and measures nothing.
"""

from __future__ import annotations

import json
import sys

from core.files import write_whole
from core.gpu.measuring import MODULE, MOST_SECONDS
from core.gpu.recorded import CARDS, FITS, HERE, Fit, card, fitted, here, host, known_apart, known_of, raw
from core.measurement import Row, alone


def record() -> None:
    """Measure, and write what the page opens with."""
    write(alone(MODULE, MOST_SECONDS))


def write(found: Row) -> None:
    """Write what was measured, a row on each line."""
    rows = found.pop("rows")
    lines = ",\n".join(json.dumps(row) for row in rows)
    head = json.dumps(found, indent=1)[:-2]
    write_whole(HERE, f'{head},\n "rows": [\n{lines}\n]\n}}\n'.encode())


def fit_all() -> dict[str, Fit]:
    """Fit the model of every recorded line to its points."""
    lines = [("here", line, known_apart(raw("here"), line.name, line.precision)) for line in here().lines.values()]
    for name in CARDS:
        lines += [(name, line, known_of(raw(name), line.precision)) for line in card(name).lines.values()]
        lines += [(name, line, None) for line in host(name).lines.values()]
    return {f"{file} {line.name} {line.precision}": fitted(line.points, line.precision, known)
            for file, line, known in lines}  # fmt: skip


def write_fits() -> None:
    """Write the models, a line on each line."""
    rows = ",\n".join(f" {json.dumps(name)}: {json.dumps(found)}" for name, found in fit_all().items())
    write_whole(FITS, f"{{\n{rows}\n}}\n".encode())


if __name__ == "__main__":
    if sys.argv[1:] != ["fits"]:
        record()
    write_fits()
