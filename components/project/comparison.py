"""The chosen experiments side by side: what differs, what came out, their curves together, the verdict over seeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from components.language import _
from core.notebook.drawing import COLOURS, drawing, key
from core.notebook.markdown import escaped
from core.notebook.report import Report, why_no_verdict

# The lines of a report, in the colours of the page: light and dark are Streamlit's here, not the system's.
_LIGHT = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b98a00", "#3b9fd6")
_STYLE = (
    """<style>
.overlay svg:not(.key) { width: 100%; max-width: 52rem; height: auto; }
.overlay text { fill: var(--st-text-color); font-size: 12px; opacity: 0.75; }
.overlay .grid { stroke: var(--st-border-color, #8886); }
.overlay .line { fill: none; stroke-width: 2.2; stroke: currentColor; }
.overlay .key { width: 2.2rem; vertical-align: middle; margin-inline-end: 0.4rem; }
.overlay ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.4rem; padding: 0; margin: 0 0 0.3rem; }
"""
    + "".join(f".overlay .line-{at} {{ stroke: {colour}; }}\n" for at, colour in enumerate(_LIGHT))
    + "</style>"
)
assert len(_LIGHT) == COLOURS - 1  # the last one is the text's own colour


def comparison(report: Report) -> None:
    """Show what may be said of the experiments of a report."""
    found = report.comparison
    names = [str(at + 1) for at in range(len(report.experiments))]
    pages = [report.page(each) for each in report.experiments]
    st.subheader(_("Compared"), anchor=False)
    rows = [(_("Page"), pages)] if len(set(pages)) > 1 else []
    rows += [(row.label, [report.value(value) for value in row.values]) for row in found.differences]
    if rows:
        _table(_("What differs"), names, rows)
    else:
        st.caption(_("Nothing: these are the same settings."))
    if found.figures:
        measured = [(row.label, [report.measured(value, row.unit) for value in row.values]) for row in found.figures]
        _table(_("What came out"), names, measured)
    for overlay in found.overlays:
        if len(overlay.lines) > 1 and (drawn := drawing(overlay.lines, overlay.label, report.voice.number)):
            keys = "".join(f"<li>{key(place, at)}{place + 1}</li>" for at, (place, _curve) in enumerate(overlay.lines))
            st.markdown(f"**{plain(overlay.label)}**")
            st.html(f'{_STYLE}<div class="overlay"><ul>{keys}</ul>{drawn}</div>')
    _verdict(report)


def plain(text: str) -> str:
    """Return a text that Streamlit's Markdown shows as it is, its own signs for colours and icons too."""
    return escaped(text).replace(":", "\\:")


def _verdict(report: Report) -> None:
    st.markdown(f"**{_heading()}**")
    for judged in report.comparison.verdicts:
        sides = [judged.verdict.first, judged.verdict.second]
        spreads = [plain(report.spread(side, judged.unit)) for side in sides]
        told = [f"- {plain(report.group(at))} : {spread}" for at, spread in enumerate(spreads)]
        icon = {"real": ":material/check_circle:", "equal": ":material/drag_handle:"}
        st.markdown(
            f"{icon.get(judged.verdict.kind, ':material/help:')} **{plain(judged.label)}** — {report.verdict(judged)}\n"
            + "\n".join(told)
        )
    if missing := why_no_verdict(report):
        st.caption(missing)


def _heading() -> str:
    return _("Verdict over seeds")


def _table(title: str, names: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Show a line for each setting or figure, a column for each experiment."""
    lines = list(rows)
    columns = {"": [f"**{plain(label)}**" for label, _values in lines]}
    columns |= {name: [plain(values[at]) for _label, values in lines] for at, name in enumerate(names)}
    st.markdown(f"**{title}**")
    st.table(columns, hide_index=True)
