"""The picture of the page: an agent at any age of its training, flown, judged, and beside its memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.dqn.drawn import curve, drawn
from components.dqn.state import COMPONENT, hidden, moved
from components.in_browser import component, nothing, surroundings, transport_labels
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from core.dqn.rules import SMALL, situations
from core.dqn.settings import DqnSettings
from core.runs.run import Run
from core.training.frames import Frame


def show_picture(
    lesson: PageLesson,
    here: Mapping[str, Any],
    settings: DqnSettings,
    frames: Sequence[Frame],
    *,
    run: Run | None,
    pinned: Run | None,
) -> None:
    """Show a training: finished, as it grows, or its empty axes.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
        settings: of the training.
        frames: those there are.
        run: the whole run, if it is over.
        pinned: the run that it is compared with.
    """
    is_other = (
        pinned is not None and pinned.settings != settings and pinned.settings.to_json()["world"] == settings.world
    )
    data = surroundings() | drawn(settings, frames, run)
    data |= {
        "pinned": [curve(pinned.measured)] if is_other and pinned is not None else [],
        "situations": situations(SMALL),
        "state": {**here, "turn": turn(COMPONENT)},
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": labels(),
    }
    component("dqn/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def labels() -> dict[str, Any]:
    """Return the picture's words."""
    moment = _("Move of the flight")
    return _words_of_chart() | {
        "transport": transport_labels(moment, back=_("One move back"), forward=_("One move forward")),
        "gridAlt": _("The city from above: drone, parcel, zone, and in each cell an arrow for the best action."),
        "move": _("move {number}", number="%n"),
        "outcomes": {"took": _("parcel taken"), "delivered": _("delivered!"), "crashed": _("crash")},
        "pace": _("Speed"),
        "paces": {"slow": _("slow"), "usual": _("normal"), "fast": _("fast")},
        "elsewhere": _("Another start"),
        "valuesTitle": _("What each action is worth here, by the network"),
        "actions": [_("go left"), _("go down"), _("go right"), _("go up"), _("stay")],
        "trulyBest": _("truly the best, by value iteration"),
        "memory": _("Memory: {moments} moments", moments="%n"),
        "drawn": _(
            "Lit: a batch of {moments}, with {delivered} deliveries and {crashed} crashes.",
            moments="%n", delivered="%d", crashed="%c",
        ),
        "nothingYet": _("Nothing has been lived through yet."),
        "again": _("Draw another batch"),
    }  # fmt: skip


def _words_of_chart() -> dict[str, str]:
    return {
        "chartTitle": _("Reward for 100 moves, without random ones"),
        "chartAlt": _("Reward for 100 moves against the moves learned from, between random moves and the optimum."),
        "movesAxis": _("moves learned from"),
        "age": _("Age of the agent"),
        "moves": _("after {moves} moves", moves="%n"),
        "line_best": _("optimum"),
        "line_random": _("at random"),
        "line_pinned": _("the course’s"),
        "verdict": _(
            "After {moves} moves: {delivered} deliveries and {crashed} crashes for 100 moves.",
            moves="%m", delivered="%d", crashed="%c",
        ),
        "noAge": _("No agent to look at yet."),
    }  # fmt: skip
