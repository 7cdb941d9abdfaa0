"""What the student has trained on the page: models that picture and phase 3 may take instead of the recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import controls
from components.language import _, number
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.own import OwnModel, model_of
from core.three_phases.settings import AlignedSettings
from core.training.frames import Frame
from core.training.settings import Settings

_TRAINED, _NEWS = "tp: models that were trained here", "tp: what stands above has changed"
TUNED, ALIGNED = InstructedSettings.task, AlignedSettings.task
"""The phases that a student trains, as their settings and the models of `core.three_phases.asked` name them."""


def remember(settings: Settings, frames: Sequence[Frame]) -> None:
    """Keep the last good model of a run that this session has followed to its end, or stopped; of its phase, only that.

    The server's memory of ended runs is everybody's: in a class, another's run would push it out.

    Args:
        settings: of the run.
        frames: of it.
    """
    models: dict[str, OwnModel] = st.session_state.setdefault(_TRAINED, {})
    before, found = models.get(settings.task), model_of(settings, frames)
    if found is not None and (before is None or before.name != found.name):
        models[settings.task] = found
        tell_above()


def tell_above() -> None:
    """Have the page run again once its part is drawn: what stands above it, a switch or a mission, has changed."""
    st.session_state[_NEWS] = True


def has_news() -> bool:
    """Return, once, whether what stands above has changed."""
    return bool(st.session_state.pop(_NEWS, False))


def own(phase: str) -> OwnModel | None:
    """Return the student's model of a phase, if one was trained."""
    models: dict[str, OwnModel] = st.session_state.get(_TRAINED, {})
    return models.get(phase)


def start() -> OwnModel | None:
    """Show, once there is one, the switch that has phase 3 begin with the student's phase 2; return that model."""
    found = own(TUNED)
    if found is None:
        if controls.in_url("tp_mine", False, controls.boolean):
            st.caption(_("This link begins with a phase 2 of one’s own: fine-tune first. Meanwhile, the recorded one."))
        return None
    return found if controls.toggle(_("Begin with my phase 2"), False, key="tp_mine") else None


def pictured() -> Mapping[str, OwnModel]:
    """Show, once there is a model, the switch that has the picture's answers written by one's own; return those."""
    models = {phase: found for phase in (TUNED, ALIGNED) if (found := own(phase)) is not None}
    if not models:
        if controls.in_url("tp_own", False, controls.boolean):
            st.caption(_("This link shows models of one’s own: train them below. Meanwhile, the recorded ones."))
        return {}
    if not controls.toggle(_("Answers of my own models"), False, key="tp_own"):
        return {}
    st.caption(" ".join(_said(found) for found in models.values()))
    return models


def wanted() -> Mapping[str, OwnModel]:
    """Return the student's models that the picture is to use, as the switch of `pictured` stands."""
    if not controls.in_url("tp_own", False, controls.boolean):
        return {}
    return {phase: found for phase in (TUNED, ALIGNED) if (found := own(phase)) is not None}


def _said(found: OwnModel) -> str:
    if found.settings.task == TUNED:
        return _("Phase 2 is yours, after {updates} updates.", updates=number(found.update))
    return _("Phase 3 is yours, after {updates} updates.", updates=number(found.update))
