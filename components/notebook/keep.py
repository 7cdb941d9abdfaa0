"""How a page keeps its experiments: it says what it shows, and the browser writes a row when that is worth one.

A page calls `keep` once in each run, where it knows its figures, and shows nothing for it:

    keep(
        STEM,
        {"error": Figure(_("Validation error"), 100 * run.final("error"), "%"),
         "seconds": Figure(_("Training time"), run.seconds, "s")},
        curves={"loss": thinned(_("Validation loss"), epochs, losses, _("epochs"), _("loss (nats)"))},
        seed="tvt_seed",
        news="" if run.recorded else run.run_id,
    )

Settings, link and labels come from `components.controls` by themselves; the guess, the presets and the missions from
where they are made. The keeper in the browser writes a row at once when something was done: a training ended (`news`),
a preset or the question was played, a mission reached; else when the picture has rested for ten seconds on settings
that are not the page's own. The same link again brings its row up to date, so that a moved slider does not flood.

Only what the page computes anyway is kept. The server writes nothing, and forgets with the tab.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import controls, shown
from components.in_browser import component
from core.course import VERSION
from core.notebook.experiment import Curve, Experiment, Figure, Prediction, identity

_SESSION = "curseurs: notebook"
_KEEPER = "keeper-notebook"
"""Begins the keys of what nobody sees; the style of `components.progress` takes it out of the flow."""
_VIEWS = ("order",)
"""What no experiment depends on, on any page."""


@dataclass
class _Part:
    figures: Mapping[str, Figure]
    curves: Mapping[str, Curve]
    seed: str
    views: tuple[str, ...]


@dataclass
class _Session:
    """What one tab has shown of the page that it is on.

    Attributes:
        name: tells the keeper a new session from a new run; it says nothing of the student.
        stem: of the page.
        parts: what each of its parts shows.
        moment: counts what was done, on any page.
        heard: trainings whose end was told already.
        predicted: the moment of a guess, its page, and the guess.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    stem: str = ""
    parts: dict[str, _Part] = field(default_factory=dict)
    moment: int = 0
    heard: set[str] = field(default_factory=set)
    predicted: tuple[int, str, Prediction] | None = None


def keep(
    stem: str,
    figures: Mapping[str, Figure],
    *,
    curves: Mapping[str, Curve] | None = None,
    seed: str = "",
    news: str = "",
    views: Iterable[str] = (),
    part: str = "",
) -> None:
    """Say what the page shows now. Call it in every run that shows it, in a fragment too; it shows nothing itself.

    Args:
        stem: of the page.
        figures: two or three real ones, by names that no language changes; not-a-number for a training that diverged.
        curves: by such names; `core.notebook.experiment.thinned` makes one.
        seed: key of the control that holds the seed, so that rows that differ in nothing else can be judged together.
        news: names a training that has ended, such as the id of its run: the first time that this session hears of it,
            a row is written at once. Leave it empty for what was recorded.
        views: keys of controls that only change how it is shown; a row does not depend on them.
        part: of a page whose parts keep figures of their own; the page's main picture has none, and comes first.
    """
    session = _session()
    if session.stem != stem or not part:
        session.stem, session.parts = stem, {}
    session.parts[part] = _Part(figures, curves or {}, seed, tuple(views))
    if news and news not in session.heard:
        session.heard.add(news)
        session.moment += 1
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:  # the router does not run with a fragment
        component("notebook/note")(key=f"{_KEEPER}-{part}", data={"note": _note(session)})


def moment() -> None:
    """Note that something was done that makes what the page shows worth a row, whatever it will show."""
    _session().moment += 1


def predicted(stem: str, question: str, guess: str, *, right: bool) -> None:
    """Note a guess, before the page plays what was asked: it belongs to the experiment that is played now.

    Args:
        stem: of the page.
        question, guess: as they were read.
        right: whether it comes so.
    """
    session = _session()
    session.moment += 1
    session.predicted = (session.moment, stem, Prediction(question, guess, right))


def begin_page(stem: str) -> None:
    """Forget what the page before has shown. The router calls this before each page."""
    session = _session()
    session.stem, session.parts = stem, {}


def keeper(stem: str) -> None:
    """Hand over to the browser what the page has shown. The router calls this at the end of every run.

    Args:
        stem: of the page; one that keeps nothing ends what waited there to be kept.
    """
    session = _session()
    note = _note(session) if session.stem == stem and session.parts else None
    component("notebook/keeper")(key=_KEEPER, data={"note": note})


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_SESSION, _Session())
    return found


def _note(session: _Session) -> dict[str, Any]:
    """Return what the keeper hears: the row, without the time and the place that the browser gives it."""
    settings, moved = controls.experiment()
    parts = list(session.parts.values())
    views = {*_VIEWS, f"{session.stem}_code", *(name for each in parts for name in each.views)}
    settings = {name: value for name, value in settings.items() if name not in views}
    moved = [name for name in moved if name in settings]
    labels = shown.offered()
    prediction = None
    if session.predicted is not None and session.predicted[:2] == (session.moment, session.stem):
        prediction = session.predicted[2]
    row = Experiment(
        id=identity(session.stem, {name: settings[name] for name in moved}),
        stem=session.stem,
        settings=settings,
        moved=tuple(moved),
        labels={name: labels[name] for name in settings if name in labels},
        seed=next((each.seed for each in parts if each.seed in settings), ""),
        figures={name: figure for each in parts for name, figure in each.figures.items()},
        curves={name: curve for each in parts for name, curve in each.curves.items()},
        prediction=prediction,
        version=VERSION,
    )
    return {"session": session.name, "moment": session.moment, "row": row.to_json()}
