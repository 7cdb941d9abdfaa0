"""What the notebook keeps of the GPU page: what a step takes here and on the card, at the ruler."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from components.gpu.missions import line_of_card
from components.language import _
from components.notebook.keep import keep
from core.gpu.recorded import Measured
from core.gpu.times import processor, time_of, transfer_of
from core.notebook.experiment import Figure

BY = tuple(f"gpu_{name}" for name in ("width", "batch", "precision", "transfer", "card", "source"))


def keep_times(stem: str, lines: Measured, here: Mapping[str, Any]) -> None:
    """Keep the step on this machine's processor, on the card, and how many times faster the card is."""
    best = processor(lines, here["width"], here["batch"])
    line = line_of_card(lines, here["card"], here["precision"])
    told = time_of(line, here["width"], here["batch"]) if line is not None else None
    seconds = math.nan
    if line is not None and told is not None:
        seconds = told.seconds + (transfer_of(line, here["batch"]) if here["transfer"] else 0.0)
    ours = best[1] if best is not None else math.nan
    figures = {
        "processor": Figure(_("One update, processor"), 1e3 * ours, "ms"),
        "card": Figure(_("One update, card"), 1e3 * seconds, "ms"),
        "ratio": Figure(_("Card faster by"), ours / seconds, "×"),
    }
    keep(stem, BY, figures)
