"""What trackers have kept, read with the real libraries: `python read_back.py folder…` prints it as JSON.

wandb 0.31 has no reader in Python: its log is one of LevelDB, and the records in it are its own protocol buffers.
"""

from __future__ import annotations

import json
import logging
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_BLOCK, _HEAD = 32_768, 7
_WHOLE, _LAST = 1, 4


def records(data: bytes) -> Iterator[bytes]:
    """Return the records of a log: seven bytes name it, and each block of 32 KB holds pieces with a head of seven."""
    assert data[:4] == b":W&B"
    at, parts = _HEAD, b""
    while at + _HEAD <= len(data):
        if _BLOCK - at % _BLOCK < _HEAD:
            at += _BLOCK - at % _BLOCK
            continue
        _crc, length, kind = struct.unpack("<IHB", data[at : at + _HEAD])
        parts += data[at + _HEAD : at + _HEAD + length]
        at += _HEAD + length
        if kind in {_WHOLE, _LAST} and at <= len(data):
            yield parts
            parts = b""


def of_wandb(file: Path) -> dict[str, Any]:
    """Return a run of wandb: its name, host and settings, and its rows by their update."""
    from wandb.proto import wandb_internal_pb2

    found: dict[str, Any] = {"rows": [], "folder": str(file.parent)}
    for data in records(file.read_bytes()):
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        if record.HasField("run"):
            run = record.run
            config = {item.key: json.loads(item.value_json) for item in run.config.update if item.key != "_wandb"}
            found |= {"name": run.display_name, "project": run.project, "host": run.host, "config": config}
            found |= {"python": run.telemetry.python_version, "system": run.telemetry.platform}
        elif record.HasField("history"):
            items = {item.key or item.nested_key[0]: json.loads(item.value_json) for item in record.history.item}
            told = {name: value for name, value in items.items() if not name.startswith("_")}
            found["rows"].append([items["_step"], told])
    return found


def of_mlflow(file: Path) -> list[dict[str, Any]]:
    """Return the runs of a database of MLflow, the first one first."""
    logging.disable()
    from mlflow import MlflowClient

    client = MlflowClient(f"sqlite:///{file}")
    found = []
    for run in client.search_runs([each.experiment_id for each in client.search_experiments()])[::-1]:
        rows: dict[int, dict[str, float]] = {}
        for name in run.data.metrics:
            for kept in client.get_metric_history(run.info.run_id, name):
                rows.setdefault(kept.step, {})[name] = kept.value
        info = {"name": run.info.run_name, "status": run.info.status, "user": run.info.user_id, "tags": run.data.tags}
        found.append(info | {"params": run.data.params, "rows": sorted(rows.items()), "place": run.info.artifact_uri})
    return found


def folder_store() -> str:
    """Return what MLflow answers to whoever wants to keep runs in a folder; empty if it does so."""
    import mlflow

    try:
        mlflow.set_tracking_uri("file:mlruns")
        mlflow.start_run()
    except mlflow.MlflowException as refused:
        return str(refused)
    return ""


def main(folders: list[str]) -> None:
    """Print what each folder holds."""
    found: dict[str, Any] = {"folder store": folder_store()}
    for name in folders:
        folder = Path(name)
        logs = sorted(folder.glob("**/wandb/*run-*/run-*.wandb"))
        bases = sorted(folder.glob("**/mlflow.db"))
        found[name] = {
            "wandb": [of_wandb(file) for file in logs],
            "mlflow": [run for file in bases for run in of_mlflow(file)],
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
