"""The picture of the page on the arena: its table as dots with intervals, and a duel between two of its models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.arena.state import COMPONENT, hidden, moved
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _, date_in_words
from components.lesson import PageLesson
from core.arena.duel import ARENAS, RUNGS
from core.arena.table import AUGUST, MAY, OPEN, Entrant, entrants


def show_picture(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show the table and the duel.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
    """
    data = surroundings() | {
        "rows": [
            {
                "name": each.name,
                "rating": each.row.rating,
                "low": each.row.lower,
                "high": each.row.upper,
                "may": each.may,
                "votes": each.row.votes,
                "about": about(each),
            }
            for each in entrants()
        ],
        "rungs": RUNGS,
        "arenas": ARENAS,
        "state": {**here, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(),
    }
    component("arena/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def about(each: Entrant) -> str:
    """Return who made a model, under which licence, and when its training data end."""
    row = each.row
    return _(
        "{model}: {organisation}, {licence}, data until {cutoff}",
        model=each.model,
        organisation=row.organisation,
        licence=licence(row.licence),
        cutoff=cutoff(row.cutoff),
    )


def licence(printed: str) -> str:
    """Return a licence as the table prints it, in the page's language."""
    if printed == "Proprietary":
        return _("proprietary")
    return _("weights to download ({licence})", licence=printed) if printed in OPEN else printed


def cutoff(printed: str) -> str:
    """Return when training data end, as the table prints it, in the page's language."""
    return {"Unknown": _("unknown"), "Online": _("searches the web")}.get(printed, printed)


def _labels() -> dict[str, str]:
    return {
        "alt": _("The models of the arena, the best first: choose two for a duel"),
        "empty": "",
        "model": _("Model"),
        "ratings": _("points, with the interval of 95%"),
        "rating": _("Points"),
        "votes": _("Votes"),
        "between": _("Votes between the two"),
        "again": _("Other votes"),
        "legend": _("● {august}, printed by the arena; ○ {may}, the course’s table",
                    august=date_in_words(AUGUST.isoformat()), may=date_in_words(MAY.isoformat())),
        "count": _("{won} votes out of {votes} for {name}.", won="%w", votes="%v", name="%n"),
        "estimate": _("Gap: {gap} points, between {low} and {high}.", gap="%g", low="%l", high="%h"),
        "waits": _("{first} against {second}: who wins how often?", first="%a", second="%b"),
        "arenas": _("The gap in {arenas} arenas of {votes} votes (thick: the one above)", arenas="%a", votes="%v"),
        "equal": _("equal"),
        "points": _("{points} points", points="%p"),
        "chart": _("The gap that each arena measures, with its interval of 95%."),
        "verdict": _("Arenas that can tell which one is better: {good} of {arenas}.", good="%k", arenas="%a"),
        "verdictWrong": _(
            "Arenas that can tell which one is better: {good} of {arenas}; that are sure of the wrong one: {wrong}.",
            good="%k", arenas="%a", wrong="%w",
        ),
        "verdictEqual": _("They are equal. Arenas that announce a winner all the same: {good} of {arenas}.",
                          good="%k", arenas="%a"),
    }  # fmt: skip
