"""What was recorded of the ladder: how often each model is right over its seeds, and what it takes."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.files import ASSETS
from core.intervals import wilson
from core.once import once
from core.project.baselines import MODELS, SEEDS_OF_ALL, TASKS
from core.verdict import Verdict, compare

FILES = {task: ASSETS / "recorded" / "project" / f"{task}.json" for task in TASKS}


@dataclass(frozen=True)
class Rung:
    """One model on one training set.

    Attributes:
        task, size, model: which.
        validation: share of right answers, one for each seed.
        test: likewise on the sealed set; empty where there is none.
        learned: seconds of the training, the median over the seeds.
        answered: seconds to answer the whole validation set, likewise.
        wrong: some of what it misread with the first seed: `core.project.mistakes`.
    """

    task: str
    size: int
    model: str
    validation: tuple[float, ...]
    test: tuple[float, ...]
    learned: float
    answered: float
    wrong: tuple[Sequence[Any], ...] = ()

    @property
    def accuracy(self) -> float:
        """Mean share of right answers on validation."""
        return statistics.fmean(self.validation)

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, nine times in ten, as far as the validation set can tell (Wilson)."""
        examples = TASKS[self.task].validation
        return wilson(round(self.accuracy * examples), examples)


@dataclass(frozen=True)
class Origin:
    """When, where and with what the rows of a task were measured.

    Attributes:
        date, machine, versions: of the measurement.
        busy: share of the machine that others used as it began.
    """

    date: str
    machine: str
    versions: str
    busy: float


@dataclass(frozen=True)
class Recorded:
    """All that was recorded.

    Attributes:
        origins: by task.
        rungs: by task, size and model.
    """

    origins: Mapping[str, Origin]
    rungs: Mapping[tuple[str, int, str], Rung]

    def rung(self, task: str, size: int, model: str) -> Rung:
        """Return one model on one training set."""
        return self.rungs[task, size, model]

    def ladder(self, task: str, size: int) -> list[Rung]:
        """Return the models on one training set, from the simplest on."""
        return [self.rungs[task, size, model] for model in MODELS if (task, size, model) in self.rungs]


def recorded_of(*measured: Mapping[str, Any]) -> Recorded:
    """Return what rows of `core.project.measuring` say, by task, size and model."""
    groups: dict[tuple[str, int, str], list[Mapping[str, Any]]] = {}
    origins: dict[str, Origin] = {}
    for told in measured:
        origin = Origin(told["date"], told["machine"], told["versions"], told.get("busy", 0.0))
        for row in told["rows"]:
            groups.setdefault((row["task"], row["size"], row["model"]), []).append(row)
            origins[row["task"]] = origin
    return Recorded(origins, {key: _rung(*key, rows) for key, rows in groups.items()})


@once()
def recorded() -> Recorded:
    """Return what the course ships."""
    return recorded_of(*(json.loads(path.read_text(encoding="utf-8")) for path in FILES.values()))


def against(one: Rung, other: Rung) -> Verdict:
    """Compare two models on the same training sets, over their seeds (Welch's test).

    A model that draws nothing gives the same with every seed: its one value stands for all.
    """
    values = max(len(one.validation), len(other.validation), len(SEEDS_OF_ALL))
    return compare(*(each.validation * (values if len(each.validation) == 1 else 1) for each in (one, other)))


def beats(one: Rung, others: Iterable[Rung]) -> bool:
    """Whether a model is more often right than each of the others, and the difference is real over the seeds."""
    verdicts = [against(one, other) for other in others]
    return all(verdict.kind == "real" and verdict.first.mean > verdict.second.mean for verdict in verdicts)


def _rung(task: str, size: int, model: str, rows: list[Mapping[str, Any]]) -> Rung:
    held = TASKS[task]
    return Rung(
        task,
        size,
        model,
        tuple(row["validation"] / held.validation for row in rows),
        tuple(row["test"] / held.test for row in rows if "test" in row),
        statistics.median(row["learned"] for row in rows),
        statistics.median(row["answered"] for row in rows),
        tuple(mistake for row in rows for mistake in row.get("wrong", [])),
    )
