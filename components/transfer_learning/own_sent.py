"""What a browser sends: files and messages, each taken once. Whatever comes from there may be anything."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import streamlit as st

ANSWERED = "tl: answered"
"""Begins the name under which a session keeps the last message of a component that was answered."""
REASONS = {"empty", "too_heavy", "damaged"}
"""For which the browser may refuse a file by itself."""


def is_new(key: str) -> Mapping[str, Any] | None:
    """Return the message of a component, if it was not taken before. Call it in a callback."""
    told = st.session_state[key].act
    if not isinstance(told, Mapping) or not isinstance(told.get("id"), str):
        return None
    answered = f"{ANSWERED} {key}"
    if st.session_state.get(answered) == told["id"]:
        return None  # sent twice, because the answer was slow
    st.session_state[answered] = told["id"]
    return told


def sent_file(sent: object) -> bytes | str:
    """Return the bytes of a file that a browser sent, or the reason why there are none."""
    if not isinstance(sent, Mapping):
        return "damaged"
    reason = sent.get("reason")
    if isinstance(reason, str) and reason in REASONS:
        return reason
    try:
        return base64.b64decode(str(sent.get("data", "")), validate=True)
    except (binascii.Error, ValueError):
        return "damaged"


def data_url(image: bytes) -> str:
    """Return an image of ours as an address that holds it."""
    return f"data:image/webp;base64,{base64.b64encode(image).decode()}"
