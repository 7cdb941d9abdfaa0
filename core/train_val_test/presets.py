"""The presets of the train / validation / test page."""

from __future__ import annotations

from core.tasks.digits.settings import COURSE_CNN, COURSE_MLP, DigitsSettings

PRESETS: dict[str, DigitsSettings] = {
    "course_mlp": COURSE_MLP,
    "course_cnn": COURSE_CNN,
    "overfit": DigitsSettings(examples=300, epochs=60, batch_size=32),
    "too_short": DigitsSettings(examples=5_000, epochs=1),
    "too_fast": DigitsSettings(examples=10_000, epochs=5, optimizer="sgd", learning_rate=2.0),
}
"""The course's two runs, then three that fail, each in its own way."""

KEPT: dict[str, tuple[float, ...]] = {
    "overfit": (0, 1, 2, 4, 6, 9, 15, 25, 40, 60),
    "too_short": (0, 1),
    "too_fast": (0,),
}
"""The epochs at which shipped runs keep their weights, in eight bits: 61 times all of them would be 23 MB. The ninth of
the preset "overfit" has its lowest validation loss. A diverged run keeps its last moment too."""
