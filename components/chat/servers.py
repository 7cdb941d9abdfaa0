"""Whom the next question goes to: the model that comes with the course, or any server that answers as OpenAI's does.

Choosing contacts nobody. A key lives in this session's memory alone: no address, file, log or link holds it.
"""

from __future__ import annotations

import re

import streamlit as st

from components import controls
from components.chat.faults import sentence
from components.chat.keys import OWN, key_field
from components.language import _
from core.chat import capabilities, embedded
from core.chat.capabilities import Capabilities
from core.chat.errors import ChatError
from core.chat.servers import EMBEDDED, PRESETS, Server, server_of

INSIDE = "smollm2"
FIRST, SECOND = "chat", "chat_second"
"""What the keys of a server's controls begin with."""
MOST_ADDRESS = 300
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


def server(prefix: str = FIRST) -> tuple[Server, str]:
    """Show the choice; return who is asked next, and why nobody can be, in the page's language.

    Args:
        prefix: of the keys, so that a second server has an address, a name and a key of its own: `FIRST` or `SECOND`.
    """
    labels = _labels(prefix)
    names = {INSIDE: "SmolLM2", **{name: preset.name for name, preset in PRESETS.items()}, OWN: _("Another server")}
    chosen = controls.choice(
        labels["server"], list(names), INSIDE, key=f"{prefix}_server", format_func=names.__getitem__, kind="select"
    )
    if chosen == INSIDE:
        return EMBEDDED, _missing()
    preset = PRESETS.get(chosen)
    first, second, third = st.columns(3)
    with first:
        address = controls.text(
            labels["address"], preset.address if preset else "", key=f"{prefix}_address_{chosen}",
            max_chars=MOST_ADDRESS,
        )  # fmt: skip
    with second:
        proposed = preset.models[0] if preset and preset.models else ""
        model = controls.text(labels["model"], proposed, key=f"{prefix}_model_{chosen}", max_chars=MOST_ADDRESS)
    with third:
        key = key_field(labels["key"], f"{prefix} key of {chosen}")
    if preset:
        st.caption(_("Address and names as of {date}: {source}", date=preset.date, source=preset.source))
    if preset and preset.needs_key and not key.strip():
        return EMBEDDED, _("{name} asks for a key.", name=preset.name)
    try:
        return server_of(address, model, key), ""
    except ChatError as error:
        return EMBEDDED, _("Enter the name of a model.") if error.reason == "model" else sentence(error)


def capability_row(asked: Server) -> None:
    """Show what a server has shown that it can do; nothing is known by its name."""
    known = capabilities.of(asked)
    said = "  ".join(f"{_mark(found)} {name}" for name, found in _abilities(known).items())
    legend = _(
        "✓: it can; ✗: it cannot; ?: not tried yet. In pieces: the answer comes as it is written. Counts tokens: "
        "it says how many it read and wrote. Probabilities: it says what else it could have written. "
        "Tools: it asks for them by itself. Schema: it keeps to a form that is imposed."
    )
    st.caption(_("What its answers have shown so far:") + " " + said, help=legend)


def _abilities(known: Capabilities) -> dict[str, bool | None]:
    return {
        _("in pieces"): known.streams,
        _("counts tokens"): known.usage,
        _("probabilities"): known.logprobs,
        _("tools"): known.tools,
        _("schema"): known.schema,
    }


def _mark(found: bool | None) -> str:
    return {True: ":material/check:", False: ":material/close:", None: ":material/question_mark:"}[found]


def _labels(prefix: str) -> dict[str, str]:
    """Return what the controls are called: no two on a page bear one name."""
    if prefix == FIRST:
        return {"server": _("Model"), "address": _("Address"), "model": _("Name of the model"), "key": _("Key")}
    return {
        "server": _("The other model"),
        "address": _("Address of the other model"),
        "model": _("Name of the other model"),
        "key": _("Key for the other model"),
    }


def called(model: str) -> str:
    """Return a model's name as a label may hold it: none of its signs is Markdown's.

    A link may have typed it: as Markdown, a picture in it would be fetched from wherever the link says.
    """
    return "SmolLM2" if model == EMBEDDED.model else _SIGNS.sub(r"\\\g<0>", model)


def _missing() -> str:
    return {
        "": "",
        "class": _("In this class SmolLM2 may not write: choose another server."),
    }.get(embedded.problem(), _("SmolLM2 is not installed here: choose another server."))
