"""Record the page's runs: `python -m core.train_val_test.record [preset …]` writes them into assets/runs/."""

from __future__ import annotations

import sys

from core.runs.record import ship
from core.train_val_test.presets import KEPT, PRESETS

if __name__ == "__main__":
    ship(PRESETS, sys.argv[1:], kept=KEPT)
