"""How long a step takes on a line: as it was measured, between two that were, or as the model says; and who wins."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from core.gpu.model import parts
from core.gpu.recorded import Line, Measured
from core.gpu.work import STOPS, sent_bytes

THREADS = ("one", "all")
Kind = Literal["measured", "between", "model"]


class Told(NamedTuple):
    """Seconds, and where they come from."""

    seconds: float
    kind: Kind


def time_of(line: Line, width: int, batch: int) -> Told | None:
    """Return the seconds of a step without transfer; None where nothing was measured and there is no model."""
    known = {point.batch: point.seconds for point in line.points if point.width == width}
    found = between(known, batch)
    if found is not None:
        return Told(found, "measured" if batch in known else "between")
    if line.machine is None:
        return None
    return Told(parts(line.machine, width, batch, line.precision).total, "model")


def between(known: Mapping[int, float], batch: int) -> float | None:
    """Return the value at a batch, or on the straight line between its neighbours on log–log axes; None outside."""
    if batch in known:
        return known[batch]
    below, above = [b for b in known if b < batch], [b for b in known if b > batch]
    if not below or not above:
        return None
    low, high = max(below), min(above)
    share = math.log(batch / low) / math.log(high / low)
    return math.exp((1 - share) * math.log(known[low]) + share * math.log(known[high]))


def transfer_of(line: Line, batch: int) -> float:
    """Return the seconds to send a batch of pictures to the card, as measured; beyond, in proportion to its bytes."""
    if not line.transfers:
        return 0.0
    found = between(line.transfers, batch)
    if found is None:
        nearest = min(line.transfers, key=lambda known: abs(math.log(known / batch)))
        found = line.transfers[nearest] * sent_bytes(batch) / sent_bytes(nearest)
    return found


def processor(measured: Measured, width: int, batch: int) -> tuple[str, float] | None:
    """Return the processor's faster way, "one" thread or "all", and its seconds."""
    found = {
        name: told.seconds
        for name in THREADS
        if (line := measured.lines.get((name, "fp32"))) is not None and (told := time_of(line, width, batch))
    }
    return min(found.items(), key=lambda each: each[1]) if found else None


def ratio(measured: Measured, card: Line, width: int, batch: int, *, transfer: bool) -> float | None:
    """Return how many times faster the card is than the processor at its best: below 1, it loses."""
    told, best = time_of(card, width, batch), processor(measured, width, batch)
    if told is None or best is None:
        return None
    return best[1] / (told.seconds + (transfer_of(card, batch) if transfer else 0.0))


def wins_from(measured: Measured, card: Line, width: int, *, transfer: bool) -> int | None:
    """Return the smallest batch of the slider from which on the card wins, however much larger it gets."""
    found = None
    for batch in reversed(STOPS):
        faster = ratio(measured, card, width, batch, transfer=transfer)
        if faster is None or faster <= 1:
            break
        found = batch
    return found
