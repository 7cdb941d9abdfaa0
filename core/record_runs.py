"""Record the course's runs: `python -m core.record_runs [preset …]` writes them into assets/runs/.

Two on digits, three on letters, and what counting letters reaches ("n-grams").
"""

from __future__ import annotations

import sys

from core import embeddings, ngrams
from core.run_store import RECORDED
from core.runs import record
from core.train_val_test import PRESETS

DIGITS = ("course_mlp", "course_cnn")
LETTERS = ("words", "best", "names")


def main(wanted: list[str]) -> None:
    """Train each preset wanted, or all, and write its file; say what it reached."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    recorded = {name: PRESETS[name] for name in DIGITS} | {name: embeddings.PRESETS[name] for name in LETTERS}
    if not wanted or "n-grams" in wanted:
        ngrams.write_record(embeddings.load(name) for name in embeddings.FILES)
    for name in recorded:
        if wanted and name not in wanted:
            continue
        run = record(recorded[name])
        path = RECORDED / f"{run.run_id}.safetensors"
        path.write_bytes(run.to_bytes())
        last = run.measured[-1].metrics
        reached = ", ".join(f"{measure} {last[measure]:.4f}" for measure in last if measure.startswith("test"))
        print(f"{name}: {run.status}, {reached}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
