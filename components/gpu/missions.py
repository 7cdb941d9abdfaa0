"""The missions of the GPU page: bets on where the card begins to win, and a training where it loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.gpu.state import COMPONENT, names
from components.in_browser import told
from components.language import _
from components.language import number as written
from components.lesson import PageLesson
from core.gpu.missions import Bet, bet, bets_won, loses_with_many
from core.gpu.recorded import CARDS, Line, Measured, card
from core.gpu.work import COURSE

_BETS = "gpu: bets"
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


def hear_bets(sent: Mapping[str, Any], processor: Measured) -> list[Bet]:
    """Return the bet that a picture told, checked like any other input, held against the truth; none for nonsense."""
    given = {name: told.value(sent[name], parse) for name, (_default, parse) in names().items() if name in sent}
    if any(given.get(name) is None for name in ("width", "batch", "precision", "transfer", "card")):
        return []
    line = line_of_card(processor, given["card"], given["precision"])
    return [bet(processor, line, given["width"], given["batch"], transfer=given["transfer"])] if line else []


def _hear(bets: list[Bet], processor: Measured) -> None:
    """Take a new bet from the picture, once."""
    if news := told.news(COMPONENT, "bet"):
        bets += hear_bets(news, processor)
        del bets[:-MOST_BETS]


def _say(last: Bet) -> None:
    """Say how near the last bet was."""
    name = _("course") if last.width == COURSE else written(last.width)
    values = {"network": name, "batch": written(last.batch), "truth": written(last.truth or 0)}
    if last.truth is None:
        said = _("Bet on the network {network}: {batch}. The card never wins there.", **values)
    elif last.is_right:
        said = _("Bet on the network {network}: {batch}. Right: the card wins from {truth} on.", **values)
    else:
        said = _("Bet on the network {network}: {batch}. The card wins from {truth} on.", **values)
    st.caption(f":material/{'check' if last.is_right else 'close'}: {said}")
