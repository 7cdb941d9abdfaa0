"""What the lesson says of wandb and MLflow, seen in what they have written and sent."""

from __future__ import annotations

import getpass
import math
import platform
import socket
import sys
from pathlib import Path

from core.project import plan
from core.project.logged import logged
from core.runs.store import RunStore
from core.train_val_test.presets import PRESETS
from tests.project.told import KEY, ODD, Kept, last_words, run


def holds(path: Path, *words: str) -> list[str]:
    """Return which of some words a file holds."""
    data = path.read_bytes()
    return [word for word in words if word.encode() in data]


def test_nothing_leaves_the_machine(kept: Kept) -> None:
    """Offline, with every way to the network watched and a key at hand, nobody is asked; online, wandb asks."""
    assert kept.found["asked before"] == []
    assert any("/graphql" in asked for asked in kept.found["asked"])


def test_the_key_stands_in_no_file(kept: Kept) -> None:
    """Neither what was written offline nor what was tried online holds it, nor do the student's own folders."""
    for name in ("written-wandb", "wandb-wrong-key", "wandb-no-network"):
        files = kept.files(name)
        assert files
        assert not [path for path in files if holds(path, KEY)]
        assert KEY not in kept.found[name].get("said", "")


def test_without_a_key_it_stays_offline(kept: Kept) -> None:
    """No key, a wrong one, no network: the run is there, offline, and the program says so and ends well."""
    for name in ("wandb-no-key", "wandb-wrong-key", "wandb-no-network"):
        found = kept.found[name]
        assert found["status"] == 0, found["said"]
        assert "l’essai est gardé hors ligne" in found["said"]
        assert "offline-run-" in last_words(found["said"])
        assert len(kept.wandb(name)["rows"]) == len(logged(run()).rows)


def test_what_wandb_writes(kept: Kept) -> None:
    """The name, the settings, the numbers, the time, the versions of Python and of wandb, the system."""
    read = kept.wandb("written-wandb")
    assert read["name"]
    assert read["config"]["learning_rate"] == run().settings.learning_rate
    assert len(read["rows"]) == len(run().frames)
    assert read["python"].startswith(f"{sys.version_info[0]}.{sys.version_info[1]}")
    assert platform.system().lower() in read["system"]
    (file,) = [path for path in kept.files("written-wandb") if path.suffix == ".wandb"]
    assert holds(file, "_timestamp", "0.31.0") == ["_timestamp", "0.31.0"]


def test_what_wandb_does_not_write(kept: Kept) -> None:
    """No list of packages, no name of the machine, no git, no source: beside the log of the run, two logs of wandb."""
    assert kept.wandb("written-wandb")["host"] == "-"
    files = [path for path in kept.files("written-wandb") if "wandb-3e0150d0" in str(path) and "wandb/" in str(path)]
    kinds = {path.name for path in files} - {"run.py"}
    assert {name for name in kinds if not name.endswith(".wandb")} == {"debug.log", "debug-internal.log"}
    for path in files:
        if path.name != "run.py":
            assert holds(path, socket.gethostname() + "\n", "numpy==", "protobuf==", "import wandb") == []


def test_wandb_writes_more_by_itself(kept: Kept) -> None:
    """Told no more than `wandb.init(mode="offline")`, it writes down the packages and the machine's name."""
    assert kept.wandb("wandb-lines")["host"] == socket.gethostname()
    (packages,) = [path for path in kept.files("wandb-lines") if path.name == "requirements.txt"]
    assert "wandb==" in packages.read_text(encoding="utf-8") or "protobuf==" in packages.read_text(encoding="utf-8")


def test_wandb_says_nothing_of_a_full_disk(kept: Kept) -> None:
    """Of 2,000 updates some are missing; the exit status is that of a success, and not a word is said."""
    found = kept.found["wandb-plain-full"]
    assert found["status"] == 0
    assert 0 < len(kept.wandb("wandb-plain-full")["rows"]) < 2_000
    assert "error" not in found["said"].lower()
    assert "disk is full" not in found["said"].lower()


def test_the_program_says_it(kept: Kept) -> None:
    """On the same disk our program ends with a sentence, and without success."""
    found = kept.found["wandb-full"]
    assert found["status"] == 1
    assert "Le disque est plein" in last_words(found["said"])
    assert len(kept.wandb("wandb-full")["rows"]) < len(run().frames)


def test_mlflow_keeps_one_file(kept: Kept) -> None:
    """Beside the program there is mlflow.db, and nothing else."""
    names = {path.name for path in kept.files("written-mlflow")}
    assert names == {"run.py", "mlflow.db"}


def test_the_folder_store_is_closed(kept: Kept) -> None:
    """Asked to keep runs in a folder, the version that we install refuses."""
    assert "maintenance mode" in kept.found["folder store"]


def test_what_mlflow_writes(kept: Kept) -> None:
    """The name, the settings, the numbers, and the path of the folder."""
    read = kept.mlflow("written-mlflow")
    assert read["name"]
    assert read["params"]["learning_rate"] == str(run().settings.learning_rate)
    assert len(read["rows"]) == len(run().frames)
    assert Path(read["place"]).is_absolute()


def test_what_mlflow_does_not_write(kept: Kept) -> None:
    """Its own tags would hold the name of whoever runs it and of the program; told by hand, it writes them down."""
    read, plain = kept.mlflow("written-mlflow"), kept.mlflow("mlflow-lines", "digits-3e0150d0")
    assert (plain["user"], plain["tags"]["mlflow.source.name"]) == (getpass.getuser(), "run.py")
    assert (read["user"], read["tags"]["mlflow.source.name"]) == ("curseurs", "curseurs")


def test_infinity_becomes_the_largest_number(kept: Kept) -> None:
    """MLflow keeps not-a-number as it is, and has no place for infinity."""
    rows = dict(kept.mlflow("mlflow-lines", ODD.name)["rows"])
    assert math.isnan(rows[1]["loss"])
    assert rows[2]["loss"] == sys.float_info.max or rows[2]["loss"] > 1e308


def test_the_training_loss_falls_while_the_validation_loss_rises() -> None:
    """The recorded network that learns 300 digits by heart: from its ninth epoch on one falls, the other rises."""
    found = RunStore().find(PRESETS["overfit"])
    assert found is not None
    middle, last = next(frame for frame in found.measured if frame.epoch >= 9), found.measured[-1]
    assert last.metrics["train_loss"] < middle.metrics["train_loss"]
    assert last.metrics["validation_loss"] > middle.metrics["validation_loss"]


def test_the_first_plan_begins_with_question_and_data() -> None:
    """Two hours and six, before any network; and the whole is one of a project."""
    assert list(plan.STEPS.items())[:2] == [("question", 2), ("data", 6)]
    assert list(plan.STEPS).index("network") > 2
    assert plan.FEWEST <= sum(plan.STEPS.values()) <= plan.MOST
    assert (plan.FEWEST, plan.MOST) == (20, 40)
