"""What settings, axes and comparisons are called on the batch size and learning rate page."""

from __future__ import annotations

from components.language import _, number
from core.batch_learning_rate.comparison import AXES, Axis, who_leads
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.tasks.digits.data import TRAIN


def say_lead(run: Run, pinned: Run, axis: Axis) -> str:
    """Say who is ahead on this axis, and whether another axis says otherwise."""
    mine, other = run.settings, pinned.settings
    if not isinstance(mine, RateSettings) or not isinstance(other, RateSettings):
        return ""
    names = difference(mine, other), difference(other, mine)
    leads = {name: who_leads((mine, run.frames), (other, pinned.frames), name) for name in AXES}
    here = leads[axis]
    if here is None:
        return ""
    words = equal_names()
    values = {"axis": words[axis], "at": number(here.at, 3), "a": number(here.first, 2), "b": number(here.second, 2)}
    if here.winner is None:
        said = _("At equal {axis} ({at}), both stand level: loss {a} and {b}.", **values)
    else:
        if here.winner == 1:
            values |= {"a": values["b"], "b": values["a"]}
        said = _(
            "At equal {axis} ({at}), **{winner}** is ahead: loss {a} against {b}.", winner=names[here.winner], **values
        )
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


def difference(settings: RateSettings, other: RateSettings) -> str:
    """Return in words what distinguishes settings from others: "batch 64", "rate 0.1", "seed 2"."""
    words = {
        "batch_size": _("batch {value}", value=batch_name(settings.batch_size)),
        "learning_rate": _("rate {value}", value=number(settings.learning_rate)),
        "optimizer": optimizer_names()[settings.optimizer],
        "schedule": schedule_names()[settings.schedule],
        "seed": _("seed {value}", value=settings.seed),
        "examples": _("{value} examples", value=number(settings.examples)),
        "rate_changes": _("changed on the way") if settings.rate_changes else _("not changed on the way"),
    }
    different = [words[name] for name in settings.differences(other) if name in words]
    return ", ".join(different) or words["batch_size"]


def batch_name(batch: int) -> str:
    """Write a batch size; the whole set has a name."""
    return _("all") if batch == TRAIN else number(batch)


def optimizer_names() -> dict[str, str]:
    """Return what each optimizer is called."""
    return {"sgd": "SGD", "momentum": "SGD + momentum 0.9", "rmsprop": "RMSprop", "adam": "Adam"}


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
