"""The class's own arena: two texts of hidden writers, a vote, then the names; and the board of all votes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from components import controls
from components.answers import answered
from components.arena import ballot_box
from components.arena.board import show_board
from components.arena.writer_names import group_names, writer_name
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import count, news
from components.language import _, _n
from components.lesson import PageLesson
from core import ballots
from core.arena.blind import SIGNS, Pairing, pairing
from core.arena.writers import LONGEST, PROMPTS, Group, groups, refusal, writers
from core.arena.writing import write
from core.ballots import VOTER, Count, Seen, StoreFault

COMPONENT = "ar-blind"
_SESSION = "arena: blind"
Place = tuple[str, str, str]
"""Room, group, and prompt of one's own: each has its own pair in front of the voter."""


@dataclass
class Round:
    """One pair in front of a voter.

    Attributes:
        number: tells it from all others of the session.
        pair: who is compared.
        texts: of the left and the right one, once both are written.
        sign: what was voted; "" before.
    """

    number: int
    pair: Pairing
    texts: tuple[str, str] | None = None
    sign: str = ""


@dataclass
class Session:
    """What a tab knows of its votes.

    Attributes:
        voter: the random number of its browser; "" until it has told it.
        rounds: the one in front of the voter, by room, group and prompt of their own.
        next_ones: those that come after, whose texts are written meanwhile.
        seen: what the voter has voted on, by room.
        numbers: rounds so far.
        heard: the number of the browser's last message.
    """

    voter: str = ""
    rounds: dict[Place, Round] = field(default_factory=dict)
    next_ones: dict[Place, Round] = field(default_factory=dict)
    seen: dict[str, set[Seen]] = field(default_factory=dict)
    numbers: int = 0
    heard: int = 0

    def begin(self, voter: str) -> None:
        """Be another voter, who has seen nothing."""
        self.voter = voter
        for known in (self.rounds, self.next_ones, self.seen):
            known.clear()


def blind(lesson: PageLesson) -> None:
    """Show two texts to vote on, and below the board. Draw it as the part "blind": workers write for it."""
    lesson.words("text-blind")
    here = groups()
    if not here:
        st.info(_("No model that could write is on this machine."), icon=":material/info:")
        return
    group, prompt, room = _settings(here)
    session: Session = st.session_state.setdefault(_SESSION, Session())
    _take(session, (room, group, prompt))
    _show_round(session, (room, group, prompt))
    _say_fault()
    show_board(group, room)


def _settings(here: list[Group]) -> tuple[Group, str, str]:
    """Show what is compared, a prompt of one's own, the code of a class; return them, the prompt "" if it is none."""
    names = group_names()
    left, middle, right = st.columns([13, 9, 5], gap="medium", vertical_alignment="bottom")
    with left:
        asked = controls.choice(
            _("What is compared"), here, here[0], key="ar_group", format_func=lambda name: names[as_group(name)]
        )
    group = as_group(asked)
    with middle:
        labels = {
            "stories": _("A beginning of your own, in French"),
            "instructions": _("An order of your own, in French"),
            "english": _("A question of your own, in English"),
        }
        own = controls.text(labels[group], "", key=f"ar_own_{group}", max_chars=LONGEST[group]).strip()
    with right:
        about = _("Votes with the same code stand on one board. Without one: all votes of this server without one.")
        room = controls.text(_("Class code"), "", key=ballot_box.ROOM, max_chars=ballot_box.LONGEST_ROOM, help=about)
    if own and (why := refusal(group, own)):
        said = {
            "long": _("This is too long: the ready ones are used."),
            "words": _("These are hardly words: the ready ones are used."),
        }
        st.caption(f":material/info: {said.get(why, said['words'])}")
        own = ""
    return group, own, ballot_box.room_of(room)


def as_group(name: str) -> Group:
    """Return a group by its name."""
    return next(group for group in PROMPTS if group == name)


