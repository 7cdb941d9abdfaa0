"""The right picture of the batch size and learning rate page: a real network's curves, on four possible axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components import controls
from components.curves import Curve, Figure, axis_range, column, curves
from components.language import _, current, number
from components.projection import is_projected
from components.run_controls import course_runs
from core.batch_learning_rate import AXES, BATCHES, RATES, Axis, RateSettings, budget, position, who_leads
from core.digits import TRAIN
from core.frames import Frame
from core.learning_rates import SCHEDULES, RateChanges, checked_changes
from core.rate_map import recorded_run
from core.run_file import Run
from core.settings import SettingsError

OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
EXAMPLES = (100, 500, 1_000, 5_000, 10_000, TRAIN)
DEFAULT_PIN = "0.03~1024~sgd~1~constant"


@dataclass(frozen=True)
class View:
    """How the curves are drawn."""

    axis: Axis
    metric: str
    log: bool


def choose_settings() -> tuple[RateSettings, View]:
    """Show the two main sliders, the axis, and the rest under advanced settings; return what they say.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    left, right = st.columns(2)
    with left:
        rate = controls.steps(_("Learning rate"), RATES, 0.03, key="blr_rate")
    with right:
        batch = controls.steps(_("Batch size"), BATCHES, 64, key="blr_batch", format_func=batch_name)
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        more = _advanced()
        metric, log = _measure()
    axis: Axis = controls.choice(  # type: ignore[assignment]
        _("Horizontal axis"), AXES, "updates", key="blr_axis", format_func=axis_names().__getitem__,
        label_visibility="collapsed")  # fmt: skip
    settings = RateSettings(
        learning_rate=rate, batch_size=batch, updates=budget(batch, more["examples"]), rate_changes=changes(), **more
    )
    return settings, View(axis, metric, log)


def _advanced() -> dict[str, Any]:
    names = optimizer_names()
    one, two = st.columns(2)
    with one:
        optimizer = controls.choice(
            _("Optimizer"), OPTIMIZERS, "sgd", key="blr_optimizer", kind="select", format_func=names.__getitem__
        )
        seed = controls.number(_("Seed"), 1, 999, 1, key="blr_seed")
    with two:
        labels = schedule_names()
        shown = [name for name in SCHEDULES if name != "range_test"]
        schedule = controls.choice(
            _("Schedule"), shown, "constant", key="blr_schedule", kind="select", format_func=labels.__getitem__
        )
        examples = controls.steps(_("Training examples"), EXAMPLES, TRAIN, key="blr_examples")
    if changes():
        st.button(_("Forget the changes of rate"), key="blr-forget", on_click=_forget, icon=":material/undo:")
    return {"optimizer": optimizer, "seed": seed, "schedule": schedule, "examples": examples}


def _measure() -> tuple[str, bool]:
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = controls.choice(
            _("Measure"), ["loss", "error"], "loss", key="blr_measure", label_visibility="collapsed",
            format_func={"loss": _("Loss"), "error": _("Error rate")}.__getitem__)  # fmt: skip
        scale = controls.choice(
            _("Scale"), ["log", "linear"], "log", key="blr_scale", label_visibility="collapsed",
            format_func={"log": _("Log scale"), "linear": _("Linear scale")}.__getitem__)  # fmt: skip
    return metric, scale == "log"


def find(settings: RateSettings) -> Run | None:
    """Return the run of these settings: of the shipped map, or computed earlier."""
    return recorded_run(settings) or course_runs().find(settings)


def figure(settings: RateSettings, frames: Sequence[Frame], view: View, pinned: Run | None) -> Figure:
    """Draw a run over the pinned one, on the chosen axis."""
    drawn = []
    other = pinned.settings if pinned is not None else None
    if pinned is not None and isinstance(other, RateSettings) and other != settings:
        drawn.append(_validation(other, pinned.frames, view, difference(other, settings), True))
    if view.metric == "loss":
        x = [position(frame, view.axis, settings.batch_size, settings.examples) for frame in frames[1:]]
        drawn.append(Curve("train", _("train (mean of the batches)"), x, column(frames[1:], "running_loss")))
    drawn.append(_validation(settings, frames, view, "", False))
    ends = [curve.x[-1] for curve in drawn if curve.x]
    reach = max([*ends, _whole(settings, frames, view.axis)])
    low_high = [1e-2, 2.5] if view.metric == "loss" else [0.02, 0.9]
    values = [min(value, 10.0) for curve in drawn for value in curve.y] + low_high
    return curves(
        drawn,
        y_title=_("loss (cross-entropy, nats)") if view.metric == "loss" else _("error rate"),
        x_title=axis_titles()[view.axis],
        log=view.log,
        x_range=(-0.02 * reach, 1.02 * reach),
        y_range=axis_range(values, log=view.log),
        marks=_marks(settings, frames, view.axis),
        projected=is_projected(),
        height=530 if is_projected() else 400,
        language=current(),
    )


