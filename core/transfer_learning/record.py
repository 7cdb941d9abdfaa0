"""Record what the page shows: `python -m core.transfer_learning.record [curves | preset …]`, or all of it."""

from __future__ import annotations

import sys

from core.transfer_learning.curves import record_curves


def record(wanted: list[str]) -> None:
    """Record what is asked for by name, or everything."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    if "curves" in wanted or not wanted:
        record_curves()


if __name__ == "__main__":
    record(sys.argv[1:])
