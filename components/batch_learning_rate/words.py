"""What settings, axes and comparisons are called on the batch size and learning rate page."""

from __future__ import annotations

from components.language import _, _n, number, percent
from components.trainings import optimizer_names
from core.batch_learning_rate.comparison import AXES, Axis, Lead, who_leads
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.tasks.digits.data import TRAIN


def say_lead(run: Run, pinned: Run, axis: Axis, metric: str) -> str:
    """Say who is ahead on this axis by what the curves show, and whether another axis says otherwise."""
    mine, other = run.settings, pinned.settings
    if not isinstance(mine, RateSettings) or not isinstance(other, RateSettings):
        return ""
    names = difference(mine, other), difference(other, mine)
    leads = {name: who_leads((mine, run.frames), (other, pinned.frames), name, metric) for name in AXES}
    here = leads[axis]
    if here is None:
        return ""
    words = equal_names()
    values = {"axis": words[axis], "at": number(here.at, 3)} | _measured(here, metric)
    if here.winner is None:
        said = _("At equal {axis} ({at}), both stand level: {measure} {a} and {b}.", **values)
    else:
        if here.winner == 1:
            values |= {"a": values["b"], "b": values["a"]}
        winner = names[here.winner]
        said = _("At equal {axis} ({at}), **{winner}** is ahead: {measure} {a} against {b}.", winner=winner, **values)
    for name, lead in leads.items():
        if lead is not None and lead.winner is not None and lead.winner != here.winner:
            otherwise = _(
                "But at equal {axis} ({at}) it is **{winner}**: change the axis and look.",
                axis=words[name],
                at=number(lead.at, 3),
                winner=names[lead.winner],
            )
            return f"{said} {otherwise}"
    agreed = _("All four axes agree here.")
    return f"{said} {agreed}" if here.winner is not None else said


def _measured(lead: Lead, metric: str) -> dict[str, str]:
    """Return what was measured of both runs, and its name, as the curves beside it write them."""
    if metric == "error":
        return {"measure": _("error rate"), "a": percent(lead.first), "b": percent(lead.second)}
    return {"measure": _("loss"), "a": number(lead.first, 2), "b": number(lead.second, 2)}


def difference(settings: RateSettings, other: RateSettings) -> str:
    """Return in words what distinguishes settings from others: "batch 64", "rate 0.1", "seed 2"."""
    words = {
        "batch_size": _("batch {value}", value=batch_name(settings.batch_size)),
        "learning_rate": _("learning rate {value}", value=number(settings.learning_rate)),
        "optimizer": optimizer_names()[settings.optimizer],
        "schedule": schedule_names()[settings.schedule],
        "seed": _("seed {value}", value=settings.seed),
        "examples": _n("{count} example", "{count} examples", settings.examples),
        "rate_changes": _("changed on the way") if settings.rate_changes else _("not changed on the way"),
    }
    different = [words[name] for name in settings.differences(other) if name in words]
    return ", ".join(different) or words["batch_size"]


def metric_names() -> dict[str, str]:
    """Return what a cell of the map may be measured by."""
    return {
        "loss": _("Final loss"),
        "error": _("Final error rate"),
        "updates": _("Updates to 5% error"),
        "seconds": _("Seconds to 5% error"),
    }


def batch_name(batch: int) -> str:
    """Write a batch size; the whole set has a name."""
    return _("all") if batch == TRAIN else number(batch)


def schedule_names() -> dict[str, str]:
    """Return what each schedule is called."""
    return {
        "constant": _("Constant rate"),
        "step": _("Step: ÷ 10 halfway"),
        "cosine": _("Cosine"),
        "warmup": _("Warm-up"),
        "range_test": _("Growing rate"),
    }


def axis_names() -> dict[str, str]:
    """Return the axes as a choice."""
    return {"updates": _("Updates"), "epochs": _("Epochs"), "examples": _("Examples seen"), "seconds": _("Seconds")}


def axis_titles() -> dict[str, str]:
    """Return the axes with their units."""
    return {
        "updates": _("updates"),
        "epochs": _("epochs"),
        "examples": _("examples seen"),
        "seconds": _("seconds of training"),
    }


def equal_names() -> dict[str, str]:
    """Return the axes as they follow "at equal"."""
    return {
        "updates": _("number of updates"),
        "epochs": _("number of epochs"),
        "examples": _("number of examples"),
        "seconds": _("time in seconds"),
    }
