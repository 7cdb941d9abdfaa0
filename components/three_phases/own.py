"""What the student has trained on the page: models that picture and phase 3 may take instead of the recorded."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import controls
from components.language import _, number
from components.run_controls import course_runs
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.own import OwnModel, model_of
from core.three_phases.settings import AlignedSettings
from core.training.settings import Settings

_TRAINED, _NEWS = "tp: settings of what was trained here", "tp: what stands above has changed"
TUNED, ALIGNED = InstructedSettings.task, AlignedSettings.task
"""The phases that a student trains, as their settings and the models of `core.three_phases.asked` name them."""


def remember(settings: Settings) -> None:
    """Remember a run that this session has followed to its end, or stopped; another one of its phase is forgotten."""
    trained: dict[str, Settings] = st.session_state.setdefault(_TRAINED, {})
    if trained.get(settings.task) != settings:
        trained[settings.task] = settings
        tell_above()


def tell_above() -> None:
    """Have the page run again once its part is drawn: what stands above it, a switch or a mission, has changed."""
    st.session_state[_NEWS] = True


def has_news() -> bool:
    """Return, once, whether what stands above has changed."""
    return bool(st.session_state.pop(_NEWS, False))


def own(phase: str) -> OwnModel | None:
    """Return the student's model of a phase, if one was trained and is still in memory."""
    settings: Settings | None = st.session_state.get(_TRAINED, {}).get(phase)
    if settings is None:
        return None
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is not None:
        return model_of(settings, found.frames)
    return model_of(settings, live.frames) if live is not None and live.over else None


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
