"""What is kept of every run: a table in the folder runs and, where it is installed, the tracker named below.

Both trackers stay on this machine: wandb writes into the folder wandb (`wandb sync` sends a run later, with your own
key, if you want that), MLflow into the file mlflow.db.
"""

import csv
import importlib
import json
import os
from datetime import datetime
from pathlib import Path

TRACKER = ""  # "wandb", "mlflow", or "" for the table alone
FOLDER = Path(__file__).resolve().parent


class Tracker:
    """Keeps the settings and the numbers of a run; use it in a `with`."""

    def __init__(self, config: dict[str, float], folder: Path = FOLDER) -> None:
        self.name = datetime.now().strftime("%Y-%m-%d_%H-%M-%S_%f")
        self.file = folder / "runs" / f"{self.name}.csv"
        self.file.parent.mkdir(exist_ok=True)
        self.file.with_suffix(".json").write_text(json.dumps(config, indent=1), encoding="utf-8")
        self.also = None
        if TRACKER:
            try:
                self.also = {"wandb": Wandb, "mlflow": Mlflow}[TRACKER](self.name, config, folder)
            except ImportError:
                print(f"{TRACKER} is not installed: the table alone is kept")

    def log(self, step: int, **numbers: float) -> None:
        """Add a row: it is on the disk at once, whatever happens next."""
        is_new = not self.file.exists()
        with self.file.open("a", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            if is_new:
                rows.writerow(["step", *numbers])
            rows.writerow([step, *numbers.values()])
        if self.also:
            self.also.log(step, numbers)

    def __enter__(self) -> "Tracker":
        return self

    def __exit__(self, *error: object) -> None:
        if self.also:
            self.also.end(failed=error[0] is not None)
        print(f"kept: {self.file}")


class Wandb:
    """Weights & Biases, told neither your code nor anything of this machine."""

    def __init__(self, name: str, config: dict[str, float], folder: Path) -> None:
        os.environ.setdefault("WANDB_MODE", "offline")
        os.environ.setdefault("WANDB_ERROR_REPORTING", "false")
        os.environ.setdefault("WANDB_SILENT", "true")
        wandb = importlib.import_module("wandb")
        settings = wandb.Settings(
            save_code=False,
            disable_git=True,
            x_disable_meta=True,
            x_disable_stats=True,
            x_disable_machine_info=True,
            x_save_requirements=False,
            host="-",
            console="off",
        )
        self.run = wandb.init(project=folder.name, name=name, config=config, dir=folder, settings=settings)

    def log(self, step: int, numbers: dict[str, float]) -> None:
        self.run.log(numbers, step=step)

    def end(self, failed: bool) -> None:
        self.run.finish(exit_code=int(failed))


class Mlflow:
    """MLflow, told neither your name nor that of your programs."""

    def __init__(self, name: str, config: dict[str, float], folder: Path) -> None:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        self.mlflow = importlib.import_module("mlflow")
        self.mlflow.set_tracking_uri(f"sqlite:///{(folder / 'mlflow.db').as_posix()}")
        self.mlflow.set_experiment(folder.name)
        self.mlflow.start_run(run_name=name, tags={"mlflow.user": "-", "mlflow.source.name": "-"})
        self.mlflow.log_params(config)

    def log(self, step: int, numbers: dict[str, float]) -> None:
        self.mlflow.log_metrics(numbers, step=step)

    def end(self, failed: bool) -> None:
        self.mlflow.end_run("FAILED" if failed else "FINISHED")
