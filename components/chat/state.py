"""Where the page on talking with a model stands: the settings, in the address; the conversation, in the session.

Neither what a student writes nor a key is ever in the address.
"""

from __future__ import annotations

from math import log
from typing import Any

import streamlit as st

from components import controls
from components.language import _, number
from components.run_controls import session_id
from core.chat.answering import State
from core.chat.answers import Answer, Piece, Token
from core.chat.conversation import Conversation, Turn
from core.chat.memory import Memory
from core.chat.presets import COLD, PRESETS, recorded
from core.chat.requests import How
from core.chat.servers import EMBEDDED
from core.chat.told import received_from_json

COMPONENT = "chat-picture"
MOST_SYSTEM = 1_000
"""Characters of a system message."""
TEMPERATURES = tuple(tenth / 10 for tenth in range(21))
SHARES = tuple(twentieth / 20 for twentieth in range(1, 21))
TOKENS = (20, 40, 60, 120, 160, 320)
WINDOWS = (0, 128, 256, 512, 1_024)
"""Windows that can be chosen; 0 is the model's own."""
FIRST = "name"
_TALK, _OPENED = "chat: what this session talks about", "chat: the recorded conversation that it began with"
_MEMORY = "chat: what this session remembers of the student"
_LEAST = 1e-9


def conversation() -> Conversation:
    """Return the conversation of this session; a new one is the recorded one that the address names."""
    name = controls.in_url("chat_open", FIRST, controls.one_of(*PRESETS))
    if _TALK not in st.session_state or st.session_state[_OPENED] != name:
        begun = st.session_state[_TALK].begun + 1 if _TALK in st.session_state else 0
        open_recorded(name, begun)
    talk: Conversation = st.session_state[_TALK]
    return talk


def open_recorded(name: str, begun: int) -> None:
    """Begin with a recorded conversation."""
    if _TALK in st.session_state:
        st.session_state[_TALK].stop()
    st.session_state[_TALK], st.session_state[_OPENED] = _opened(name, begun), name


def lit() -> str | None:
    """Return the preset that the page stands on: its conversation, as it was recorded, and its settings."""
    talk, name = conversation(), st.session_state[_OPENED]
    here = {setting: st.session_state.get(f"chat_{setting}", default) for setting, default in COLD.items()}
    is_as_recorded = [turn.question for turn in talk.turns] == list(PRESETS[name].questions) and not talk.is_live
    return name if is_as_recorded and here == PRESETS[name].settings else None


def how() -> tuple[How, int | None]:
    """Show the settings of an answer; return them, and a smaller window than the model's, if one is chosen."""
    first, second, third, fourth = st.columns(4)
    with first:
        temperature = controls.steps(_("Temperature"), TEMPERATURES, 0.0, key="chat_temperature")
    with second:
        top_p = controls.steps(_("Top-p"), SHARES, 1.0, key="chat_top_p")
    with third:
        tokens = controls.steps(_("Longest answer, in tokens"), TOKENS, 60, key="chat_tokens")
    with fourth:
        window = controls.steps(
            _("Window, in tokens"), WINDOWS, 0, key="chat_window",
            format_func=lambda size: number(size) if size else _("the model’s own"),
            help=_("How many tokens the model sees at once, its answer included. "
                   "When they are too many, the oldest messages fall out."),
        )  # fmt: skip
    wide, narrow = st.columns([4, 1])
    with wide:
        system = controls.text(
            _("System message"), "", key="chat_system", max_chars=MOST_SYSTEM,
            help=_("A text placed before the conversation: who the model is, how it answers."),
        )  # fmt: skip
    with narrow:
        seed = controls.number(_("Seed"), 1, 9_999, 1, key="chat_seed")
    told = "\n\n".join(part for part in (system, memory().added(_)) if part)
    return How(temperature, top_p, tokens, seed, told), window or None


def memory() -> Memory:
    """Return what this session remembers: added to the system message of every question."""
    found: Memory = st.session_state.get(_MEMORY, Memory())
    return found


def remember(known: Memory) -> None:
    """Remember this from now on, and nothing else."""
    st.session_state[_MEMORY] = known


def set_from_outside(name: str) -> None:
    """Open a recorded conversation with its settings, as a preset or the question does. Call it in a callback."""
    settings = {f"chat_{setting}": value for setting, value in PRESETS[name].settings.items()}
    controls.set_values(settings | {"chat_open": name})
    open_recorded(name, conversation().begun + 1)


def _opened(name: str, begun: int) -> Conversation:
    talk = Conversation(session_id(), begun=begun)
    for told in recorded(name):
        window = PRESETS[name].settings["window"] or None
        turn = Turn(told["question"], EMBEDDED, window, received_from_json(told["received"]), told["fallen"])
        pieces = [Piece(token.text, 0.0, (token,)) for token in (_token(*each) for each in told["tokens"])]
        turn.end(State.FINISHED, Answer(text=told["answer"], pieces=pieces, reason=told["reason"]))
        talk.turns.append(turn)
    return talk


def _token(text: str, probability: float, others: list[list[Any]]) -> Token:
    alternatives = tuple(Token(other, other.encode(), log(max(chance, _LEAST))) for other, chance in others)
    return Token(text, text.encode(), log(max(probability, _LEAST)), alternatives)
