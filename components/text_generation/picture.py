"""The text being written: chips, the next token's bars, sampling cards, and the buttons that move it on."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chips import chips
from components.in_browser import component, surroundings
from components.language import _, _n, data_size, number
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.projection import is_projected
from components.text_generation.state import (
    ASKED,
    BARS,
    CHIPS,
    LIVE,
    act,
    keep,
    picked,
    read_sampling,
    sampled,
    state,
    stop,
    take_over,
    undo,
    went_back,
)
from core import limits
from core.language_models.catalogue import MODELS
from core.language_models.sampling import Sampling
from core.language_models.writings import Picture, Writing, Written
from core.text_generation.prompts import PROMPTS

DEFAULT_PROMPT = PROMPTS["mini"][0]
LENGTHS = [20, 40, 80, 160, 320]
ENOUGH = 20
"""Tokens after which a text that the student bent counts as another story."""


def prompt_and_model(lesson: PageLesson, ready: list[str]) -> tuple[str, str]:
    """Show the choice of model and prompt; return both."""
    left, middle, right = st.columns([4, 2, 3], vertical_alignment="bottom", gap="medium")
    with left:
        names = {name: about.name for name, about in MODELS.items()}
        model = controls.choice(
            _("Model"), ready, "mini", key="tg_model", format_func=names.__getitem__, label_visibility="collapsed"
        )
    with right:
        most = limits.current().tokens
        controls.steps(
            _("Tokens to write"), [length for length in LENGTHS if length <= most], min(most, 160), key="tg_length"
        )
    with middle:
        seed = controls.number(_("Seed"), 0, 2**31 - 1, 1, key="tg_seed", step=1)
    prompt = controls.text(
        _("Beginning of the text"), DEFAULT_PROMPT, key="tg_prompt", max_chars=limits.current().prompt
    )
    if not is_projected():
        _starters(lesson, model)
    of = [model, prompt, seed]
    if state()["of"] != of:
        stop()
        state().update(of=of, steps=[], picture=None, speed=None, picked=0)
    return model, prompt


def _starters(lesson: PageLesson, model: str) -> None:
    """Show prompts to start from, good and bad."""
    prompts = {f"{model}-{place}": {"tg_prompt": text} for place, text in enumerate(PROMPTS[model])}
    presets(
        lesson,
        prompts,
        lit=standing_on(prompts, {"tg_prompt": DEFAULT_PROMPT}),
        apply=lambda name: controls.set_values(prompts[name]),
        key=f"tg-starters-{model}",
        section="prompt-",
    )


def writer(lesson: PageLesson, model: str, prompt: str) -> None:
    """Show the text and its next choice; while a worker writes, the picture follows by itself."""
    live: Writing | None = st.session_state.get(LIVE)
    running = live is not None and not live.over

    @st.fragment(run_every=0.25 if running else None)
    def following() -> None:
        now: Writing | None = st.session_state.get(LIVE)
        if now is not None and now.over:
            take_over(now)
            if running:
                st.rerun()
        how = read_sampling()
        act(model, prompt, how)
        _buttons(model, prompt, how)
        _say()
        _show(how)
        lesson.mission("branch", state()["picked"] > 0 and len(state()["steps"]) >= ENOUGH)

    following()


def _buttons(model: str, prompt: str, how: Sampling) -> None:
    live = st.session_state.get(LIVE) is not None
    text = state()
    ended = bool(text["steps"]) and text["picture"] and text["steps"][-1]["token"] == text["picture"]["end"]
    nothing_to_undo = live or not text["steps"]
    length = int(st.session_state["tg_length"])

    def ask(tokens: int) -> None:
        st.session_state[ASKED] = tokens

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            _("One token"),
            icon=":material/skip_next:",
            key="tg-step",
            on_click=ask,
            args=(1,),
            disabled=live or ended,
        )
        st.button(
            _("Write"),
            icon=":material/play_arrow:",
            type="primary",
            key="tg-run",
            on_click=ask,
            args=(length,),
            disabled=live or ended,
        )
        st.button(_("Stop"), icon=":material/stop:", key="tg-stop", on_click=stop, disabled=not live)
        st.button(_("Undo"), icon=":material/undo:", key="tg-undo", on_click=undo, disabled=nothing_to_undo)
        st.button(
            _("Start again"),
            icon=":material/restart_alt:",
            key="tg-clear",
            on_click=keep,
            args=(0,),
            disabled=nothing_to_undo,
        )


def _say() -> None:
    """Say what the student must know: failures, the speed, a window that slides."""
    text, live = state(), st.session_state.get(LIVE)
    if failed := text.get("failed"):
        st.error(failed, icon=":material/error:")
        st.button(_("Try again"), key="tg-retry", on_click=lambda: text.pop("failed", None))
    picture: Picture | None = text["picture"]
    parts = []
    if live is not None and live.request.tokens:
        parts.append(_n("The worker writes: {count} token", "The worker writes: {count} tokens", len(live.steps)))
    speed = live.speed if live is not None and live.steps else text["speed"]
    if speed:
        parts.append(_n("{count} token/s", "{count} tokens/s", round(speed)))
    if picture:
        length, context = number(len(picture["ids"])), picture["context"]
        parts.append(
            _n("{length} of {count} token of context", "{length} of {count} tokens of context", context, length=length)
        )
        parts.append(_("{size} of weights", size=data_size(picture["megabytes"] * 1e6)))
    if not is_projected():
        st.caption(" · ".join(parts) or _("Loading the model…"))
    if picture and picture["window"]:
        said = _n(
            "The context is full: the model no longer sees the first token.",
            "The context is full: the model no longer sees the first {count} tokens.",
            picture["window"],
        )
        st.warning(said, icon=":material/visibility_off:")


def _show(how: Sampling) -> None:
    text, live = state(), st.session_state.get(LIVE)
    steps: list[Written] = [*text["steps"], *(live.steps if live is not None else [])]
    picture: Picture | None = text["picture"]
    chips(text["of"][1], steps, key=CHIPS, on_chosen=went_back if live is None else None)
    data = surroundings() | {
        "sampling": how.to_json(),
        "logits": picture["logits"] if picture else "",
        "highest": picture["highest"] if picture else 0.0,
        "vocabulary": picture["vocabulary"] if picture else {},
        "written": picture["ids"] if picture else [],
        "end": picture["end"] if picture else -1,
        "choosable": live is None and picture is not None,
        "labels": bar_labels(),
    }
    component("text_generation/next_token")(key=BARS, data=data, on_sampling_change=sampled, on_token_change=picked)


def bar_labels() -> dict[str, str]:
    """Return the words of the bars and cards."""
    return {
        "temperature": _("1 · Temperature"),
        "top_k": _("2 · Top-k"),
        "top_p": _("3 · Top-p"),
        "min_p": _("4 · Min-p"),
        "repetition_penalty": _("0 · Repetition penalty"),
        "advanced": _("Advanced: min-p, repetition penalty"),
        "next": _("The next token (bar: after the settings; line: the model itself)"),
        "all": _("all"),
        "idle": _("Changes nothing."),
        "keeps": _("Cuts nothing, but changes the probabilities."),
        "cut": _("Tokens cut: %n, %p of the probability."),
        "rest": _("the rest: %n tokens"),
        "entropy": _("Entropy %b bits: as open as a choice among %c equal tokens."),
        "end": _("⟨end of the text⟩"),
        "choose": _("Choose this token"),
        "nothing": _("Loading the model…"),
    }
