"""The measurements of this server: the five models of one ladder, measured once for everybody who asks."""

from __future__ import annotations

from functools import partial

from core.measurement import Measurement, aloud
from core.once import once
from core.project.measuring import MODULE
from core.project.recorded import Recorded, recorded_of


@once(64)
def measurement_of(task: str, size: int) -> Measurement[Recorded]:
    """Return the measurement of a ladder on this server."""
    return Measurement(f"project: measure {task} {size}", partial(aloud, MODULE, task, size), recorded_of)
