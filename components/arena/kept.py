"""What the notebook keeps of the arena: what the votes between two models can tell of their gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.arena.state import names
from components.language import _
from components.notebook.keep import keep
from core.arena.duel import ARENAS, told_apart, wins
from core.arena.elo import chance
from core.arena.lab import in_view
from core.arena.ranked import Ranked, ranked
from core.arena.table import entrants
from core.notebook.experiment import Figure
from core.once import once


def keep_duel(stem: str, here: Mapping[str, Any]) -> None:
    """Keep the gap of the two models, how often the first wins, and in how many arenas that was seen."""
    first, second = (entrants()[here[name]].row.rating for name in ("first", "second"))
    gap = first - second
    told = _told(abs(gap), here["votes"], here["draw"])
    figures = {
        "gap": Figure(_("Gap"), gap, _("points")),
        "wins": Figure(_("The first wins"), 100 * chance(gap), "%"),
        "told": Figure(_("Arenas that can tell, of {number}", number=ARENAS), told),
    }
    keep(stem, [f"ar_{name}" for name in names()], figures, seed="ar_draw")


@once(256)  # the browser counts it under the finger; here it is asked for when the finger rests
def _told(gap: int, votes: int, draw: int) -> int:
    return told_apart(wins(gap, votes, draw), votes)


def keep_lab(stem: str, here: Mapping[str, Any]) -> None:
    """Keep how many models Bradley–Terry puts in their place, and how far Elo depends on the order.

    Args:
        stem: of the page.
        here: where the laboratory stands.
    """
    found = _ranked(tuple(sorted(in_view(here).items())))
    figures = {
        "right": Figure(_("Right places, of {number}", number=len(found.points)), found.in_place),
        "lead": Figure(_("Lead of the first"), found.lead, _("points")),
        "spread": Figure(_("Elo: span over orders"), found.spread, _("points")),
    }
    keep(stem, ["ar_part", *(f"ar_lab_{name}" for name in here)], figures, seed="ar_lab_seed", part="lab")


@once(256)
def _ranked(here: tuple[tuple[str, Any], ...]) -> Ranked:
    return ranked(dict(here))
