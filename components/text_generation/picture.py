"""The text being written: its tokens, the next choice, the settings of sampling and the buttons, in one picture."""

from __future__ import annotations

import streamlit as st

from components import glossary, shown
from components.chips import groups
from components.in_browser import component, nothing, surroundings
from components.language import _, _n
from components.lesson import PageLesson
from components.text_generation.kept import keep_text
from components.text_generation.state import (
    LIVE,
    PICTURE,
    act,
    acted,
    is_busy,
    is_ended,
    read_sampling,
    sampled,
    state,
    take_over,
    told,
)
from core.language_models import writings
from core.language_models.graphemes import group
from core.language_models.sampling import Sampling
from core.language_models.writings import Picture, Request, Writing, Written

_PARTS = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty")


def picture(lesson: PageLesson, request: Request) -> None:
    """Show the text and its next choice; while a worker writes, the picture follows by itself."""
    running = is_busy()
    begun = (lesson.asked.is_settled, state()["run"])

    @st.fragment(run_every=0.25 if running else None)
    def following() -> None:
        now: Writing | None = st.session_state.get(LIVE)
        if now is not None and now.over:
            take_over(now)
        how = read_sampling()
        asked = Request(request.model, request.prompt, (), how, request.seed)
        act(asked)
        _show(lesson, asked, how)
        keep_text(lesson.stem, asked)
        _warn()
        if running and not is_busy():
            st.rerun()
        if (lesson.asked.is_watching and lesson.has_played(PICTURE)) or _rests_anew(begun):
            st.rerun()

    following()


def _rests_anew(begun: tuple[bool, int]) -> bool:
    """Whether a text came to its rest since the page was drawn: the rest of the page is to hear of it, once."""
    text = state()
    mark = (text["run"], len(text["steps"]))
    if text["playing"] or st.session_state.get("tg: rested") == mark:
        return False
    st.session_state["tg: rested"] = mark
    return begun[1] > 0 or text["run"] > 0 or bool(text["by_hand"])


def _warn() -> None:
    """Say under the picture what the student must know: failures, a window that slides."""
    text = state()
    if failed := text.get("failed"):
        st.error(failed, icon=":material/error:")
        st.button(_("Try again"), key="tg-retry", on_click=lambda: text.pop("failed", None))
    picture: Picture | None = text["picture"]
    if picture and picture["window"]:
        said = _n(
            "The context is full: the model no longer sees the first token.",
            "The context is full: the model no longer sees the first {count} tokens.",
            picture["window"],
        )
        st.warning(said, icon=":material/visibility_off:")


def _show(lesson: PageLesson, request: Request, how: Sampling) -> None:
    text, live = state(), st.session_state.get(LIVE)
    steps: list[Written] = [*text["steps"], *(live.steps if live is not None else [])]
    known: Picture | None = text["picture"] if live is None else None
    text["end"] = end = known["end"] if known else text.get("end", -1)
    ten = {"prompt": request.prompt, "told": _words(request)} if text["ten"] else None
    before = known["ids"][: len(known["ids"]) - len(steps)] if known else []
    words = labels()
    data = surroundings() | {
        "groups": groups(request.prompt, [(step["bytes"], step["probability"]) for step in steps]),
        "tokens": len(steps),
        "run": text["run"],
        "from": text["since"],
        "more": live is not None,
        "playing": text["playing"],
        "choices": [step["choice"] for step in steps[text["since"] :]] if text["playing"] else [],
        "logits": known["logits"] if known else "",
        "highest": known["highest"] if known else 0.0,
        "vocabulary": known["vocabulary"] if known else {},
        "written": [*before, *(step["token"] for step in steps)],
        "end": end,
        "ready": known is not None,
        "ended": live is None and is_ended(),
        "sampling": how.to_json(),
        "said": _said(known, live),
        "ten": ten,
        "plays": lesson.plays,
        "hidden": _hidden(),
        "labels": words,
        "terms": glossary.in_picture(PICTURE, " · ".join(words[name] for name in (*_PARTS, "entropy"))),
    }
    component("text_generation/picture")(
        key=PICTURE, data=data, on_act_change=acted, on_sampling_change=sampled, on_seen_change=nothing
    )


def _words(request: Request) -> list[list[str]]:
    return [[item.shown for item in group([bytes.fromhex(piece) for piece in text])] for text in told(request)]


def _said(known: Picture | None, live: Writing | None) -> str:
    """Return the line beside the buttons; the browser puts the number of tokens that are seen at `%n`."""
    if known is None and (live is None or not live.request.tokens or not live.steps):
        return _("The model is loading…")
    return _("%n tokens")


def _hidden() -> list[str]:
    names = labels()
    parts = {f"tg_{part}": names[part] for part in _PARTS} | {"tg_buttons": _("Buttons of the text")}
    return [key for key, label in parts.items() if not shown.is_shown(key, label)]


def labels() -> dict[str, str]:
    """Return the words of the picture."""
    return {
        "text": _("The text: its tokens, coloured by their probability"),
        "empty": _("Nothing yet: the model can begin a text by itself."),
        "given": _("Your text"),
        "first": "",
        "probability": _("probability %p; click to go back to this choice"),
        "tokens": _("%n tokens for one character"),
        "many": _("%n tokens"),
        "single": _("1 token"),
        "step": _("One token"),
        "write": _("Write"),
        "stop": _("Stop"),
        "fast": _("Fast"),
        "undo": _("Undo"),
        "clear": _("Start again"),
        "ten": _("Ten times"),
        "one": _("One story"),
        "same": _("= the same"),
        "other": _("≠ another"),
        "temperature": _("1 · Temperature"),
        "top_k": _("2 · Top-k"),
        "top_p": _("3 · Top-p"),
        "min_p": _("4 · Min-p"),
        "repetition_penalty": _("0 · Repetition penalty"),
        "advanced": _("Advanced: min-p, repetition penalty"),
        "next": _("The next token"),
        "more": _("More tokens and settings"),
        "bars": _("bar: after the settings; line: the model itself"),
        "all": _("all"),
        "idle": _("Changes nothing."),
        "keeps": _("Cuts nothing, only reshapes."),
        "cut": _("Cuts %n tokens: %p."),
        "rest": _("%n others"),
        "entropy": _("Entropy %b bits: as open as %c equal tokens."),
        "end": _("⟨end of the text⟩"),
        "choose": _("Choose this token"),
        "finished": _("The text is finished: there is no next token. Click a token to go back to its choice."),
        "nothing": _("The model is loading…"),
    }


def warm(model: str) -> None:
    """Have the model loaded on every worker while the student looks at what is recorded."""
    if model == "mini":
        writings.warm(model)
