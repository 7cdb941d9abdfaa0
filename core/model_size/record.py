"""Record what the page on size shows, into assets/recorded/model_size/.

    python -m core.model_size.record scaling --device cuda --at-once 16 --out folder

trains every model of the study. A row is written as soon as its training ends (`scaling.jsonl` in the folder): begun
again with the same folder, only what is missing is trained. At the end all rows are in `scaling.json`. `rates` in its
place tries other learning rates. A small model leaves a card waiting for Python, so many threads share it; each takes
the longest training that is left.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import platform
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.files import write_whole
from core.model_size.drawn import drawn_once
from core.model_size.scaling import FOLDER, STUDIES, Study
from core.tasks.mini_gpt2.settings import MiniGPT2Settings


def learn(study: Study, rows: Path, device: str, at_once: int, most: int | None, seconds: float) -> None:
    """Train what is missing of a study in a file of rows, several at once, and stop after some seconds."""
    from core.model_size.learning import one, place_of  # torch only where models learn

    begun = time.perf_counter()
    rows.parent.mkdir(parents=True, exist_ok=True)
    done = {row["run_id"] for row in rows_in(rows)}
    missing = [settings for settings in study.trainings(most) if settings.run_id not in done]
    training, validation = drawn_once(study.stories, study.validation_stories, rows.with_suffix(".npz"), at_once)
    machine = named(device)

    def late() -> bool:
        return time.perf_counter() - begun > seconds

    def learned(settings: MiniGPT2Settings) -> dict[str, Any] | None:
        with place_of(device):
            return one(settings, study.first_story(settings), training.tokens, validation, device, late)

    print(f"{len(missing)} trainings; stories after {time.perf_counter() - begun:.0f} s", flush=True)
    pool = ThreadPoolExecutor(at_once)
    given = [pool.submit(learned, settings) for settings in missing]
    with suppress(TimeoutError):  # of a training that hangs, as on a card one in sixty did
        for number, ended in enumerate(as_completed(given, timeout=seconds + 5), 1):
            if (row := ended.result()) is not None:
                with rows.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row | {"device": machine}) + "\n")
                print(f"{time.perf_counter() - begun:4.0f} s {number:3d}/{len(missing)} {told(row)}", flush=True)


def rows_in(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the trainings that have ended; the last line may have been cut."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines if line.endswith("}")]


def write(study: Study, rows: Path) -> None:
    """Write the record: the study's rows, one on each line, smallest first."""
    wanted = {settings.run_id for settings in study.trainings()}
    kept = [row for row in rows_in(rows) if row["run_id"] in wanted]
    kept.sort(key=lambda row: (row["inside"], row["stories"], row["seed"]))
    packages = {name: version(name) for name in ("torch", "transformers", "tokenizers", "numpy")}
    head = json.dumps({"date": date.today().isoformat(), "python": platform.python_version(), **packages,
                       "validation_stories": study.validation_stories}, indent=1)[:-2]  # fmt: skip
    lines = ",\n".join(f"  {json.dumps(row)}" for row in kept)
    write_whole(rows.with_suffix(".json"), f'{head},\n "rows": [\n{lines}\n ]\n}}\n'.encode())


def told(row: dict[str, Any]) -> str:
    """Return a row in a line, for whoever waits."""
    excess = "diverged" if row["diverged"] else f"excess {row['excess']:.4f} ± {row['excess_error']:.4f}"
    return (f"{row['inside']:8d} parameters {row['stories']:7d} stories seed {row['seed']} {excess} "
            f"in {row['seconds']:.1f} s, {1000 * row['seconds'] / row['updates']:.1f} ms an update")  # fmt: skip


def named(device: str) -> str:
    """Return what a device is called."""
    if device == "cpu":
        return f"CPU ({platform.machine()})"
    import torch

    return torch.cuda.get_device_name()


def main(arguments: list[str]) -> None:
    """Record what is asked for."""
    parser = argparse.ArgumentParser(description="Record what the page on size shows.")
    parser.add_argument("what", choices=STUDIES)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--most", type=int, help="leave out trainings of more stories")
    parser.add_argument("--seconds", type=float, default=1e6, help="stop after them")
    asked = parser.parse_args(arguments)
    faulthandler.dump_traceback_later(asked.seconds + 2)
    study, rows = STUDIES[asked.what], asked.out / f"{asked.what}.jsonl"
    learn(study, rows, asked.device, asked.at_once, asked.most, asked.seconds)
    write(study, rows)
    sys.stdout.flush()
    os._exit(0)  # a thread that hangs would be waited for


if __name__ == "__main__":
    main(sys.argv[1:])
