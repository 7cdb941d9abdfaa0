"""The laboratory of the page on the arena: from votes to a ranking, with voters whose taste is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.arena.kept import keep_lab
from components.in_browser import component, surroundings, told
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from core.arena import lab as room
from core.arena.presets import LAB
from core.arena.table import names as models

COMPONENT = "ar-lab"
MOST = 9_999
"""How often other votes and other orders can be asked for."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    last = len(models()) - 1
    own = {name: value for still in room.OWN.values() for name, value in still.items()}
    return {
        "view": ("order", controls.one_of(*room.VIEWS)),
        "votes": (10_000, controls.one_of(*room.VOTES)),
        "seed": (1, _whole(1, MOST)),
        "k": (own["k"], controls.one_of(*room.STAKES)),
        "order": (own["order"], _whole(0, MOST)),
        "ties": (own["ties"], controls.one_of(*room.TIES)),
        "bias": (own["bias"], controls.one_of(*room.BIASES)),
        "style": (own["style"], controls.boolean),
        "fakes": (own["fakes"], controls.one_of(*room.FAKES)),
        "helped": (1, _whole(0, last)),
        "against": ("all", controls.one_of("first", "all")),
        "dropped": (own["dropped"], controls.one_of(*room.DROPPED)),
        "lost": ("worst", controls.one_of(*room.LOSSES)),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"ar_lab_{name}", *limits) for name, limits in names().items()}


def lab_row(lesson: PageLesson) -> None:
    """Show the words of the laboratory, and what it can start from."""
    lesson.words("text-lab")
    presets(
        lesson,
        LAB,
        lit=standing_on({name: values(moved) for name, moved in LAB.items()}, values({})),
        apply=lambda name: controls.set_values(values(LAB[name])),
        key="ar-lab-presets",
        section="lab-",
        name=_("Experiments of the laboratory"),
    )


def lab(stem: str) -> None:
    """Show the laboratory.

    Args:
        stem: of the page.
    """
    here = state()
    data = surroundings() | {
        "names": models(),
        "strengths": room.strengths(),
        "verbosity": room.verbosity(),
        "choices": {
            "votes": room.VOTES, "k": room.STAKES, "ties": room.TIES, "bias": room.BIASES, "fakes": room.FAKES,
            "dropped": room.DROPPED,
        },
        "own": room.OWN,
        "state": {**here, "turn": turn(COMPONENT)},
        "plays": 0,
        "hidden": hidden(),
        "labels": _labels(),
    }  # fmt: skip
    component("arena/lab")(key=COMPONENT, data=data, on_state_change=_moved)
    keep_lab(stem, here)


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"ar_lab_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def hidden() -> list[str]:
    """Return which controls of the laboratory a teacher's link leaves out."""
    labels = _labels()
    sliders = {f"ar_lab_{name}": labels[name] for name in ("votes", "k", "ties", "bias", "fakes", "dropped")}
    buttons = {
        "ar_lab_order": labels["shuffle"],
        "ar_lab_seed": labels["again"],
        "ar_lab_style": labels["style"],
    }
    return shown.left_out(sliders | buttons)


def _whole(low: int, high: int) -> Callable[[str], int | None]:
    return lambda text: int(text) if low <= int(text) <= high else None


def _moved() -> None:
    told.take(st.session_state[COMPONENT].get("state"), names(), "ar_lab_")


def _labels() -> dict[str, Any]:
    return {
        "alt": _("The models of the laboratory, the truly best first, with what each method finds"),
        "place": _("Place"),
        "model": _("Model"),
        "scale": _("points: truth, Bradley–Terry and Elo"),
        "points": _("Points"),
        "legend": _("Places: Bradley–Terry’s, in colour where they are wrong. ❘ truth; ● Bradley–Terry, with its "
                    "interval of 95%; ◆ Elo, with its span over other orders"),
        "limit": _("; ○ Bradley–Terry with endlessly many of these votes"),
        "row": _("{model}: Bradley–Terry {points}, from {low} to {high}; Elo {elo}; truth {truth}",
                 model="%m", points="%p", low="%l", high="%h", elo="%e", truth="%t"),
        "view": _("What to change"),
        "views": {"order": _("Order"), "taste": _("Taste"), "cheat": _("Cheating"), "drop": _("Omission")},
        "votes": _("Votes in the whole arena"),
        "k": _("K: points at stake in a vote"),
        "ties": _("Ties between equals"),
        "bias": _("A longer answer is worth"),
        "fakes": _("Votes of a robot"),
        "dropped": _("Votes taken away"),
        "lost": _("Which ones"),
        "losses": {"worst": _("those that help the first most"), "chance": _("drawn by chance")},
        "votesValue": "%v",
        "kValue": "%v",
        "tiesValue": _("{share}%", share="%v"),
        "biasValue": _("{points} points", points="%v"),
        "fakesValue": "%v",
        "droppedValue": "%v",
        "shuffle": _("Shuffle the votes"),
        "again": _("Another arena"),
        "style": _("Take length into account (style control)"),
        "helped": _("The robot votes for"),
        "against": _("against"),
        "targets": {"first": _("the first"), "all": _("all the others")},
        "fitted": _("Bradley–Terry: {leader} leads. Right places: {right} of {all}. Interval: ±{reach} points on "
                    "average. Models that none is surely better than (rank 1): {first}.",
                    leader="%m", right="%n", all="%a", reach="%h", first="%f"),
        "elo": _("Elo: {leader} leads, and does in {orders} other orders of the same votes. Between its best order and "
                 "its worst, a model moves by {spread} points on average.", leader="%m", orders="%o", spread="%s"),
        "eloChanges": _("Elo: {leader} leads, but over {orders} other orders of the same votes {leaders} models do. "
                        "Between its best order and its worst, a model moves by {spread} points on average.",
                        leader="%m", orders="%o", leaders="%c", spread="%s"),
        "order": _("Shuffling changes no vote: Bradley–Terry does not move."),
        "taste": _("Gaps found: {share}% of the true ones.", share="%s") + "%b",
        "controlled": " " + _("A step of length is worth {points} points.", points="%b"),
        "cheat": _("Fake votes: {fakes}. {model} stands in place {rank}.", fakes="%f", model="%m", rank="%r"),
        "drop": _("Votes taken away, those that help the first most: {dropped} of {votes}. {leader} leads by {gap} "
                  "points; added up, what each lost vote weighs foretold {foretold} for the first of all votes. "
                  "Taken away, {fewest} votes are enough to change the first.",
                  leader="%m", gap="%g", dropped="%d", votes="%v", foretold="%p", fewest="%x"),
        "dropChance": _("Votes taken away by chance: {dropped} of {votes}. {leader} leads by {gap} points; with all "
                        "votes the first leads by {whole}. Well chosen, {fewest} votes are enough to change the first.",
                        leader="%m", gap="%g", dropped="%d", votes="%v", whole="%p", fewest="%x"),
    }  # fmt: skip
