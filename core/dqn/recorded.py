"""The curves of the trainings that are compared over seeds, as they were recorded. No torch here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from core.dqn.presets import compared
from core.files import ASSETS, write_whole
from core.once import once

if TYPE_CHECKING:
    from core.runs.run import Origin, Run

FILE = ASSETS / "recorded" / "dqn" / "curves.json"
DIGITS = 4


@dataclass(frozen=True)
class Curve:
    """How one training went.

    Attributes:
        moves: at which the agent was judged.
        reward, delivered, crashed: what it would get for 100 moves without random ones, the parcels it would bring, and
            how often it would come down; all exactly.
        value: what its network says of the best action, on average over all situations.
        collected: all the reward that it got so far, random moves included.
        crashes: so far.
    """

    moves: tuple[int, ...]
    reward: tuple[float, ...]
    delivered: tuple[float, ...]
    crashed: tuple[float, ...]
    value: tuple[float, ...]
    collected: tuple[float, ...]
    crashes: tuple[int, ...]

    @classmethod
    def of(cls, run: Run) -> Curve:
        """Return the curve of a run."""
        columns = {name: [frame.metrics[name] for frame in run.measured] for name in cls.__annotations__}
        whole = {name: tuple(int(value) for value in columns[name]) for name in ("moves", "crashes")}
        parts = {name: tuple(round(value, DIGITS) for value in columns[name]) for name in columns.keys() - whole.keys()}
        return cls(**whole, **parts)  # type: ignore[arg-type]


def read() -> dict[str, Curve]:
    """Return what the file holds, by the id of the run."""
    if not FILE.exists():
        return {}
    curves = json.loads(FILE.read_text(encoding="utf-8"))["curves"]
    return {name: Curve(**{key: tuple(values) for key, values in curve.items()}) for name, curve in curves.items()}


def write(curves: Mapping[str, Curve], origin: Origin) -> None:
    """Write curves of runs that are still compared, and where they come from."""
    wanted: Sequence[str] = [settings.run_id for settings in compared()]
    kept = {name: asdict(curves[name]) for name in wanted if name in curves}
    write_whole(FILE, (json.dumps({"origin": asdict(origin), "curves": kept}) + "\n").encode())
    curve_of.cache_clear()


@once()
def curve_of() -> dict[str, Curve]:
    """Return all recorded curves, by the id of the run; read once."""
    return read()
