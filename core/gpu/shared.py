"""The measurement of this machine's steps, one for everybody on the server."""

from __future__ import annotations

from core.gpu.measuring import measure_aloud
from core.gpu.recorded import Measured, measured_of
from core.measurement import Measurement
from core.once import once


def made() -> Measurement[Measured]:
    """Return a measurement that nobody has asked for yet."""
    return Measurement("gpu: measure this machine", measure_aloud, measured_of)


@once()
def default() -> Measurement[Measured]:
    """Return the measurement of this server."""
    return made()
