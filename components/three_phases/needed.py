"""How many votes it takes: what reward models from so many votes know of a taste, and what one's own foretell."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.answers import answered
from components.in_browser import component, surroundings
from components.language import _, number, percent
from components.three_phases.words import wanted_by
from core.files import Arrays
from core.intervals import wilson
from core.three_phases.asked import foretold
from core.three_phases.recorded import NUMBERS, VotesNeeded, decided, votes_needed
from core.three_phases.settings import NEITHER, OWN, AlignedSettings

ENOUGH = 20
"""Own votes from which on an interval is drawn: each is foretold from nearly the same others."""


def needed(settings: AlignedSettings, given: Arrays | None) -> None:
    """Show what was recorded of each taste, the chosen one first; of a student's own votes, what they foretell.

    Args:
        settings: of the alignment that is looked at.
        given: the model of phase 2 that the settings name, where it is the student's.
    """
    found = votes_needed()
    own = _own(settings, given) if settings.taste == OWN else None
    names = wanted_by()
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
            if points
        ],
        "votes": _decided(settings),
        "own": own if own is not None and own["votes"] >= ENOUGH else None,
        "said": _said_of_own(own) if settings.taste == OWN else _said(settings, found[settings.taste]),
        "labels": {
            "title": title,
            "votes": _("pairs in which one answer was preferred"),
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


def _decided(settings: AlignedSettings) -> int | None:
    """Return in how many of the pairs an answer is preferred; None where only the run itself will know."""
    if settings.taste == OWN:
        return sum(vote != NEITHER for vote in settings.chosen)
    return None if settings.start else decided()[settings.taste][settings.votes]


def _point(votes: int, mean: float, low: float, high: float) -> dict[str, float]:
    return {"votes": votes, "mean": mean, "low": low, "high": high}


def _said(settings: AlignedSettings, points: list[VotesNeeded]) -> str:
    """Return what the chosen pairs teach: as many of them as were recorded, at most as many as are decided."""
    votes = _decided(settings)
    if votes is None:
        return _("Recorded with answers of the recorded phase 2.")
    pairs = _("In {votes} of these {pairs} pairs an answer is preferred.", votes=number(votes),
              pairs=number(settings.votes))  # fmt: skip
    below = [each for each in points if each.votes <= votes]
    if not below:
        return " ".join([pairs, _("Too few to know anything for sure.")])
    point = max(below, key=lambda each: each.votes)
    learned = _(
        "From {votes} such votes, the reward model puts {share} of new pairs in this taste’s order: from {low} to"
        " {high}, nine times in ten.",
        votes=number(point.votes),
        share=percent(point.mean, 0),
        low=percent(point.low, 0),
        high=percent(point.high, 0),
    )
    return f"{pairs} {learned}"


def _said_of_own(own: dict[str, Any] | None) -> str:
    if own is None:
        return _("A worker computes…")
    right, votes = round(own["mean"] * own["votes"]), int(own["votes"])
    said = _("From your other votes, the reward model foretells {right} of your {votes}.", right=number(right),
             votes=number(votes))  # fmt: skip
    if votes < ENOUGH:
        more = _("With so few, random votes can do as well: go on to {number}.", number=number(ENOUGH))
        return f"{said} {more}"
    open_still = _(
        "That is {share}; the bar says what so few votes leave open: {low} to {high}.",
        share=percent(own["mean"], 0),
        low=percent(own["low"], 0),
        high=percent(own["high"], 0),
    )
    return f"{said} {open_still}"
