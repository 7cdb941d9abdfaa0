"""What the notebook keeps of the three phases: the wishes that each met, and what a live training reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.language import _
from components.notebook.keep import keep
from components.three_phases.lab import Measure
from core.notebook.experiment import Figure, thinned
from core.runs.run import Run
from core.three_phases.opening import WISHES

STEM = "three_phases"
BY = (*(f"tp_{name}" for name in WISHES), "tp_seed")


def keep_answers(told: Sequence[Mapping[str, Any]]) -> None:
    """Keep how many wishes each phase's answer met.

    Args:
        told: of each phase, the answer as the picture draws it.
    """
    figures = {
        f"met_{at}": Figure(_("Wishes met after phase {number}", number=at), sum(each["met"].values()))
        for at, each in enumerate(told, start=1)
        if all(met is not None for met in each["met"].values())
    }
    keep(STEM, BY, figures, seed="tp_seed")


def keep_lab(part: str, run: Run, measures: Iterable[Measure], by: Iterable[str], seed: str = "") -> None:
    """Keep what a run of a phase reached, by each of its measures."""
    last, moments = run.measured[-1].metrics, run.measured
    figures, curves = {}, {}
    for each in measures:
        if each.metric in last:
            share = each.unit == "share"
            unit = "%" if share else _("nats per token") if each.metric.endswith("loss") else ""
            figures[each.metric] = Figure(each.name, last[each.metric] * (100 if share else 1), unit)
            values = [moment.metrics.get(each.metric, float("nan")) * (100 if share else 1) for moment in moments]
            updates = [moment.update for moment in moments]
            curves[each.metric] = thinned(each.name, updates, values, _("updates"), unit or each.name)
    figures["seconds"] = Figure(_("Training time"), run.frames[-1].seconds, "s")
    news = "" if run.recorded else run.run_id
    keep(STEM, ("tp_part", *by), figures, curves=curves, seed=seed, news=news, part=part)
