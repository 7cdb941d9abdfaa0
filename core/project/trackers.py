"""What tells a tracker of a run: the lines for one's own script, and a program that tells it of this very run.

The program holds the run's settings and numbers, and asks nobody: it runs wherever wandb or mlflow-skinny is installed.
Offline, unless whoever runs it says otherwise; a key is read by wandb itself, from where its owner keeps it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from textwrap import indent
from typing import Any

from core.files import ROOT
from core.notebooks import Translate, cell
from core.once import once
from core.project.logged import Logged

TRACKERS = {"wandb": "wandb", "mlflow": "mlflow-skinny"}
"""Each tracker by the name that a program imports it by, and the package that brings it."""
PINNED = ROOT / "requirements-tracking.txt"
"""The versions that the course is tested with."""
PROJECT = "curseurs"
"""What the run is filed under: wandb's project, MLflow's experiment."""
SHOWN_METRICS = 2
"""Numbers of a run that the lines for one's own script name: more would say no more."""


@once(len(TRACKERS))
def pinned(tracker: str) -> str:
    """Return what is to be installed for a tracker: the packages with their versions, as pip takes them."""
    wanted = {"wandb": ["wandb"], "mlflow": ["mlflow-skinny", "sqlalchemy", "alembic"]}[tracker]
    lines = re.findall(r"^([\w-]+)==(\S+)", PINNED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    versions = dict(lines)
    return " ".join(f"{name}=={versions[name]}" for name in wanted)


def lines(tracker: str, run: Logged, _: Translate) -> str:
    """Return the lines that keep such a run from within one's own script: before, in and after its loop.

    The names of its numbers stand for one's own variables.
    """
    config = _dictionary({name: value for name, value in run.config.items() if name in _settings_of(run)})
    metrics = _dictionary_of_names(run.metrics[:SHOWN_METRICS])
    before, within, after = _("1. before the loop"), _("2. in the loop, at every measurement"), _("3. after the loop")
    if tracker == "wandb":
        return f"""
import wandb

# {before}
config = {config}
run = wandb.init(project="{PROJECT}", name="{run.name}", config=config, mode="offline")

# {within}
run.log({metrics}, step=update)

# {after}
run.finish()
"""
    return f"""
import mlflow

# {before}
config = {config}
mlflow.set_tracking_uri("sqlite:///mlflow.db")
mlflow.start_run(run_name="{run.name}")
mlflow.log_params(config)

# {within}
mlflow.log_metrics({metrics}, step=update)

# {after}
mlflow.end_run()
"""


def program(tracker: str, run: Logged, _: Translate) -> str:
    """Return a whole program, in cells, that tells a tracker of this run; its numbers stand in it."""
    told = _tell_wandb(run, _) if tracker == "wandb" else _tell_mlflow(run, _)
    return "\n".join([told[0], _numbers(run, _), *told[1:]])


def _numbers(run: Logged, _: Translate) -> str:
    """Return the cell that holds the run."""
    names = sorted({name for _update, numbers in run.rows for name in numbers})
    rows = "\n".join(
        f"    ({update}, {', '.join(repr(numbers.get(name)) for name in names)})," for update, numbers in run.rows
    )
    row = _("a row for each moment: the update, then the metrics; None: not measured then")
    return cell(
        _("The run: what determined it, and its numbers"),
        f"""
from math import inf, nan

config = {_dictionary(run.config)}
metrics = {_list(names)}
rows = [  # {row}
{rows}
]
""",
    )


def _tell_wandb(run: Logged, _: Translate) -> list[str]:
    package = pinned("wandb")
    missing = _("wandb is missing here: python -m pip install {package}")
    offline, online = (
        _("Offline: all of it stays in the folder wandb, beside this program."),
        _("Online: set WANDB_MODE=online and WANDB_API_KEY, your key; or send the folder later, by wandb sync."),
    )
    private = _("No source, no git, no list of packages, no name of this machine; what it says of errors stays here.")
    refused = _("Not online ({error}): it is kept offline.")
    cut = _("The disk is full or may not be written: what wandb has kept is not whole.")
    done = _("Kept in {folder}")
    return [
        cell(
            _("Weights & Biases, told as little as it takes"),
            f"""
# pip install {package}
import os
import sys
from pathlib import Path

# {offline}
# {online}
os.environ.setdefault("WANDB_MODE", "offline")
os.environ["WANDB_ERROR_REPORTING"] = "false"
os.environ["WANDB_SILENT"] = "true"
try:
    import wandb
except ImportError:
    sys.exit("{missing.format(package=package)}")

# {private}
settings = wandb.Settings(
    save_code=False,
    disable_git=True,
    x_disable_meta=True,
    x_disable_stats=True,
    x_disable_machine_info=True,
    x_save_requirements=False,
    host="-",
    console="off",
    init_timeout=20,
)
""",
        ),
        cell(
            _("Tell it: the settings once, the numbers update by update"),
            f"""
told = {{"project": "{PROJECT}", "name": "{run.name}", "config": config, "settings": settings}}
try:
    run = wandb.init(**told)
except wandb.Error as error:
    print(f"{refused}")
    run = wandb.init(**told, mode="offline")
for update, *numbers in rows:
    run.log({{name: number for name, number in zip(metrics, numbers) if number is not None}}, step=update)
folder = Path(run.dir).parent
run.finish()

log = folder / "logs" / "debug-internal.log"
if "failed to save record" in log.read_text(encoding="utf-8"):
    sys.exit("{cut}")
print(f"{done}")
""",
        ),
    ]


def _tell_mlflow(run: Logged, _: Translate) -> list[str]:
    package = pinned("mlflow")
    missing = _("mlflow is missing here: python -m pip install {package}")
    silent = _("MLflow is to tell its makers nothing.")
    private = _("Instead of your name and of this program’s.")
    reasons = {
        "locked": _("Another program writes in mlflow.db: close it, then run this one again."),
        "schema": _("mlflow.db is of another version of MLflow: move it elsewhere, or install that version."),
        "full": _("The disk is full or may not be written: nothing more is kept."),
    }
    other = _("MLflow could not keep it: {error}")
    done = _("Kept in {folder}")
    return [
        cell(
            _("MLflow, in a file of one’s own"),
            f"""
# pip install {package}
import os
import sys
from pathlib import Path

# {silent}
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
try:
    import mlflow
except ImportError:
    sys.exit("{missing.format(package=package)}")
""",
        ),
        cell(
            _("Tell it: the settings once, the numbers update by update"),
            f"""
def tell():
    mlflow.set_tracking_uri("sqlite:///mlflow.db")
    mlflow.set_experiment("{PROJECT}")
    # {private}
    tags = {{"mlflow.user": "{PROJECT}", "mlflow.source.name": "{PROJECT}"}}
    with mlflow.start_run(run_name="{run.name}", tags=tags):
        mlflow.log_params(config)
        for update, *numbers in rows:
            known = {{name: number for name, number in zip(metrics, numbers) if number is not None}}
            mlflow.log_metrics(known, step=update)

reasons = {{
    "is locked": "{reasons["locked"]}",
    "database schema": "{reasons["schema"]}",
    "is full": "{reasons["full"]}",
    "disk I/O error": "{reasons["full"]}",
}}
try:
    tell()
except Exception as error:
    known = [advice for words, advice in reasons.items() if words in str(error)]
    sys.exit(known[0] if known else f"{other}")
folder = Path("mlflow.db").resolve()
print(f"{done}")
""",
        ),
    ]


def _settings_of(run: Logged) -> Iterable[str]:
    return [name for name in run.config if name not in {"task", "version", "status", "computed_on", "recorded"}]


def _dictionary(values: Any) -> str:
    """Return a dictionary as a program writes it: a line each, double quotes."""
    written = "\n".join(f'"{name}": {_literal(value)},' for name, value in values.items())
    return "{\n" + indent(written, "    ") + "\n}"


def _dictionary_of_names(names: list[str]) -> str:
    """Return a dictionary of one's own variables, as a program writes it."""
    return "{" + ", ".join(f'"{name}": {name}' for name in names) + "}"


def _list(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _literal(value: Any) -> str:
    """Return a setting as a program writes it: texts as JSON does, which Python reads alike."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
