"""How a page keeps its experiments: it says what it shows, and the browser writes a row when that is worth one.

A page calls `keep` once in each run, where it knows its figures; nothing is seen of it:

    keep(
        STEM,
        control_names(),
        {"error": Figure(_("Validation error"), 100 * error, "%"), "seconds": Figure(_("Training time"), seconds, "s")},
        curves={"loss": thinned(_("Validation loss"), epochs, losses, _("epochs"), _("loss (nats)"))},
        seed="tvt_seed",
        news="" if run.recorded else run.run_id,
    )

The settings and their labels come from `components.controls` by themselves; the guess, the presets and the missions
from where they are made. The keeper in the browser writes a row at once when something was done: a training ended
(`news`), a preset or the question was played, a mission reached; else when the picture has rested for ten seconds on
settings that are not those it opens with. The same settings again bring their row up to date: a moved slider does not
flood.

Keep only what the page computes anyway. The server writes nothing, and forgets with the tab.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import controls, shown
from components.in_browser import component
from core.course import VERSION
from core.notebook.experiment import Curve, Experiment, Figure, Prediction, identity

STEM = "project"
"""The page that shows the notebook."""
CHOSEN = "curseurs: chosen experiments"
"""Where a session has the experiments that are chosen in the notebook: whose they are, and the rows."""
_SESSION = "curseurs: notebook"
_KEEPER = "keeper-notebook"
"""Begins the keys of what nobody sees; the style of `components.progress` takes it out of the flow."""


@dataclass
class _Shown:
    """What a part of the page shows."""

    by: tuple[str, ...]
    figures: Mapping[str, Figure]
    curves: Mapping[str, Curve]
    seed: str


@dataclass
class _Session:
    """What one tab has shown and done.

    Attributes:
        name: tells the keeper a new session from a new run; it says nothing of the student.
        stem: of the page that it is on.
        parts: what each part of that page shows.
        moment: counts the presets that were played and the missions that were reached.
        done: how often each part of each page has done something that is worth a row, whatever its settings.
        heard: trainings whose end was told already.
        guess: the last one: its page and part, how much that had done then, and the guess.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    stem: str = ""
    parts: dict[str, _Shown] = field(default_factory=dict)
    moment: int = 0
    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    heard: set[str] = field(default_factory=set)
    guess: tuple[str, str, int, Prediction] | None = None


def keep(
    stem: str,
    by: Iterable[str],
    figures: Mapping[str, Figure],
    *,
    curves: Mapping[str, Curve] | None = None,
    seed: str = "",
    news: str = "",
    part: str = "",
) -> None:
    """Say what the page shows now. Call it in every run that shows it, in a fragment too.

    Args:
        stem: of the page.
        by: keys of the controls that decide it, the seed's and the choice of the part among them: they are the row's
            settings and its link. What only changes how it is shown is not.
        figures: two or three real ones, by names that no language changes; not-a-number for a training that diverged.
        curves: by such names; `core.notebook.experiment.thinned` makes one.
        seed: key of the control that holds the seed, so that rows that differ in nothing else can be judged together.
        news: names a training that has ended, such as the id of its run: the first time that this session hears of it,
            a row is written at once. Leave it empty for what was recorded.
        part: of a page that has several experiments, each with rows of its own: the end of its heading's name in the
            lesson ("lab" of `{#text-lab}`); "" for the main picture.
    """
    session = _session()
    if session.stem != stem:
        session.stem, session.parts = stem, {}
    session.parts[part] = _Shown(tuple(by), figures, curves or {}, seed)
    if news and news not in session.heard:
        session.heard.add(news)
        session.done[stem, part] += 1
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:  # the router does not run with a fragment
        component("notebook/note")(key=f"{_KEEPER}-{part}", data={"note": _note(session, part)})


def moment() -> None:
    """Note that something was done that makes the settings that the page stands on worth a row."""
    _session().moment += 1


def predicted(stem: str, question: str, guess: str, *, right: bool, part: str = "") -> None:
    """Note a guess, before the page plays what was asked: it belongs to the experiment that is played now.

    Args:
        stem: of the page.
        question: as it was read.
        guess: the option that was chosen, as it was read.
        right: whether it comes so.
        part: of the page, as `keep` has it.
    """
    session = _session()
    session.done[stem, part] += 1
    session.guess = stem, part, session.done[stem, part], Prediction(question, guess, right)


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
    parts = session.parts if session.stem == stem else {}
    component("notebook/keeper")(key=_KEEPER, data={"notes": [_note(session, part) for part in parts]})


def forget() -> None:
    """Forget what this session knows of experiments, as the browser already has."""
    for key in (_SESSION, CHOSEN):
        st.session_state.pop(key, None)


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_SESSION, _Session())
    return found


def _note(session: _Session, part: str) -> dict[str, Any]:
    """Return what the keeper hears: the row, without the time and the place that the browser gives it."""
    stem, here, labels = session.stem, session.parts[part], shown.offered()
    settings, moved = controls.experiment(here.by)
    done = session.done[stem, part]
    is_guessed = session.guess is not None and session.guess[:3] == (stem, part, done)
    row = Experiment(
        id=identity(stem, part, {name: settings[name] for name in moved}),
        stem=stem,
        part=part,
        settings=settings,
        moved=tuple(moved),
        labels={name: labels[name] for name in settings if name in labels},
        seed=here.seed if here.seed in settings else "",
        figures=here.figures,
        curves=here.curves,
        prediction=session.guess[3] if session.guess is not None and is_guessed else None,
        version=VERSION,
    )
    return {"session": session.name, "moment": session.moment, "done": done, "row": row.to_json()}
