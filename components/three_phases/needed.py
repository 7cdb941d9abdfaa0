"""How many votes it takes: what reward models from so many votes know of a taste, and what one's own foretell."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.answers import answered
from components.in_browser import component, surroundings
from components.language import _, number, percent
from core.files import Arrays
from core.intervals import wilson
from core.three_phases.asked import foretold
from core.three_phases.recorded import NUMBERS, VotesNeeded, votes_needed
from core.three_phases.settings import OWN, AlignedSettings


def needed(settings: AlignedSettings, given: Arrays | None) -> None:
    """Show what was recorded of each taste, the chosen one first; of a student's own votes, what they foretell.

    Args:
        settings: of the alignment that is looked at.
        given: the model of phase 2 that the settings name, where it is the student's.
    """
    found = votes_needed()
    own = _own(settings, given) if settings.taste == OWN else None
    names = _names()
    title = _("How many votes does it take?")
    st.markdown(f"**{title}**")
    data = surroundings() | {
        "counts": NUMBERS,
        "tastes": [
            {
                "name": names[taste],
                "chosen": taste == settings.taste,
                "points": [_point(point.votes, point.mean, point.low, point.high) for point in points],
            }
            for taste, points in found.items()
        ],
        "votes": settings.votes,
        "own": own,
        "said": _said_of_own(own) if settings.taste == OWN else _said(found[settings.taste], settings.votes),
        "labels": {
            "title": title,
            "votes": _("votes that the reward model learned from"),
            "chance": _("a coin"),
        },
    }
    component("three_phases/needed")(key="tp-needed", data=data)


def _own(settings: AlignedSettings, given: Arrays | None) -> dict[str, float] | None:
    """Return what a student's votes foretell of each other; None while a worker computes."""
    found = answered("aligning-foretold", foretold, settings.to_json(), quiet=True, given=given)
    if not found:
        return None
    low, high = wilson(sum(found), len(found))
    return _point(len(found), sum(found) / len(found), low, high)


def _names() -> dict[str, str]:
    """Return what stands beside the curve of each taste."""
    return {
        "short": _("short stories"),
        "happy": _("joyful words"),
        "no_wolf": _("no wolf"),
        "friends": _("friendships"),
    }


def _point(votes: int, mean: float, low: float, high: float) -> dict[str, float]:
    return {"votes": votes, "mean": mean, "low": low, "high": high}


def _said(points: list[VotesNeeded], votes: int) -> str:
    """Return what the chosen number of votes teaches, or the nearest number below it that was recorded."""
    point = max((each for each in points if each.votes <= votes), key=lambda each: each.votes)
    return _(
        "With {votes} votes, the reward model puts {share} of new pairs in this taste’s order: from {low} to {high},"
        " nine times in ten.",
        votes=number(point.votes),
        share=percent(point.mean, 0),
        low=percent(point.low, 0),
        high=percent(point.high, 0),
    )


def _said_of_own(own: dict[str, Any] | None) -> str:
    if own is None:
        return _("A worker computes…")
    return _(
        "From your other votes, the reward model foretells {right} of your {votes}: {share}. The bar says what so few"
        " votes leave open: {low} to {high}.",
        right=number(round(own["mean"] * own["votes"])),
        votes=number(int(own["votes"])),
        share=percent(own["mean"], 0),
        low=percent(own["low"], 0),
        high=percent(own["high"], 0),
    )
