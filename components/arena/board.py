"""The board of a class's votes: writers as dots with intervals; it follows the votes by itself."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

import streamlit as st

from components.arena import ballot_box
from components.arena.writer_names import SERVERS, group_names, writer_name
from components.in_browser import component, nothing, surroundings
from components.language import _, _n, number
from components.projection import is_projected
from core import ballots
from core.arena.outside import named
from core.arena.sheet import lines
from core.arena.standings import Board, board
from core.arena.writers import WRITERS
from core.ballots import Count, StoreFault
from core.limits import in_class

BOARD = "ar-board"
OFTEN, SELDOM = 2.0, 10.0
"""Seconds between two looks at the votes: where the class looks at the board, and where each student has one."""
FEWEST_POINTS = 200.0
"""Points that the scale spans at least."""


def show_board(group: str, room: str) -> None:
    """Show the board of a group's votes in a room, and what can be done with all votes of the room."""
    seldom = in_class() and not is_projected()

    @st.fragment(run_every=SELDOM if seldom else OFTEN)
    def following() -> None:
        try:
            counts = ballot_box.counts(room)
            found = board(counts, _of(group, counts))
        except StoreFault as fault:
            if not ballot_box.fault():  # else it is said above, with the votes that wait
                st.warning(ballot_box.why(fault), icon=":material/warning:")
            return
        component("arena/board")(key=BOARD, data=_data(found, group, room), on_state_change=nothing)

    following()
    _files(room)


def _of(group: str, counts: Collection[Count]) -> list[str]:
    if group == SERVERS:
        return [name for name in {name for count in counts for name in count[:2]} if named(name)]
    return [writer.id for writer in WRITERS.values() if writer.group == group]


def _data(found: Board, group: str, room: str) -> dict[str, Any]:
    ends = [end for row in found.rows for end in (row.low, row.high)]
    low, high = (min(ends), max(ends)) if ends else (1_000.0, 1_000.0)
    spare = max(0.0, FEWEST_POINTS - (high - low)) / 2
    low, span = low - spare, high - low + 2 * spare
    rows = [
        {
            "name": writer_name(row.writer),
            "points": number(round(row.points)),
            "votes": number(row.votes),
            "at": (row.points - low) / span,
            "from": (row.low - low) / span,
            "to": (row.high - low) / span,
        }
        for row in found.rows
    ]
    heading = _("The board of class {code}", code=room) if room else _("The board")
    return surroundings() | {
        "heading": f"{heading} · {group_names()[group]}",
        "rows": rows,
        "total": _n("{count} vote", "{count} votes", found.votes),
        "said": _said(found),
        "labels": {"writer": _("Writer"), "points": _("Points"), "votes": _("Votes")},
    }


def _said(found: Board) -> list[str]:
    """Return in sentences what the votes tell, and what they do not tell yet."""
    if not found.rows:
        return [_("No vote yet: the first one opens the board.")]
    names = {row.writer: writer_name(row.writer) for row in found.rows}
    sentences = [
        _n(
            "Told apart so far: {apart} of {count} pair of writers.",
            "Told apart so far: {apart} of {count} pairs of writers.",
            found.pairs,
            apart=number(len(found.apart)),
        )
    ]
    if found.leads:
        sentences.append(_("In the lead: {name}.", name=names[found.rows[0].writer]))
    if found.together:
        pairs = " ; ".join(f"{names[better]} / {names[worse]}" for better, worse in found.together)
        sentences.append(_("Neighbours whose order may still turn: {pairs}.", pairs=pairs))
    if found.bad:
        sentences.append(
            _n("{count} vote found both bad; it counts as a tie.", "{count} votes found both bad; they count as ties.",
               found.bad)
        )  # fmt: skip
    return sentences


def _files(room: str) -> None:
    """Offer the votes of the room as a file; to whoever sits at the server, also to forget them."""
    with st.container(horizontal=True):
        st.download_button(
            _("All votes (CSV)"),
            partial(_sheet, ballots.default(), room, _("The votes cannot be read.")),
            file_name=f"votes-{room}.csv" if room else "votes.csv",
            mime="text/csv",
            icon=":material/download:",
            key="ar-votes-csv",
            on_click="ignore",
        )
        if st.context.ip_address is None:  # on this machine
            with st.popover(_("Empty the board"), icon=":material/delete:"):
                st.markdown(_("Forget the votes of everybody on this board, without a way back?"))
                st.button(_("Yes, forget all"), key="ar-room-forget", on_click=_forget_room, args=(room,))


def _sheet(store: ballots.Ballots, room: str, failed: str) -> bytes:
    """Return the file; it is made when it is asked for, on a thread that knows no session."""
    try:
        return b"".join(lines(store.rows(room)))
    except StoreFault:  # the board says what is wrong
        return failed.encode()


def _forget_room(room: str) -> None:
    with ballot_box.writing():
        ballots.default().forget_room(room)
    ballot_box.recount()
