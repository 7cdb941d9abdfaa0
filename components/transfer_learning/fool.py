"""Fool the network: a grey square, dragged over a photo of a person never seen, until it misreads the sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import component, surroundings
from components.language import number
from components.lesson import PageLesson
from components.run_controls import still_here
from components.transfer_learning import fool_words as words
from components.transfer_learning.own_map import heat_of
from components.transfer_learning.own_sent import ANSWERED, data_url, is_new
from components.transfer_learning.own_words import failure
from core import limits, workers
from core.files import DamagedFile
from core.tasks.signs import photos as signs
from core.transfer_learning import fool, own
from core.transfer_learning.fool import Fooled, Square
from core.transfer_learning.intake import encoded
from core.transfer_learning.missions import FOOL_PHOTOS, FOOL_SHARE, is_fooled
from core.transfer_learning.missions import fool as is_reached
from core.transfer_learning.occlusion import Occlusion

PART, COMPONENT, PHOTO = "tl-fool", "tl-fool-picture", "tl_hand"
"""What a teacher's link hides; the component; which photo, in the address."""
_FOOLING = "tl: fooling"
_NAMES = [str(sign) for sign in range(signs.SIGNS)]


class Fooling:
    """How far one session is.

    Attributes:
        number: of the photo, by its place in `photos.load()`.
        square: on it; None where there is none.
        after: probability of each sign, with the square.
        heat: the map of the photo without it.
        said: what went wrong.
        fooled: numbers of the photos that were misread because of a square.
    """

    def __init__(self) -> None:
        self.fooled: list[int] = []
        self.show(-1)

    def show(self, number: int) -> None:
        """Begin with a photo, without a square."""
        self.number = number
        self.square: Square | None = None
        self.after: list[float] = []
        self.heat: Occlusion | None = None
        self.said = ""

    def look(self, square: Square, found: Fooled) -> None:
        """Have a worker look at the photo with a square; a misread photo counts once."""
        seen = own.features(fool.covered(fool.photo(self.number), square), still_here())
        self.square, self.after = square, [float(chance) for chance in found.head.chances(seen)[0]]
        is_counted = is_fooled(sign_of(self.number), found.before(self.number), self.after, square.share)
        if is_counted and self.number not in self.fooled:
            self.fooled.append(self.number)

    def lift(self) -> None:
        """Take the square away."""
        self.square, self.after = None, []

    def explain(self, found: Fooled) -> None:
        """Have a worker make the map of the photo without a square."""
        self.heat = self.heat or own.explain(fool.photo(self.number), found.head, still_here())


@st.fragment
def fool_network(lesson: PageLesson) -> None:
    """Show the part where the network is fooled, and its mission, unless a teacher's link leaves it out."""
    heading = lesson.heading("text-fool")
    if not shown.is_shown(PART, heading):
        return
    st.subheader(heading, anchor=False)
    lesson.words("text-fool")
    try:
        found = fool.recorded()
    except (OSError, DamagedFile):
        st.error(words.missing(), icon=":material/error:")
        return
    workers.start_soon()
    offered = found.numbers.tolist()
    chosen = controls.in_url(PHOTO, offered[0], lambda text: int(text) if int(text) in offered else None)
    fooling = _fooling()
    if fooling.number != chosen:
        fooling.show(chosen)
    mount = component("transfer_learning/fool")
    mount(key=COMPONENT, data=surroundings() | _drawn(fooling, found), on_act_change=_act)
    done = {"fooled": number(len(fooling.fooled)), "wanted": number(FOOL_PHOTOS)}
    lesson.mission("fool", is_reached(fooling.fooled), **done)


def sign_of(photo: int) -> int:
    """Return the sign that a photo shows."""
    return int(signs.load().signs[photo])


def _fooling() -> Fooling:
    kept: Fooling = st.session_state.setdefault(_FOOLING, Fooling())
    return kept


def _drawn(fooling: Fooling, found: Fooled) -> dict[str, Any]:
    sign, before, square = sign_of(fooling.number), found.before(fooling.number), fooling.square
    share = square.share if square is not None else 0.0
    same = found.of_sign(sign)
    return {
        "photo": fooling.number,
        "url": data_url(encoded(fool.photo(fooling.number))),
        "sign": sign,
        "signs": [name for name in _NAMES if found.of_sign(int(name))],
        "place": words.place_among(same.index(fooling.number) + 1, len(same)),
        "names": _NAMES,
        "chances": fooling.after or before,
        "square": [square.top, square.left, square.side] if square is not None else None,
        "verdict": words.verdict(sign, before, fooling.after, share),
        "isFooled": bool(fooling.after) and is_fooled(sign, before, fooling.after, share),
        "count": words.counted(len(set(fooling.fooled)), fooling.number in fooling.fooled),
        "heat": heat_of(fooling.heat, _NAMES) if fooling.heat is not None else None,
        "said": fooling.said,
        "pause": 1_000 * limits.current().frame_seconds,
        "answered": st.session_state.get(f"{ANSWERED} {COMPONENT}", ""),
        "most": FOOL_SHARE,
        "sides": [fool.SMALLEST, fool.LARGEST],
        "labels": words.labels(sign),
    }


def _act() -> None:
    """Do what the picture asks for."""
    told = is_new(COMPONENT)
    if told is not None:
        asked = answer(told, _fooling(), fool.recorded())
        if asked is not None:
            st.session_state[PHOTO] = asked


def answer(told: Mapping[str, Any], fooling: Fooling, found: Fooled) -> int | None:
    """Do what a message asks for; what cannot be is left undone. Return the photo that it wants to see, if it does."""
    match told.get("act"):
        case "next":
            return fool.next_of_sign(fooling.number, 1)
        case "previous":
            return fool.next_of_sign(fooling.number, -1)
        case "sign" if (sign := told.get("sign")) in _NAMES and (same := found.of_sign(int(sign))):
            return same[0]
        case "look" | "lift" | "explain" if told.get("photo") == fooling.number:
            _try(told, fooling, found)
    return None


def _try(told: Mapping[str, Any], fooling: Fooling, found: Fooled) -> None:
    """Look at the photo that is shown; whatever goes wrong is said."""
    fooling.said = ""
    try:
        match told["act"]:
            case "look" if (square := fool.square_of(told)) is not None:
                fooling.look(square, found)
            case "lift":
                fooling.lift()
            case "explain":
                fooling.explain(found)
    except Exception as error:  # no cluster, a worker lost, no weights: said in words, never a traceback
        fooling.said = failure(error)
