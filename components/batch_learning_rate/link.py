"""What the address holds beside the sliders: the run to compare with, the changes of rate."""

from __future__ import annotations

from components import controls
from components.run_controls import course_runs
from core.batch_learning_rate.rate_map import recorded_run
from core.batch_learning_rate.settings import RateSettings, budget
from core.runs.run import Run
from core.training.schedules import RateChanges, checked_changes
from core.training.settings import SettingsError

DEFAULT_PIN = "0.03~1024~sgd~1~constant"


def find(settings: RateSettings) -> Run | None:
    """Return the run of these settings: of the shipped map, or computed earlier."""
    return recorded_run(settings) or course_runs().find(settings)


def pinned_settings() -> RateSettings | None:
    """Return what the student compares with."""
    return read_pin(controls.in_url("blr_pin", DEFAULT_PIN, lambda given: given[:80]))


def pinned_run() -> Run | None:
    """Return the run that the student compares with, if it is known."""
    settings = pinned_settings()
    return find(settings) if settings else None


def read_pin(text: str) -> RateSettings | None:
    """Read "rate~batch~optimizer~seed~schedule"; None for no pin, or one that cannot be."""
    try:
        rate, batch, optimizer, seed, schedule = text.split("~")
        return RateSettings(
            learning_rate=float(rate),
            batch_size=int(batch),
            optimizer=optimizer,
            seed=int(seed),
            schedule=schedule,
            updates=budget(max(int(batch), 1)),
        )
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
