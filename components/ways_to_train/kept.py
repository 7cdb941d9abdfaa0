"""What the notebook keeps of the page on ways to train: what the chosen way reaches, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.language import _
from components.notebook.keep import keep
from components.ways_to_train.point import curve_of
from components.ways_to_train.state import names
from core.notebook.experiment import Figure
from core.ways_to_train.costs import costs
from core.ways_to_train.recorded import chosen, right_share

BY = tuple(f"ways_{name}" for name in names())


def keep_way(stem: str, here: Mapping[str, Any]) -> None:
    """Keep the share of the new words that the chosen way puts rightly, as recorded."""
    count = 0 if here["way"] == "zero_shot" else here["examples"]
    figures = {
        "right": Figure(
            _("New words put rightly"), 100 * right_share(chosen()[curve_of(here)], count, here["draw"]), "%"
        ),
        "changed": Figure(_("Weights that learning changes"), costs()[here["way"]].changed),
    }
    keep(stem, BY, figures, seed="ways_draw")
