"""What the train / validation / test page shows: its controls, its curves, its sealed test set, its pinned run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from components import controls
from components.curves import Curve, axis_range, column, curves
from components.language import _, current, number, percent
from components.lesson import PageLesson
from components.projection import is_projected
from core.frames import Frame
from core.run_file import Run
from core.settings import SettingsError, bounds
from core.train_val_test import PRESETS, DigitsSettings

EXAMPLES = (100, 300, 1_000, 2_000, 5_000, 10_000, 20_000, 54_000)
EPOCHS = (1, 2, 3, 5, 8, 10, 12, 15, 20, 30, 40, 60, 100)
RATES = (1e-5, 1e-4, 3e-4, 1e-3, 2e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 2.0, 10.0)
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 54_000)
DECAYS = (0.0, 1e-4, 1e-3, 1e-2, 1e-1)
DEFAULT = PRESETS["course_mlp"]
KEY = "tvt_{}"
FAST = {"model", "examples", "epochs", "learning_rate"}


@dataclass(frozen=True)
class View:
    """How the curves are drawn: what of, and on which scale."""

    metric: str
    log: bool

    @property
    def title(self) -> str:
        """The y axis, with its unit."""
        return _("loss (cross-entropy, nats)") if self.metric == "loss" else _("error rate")


def presets(lesson: PageLesson) -> None:
    """Show the presets, good and bad; the one that the controls match is lit, with its sentence."""
    matching = _matching_preset()
    key = "tvt-presets"
    st.session_state[key] = matching
    st.pills(
        _("To start from"),
        list(PRESETS),
        key=key,
        format_func=lambda name: lesson.heading(f"preset-{name}"),
        on_change=_apply_preset,
        label_visibility="collapsed" if is_projected() else "visible",
    )
    if matching and not is_projected():
        st.caption(lesson.body(f"preset-{matching}"))


def choose_settings() -> DigitsSettings:
    """Show the controls and return what they say.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    names = labels()
    values: dict[str, Any] = {
        "model": controls.choice(
            names["model"], bounds(DigitsSettings, "model"), DEFAULT.model, key="tvt_model",
            format_func={"mlp": "MLP", "cnn": "CNN"}.__getitem__),
        "examples": controls.steps(names["examples"], EXAMPLES, DEFAULT.examples, key="tvt_examples"),
        "epochs": controls.steps(names["epochs"], EPOCHS, DEFAULT.epochs, key="tvt_epochs"),
        "learning_rate": controls.steps(names["learning_rate"], RATES, DEFAULT.learning_rate, key="tvt_learning_rate"),
    }  # fmt: skip
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        values |= _advanced(names)
    return DigitsSettings(**values)


def known_settings() -> DigitsSettings | None:
    """Return what the controls will say, before they are drawn; None if only drawing them can tell.

    Raises:
        SettingsError: as `choose_settings`.
    """
    keys = {name: KEY.format(name) for name in asdict(DEFAULT)}
    if not controls.are_known(keys.values()):
        return None
    return DigitsSettings(**{name: st.session_state[key] for name, key in keys.items()})


def labels() -> dict[str, str]:
    """Return the name of each setting in the page's language; the field's own terms stay."""
    return {
        "model": _("Network"),
        "examples": _("Training examples"),
        "epochs": _("Epochs"),
        "learning_rate": _("Learning rate"),
        "batch_size": _("Batch size"),
        "optimizer": _("Optimizer"),
        "dropout": _("Dropout"),
        "weight_decay": _("Weight decay"),
        "engine": _("Engine"),
        "seed": _("Seed"),
    }


def view_controls() -> View:
    """Show what the curves may be drawn as."""
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = controls.choice(
            _("Measure"), ["loss", "error"], "loss", key="tvt_measure", label_visibility="collapsed",
            format_func={"loss": _("Loss"), "error": _("Error rate")}.__getitem__)  # fmt: skip
        scale = controls.choice(
            _("Scale"), ["log", "linear"], "log", key="tvt_scale", label_visibility="collapsed",
            format_func={"log": _("Log scale"), "linear": _("Linear scale")}.__getitem__)  # fmt: skip
    return View(metric, scale == "log")


def figure(
    settings: DigitsSettings,
    frames: Sequence[Frame],
    view: View,
    *,
    pinned: Run | None,
    opened: bool,
    cursor: float | None,
) -> dict[str, Any]:
    """Draw a run: train, validation, test if it was opened, and the pinned run behind it."""
    measured = [frame for frame in frames if frame.measured]
    drawn = []
    if pinned is not None and pinned.settings != settings:
        drawn += _run_curves(pinned.measured, view, _difference(pinned, settings), opened=False, faded=True)
    diverged = bool(frames) and frames[-1].diverged
    if view.metric == "loss" and (diverged or len(measured) <= 1):
        drawn.append(_running(frames))
    own = _run_curves(measured, view, "", opened=opened, faded=False)
    drawn += own
    everything = [value for curve in drawn for value in curve.y] + (
        [0.05, 2.5] if view.metric == "loss" else [0.01, 0.9]
    )
    end = max([settings.epochs, *(curve.x[-1] for curve in drawn if curve.x)])
    return curves(
        drawn,
        y_title=view.title,
        x_title=_("epochs"),
        log=view.log,
        x_range=(-0.02 * end, 1.02 * end),
        y_range=axis_range(everything, log=view.log),
        marks=_marks(measured, diverged),
        cursor=cursor,
        projected=is_projected(),
        height=620 if is_projected() else 400,
        language=current(),
    )


