"""The numbers behind a conversation: what the model received for each question, and in all."""

from __future__ import annotations

from itertools import accumulate

import streamlit as st

from components.chat.picture import part_names
from components.chat.state import conversation
from components.language import _, number
from core.chat.templates import Part


def numbers() -> None:
    """Show, question by question, how many tokens came from where, and their running total."""
    turns = [turn for turn in conversation().turns if turn.received is not None]
    if not turns:
        st.caption(_("Nothing was asked yet."))
        return
    received = [turn.received for turn in turns if turn.received is not None]
    columns = {_("Question"): [str(at) for at in range(1, len(turns) + 1)]}
    for part in Part:
        counts = [each.count(part) for each in received]
        if any(counts):
            columns[part_names()[part.value]] = [number(count) for count in counts]
    whole = [len(each.tokens) for each in received]
    columns[_("received")] = [number(count) for count in whole]
    columns[_("received in all")] = [number(count) for count in accumulate(whole)]
    st.table(columns, hide_index=True)
