"""What each planted fault costs, over draws: on fresh digits, and on the set's own validation images."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from components import controls, measuring
from components.in_browser import component, surroundings
from components.language import _, number, percent
from components.lesson import PageLesson
from components.project.words import model_names
from core.project import costs as measured
from core.project.costs import ALL, CLEAN, MODELS, STOPS, VARIANTS
from core.project.faulty import COPIED, EMPTY_CLASS, INVERTED_IMAGES, WRONG_LABELS


def costs(lesson: PageLesson) -> None:
    """Show the costs for one model over so many draws, and say what may be said of each."""
    st.subheader(lesson.heading("text-costs"), anchor=False)
    lesson.words("text-costs")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = controls.choice(
            _("Model"), list(MODELS), MODELS[0], key="pj_cost_model", format_func=model_names().__getitem__
        )
        draws = controls.steps(_("Draws"), list(STOPS), STOPS[1], key="pj_cost_draws")
    component("project/costs")(key="pj-costs", data=surroundings() | _data(model, draws))
    found = measured.recorded()
    origin = measuring.origin(found["date"], found["machine"], found["versions"], found["busy"], is_recorded=True)
    st.caption(origin)


def _data(model: str, draws: int) -> dict[str, Any]:
    return {
        "rows": [_row(model, variant, draws) for variant in VARIANTS],
        "labels": {
            "alt": _("Right answers with each fault, on fresh digits and on the set’s own validation images"),
            "fresh": _("on digits that it has never seen"),
            "own": _("on its own validation images"),
            "axis": _("right answers (mean, interval of 95%)"),
        },
    }


def _row(model: str, variant: str, draws: int) -> dict[str, Any]:
    names = {
        CLEAN: _("No fault"),
        WRONG_LABELS: _("Wrong labels"),
        COPIED: _("Copies"),
        INVERTED_IMAGES: _("Inverted images"),
        EMPTY_CLASS: _("Empty class"),
        ALL: _("All four"),
    }
    fresh, own = (measured.verdict(model, variant, draws, name) for name in ("fresh", "own"))
    return {
        "name": names[variant],
        "fresh": [fresh.first.mean, fresh.first.interval],
        "own": [own.first.mean, own.first.interval],
        "said": _said(variant, fresh, own),
    }


def _said(variant: str, fresh: Any, own: Any) -> list[str]:
    """Say what a fault costs on fresh digits, then whether the draws tell it from chance."""
    if variant == CLEAN:
        return [percent(fresh.first.mean, 1)]
    gap = 100 * (fresh.first.mean - fresh.second.mean)
    if variant == COPIED:
        gap = 100 * (own.first.mean - own.second.mean)
        return [_("its own validation: {gap} points", gap=_signed(gap)), f"({_p(own.p)})"]
    return [_("{gap} points", gap=_signed(gap)), f"({_p(fresh.p)})"]


def _signed(gap: float) -> str:
    return ("+" if gap > 0 else "−") + number(abs(gap), 2)


def _p(p: float) -> str:
    if math.isnan(p):
        return "–"
    real = p < 0.05
    said = f"p < {number(0.001)}" if p < 0.001 else f"p = {number(p, 2)}"
    return f"{said}, " + (_("real") if real else _("cannot tell"))
