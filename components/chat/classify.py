"""Ten messages to sort by a prompt: the mission of a prompt that makes no mistake."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chat.asked import button, watch
from components.chat.faults import sentence
from components.language import _
from components.lesson import PageLesson
from components.presets import presets
from components.run_controls import session_id
from core.chat import recorded
from core.chat.classifying import LANGUAGE, PLACE, Classifying, Row, rows
from core.chat.requests import How
from core.chat.servers import Server

MOST_PROMPT = 900
BEGINNINGS = ("naive", "few", "bare")
"""Recorded prompts that are offered; none of them is without a mistake."""
TRIED, _DONE = "chat: the prompt that is tried on the messages", "chat: a prompt has put every message right"


def classify(lesson: PageLesson, asked: Server, settings: How, refused: str) -> None:
    """Show the messages, a prompt for them, and what the model makes of each.

    Args:
        lesson: holds the words.
        asked: whom the prompt is tried on.
        settings: of the conversation above; here the likeliest answer counts.
        refused: why nobody can be asked.
    """
    lesson.words("text-classify")
    prompts = {row.name: row for row in recorded.mission() if row.language == LANGUAGE}
    presets(
        lesson,
        BEGINNINGS,
        lit=next((name for name in BEGINNINGS if prompts[name].prompt == _prompt(prompts["naive"].prompt)), None),
        apply=lambda name: controls.set_values({"chat_classify": prompts[name].prompt}),
        key="chat-classify-presets",
        section="classify-",
        name=_("Prompts to begin with"),
    )
    prompt = controls.lines(
        _("Prompt: {place} stands for the message", place=PLACE), prompts["naive"].prompt,
        key="chat_classify", max_chars=MOST_PROMPT, height=140,
    )  # fmt: skip
    tried: Classifying | None = st.session_state.get(TRIED)
    is_running = tried is not None and not tried.is_over
    if tried is not None and is_running:
        button(_("Stop"), "", tried.stop, key="chat-classify-start", icon=":material/stop:")
    else:
        button(
            _("Try it on the ten messages"), refused, _start, prompt, asked, key="chat-classify-start",
            icon=":material/play_arrow:", disabled=PLACE not in prompt,
        )  # fmt: skip
    if PLACE not in prompt:
        st.warning(_("Without {place} the model does not see the message.", place=PLACE))
    known = next((row for row in prompts.values() if row.prompt == prompt), None)

    def draw() -> None:
        if tried is not None and tried.prompt == prompt:
            _show(tried.rows, recorded_too=False)
            if tried.error is not None:
                st.error(sentence(tried.error))
            if tried.is_over:
                st.session_state[_DONE] = st.session_state.get(_DONE, False) or tried.score == len(tried.rows)
        elif known is not None:
            told = [Row(row.message, row.right, answer) for row, answer in zip(rows(), known.answers, strict=True)]
            _show(told, recorded_too=True)
        else:
            _show(rows(), recorded_too=False)

    watch(lambda: tried is not None and not tried.is_over, draw)


def has_classified() -> bool:
    """Whether a prompt that was tried in this session put every message under its label."""
    return bool(st.session_state.get(_DONE, False))


def _prompt(default: str) -> str:
    given: str = st.session_state.get("chat_classify", default)
    return given


def _start(prompt: str, asked: Server) -> None:
    if (before := st.session_state.get(TRIED)) is not None:
        before.stop()
    st.session_state[TRIED] = tried = Classifying(prompt)
    tried.start(session_id(), asked)


def _show(told: list[Row], *, recorded_too: bool) -> None:
    """Show each message, its label, and the answer: as text, whatever the model wrote."""
    lines = []
    for row in told:
        mark = "·" if row.answer is None else "✓" if row.is_right else "✗"
        lines.append(f"{mark} {row.right:8}  {row.message}")
        if row.answer is not None:
            lines.append(f"{'':12}→ {' '.join(row.answer.split())}")
    st.code("\n".join(lines), language=None, wrap_lines=True)
    done = [row for row in told if row.answer is not None]
    if done:
        said = _("{right} messages of {all} under their label", right=sum(row.is_right for row in done), all=len(told))
        origin = _("recorded")
        st.markdown(f"**{said}**" + (f" ({origin})" if recorded_too else ""))