def show(drawn: Figure, frames: Sequence[Frame], *, key: str = "blr-curves") -> None:
    """Show the curves, and say in words what they show."""
    measured = [frame for frame in frames if frame.measured]
    if len(measured) > 1:
        last = measured[-1]
        alt = _("Curves of a run; validation loss {loss} after {updates} updates.",
                loss=number(last.metrics["validation_loss"]), updates=number(last.update))  # fmt: skip
    else:
        alt = _("Empty axes: this network has not been trained yet.")
    height = drawn["layout"]["height"]
    st.plotly_chart(drawn, key=key, alt=alt, config={"displayModeBar": False}, height=height)


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
        said = _("At equal {axis} ({at}), **{winner}** is ahead: loss {a} against {b}.",
                 winner=names[here.winner], **values)  # fmt: skip
    for name, lead in leads.items():
        if lead is not None and lead.winner is not None and lead.winner != here.winner:
            otherwise = _("But at equal {axis} ({at}) it is **{winner}**: change the axis and look.",
                          axis=words[name], at=number(lead.at, 3), winner=names[lead.winner])  # fmt: skip
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


def pinned_run() -> Run | None:
    """Return the run that the student compares with, if it is known."""
    text = controls.in_url("blr_pin", DEFAULT_PIN, lambda given: given[:80])
    settings = read_pin(text)
    return find(settings) if settings else None


def read_pin(text: str) -> RateSettings | None:
    """Read "rate~batch~optimizer~seed~schedule"; None for no pin, or one that cannot be."""
    try:
        rate, batch, optimizer, seed, schedule = text.split("~")
        return RateSettings(
            learning_rate=float(rate), batch_size=int(batch), optimizer=optimizer, seed=int(seed),
            schedule=schedule, updates=budget(max(int(batch), 1)))  # fmt: skip
    except (ValueError, SettingsError):
        return None


def write_pin(settings: RateSettings | None) -> str:
    """Return the text that `read_pin` reads."""
    if settings is None:
        return "none"
    rate = f"{settings.learning_rate:.10g}"
    return f"{rate}~{settings.batch_size}~{settings.optimizer}~{settings.seed}~{settings.schedule}"


def pin(settings: RateSettings | None) -> None:
    """Compare with these settings from now on. Call it in a callback."""
    controls.set_values({"blr_pin": write_pin(settings)})


def changes() -> RateChanges:
    """Return the changes of rate that the link asks for: "update:rate" pairs separated by semicolons."""
    return read_changes(controls.in_url("blr_changes", "", lambda text: text if read_changes(text) else None))


def read_changes(text: str) -> RateChanges:
    """Read "120:0.01;400:0.001"; nothing for a text that is none."""
    try:
        pairs = [pair.split(":") for pair in text.split(";") if pair]
        return checked_changes([(int(update), float(rate)) for update, rate in pairs], 10.0)
    except ValueError:
        return ()


def write_changes(changed: RateChanges) -> str:
    """Return the text that `read_changes` reads."""
    return ";".join(f"{update}:{rate:.10g}" for update, rate in changed)


def batch_name(batch: int) -> str:
    """Write a batch size; the whole set has a name."""
    return _("all") if batch == TRAIN else number(batch)


def optimizer_names() -> dict[str, str]:
    """Return what each optimizer is called."""
    return {"sgd": "SGD", "momentum": "SGD + momentum 0.9", "rmsprop": "RMSProp", "adam": "Adam"}


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


def _validation(settings: Any, frames: Sequence[Frame], view: View, suffix: str, faded: bool) -> Curve:
    measured = [frame for frame in frames if frame.measured]
    x = [position(frame, view.axis, settings.batch_size, settings.examples) for frame in measured]
    name = _("validation") + (f" ({suffix})" if suffix else "")
    return Curve("validation", name, x, column(measured, f"validation_{view.metric}"), faded)


def _whole(settings: RateSettings, frames: Sequence[Frame], axis: Axis) -> float:
    """Return where the run will end, so that the axis does not move while it grows; seconds are not known before."""
    if axis == "seconds":
        return max([1.0, *(frame.seconds for frame in frames[-1:])])
    end = Frame(settings.updates, settings.updates / settings.updates_per_epoch, 0.0, {})
    return position(end, axis, settings.batch_size, settings.examples)


def _marks(settings: RateSettings, frames: Sequence[Frame], axis: Axis) -> list[tuple[float, str]]:
    """Return a vertical line for each change of rate that has happened."""
    changed = list(settings.rate_changes)
    if settings.schedule == "step":
        changed.append((settings.updates // 2, settings.learning_rate / 10))
    found = []
    for update, rate in changed:
        after = next((frame for frame in frames if frame.update >= update), None)
        if after is not None:
            place = position(replace(after, update=update, epoch=update / settings.updates_per_epoch), axis,
                             settings.batch_size, settings.examples)  # fmt: skip
            found.append((place, f"η = {number(rate)}"))
    return found


def _forget() -> None:
    controls.set_values({"blr_changes": ""})
