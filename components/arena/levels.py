"""The numbers behind the picture: the whole table of the course's 18 models."""

from __future__ import annotations

import streamlit as st

from components.arena.picture import cutoff, licence
from components.language import _, number
from core.arena.ranks import predicted_half_width
from core.arena.table import entrants


def numbers() -> None:
    """Show every column that the arena printed, what the votes foretell of the interval, and the points of May."""
    columns: dict[str, list[str]] = {
        name: []
        for name in (
            _("Rank"), _("Model"), _("Points"), _("Interval"), _("Foretold"), _("Votes"), _("In May"),
            _("Organisation"), _("Licence"), _("Data until"),
        )
    }  # fmt: skip
    for each in entrants():
        row = each.row
        cells = (
            str(row.rank), each.name, number(row.rating), f"+{row.above} / −{row.below}",
            f"±{number(predicted_half_width(row.votes), 2)}", number(row.votes, 6), number(each.may, 5),
            row.organisation, licence(row.licence), cutoff(row.cutoff),
        )  # fmt: skip
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    st.table(columns, hide_index=True)
