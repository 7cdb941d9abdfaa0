"""The class's own arena: two texts of hidden writers, a vote, then the names; and the board of all votes."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from components import controls
from components.answers import answered
from components.arena import ballot_box, rounds
from components.arena.board import show_board
from components.arena.outside import outside
from components.arena.prompt import own_prompt
from components.arena.rounds import Place, Round
from components.arena.writer_names import SERVERS, group_names
from components.language import _
from components.lesson import PageLesson
from core.arena.blind import Pairing, pairing
from core.arena.writers import LONGEST, PROMPTS, Group, groups, writers
from core.arena.writing import write
from core.ballots import Count, StoreFault


def blind(lesson: PageLesson) -> None:
    """Show two texts to vote on, and below the board. Draw it as the part "blind": workers write for it."""
    lesson.words("text-blind")
    here = [*groups(), SERVERS]
    left, right = st.columns([3, 1], gap="medium", vertical_alignment="bottom")
    with left:
        group = controls.choice(
            _("What is compared"), here, here[0], key="ar_group", format_func=group_names().__getitem__
        )
    with right:
        about = _("Votes with the same code stand on one board. Without one: all votes of this server without one.")
        given = controls.text(_("Class code"), "", key=ballot_box.ROOM, max_chars=ballot_box.LONGEST_ROOM, help=about)
    room = ballot_box.room_of(given)
    if group == SERVERS:
        outside(room)
    else:
        _of_workers(as_group(group), room)
    rounds.say_fault()
    show_board(group, room)


def as_group(name: str) -> Group:
    """Return a group by its name."""
    return next(group for group in PROMPTS if group == name)


def _of_workers(group: Group, room: str) -> None:
    """Show pairs of the models that are on this machine, written by workers."""
    labels = {
        "stories": _("A beginning of your own, in French"),
        "instructions": _("An order of your own, in French"),
        "english": _("A question of your own, in English"),
    }
    place = (room, group, own_prompt(labels[group], group, LONGEST[group]))
    session = rounds.session()

    def follow() -> Round:
        return session.next_ones.pop(place) if place in session.next_ones else _new_round(place)

    rounds.take(place, follow)
    _show_round(place)


def _new_round(place: Place) -> Round:
    room, group, prompt = place
    session = rounds.session()
    counts: list[Count] = []
    with suppress(StoreFault):  # the board says so
        counts = ballot_box.counts(room)
    name, seen = as_group(group), session.seen_in(room)
    return Round(session.number(), pairing(name, writers(name), session.voter, counts, seen, prompt))


def _written(slot: str, pair: Pairing) -> tuple[str, str] | None:
    """Return both texts of a pair once both are written: which is first says nothing then."""
    left, right = (
        answered(f"blind-{slot}-{side}", write, writer, pair.prompt, pair.draw, quiet=True)
        for side, writer in (("left", pair.left), ("right", pair.right))
    )
    return None if left is None or right is None else (left, right)


def _show_round(place: Place) -> None:
    """Show the pair in front of the voter; while the names are read, the next one is written."""
    session, here = rounds.session(), None
    if session.voter:
        here = session.rounds.get(place) or _new_round(place)
        session.rounds[place] = here
        here.texts = here.texts or _written("now", here.pair)
        if here.sign:
            coming = session.next_ones.get(place) or _new_round(place)
            session.next_ones[place] = coming
            coming.texts = coming.texts or _written("next", coming.pair)
    room, group, _prompt = place
    asked = {
        "stories": _("Both go on from here:"),
        "instructions": _("Both were ordered:"),
        "english": _("Both were asked:"),
    }
    rounds.show(here, room, {"asked": asked[group]}, "en" if group == "english" else "fr")
