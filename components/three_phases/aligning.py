"""Phase 3, live: votes on pairs of answers, a reward model, and a model that is pulled towards what is preferred."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from components import controls
from components.language import _, duration, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.run_controls import course_runs, say_settings_error
from components.three_phases.kept import keep_lab
from components.three_phases.lab import Beside, Measure, lab
from components.three_phases.missions import seen
from components.three_phases.needed import needed
from components.three_phases.own import start
from components.three_phases.told import sample
from components.three_phases.votes import own_votes
from components.three_phases.words import taste_names
from core.runs.run import Run
from core.three_phases.opening import VOTES
from core.three_phases.recorded import decided
from core.three_phases.settings import METHODS, NEITHER, OWN, AlignedSettings, usual
from core.three_phases.tastes import TASTES
from core.training.frames import Frame
from core.training.settings import SettingsError

BETAS = [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0]
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
    taste, votes, method, beta = _controls()
    begun_with = start()
    name, given = (begun_with.name, begun_with.arrays) if begun_with is not None else ("", None)
    chosen = own_votes(name, given) if taste == OWN else ()
    if (refusal := _refusal(taste, votes, chosen, is_recorded=not name)) is not None:
        st.info(refusal, icon=":material/how_to_vote:")
        return None
    changed = {"chosen": chosen, "votes": len(chosen)} if taste == OWN else {"votes": votes}
    try:
        wanted = usual(method, beta=beta, taste=taste, start=name, **changed)
    except SettingsError as error:
        say_settings_error(error)
        return None
    if method == "dpo" and beta == 0:
        st.info(
            _("With DPO, β = 0 wipes out the votes as well: the loss stays at 0.693, and nothing moves."),
            icon=":material/info:",
        )
    label = _("Align: about {time}", time=duration(_recorded(usual(method)).frames[-1].seconds))
    run = lab("tp-aligning", wanted, measures(wanted), samples, label, given, _beside(wanted))
    if run is not None:
        seen("aligning", wanted)
        keep_lab("aligning", run, measures(wanted), DEFAULTS)
    needed(wanted, given)
    return run


def _controls() -> tuple[str, int, str, float]:
    """Show who votes on how many pairs, the method and the leash; return what they say."""
    names = taste_names()
    one, two, three, four = st.columns([5, 4, 4, 4], gap="medium", vertical_alignment="bottom")
    with one:
        taste = controls.choice(
            _("Who votes"), [*TASTES, OWN], "short", key="tp_taste", kind="select", format_func=names.__getitem__
        )
    with two:
        votes = controls.steps(_("Pairs compared"), VOTES, 60, key="tp_votes") if taste != OWN else 0
        if taste == OWN:
            st.caption(_("Your votes are below."))
    with three:
        methods = {"reinforce": "REINFORCE", "dpo": "DPO"}
        method = controls.choice(
            _("Method"), list(METHODS), "reinforce", key="tp_method", format_func=methods.__getitem__
        )
    with four:
        beta = controls.steps(_("Leash β (0: none; large: short)"), BETAS, 0.3, key="tp_beta")
    return taste, votes, method, beta


def _refusal(taste: str, votes: int, chosen: tuple[int, ...], *, is_recorded: bool) -> str | None:
    """Return why nothing can be learned from these votes, or None."""
    if taste == OWN:
        cast = sum(vote != NEITHER for vote in chosen)
        return _("Prefer an answer in {number} pairs at least, then align.", number=LEAST) if cast < LEAST else None
    if is_recorded and not decided()[taste][votes]:
        return _("In these {pairs} pairs nothing is preferred: there is nothing to learn.", pairs=number(votes))
    return None


def _recorded(settings: AlignedSettings) -> Run:
    found = course_runs().find(settings)
    assert found is not None  # it is shipped
    return found


def _beside(wanted: AlignedSettings) -> Beside | None:
    """Return the run that the course begins with, to be drawn beside another one of the same taste."""
    leashed = AlignedSettings()
    if wanted == leashed or wanted.taste != leashed.taste:
        return None
    return Beside(_("grey: REINFORCE, β = {beta}", beta=number(leashed.beta)), _recorded(leashed))


def measures(settings: AlignedSettings) -> list[Measure]:
    """Return what is drawn of an alignment."""
    still = _("What the grammar still knows as a faultless story, at temperature 1.")
    obeyed = _("The story that was asked for: the price of alignment.")
    reward = _("What the reward model gives; 1 is a deviation between answers of phase 2.")
    found = [
        Measure("reward", _("Reward"), reward, "number", -1.0, 2.0),
        Measure("kl", _("Distance"), _("KL to the model of phase 2, in nats per answer."), "number", 0.0, 10.0),
        Measure("recognised", _("Stories"), still, "share", 0.0, 1.0),
        Measure("obeyed", _("Instructions obeyed"), obeyed, "share", 0.0, 1.0),
    ]
    if settings.taste != OWN:
        found.insert(1, Measure("worth", _("True worth"), worths()[settings.taste], "number", None, None))
    if settings.method == "dpo":
        loss = _("Of DPO: −ln σ(0) = ln 2 before the first update.")
        found.insert(0, Measure("running_loss", _("Loss"), loss, "number", 0.0, 0.8, (math.log(2), "ln 2")))
    return found


def worths() -> dict[str, str]:
    """Return what each taste counts: the reward model never sees it."""
    return {
        "short": _("What the taste counts: minus a tenth of the words."),
        "happy": _("What the taste counts: joyful words less sad ones."),
        "no_wolf": _("What the taste counts: −1 for a wolf."),
        "friends": _("What the taste counts: 1 for an end in friendship."),
    }


def samples(frame: Frame) -> list[dict[str, Any]]:
    """Return the first answers of a moment."""
    return [sample(frame, at) for at in range(SAMPLES)]
