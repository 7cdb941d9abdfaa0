"""Record what the page on size shows, into assets/recorded/model_size/.

    python -m core.model_size.record scaling --device cuda --processes 12 --out folder

trains every model of the study. A row is written as soon as its training ends (`scaling.jsonl` in the folder): begun
again with the same folder, only what is missing is trained. At the end all rows are in `scaling.json`. `rates` in its
place tries other learning rates. On a card small models leave it waiting for the computer, so many processes share it; each takes the longest
training that is left.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from core.files import write_whole
from core.model_size.drawn import TRAINING_SEED, VALIDATION_SEED, Drawn, draw, unseen
from core.model_size.scaling import FOLDER, STUDIES, Study



def learn(study: Study, rows: Path, device: str, processes: int, most: int | None, seconds: float) -> None:
    """Train what is missing of a study in a file of rows, in parallel, and start nothing after some seconds."""
    begun = time.perf_counter()
    rows.parent.mkdir(parents=True, exist_ok=True)
    done = {row["run_id"] for row in rows_in(rows)}
    missing = [settings for settings in study.trainings(most) if settings.run_id not in done]
    training = draw(study.stories, TRAINING_SEED, processes)
    validation = unseen(draw(study.validation_stories, VALIDATION_SEED, processes, judged=True), training)
    tokens = rows.with_suffix(".npy")
    training.save(tokens)
    machine = named(device)
    print(f"{len(missing)} trainings; {study.stories} stories drawn in {time.perf_counter() - begun:.0f} s", flush=True)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        given = [pool.submit(_one, settings, study.first_story(settings), tokens, validation, device)
                 for settings in missing]  # fmt: skip
        for number, ended in enumerate(as_completed(given), 1):
            row = ended.result() | {"device": machine}
            with rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            now = time.perf_counter() - begun
            print(f"{now:4.0f} s {number:3d}/{len(given)} {told(row)}", flush=True)
            if now > seconds:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    tokens.unlink()


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


def _one(settings: Any, first: int, tokens: Path, validation: Drawn, device: str) -> dict[str, Any]:
    from core.model_size.learning import one  # torch only where models learn

    return one(settings, first, tokens, validation, device)


def main(arguments: list[str]) -> None:
    """Record what is asked for."""
    parser = argparse.ArgumentParser(description="Record what the page on size shows.")
    parser.add_argument("what", choices=STUDIES)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--most", type=int, help="leave out trainings of more stories")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin nothing after them")
    asked = parser.parse_args(arguments)
    study, rows = STUDIES[asked.what], asked.out / f"{asked.what}.jsonl"
    learn(study, rows, asked.device, asked.processes, asked.most, asked.seconds)
    write(study, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
