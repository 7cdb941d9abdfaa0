"""The chosen point of the curves, measured now on a worker, beside what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.answers import answered, known, waits
from components.language import _, percent
from components.ways_to_train.missing import missing
from core.ways_to_train import live
from core.ways_to_train.recorded import chosen, right_share, wording_of

_WANTED = "ways: the point that is to be measured"


def point(here: Mapping[str, Any]) -> None:
    """Show the button that measures the chosen point, or what was measured.

    Args:
        here: where the picture stands.
    """
    asked = _asked(here)
    found = known(live.point, *asked)
    if found is None and st.session_state.get(_WANTED) == asked:
        found = answered("point", live.point, *asked, quiet=True)
        if waits("point"):
            st.caption(_("A worker measures this point…"))
    if found is None:
        why = missing() if here["way"].endswith("shot") else ""
        st.button(
            _("Measure this point now"),
            icon=":material/timer:",
            key="ways-point",
            on_click=_want,
            args=(asked,),
            disabled=bool(why) or waits("point"),
            help=why or None,
        )
        return
    name = "calibrated" if here["way"].endswith("shot") and here["calibrated"] else "accuracy"
    said = _(
        "Measured here: {now} right; recorded: {then}.",
        now=percent(found[name], 1),
        then=percent(right_share(chosen()[curve_of(here)], 0 if asked[1] == 0 else here["examples"], here["draw"]), 1),
    )
    st.caption(f":material/memory: {said}")


def _asked(here: Mapping[str, Any]) -> tuple[str, int, int, int]:
    """Return the arguments of `live.point`: way, labelled words, seed, wording."""
    way, draw = here["way"], here["draw"]
    return (way, 0, 1, wording_of(draw)) if way == "zero_shot" else (way, here["examples"], draw + 1, 0)


def curve_of(here: Mapping[str, Any]) -> str:
    """Return the name of the recorded curve that the picture stands on."""
    way: str = here["way"]
    return f"{way} raw" if way.endswith("shot") and not here["calibrated"] else way


def _want(asked: tuple[str, int, int, int]) -> None:
    st.session_state[_WANTED] = asked
