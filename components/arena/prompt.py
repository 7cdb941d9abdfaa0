"""A prompt of the student's own, for hidden writers."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _
from core.arena.writers import refusal


def own_prompt(label: str, group: str, longest: int) -> str:
    """Show the field of a prompt of one's own; return it, "" if there is none or it is not taken.

    Args:
        label: of the field.
        group: of the writers.
        longest: characters that it may have.
    """
    own = controls.text(label, "", key=f"ar_own_{group}", max_chars=longest).strip()
    if own and (why := refusal(longest, own)):
        said = {
            "long": _("This is too long: the ready ones are used."),
            "words": _("These are hardly words: the ready ones are used."),
        }
        st.caption(f":material/info: {said.get(why, said['words'])}")
        return ""
    return own
