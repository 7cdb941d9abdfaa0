"""The measurement of this machine's steps, one for everybody on the server."""

from __future__ import annotations

from functools import partial

from core.gpu.measuring import MODULE, MOST_SECONDS
from core.gpu.recorded import Measured, measured_of
from core.measurement import Measurement, aloud
from core.once import once


def made() -> Measurement[Measured]:
    """Return a measurement that nobody has asked for yet."""
    return Measurement("gpu: measure this machine", partial(aloud, MODULE, MOST_SECONDS), measured_of)


@once()
def default() -> Measurement[Measured]:
    """Return the measurement of this server."""
    return made()
