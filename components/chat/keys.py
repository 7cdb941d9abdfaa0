"""What this session has set on the chat page: servers, and their keys, which live in its memory alone.

Streamlit forgets a field that is not shown. A key has to outlive its page, and may stand in no address: it is kept
beside the field, in the session, and goes with it.
"""

from __future__ import annotations

import streamlit as st

from components import controls, given
from components.language import _
from core.chat.errors import ChatError
from core.chat.servers import PRESETS, Server, server_of

OWN = "own"
"""Any other server than those that have a preset."""
_KEYS = "chat: keys of this session"


def key_field(label: str, field: str) -> str:
    """Show the field of a key; return the key.

    Args:
        label: of the field.
        field: its own key.
    """
    keys: dict[str, str] = st.session_state.setdefault(_KEYS, {})
    given.give_unless_set(field, keys.get(field))
    keys[field] = st.text_input(
        label, type="password", key=field, autocomplete="off",
        help=_("It stays in this session’s memory: no link, file or log holds it."),
    )  # fmt: skip
    return keys[field]


def known_servers() -> dict[str, Server]:
    """Return the servers that this session asks first, each with its last model, by the names of `PRESETS` or `OWN`.

    What is not complete yet is left out. Contacts nobody.
    """
    keys: dict[str, str] = st.session_state.get(_KEYS, {})
    found: dict[str, Server] = {}
    for name in (*PRESETS, OWN):
        address = controls.kept(f"chat_address_{name}", "")
        key = keys.get(f"chat key of {name}", "")
        if not address or (name in PRESETS and PRESETS[name].needs_key and not key.strip()):
            continue
        try:
            found[name] = server_of(address, controls.kept(f"chat_model_{name}", ""), key)
        except ChatError:  # the chat page says what is wrong with it
            continue
    return found
