"""The chosen experiments side by side: what differs, what came out, their curves together, the verdict over seeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from components.in_browser import component, surroundings
from components.language import _
from core.notebook.compare import Overlay
from core.notebook.drawing import drawing, key
from core.notebook.markdown import escaped
from core.notebook.report import Report, why_no_verdict

PLACE = "pj-comparison"
_ICONS = {"real": ":material/check_circle:", "equal": ":material/drag_handle:"}


def comparison(report: Report) -> None:
    """Show what may be said of the experiments of a report."""
    found = report.comparison
    names = [str(at + 1) for at in range(len(report.experiments))]
    pages = [report.page(each) for each in report.experiments]
    rows = [(_("Page"), pages)] if len(set(pages)) > 1 else []
    rows += [(row.label, [report.value(value) for value in row.values]) for row in found.differences]
    with st.container(key=PLACE):
        st.subheader(_("Compared"), anchor=False)
        if rows:
            _table(_("What differs"), names, rows)
        else:
            st.caption(_("Nothing: these are the same settings."))
        if found.figures:
            measured = [
                (row.label, [report.measured(value, row.unit) for value in row.values]) for row in found.figures
            ]
            _table(_("What came out"), names, measured)
        if drawn := [_drawn(report, each) for each in found.overlays if len(each.lines) > 1]:
            component("notebook/overlay")(key="pj-overlay", data=surroundings() | {"drawings": drawn})
        _verdict(report)


def plain(text: str) -> str:
    """Return a text that Streamlit's Markdown shows as it is, its own signs for colours and icons too."""
    return escaped(text).replace(":", "\\:")


def _drawn(report: Report, overlay: Overlay) -> dict[str, Any]:
    found = report.comparison
    keys = [{"svg": key(group), "label": label} for group, label in found.legend(overlay)]
    lines = [(found.group_of(place), curve) for place, curve in overlay.lines]
    svg = drawing(lines, overlay.label, report.voice.number)
    return {"title": overlay.label, "svg": svg, "keys": keys}


def _verdict(report: Report) -> None:
    title = _("Verdict over seeds")
    st.markdown(f"**{title}**")
    for judged in report.comparison.verdicts:
        sides = [judged.verdict.first, judged.verdict.second]
        spreads = [plain(report.spread(side, judged.unit)) for side in sides]
        told = [f"- {plain(report.group(at))}{report.colon}{spread}" for at, spread in enumerate(spreads)]
        icon = _ICONS.get(judged.verdict.kind, ":material/help:")
        said = f"{icon} **{plain(judged.label)}** — {report.verdict(judged)}"
        st.markdown("\n".join([said, *told]))
    if missing := why_no_verdict(report):
        st.caption(missing)


def _table(title: str, names: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Show a line for each setting or figure, a column for each experiment."""
    lines = list(rows)
    columns = {"": [f"**{plain(label)}**" for label, _values in lines]}
    columns |= {name: [plain(values[at]) for _label, values in lines] for at, name in enumerate(names)}
    st.markdown(f"**{title}**")
    st.table(columns, hide_index=True)
