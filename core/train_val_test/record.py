"""Record what the page shows: `python -m core.train_val_test.record [preset … | log | seeds | changes]`, or all of it.

The runs of the presets go into assets/runs/, the rest into assets/recorded/train_val_test/.
"""

from __future__ import annotations

import sys

from core.runs.record import ship
from core.train_val_test.choices import record_changes
from core.train_val_test.presets import KEPT, PRESETS
from core.train_val_test.seeds import record_seeds


def record(wanted: list[str]) -> None:
    """Record what is asked for by name, or everything."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    presets = [name for name in PRESETS if name in wanted or not wanted]
    if presets:
        ship(PRESETS, presets, kept=KEPT)
    if "log" in wanted or not wanted:
        from core.train_val_test.record_log import record_log  # imports Keras

        record_log()
    if "seeds" in wanted or not wanted:
        record_seeds()
    if "changes" in wanted or not wanted:
        record_changes()


if __name__ == "__main__":
    record(sys.argv[1:])