def _take(session: Session, place: Place) -> None:
    """Take what the browser tells, once: who it is, a vote, that the next pair is wanted, or all forgotten."""
    said = news(COMPONENT, "said")
    voter = said.get("voter") if said else None
    if said is None or not isinstance(voter, str) or not VOTER.fullmatch(voter[:65]):
        return
    session.heard = count(said.get("number")) or 0
    if said.get("kind") == "forget":
        _forget(session, voter)
    elif voter != session.voter:
        session.begin(voter)
    here = session.rounds.get(place)
    if here is None or said.get("round") != here.number:
        return
    if said.get("kind") == "next" and here.sign:
        coming = session.next_ones.pop(place) if place in session.next_ones else _new_round(session, place)
        session.rounds[place] = coming
    elif said.get("kind") == "vote" and said.get("sign") in SIGNS and here.texts and not here.sign:
        here.sign = str(said["sign"])
        room, _group, _prompt = place
        ballot = here.pair.ballot(room, session.voter, here.texts, here.sign)
        session.seen.setdefault(room, set()).add(Seen(ballot.first, ballot.second, ballot.prompt))
        ballot_box.cast(ballot)


def _forget(session: Session, voter: str) -> None:
    """Forget all votes of this browser, those that wait too; it has another number from now on."""
    old = session.voter
    ballot_box.waiting().clear()
    session.begin(voter)
    with ballot_box.writing():
        ballots.default().forget(old or voter)
    ballot_box.recount()


def _new_round(session: Session, place: Place) -> Round:
    room, group, prompt = place
    counts: list[Count] = []
    with suppress(StoreFault):  # the board says so
        counts = ballot_box.counts(room)
        if room not in session.seen:
            session.seen[room] = ballots.default().seen(room, session.voter)
    session.numbers += 1
    seen = session.seen.get(room, set())
    name = as_group(group)
    return Round(session.numbers, pairing(name, writers(name), session.voter, counts, seen, prompt))


def _written(slot: str, pair: Pairing) -> tuple[str, str] | None:
    """Return both texts of a pair once both are written: which is first says nothing then."""
    left, right = (
        answered(f"blind-{slot}-{side}", write, writer, pair.prompt, pair.draw, quiet=True)
        for side, writer in (("left", pair.left), ("right", pair.right))
    )
    return None if left is None or right is None else (left, right)


def _show_round(session: Session, place: Place) -> None:
    """Show the pair in front of the voter; while the names are read, the next one is written."""
    here: Round | None = None
    if session.voter:
        here = session.rounds.get(place) or _new_round(session, place)
        session.rounds[place] = here
        here.texts = here.texts or _written("now", here.pair)
        if here.sign:
            coming = session.next_ones.get(place) or _new_round(session, place)
            session.next_ones[place] = coming
            coming.texts = coming.texts or _written("next", coming.pair)
    room, group, _prompt = place
    data = surroundings() | {
        "heard": session.heard,
        "round": here.number if here else 0,
        "prompt": here.pair.prompt if here else "",
        "written": "en" if group == "english" else "fr",
        "texts": here.texts if here else None,
        "sign": here.sign if here else "",
        "names": [writer_name(here.pair.left), writer_name(here.pair.right)] if here and here.sign else None,
        "votes": _n("{count} vote of yours", "{count} votes of yours", len(session.seen.get(room, ()))),
        "labels": _labels(group),
    }
    component("arena/blind")(key=COMPONENT, data=data, on_said_change=nothing)


def _say_fault() -> None:
    """Say what is wrong with the votes' store, and that no vote is lost with it."""
    said = ballot_box.fault()
    if not said:
        return
    waits = len(ballot_box.waiting())
    if waits:
        said = f"{said} " + _n(
            "Your vote waits in this tab, and is sent again with the next one.",
            "Your {count} last votes wait in this tab, and are sent again with the next one.",
            waits,
        )
    st.warning(said, icon=":material/warning:")
    if waits:
        st.button(_("Try again"), icon=":material/refresh:", key="ar-blind-send", on_click=ballot_box.send)


def _labels(group: str) -> dict[str, Any]:
    return {
        "asked": {
            "stories": _("Both go on from here:"),
            "instructions": _("Both were ordered:"),
            "english": _("Both were asked:"),
        }[group],
        "sides": [_("Answer A"), _("Answer B")],
        "waits": _("Two writers write…"),
        "vote": _("Which one is better?"),
        "signs": {"a": _("A is better"), "b": _("B is better"), "tie": _("As good"), "bad": _("Both are bad")},
        "voted": _("Your vote: {vote}", vote="%v"),
        "next": _("Next pair"),
        "forget": _("Forget my votes"),
        "sure": _("Forget all your votes, without a way back?"),
        "yes": _("Yes, forget"),
        "no": _("No, keep them"),
    }
