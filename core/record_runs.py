"""Record the course's two runs on digits: `python -m core.record_runs` writes them into assets/runs/."""

from __future__ import annotations

from core.run_store import RECORDED
from core.runs import record
from core.train_val_test import PRESETS

RECORDED_PRESETS = ("course_mlp", "course_cnn")


def main() -> None:
    """Train each preset and write its file; say what it reached."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    for name in RECORDED_PRESETS:
        run = record(PRESETS[name])
        path = RECORDED / f"{run.run_id}.safetensors"
        path.write_bytes(run.to_bytes())
        last = run.measured[-1].metrics
        print(f"{name}: {run.status}, test error {last['test_error']:.4f}, test loss {last['test_loss']:.4f}, "
              f"{path.stat().st_size / 1e6:.1f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
