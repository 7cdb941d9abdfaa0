"""The controls of the transfer learning page, from the picture's hands and sliders to settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _, number
from components.lesson import PageLesson
from components.presets import presets, standing_on
from core.tasks.signs.settings import BLOCKS as USUAL_BLOCKS
from core.tasks.signs.settings import RATES as USUAL_RATES
from core.tasks.signs.settings import SignsSettings
from core.training.settings import bounds
from core.transfer_learning.presets import ASKED, PRESETS
from core.transfer_learning.stops import BATCHES, BLOCKS, COPIES, DROPOUTS, RATES, UPDATES

USUAL = 0.0
"""Stands for each way's own rate, in the address too."""


def control_names() -> list[str]:
    """Return the names, in the address, of the controls of a run's settings."""
    return list(controls_of(ASKED))


def controls_of(settings: SignsSettings) -> dict[str, Any]:
    """Return where each control stands for these settings."""
    rate = settings.learning_rate
    return {
        "tl_way": settings.way,
        "tl_photos": settings.photos,
        "tl_split": settings.split,
        "tl_rate": USUAL if rate == USUAL_RATES[settings.way] else rate,
        "tl_copies": settings.copies,
        "tl_blocks": settings.blocks or USUAL_BLOCKS,
        "tl_dropout": settings.dropout,
        "tl_updates": settings.updates,
        "tl_batch": settings.batch_size,
        "tl_seed": settings.seed,
    }


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad."""
    values = {name: controls_of(settings) for name, settings in PRESETS.items()}
    presets(
        lesson,
        values,
        lit=standing_on(values, controls_of(ASKED)),
        apply=lambda name: apply(PRESETS[name]),
        key="tl-presets",
    )


def apply(settings: SignsSettings) -> None:
    """Move every control to these settings. Call it in a callback."""
    controls.set_values(controls_of(settings))


def known_settings(here: Mapping[str, Any]) -> SignsSettings | None:
    """Return what the controls will say, before they are drawn; None if only drawing them can tell.

    Raises:
        core.training.settings.SettingsError: the address held a value that no run can have.
    """
    keys = [key for key in controls_of(ASKED) if key not in {"tl_way", "tl_photos", "tl_split"}]
    if not controls.are_known(keys):
        return None
    return _settings(here, {key: st.session_state[key] for key in keys})


def choose_settings(here: Mapping[str, Any]) -> SignsSettings:
    """Show the controls under the picture; return what they and its hands say.

    Args:
        here: where the picture stands.

    Raises:
        core.training.settings.SettingsError: the address held a value that no run can have.
    """
    names = labels()
    rate, copies, blocks = st.columns(3, gap="medium")
    values: dict[str, Any] = {}
    with rate:
        usual = _("usual ({rate})", rate=number(USUAL_RATES[here["way"]]))
        values["tl_rate"] = controls.steps(
            names["learning_rate"],
            (USUAL, *RATES),
            USUAL,
            key="tl_rate",
            format_func=lambda rate: number(rate) if rate else usual,
        )
    with copies:
        values["tl_copies"] = controls.steps(
            names["copies"], COPIES, 0, key="tl_copies", help=_("Mirrored, turned, moved, zoomed, lit otherwise.")
        )
    with blocks:
        values["tl_blocks"] = controls.steps(
            names["blocks"],
            BLOCKS,
            USUAL_BLOCKS,
            key="tl_blocks",
            help=_("Counted from the top. Only “fine-tuned” changes them."),
        )
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        low, high = bounds(SignsSettings, "seed")
        values["tl_dropout"] = controls.steps(names["dropout"], DROPOUTS, ASKED.dropout, key="tl_dropout")
        values["tl_updates"] = controls.steps(names["updates"], UPDATES, ASKED.updates, key="tl_updates")
        values["tl_batch"] = controls.steps(names["batch_size"], BATCHES, ASKED.batch_size, key="tl_batch")
        values["tl_seed"] = controls.number(names["seed"], low, high, ASKED.seed, key="tl_seed")
    return _settings(here, values)


def labels() -> dict[str, str]:
    """Return the name of each setting in the page's language; the field's own terms stay."""
    return {
        "learning_rate": _("Learning rate"),
        "copies": _("Changed copies of each photo"),
        "blocks": _("Layers that learn (fine-tuned)"),
        "dropout": _("Dropout"),
        "updates": _("Updates"),
        "batch_size": _("Batch size"),
        "seed": _("Seed"),
    }


def differing(settings: SignsSettings) -> str:
    """Say in which settings a run is not the usual one of its way."""
    base = asdict(SignsSettings(way=settings.way, blocks=settings.blocks, learning_rate=USUAL_RATES[settings.way]))
    own = asdict(settings) | {"blocks": settings.blocks}
    base["blocks"] = USUAL_BLOCKS if settings.is_tuned else 0
    return ", ".join(f"{name} {number(own[key])}" for key, name in labels().items() if own[key] != base[key])


def _settings(here: Mapping[str, Any], values: Mapping[str, Any]) -> SignsSettings:
    way = here["way"]
    return SignsSettings(
        way=way,
        photos=here["photos"],
        split=here["split"],
        learning_rate=values["tl_rate"] or USUAL_RATES[way],
        blocks=values["tl_blocks"] if way == "tuned" else 0,
        copies=values["tl_copies"],
        dropout=values["tl_dropout"],
        updates=values["tl_updates"],
        batch_size=values["tl_batch"],
        seed=values["tl_seed"],
    )
