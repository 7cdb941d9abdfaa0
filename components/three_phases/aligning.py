"""Phase 3, live: votes on pairs of answers, a reward model, and a model that is pulled towards what is preferred."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from components import controls
from components.answers import answered
from components.in_browser import component, surroundings
from components.in_browser.told import count, told
from components.language import _, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.run_controls import say_settings_error
from components.three_phases.lab import Measure, lab
from components.three_phases.missions import seen
from components.three_phases.needed import needed
from components.three_phases.own import start
from components.three_phases.told import sample
from core.files import Arrays
from core.runs.run import Run
from core.three_phases.asked import SHIPPED, pairs
from core.three_phases.opening import PAIRS_SEED, TO_VOTE_ON
from core.three_phases.settings import METHODS, OWN, AlignedSettings, usual
from core.three_phases.tastes import TASTES
from core.training.frames import Frame
from core.training.settings import SettingsError

VOTE = "tp-vote"
_CAST = "tp: what this session has voted"
BETAS = [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0]
VOTES = [5, 10, 20, 40, 60, 100, 200, 400]
LEAST = 5
"""Own votes from which on a reward model can be learned."""
SAMPLES = 3
DEFAULTS = {"tp_taste": "short", "tp_votes": 60, "tp_method": "reinforce", "tp_beta": 0.3}
PRESETS: dict[str, dict[str, Any]] = {
    "leash": {},
    "friends": {"tp_taste": "friends"},
    "free": {"tp_beta": 0.0},
    "dpo": {"tp_method": "dpo", "tp_beta": 0.1},
}
"""Recorded alignments, by where they move the controls."""


def aligning(lesson: PageLesson) -> Run | None:
    """Show phase 3; return its run once it is finished."""
    lesson.words("text-aligning")
    control_presets(
        lesson, PRESETS, DEFAULTS, key="tp-alignments", section="aligning-", name=_("Alignments to start from")
    )
    names = taste_names()
    one, two, three, four = st.columns(4, gap="medium", vertical_alignment="bottom")
    with one:
        taste = controls.choice(
            _("Who votes"), [*TASTES, OWN], "short", key="tp_taste", kind="select", format_func=names.__getitem__
        )
    with two:
        votes = controls.steps(_("Votes"), VOTES, 60, key="tp_votes") if taste != OWN else 0
        if taste == OWN:
            st.caption(_("Your votes are below."))
    with three:
        methods = {"reinforce": "REINFORCE", "dpo": "DPO"}
        method = controls.choice(
            _("Method"), list(METHODS), "reinforce", key="tp_method", format_func=methods.__getitem__
        )
    with four:
        beta = controls.steps(_("Leash β to the model of phase 2"), BETAS, 0.3, key="tp_beta")
    begun_with = start()
    name, given = (begun_with.name, begun_with.arrays) if begun_with is not None else ("", None)
    chosen = own_votes(name, given) if taste == OWN else ()
    if taste == OWN and len(chosen) < LEAST:
        st.caption(_("Vote on {number} pairs at least, then align.", number=number(LEAST)))
        return None
    changed = {"chosen": chosen, "votes": len(chosen)} if taste == OWN else {"votes": votes}
    try:
        wanted = usual(method, beta=beta, taste=taste, start=name, **changed)
    except SettingsError as error:
        say_settings_error(error)
        return None
    run = lab("tp-aligning", wanted, measures(wanted), samples, _("Align: about a minute"), given)
    if run is not None:
        seen("aligning", wanted)
    needed(wanted, given)
    return run


def own_votes(name: str = "", given: Arrays | None = None) -> tuple[int, ...]:
    """Show pairs to vote on; return the votes so far: 0 for the first answer, 1 for the second.

    Args:
        name: of the student's own phase 2, which then writes the answers; the recorded one's without.
        given: that model, as a frame keeps it.
    """
    found = answered(
        "aligning-pairs", pairs, TO_VOTE_ON, PAIRS_SEED, *([name] if name else []), shipped=SHIPPED, given=given
    )
    if found is None:
        return ()
    key = f"{VOTE}-{name}" if name else VOTE  # other answers: the votes on the recorded ones stay theirs
    state = st.session_state.get(_CAST, {}).get(key, {"votes": "", "turn": 0})
    data = surroundings() | {
        "pairs": [{"asked": pair["asked"], "texts": [pair["first"], pair["second"]]} for pair in found],
        "state": state,
        "labels": {
            "better": _("Answer {side} is better", side="%s"),
            "counted": _("{number} votes", number="%n"),
            "quoted": _("“{text}”", text="%t"),
            "undo": _("Undo"),
            "done": _("You have voted on all pairs."),
        },
    }
    component("three_phases/vote")(key=key, data=data, on_state_change=partial(_cast, key))
    return tuple("ab".index(vote) for vote in state["votes"])


def _cast(key: str) -> None:
    """Keep the votes: another part of the page, or another voter, takes the component away with what it has told."""
    given = told(key, "state")
    cast: dict[str, dict[str, Any]] = st.session_state.setdefault(_CAST, {})
    cast[key] = {"votes": _read(given.get("votes")), "turn": count(given.get("turn")) or 0}


def _read(given: object) -> str:
    if not isinstance(given, str):
        return ""
    return "".join(vote for vote in given[:TO_VOTE_ON] if vote in "ab")


def taste_names() -> dict[str, str]:
    """Return what each voter is called."""
    return {
        "short": _("someone who likes short stories"),
        "happy": _("someone who likes joyful words"),
        "no_wolf": _("someone who is afraid of wolves"),
        "friends": _("someone who likes friendships"),
        OWN: _("me"),
    }


def measures(settings: AlignedSettings) -> list[Measure]:
    """Return what is drawn of an alignment."""
    still = _("What the grammar still knows as a story, at temperature 1.")
    found = [
        Measure("reward", _("Reward"), _("What the reward model gives, on average."), "number", -1.0, 2.0),
        Measure("kl", _("Distance"), _("KL to the model of phase 2, in nats per answer."), "number", 0.0, 10.0),
        Measure("recognised", _("Stories"), still, "share", 0.0, 1.0),
        Measure("length", _("Length"), _("Tokens of an answer."), "number", 0.0, 150.0),
    ]
    if settings.taste != OWN:
        worth = _("What the taste itself finds: the reward model never sees it.")
        found.insert(1, Measure("worth", _("True worth"), worth, "number", None, None))
    return found


def samples(frame: Frame) -> list[dict[str, Any]]:
    """Return the first answers of a moment."""
    return [sample(frame, at) for at in range(SAMPLES)]
