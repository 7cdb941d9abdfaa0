"""The missions of the GPU page: bets on where the card begins to win, and a training where it loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.gpu.state import COMPONENT, names
from components.language import _, number
from components.lesson import PageLesson
from core.gpu.missions import Bet, bet, bets_won, loses_with_many
from core.gpu.recorded import CARDS, Line, Measured, card
from core.gpu.work import COURSE

_BETS = "gpu: bets"
_HEARD = "gpu: bets heard"
MOST_BETS = 50


def missions(lesson: PageLesson, processor: Measured, here: Mapping[str, Any]) -> None:
    """Tick what the student reached."""
    bets: list[Bet] = st.session_state.setdefault(_BETS, [])
    _hear(bets, processor)
    lesson.mission("bet", bets_won(bets))
    if bets and lesson.asked.is_put_away:
        _say(bets[-1])
    line = line_of_card(processor, here["card"], here["precision"])
    deciding = [f"gpu_{name}" for name in ("width", "batch", "transfer")]
    lost = line is not None and loses_with_many(
        processor, line, here["width"], here["batch"], transfer=here["transfer"]
    )
    lesson.mission("lose", lost, by=deciding)


def line_of_card(processor: Measured, name: str, precision: str) -> Line | None:
    """Return the line of a card, recorded or of this machine; None where there is none."""
    lines = card(name).lines if name in CARDS else processor.lines
    return lines.get((name, precision))


def _hear(bets: list[Bet], processor: Measured) -> None:
    """Take a new bet from the picture, checked like any other input, and hold it against the truth."""
    told = st.session_state.get(COMPONENT, {}).get("bet")
    if not isinstance(told, Mapping) or st.session_state.get(_HEARD) == (count := told.get("number")):
        return
    st.session_state[_HEARD] = count
    try:
        given = {name: parse(str(told.get(name))[:20]) for name, (_default, parse) in names().items() if name in told}
    except (ValueError, OverflowError):
        return
    wanted = ("width", "batch", "precision", "transfer", "card")
    if any(given.get(name) is None for name in wanted):
        return
    line = line_of_card(processor, given["card"], given["precision"])
    if line is not None:
        bets.append(bet(processor, line, given["width"], given["batch"], transfer=given["transfer"]))
        del bets[:-MOST_BETS]


def _say(last: Bet) -> None:
    """Say how near the last bet was."""
    name = _("course") if last.width == COURSE else number(last.width)
    values = {"network": name, "batch": number(last.batch), "truth": number(last.truth or 0)}
    if last.truth is None:
        said = _("Bet on the network {network}: {batch}. The card never wins there.", **values)
    elif last.is_right:
        said = _("Bet on the network {network}: {batch}. Right: the card wins from {truth} on.", **values)
    else:
        said = _("Bet on the network {network}: {batch}. The card wins from {truth} on.", **values)
    st.caption(f":material/{'check' if last.is_right else 'close'}: {said}")
