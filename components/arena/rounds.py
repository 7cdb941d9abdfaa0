"""The pairs in front of a voter, and what the browser tells: who votes, a vote, the next one, all forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from components.arena import ballot_box
from components.arena.writer_names import writer_name
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import count, news
from components.language import _, _n
from core import ballots
from core.arena.blind import SIGNS, Pairing
from core.arena.outside import Both
from core.ballots import VOTER, Seen, StoreFault

COMPONENT = "ar-blind"
_SESSION = "arena: blind"
Place = tuple[str, ...]
"""Room, group, and what else is chosen, such as a prompt of one's own: each has its own pair in front of the voter."""


@dataclass
class Round:
    """One pair in front of a voter.

    Attributes:
        number: tells it from all others of the session.
        pair: who is compared.
        texts: of the left and the right one, once both are written.
        sign: what was voted; "" before.
        both: who writes it, where servers do.
    """

    number: int
    pair: Pairing
    texts: tuple[str, str] | None = None
    sign: str = ""
    both: Both | None = None


@dataclass
class Session:
    """What a tab knows of its votes.

    Attributes:
        voter: the random number of its browser; "" until it has told it.
        rounds: the one in front of the voter, by what is chosen.
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
        for here in self.rounds.values():
            if here.both is not None:
                here.both.stop()
        for known in (self.rounds, self.next_ones, self.seen):
            known.clear()

    def number(self) -> int:
        """Return the number of a new round."""
        self.numbers += 1
        return self.numbers

    def seen_in(self, room: str) -> set[Seen]:
        """Return what the voter has voted on in a room, as far as the store tells it."""
        if room not in self.seen:
            with suppress(StoreFault):  # the board says so
                self.seen[room] = ballot_box.seen(room, self.voter)
        return self.seen.get(room, set())


def session() -> Session:
    """Return what this tab knows of its votes."""
    found: Session = st.session_state.setdefault(_SESSION, Session())
    return found


def take(place: Place, follow: Callable[[], Round]) -> None:
    """Take what the browser tells, once.

    Args:
        place: what is in front of the voter; its first word is the room.
        follow: makes the next pair.
    """
    here, said = session(), news(COMPONENT, "said")
    for elsewhere, other in here.rounds.items():
        if elsewhere != place and other.both is not None:
            other.both.stop()  # nobody looks at it any more
    voter = said.get("voter") if said else None
    if said is None or not isinstance(voter, str) or not VOTER.fullmatch(voter[:65]):
        return
    here.heard = count(said.get("number")) or 0
    if said.get("kind") == "forget":
        _forget(here, voter)
    elif voter != here.voter:
        here.begin(voter)
    now = here.rounds.get(place)
    if now is None or said.get("round") != now.number:
        return
    if said.get("kind") == "next" and now.sign:
        here.rounds[place] = follow()
    elif said.get("kind") == "vote" and said.get("sign") in SIGNS and now.texts and not now.sign:
        now.sign = str(said["sign"])
        ballot = now.pair.ballot(place[0], here.voter, now.texts, now.sign)
        here.seen.setdefault(place[0], set()).add(Seen(ballot.first, ballot.second, ballot.prompt))
        ballot_box.cast(ballot)


def _forget(here: Session, voter: str) -> None:
    """Forget all votes of this browser, those that wait too; it has another number from now on."""
    old = here.voter
    ballot_box.waiting().clear()
    here.begin(voter)
    with ballot_box.writing():
        ballots.default().forget(old or voter)
    ballot_box.recount()


def show(now: Round | None, room: str, labels: dict[str, Any], written: str) -> None:
    """Show a pair, or that there is none yet.

    Args:
        now: the pair.
        room: the code of a class.
        labels: the words around it.
        written: the language of prompt and texts.
    """
    here = session()
    data = surroundings() | {
        "heard": here.heard,
        "round": now.number if now else 0,
        "prompt": now.pair.prompt if now else "",
        "written": written,
        "texts": now.texts if now else None,
        "sign": now.sign if now else "",
        "names": [writer_name(now.pair.left), writer_name(now.pair.right)] if now and now.sign else None,
        "votes": _n("{count} vote of yours", "{count} votes of yours", len(here.seen.get(room, ()))),
        "labels": _labels() | labels,
    }
    component("arena/blind")(key=COMPONENT, data=data, on_said_change=nothing)


def say_fault() -> None:
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


def _labels() -> dict[str, Any]:
    return {
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
