"""The text being written: chips, the next token's bars, sampling cards, and the buttons that move it on."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chips import chips
from components.in_browser import component, surroundings
from components.language import _, number
from components.lesson import PageLesson
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
from core.language_models.catalogue import MAX_PROMPT, MODELS
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
        controls.steps(_("Tokens to write"), LENGTHS, 160, key="tg_length")
    with middle:
        seed = controls.number(_("Seed"), 0, 2**31 - 1, 1, key="tg_seed", step=1)
    prompt = controls.text(_("Beginning of the text"), DEFAULT_PROMPT, key="tg_prompt", max_chars=MAX_PROMPT)
    if not is_projected():
        _starters(lesson, model)
    of = [model, prompt, seed]
    if state()["of"] != of:
        stop()
        state().update(of=of, steps=[], picture=None, speed=None, chosen=None, picked=0, undone=0)
    return model, prompt


def _starters(lesson: PageLesson, model: str) -> None:
    """Show prompts to start from, good and bad; the one in the field is lit, with its sentence."""
    names = [f"{model}-{number}" for number in range(len(PROMPTS[model]))]
    prompts = dict(zip(names, PROMPTS[model], strict=True))
    key = f"tg-starters-{model}"
    matching = next((name for name, text in prompts.items() if text == st.session_state.get("tg_prompt")), None)
    st.session_state[key] = matching

    def apply() -> None:
        if (name := st.session_state[key]) is not None:
            controls.set_values({"tg_prompt": prompts[name]})

    st.pills(_("To start from"), names, key=key, format_func=lambda name: lesson.heading(f"prompt-{name}"),
             on_change=apply, label_visibility="collapsed")  # fmt: skip
    if matching:
        st.caption(lesson.body(f"prompt-{matching}"))


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
    ended = bool(state()["steps"]) and state()["picture"] and state()["steps"][-1]["token"] == state()["picture"]["end"]

    def ask(tokens: int) -> None:
        st.session_state[ASKED] = tokens

    length = int(st.session_state["tg_length"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(_("One token"), icon=":material/skip_next:", key="tg-step", on_click=ask, args=(1,),
                  disabled=live or ended)  # fmt: skip
        st.button(_("Write"), icon=":material/play_arrow:", type="primary", key="tg-run", on_click=ask, args=(length,),
                  disabled=live or ended)  # fmt: skip
        st.button(_("Stop"), icon=":material/stop:", key="tg-stop", on_click=stop, disabled=not live)
        st.button(_("Undo"), icon=":material/undo:", key="tg-undo", on_click=undo,
                  disabled=live or not state()["steps"])  # fmt: skip
        st.button(_("Start again"), icon=":material/restart_alt:", key="tg-clear", on_click=keep, args=(0,),
                  disabled=live or not state()["steps"])  # fmt: skip


def _say() -> None:
    """Say what the student must know: failures, the speed, a window that slides."""
    text, live = state(), st.session_state.get(LIVE)
    if failed := text.get("failed"):
        st.error(failed, icon=":material/error:")
        st.button(_("Try again"), key="tg-retry", on_click=lambda: text.pop("failed", None))
    picture: Picture | None = text["picture"]
    parts = []
    if live is not None and live.request.tokens:
        parts.append(_("The worker writes: {tokens} tokens", tokens=number(len(live.steps))))
    speed = live.speed if live is not None and live.steps else text["speed"]
    if speed:
        parts.append(_("{speed} tokens/s", speed=number(round(speed))))
    if picture:
        memory, length = number(round(picture["megabytes"], 1)), number(len(picture["ids"]))
        parts.append(_("{length} of {context} tokens of context", length=length, context=number(picture["context"])))
        parts.append(_("{memory} MB of weights", memory=memory))
    if not is_projected():
        st.caption(" · ".join(parts) or _("Loading the model…"))
    if picture and picture["window"]:
        forgotten = number(picture["window"])
        said = _("The context is full: the model no longer sees the first {forgotten} tokens.", forgotten=forgotten)
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
        "cut": _("Cuts %n tokens: %p of the probability."),
        "rest": _("the rest: %n tokens"),
        "entropy": _("Entropy %b bits: as open as a choice among %c equal tokens."),
        "end": _("⟨end of the text⟩"),
        "choose": _("Choose this token"),
        "nothing": _("Loading the model…"),
    }