def show_figure(drawn: dict[str, Any], frames: Sequence[Frame]) -> None:
    """Show the curves, and say in words what they show."""
    measured = [frame for frame in frames if frame.measured]
    if measured:
        last = measured[-1].metrics
        alt = _("Curves over epochs; last validation loss {loss}, last training loss {train}.",
                loss=number(last["validation_loss"]), train=number(last["train_loss"]))  # fmt: skip
    else:
        alt = _("Empty axes: this network has not been trained yet.")
    st.plotly_chart(
        drawn, key="tvt-curves", alt=alt, config={"displayModeBar": False}, height=drawn["layout"]["height"]
    )


def final_numbers(run: Run, *, opened: bool) -> None:
    """Show the three error rates at the end of the run; the test one only if it was opened."""
    last = run.measured[-1].metrics
    names = {"train": _("Train accuracy"), "validation": _("Validation accuracy"), "test": _("Test accuracy")}
    for split, name in names.items():
        sealed = split == "test" and not opened
        st.metric(name, _("sealed") if sealed else percent(1 - last[f"{split}_error"], 2))


def pinned_run(find: Any) -> Run | None:
    """Return the run that the student pinned, if it can still be found."""
    told = controls.in_url("tvt_pin", "", _read_pin)
    if not told:
        return None
    try:
        found: Run | None = find(_pin_settings(told))
    except (SettingsError, TypeError, ValueError):
        return None
    return found


def pin(settings: DigitsSettings | None) -> None:
    """Pin a run behind the ones to come, or take the pin away. Call it in a callback."""
    controls.set_values({"tvt_pin": _write_pin(settings) if settings else ""})


def _matching_preset() -> str | None:
    """Return the preset that the controls stand on, from the session alone: the widgets have not run yet."""
    asked = {name: st.query_params.get(KEY.format(name)) for name in asdict(DEFAULT)}
    here = {name: st.session_state.get(KEY.format(name), asked[name]) for name in asked}
    for preset, settings in PRESETS.items():
        wanted = asdict(settings)
        if all(str(here[n] if here[n] is not None else getattr(DEFAULT, n)) == str(wanted[n]) for n in wanted):
            return preset
    return None


def _apply_preset() -> None:
    name = st.session_state["tvt-presets"]
    if name in PRESETS:
        controls.set_values({KEY.format(field): value for field, value in asdict(PRESETS[name]).items()})


def _advanced(names: dict[str, str]) -> dict[str, Any]:
    optimizers = {"sgd": "SGD", "momentum": "SGD + momentum 0.9", "rmsprop": "RMSprop", "adam": "Adam"}
    engines = {"torch": "PyTorch", "keras": "Keras"}
    low, high = bounds(DigitsSettings, "seed")
    return {
        "batch_size": controls.steps(names["batch_size"], BATCHES, DEFAULT.batch_size, key="tvt_batch_size"),
        "optimizer": controls.choice(names["optimizer"], list(optimizers), DEFAULT.optimizer, key="tvt_optimizer",
                                     kind="select", format_func=optimizers.__getitem__),
        "dropout": controls.slider(names["dropout"], 0.0, 0.9, DEFAULT.dropout, key="tvt_dropout", step=0.1),
        "weight_decay": controls.steps(names["weight_decay"], DECAYS, DEFAULT.weight_decay, key="tvt_weight_decay"),
        "engine": controls.choice(names["engine"], list(engines), DEFAULT.engine, key="tvt_engine",
                                  format_func=engines.__getitem__),
        "seed": controls.number(names["seed"], low, high, DEFAULT.seed, key="tvt_seed"),
    }  # fmt: skip


def _run_curves(frames: Sequence[Frame], view: View, suffix: str, *, opened: bool, faded: bool) -> list[Curve]:
    names = {"train": _("train"), "validation": _("validation"), "test": _("test")}
    shown = [split for split in names if split != "test" or opened]
    x = [frame.epoch for frame in frames]
    return [
        Curve(split, f"{names[split]}{suffix}", x, column(frames, f"{split}_{view.metric}"), faded) for split in shown
    ]


def _running(frames: Sequence[Frame]) -> Curve:
    """Return the loss of the batches themselves: what a run shows before its first epoch ends, or as it explodes."""
    running = [frame for frame in frames if frame.update > 0]
    return Curve("train", _("batches"), [f.epoch for f in running], column(running, "running_loss"), faded=True)


def _marks(measured: Sequence[Frame], diverged: bool) -> list[tuple[float, str]]:
    """Return the vertical lines: the best validation epoch (where early stopping would stop), the divergence."""
    if diverged:
        return [(measured[-1].epoch, _("the loss is no longer a number"))]
    if len(measured) < 3:
        return []
    best = min(measured[1:], key=lambda frame: frame.metrics["validation_loss"])
    return [(best.epoch, _("best validation: epoch {epoch}", epoch=number(best.epoch)))]


def _difference(pinned: Run, settings: DigitsSettings) -> str:
    """Return what the legend says of a pinned run: the settings in which it differs."""
    names, found = labels(), pinned.settings.differences(settings)
    differing = {name: found[name][0] for name in names if name in found}
    told = [
        f"{names[name]} {number(mine) if isinstance(mine, (int, float)) else mine.upper()}"
        for name, mine in differing.items()
    ]
    return f" ({', '.join(told)})"


def _write_pin(settings: DigitsSettings) -> str:
    changed = settings.differences(DEFAULT)
    return ",".join(f"{name}:{mine}" for name, (mine, _default) in changed.items()) or "default"


def _pin_settings(told: str) -> DigitsSettings:
    if told == "default":
        return DEFAULT
    values = dict(item.split(":", 1) for item in told.split(","))
    kinds = asdict(DEFAULT)
    return replace(DEFAULT, **{name: type(kinds[name])(value) for name, value in values.items() if name in kinds})


def _read_pin(told: str) -> str | None:
    try:
        _pin_settings(told)
    except (SettingsError, TypeError, ValueError):
        return None
    return told
