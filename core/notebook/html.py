"""The report as one file that any browser opens: no script, nothing fetched, light and dark, and on paper.

All that a student or a page wrote is text in it; a policy in its head has the browser refuse anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from core.notebook import drawing, notes
from core.notebook.experiment import Curve, Experiment
from core.notebook.report import Report, why_no_verdict

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --rule: #d1d9e0; --paper: #fff; --shade: #f6f8fa;
  --line-0: #0072b2; --line-1: #d55e00; --line-2: #009e73; --line-3: #cc79a7; --line-4: #b98a00; --line-5: #3b9fd6;
  --line-6: #1f2328; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --rule: #3d444d; --paper: #0d1117;
  --shade: #151b23; --line-0: #4aa8e0; --line-1: #ff8a3d; --line-2: #2fc79a; --line-3: #e39cc4; --line-4: #e6b84a;
  --line-5: #8fcdf0; --line-6: #e6edf3; } }
body { max-width: 54rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin-bottom: 0; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 .4rem; font-size: 1.05rem; } h4, h5, h6 { margin: .8rem 0 .3rem; font-size: 1rem; }
a { color: inherit; } .soft { color: var(--soft); } .card { border-top: 1px solid var(--rule); margin-top: 2rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule);
  overflow-wrap: break-word; max-width: 22rem; } th { font-weight: 600; }
.note { border-inline-start: 3px solid var(--rule); padding-inline-start: 1rem; margin: 1rem 0; }
pre, code { background: var(--shade); font-size: .9em; } pre { padding: .6rem; overflow-x: auto; }
figure { margin: 1rem 0; } svg { width: 100%; height: auto; display: block; } svg text { fill: var(--soft);
  font-size: 12px; } .grid { stroke: var(--rule); } .line { fill: none; stroke-width: 2; stroke: var(--ink); }
.key { display: inline-block; width: 2.2rem; vertical-align: middle; margin-inline-end: .4rem; }
ul.keys { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .4rem 0; }
""" + "".join(f".line-{at} {{ stroke: var(--line-{at}); }}" for at in range(drawing.COLOURS)) + """
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --shade: #f4f4f4; --rule: #bbb; }
  body { margin: 0; max-width: none; } .card, figure, tr { break-inside: avoid; } a { text-decoration: none; } }
"""  # fmt: skip
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(report: Report) -> str:
    """Return the report as a page."""
    parts = [
        f'<!doctype html>\n<html lang="{escape(report.voice.lang)}">\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.title)}</title>\n<style>{_STYLE}</style>\n<body>",
        f"<h1>{escape(report.title)}</h1>",
        f'<p class="soft">{escape(_written(report))}</p>',
    ]
    if len(report.experiments) > 1:
        parts += _compared(report)
    for at, each in enumerate(report.experiments):
        parts += _experiment(report, at, each)
    return "\n".join(parts) + "\n</body>\n</html>\n"


def _written(report: Report) -> str:
    _ = report.voice.say
    return " · ".join(
        filter(
            None,
            [
                _("Curseurs, a course on deep learning"),
                report.day(report.written),
                _("Experiments: {number}").format(number=len(report.experiments)),
            ],
        )
    )


def _compared(report: Report) -> list[str]:
    """Return what differs, the curves together, and the verdict."""
    _ = report.voice.say
    found = report.comparison
    names = ["", *(str(at + 1) for at in range(len(report.experiments)))]
    pages = [report.page(each) for each in report.experiments]
    rows = [[_("Page"), *pages]] if len(set(pages)) > 1 else []
    rows += [[row.label, *(report.value(value) for value in row.values)] for row in found.differences]
    measured = [[row.label, *(report.measured(value, row.unit) for value in row.values)] for row in found.figures]
    same = _("Nothing: these are the same settings.")
    parts = [_heading(_("What differs")), _table(names, rows) if rows else f"<p>{escape(same)}</p>"]
    if measured:
        parts += [_heading(_("What came out")), _table(names, measured)]
    for overlay in found.overlays:
        lines = [(found.group_of(place), curve) for place, curve in overlay.lines]
        parts.append(_figure(report, overlay.label, lines, found.legend(overlay)))
    parts.append(_heading(_("Verdict over seeds")))
    for judged in found.verdicts:
        parts.append(
            f"<p><strong>{escape(judged.label)}</strong> — {notes.html(report.verdict(judged), str)[3:-4]}</p>"
        )
        sides = [judged.verdict.first, judged.verdict.second]
        told = [f"{report.group(at)}{report.colon}{report.spread(side, judged.unit)}" for at, side in enumerate(sides)]
        parts.append(_list(told))
    if missing := why_no_verdict(report):
        parts.append(f"<p>{escape(missing)}</p>")
    return parts


def _experiment(report: Report, at: int, each: Experiment) -> list[str]:
    """Return one experiment: its settings, what came out, what was predicted, the note."""
    _ = report.voice.say
    star = "★ " if each.star else ""
    parts = [
        f'<section class="card"><h2>{at + 1}. {star}{escape(report.page(each))}</h2>',
        f"<p>{escape(report.name(each))}</p>",
        '<p class="soft">' + " · ".join(filter(None, [escape(report.day(each.time)), _link(report, each)])) + "</p>",
    ]
    if each.note:
        parts.append(f'<div class="note">{notes.html(each.note, report.address)}</div>')
    if each.prediction is not None:
        before, asked = _("Predicted before"), escape(each.prediction.question)
        guess = escape(report.guess(each))
        parts.append(f"<p><strong>{escape(before)}</strong>{report.colon}{asked} <em>{guess}</em></p>")
    if each.figures:
        parts.append(_table([], [[figure.label, report.figure(figure)] for figure in each.figures.values()]))
    if len(report.experiments) == 1:
        kinds: dict[tuple[str, str], list[Curve]] = {}
        for curve in each.curves.values():
            kinds.setdefault((curve.x_label, curve.y_label), []).append(curve)
        for curves in kinds.values():
            parts.append(_figure(report, "", list(enumerate(curves)), [(at, c.label) for at, c in enumerate(curves)]))
    settings = [[each.label(key), report.value(value)] for key, value in each.settings.items()]
    if settings:
        summary = escape(_("All settings"))
        parts.append(f"<details><summary>{summary}</summary>{_table([], settings)}</details>")
    return [*parts, "</section>"]


def _figure(report: Report, title: str, lines: Sequence[tuple[int, Curve]], legend: Iterable[tuple[int, str]]) -> str:
    """Return curves with their key."""
    names = title or ", ".join(curve.label for _, curve in lines)
    drawn = drawing.drawing(lines, names, report.voice.number)
    keys = "".join(f"<li>{drawing.key(group)}{escape(label)}</li>" for group, label in legend)
    caption = f"<figcaption><strong>{escape(title)}</strong></figcaption>" if title else ""
    return f'<figure>{caption}<ul class="keys">{keys}</ul>{drawn}</figure>'


def _link(report: Report, each: Experiment) -> str:
    _ = report.voice.say
    address, words = escape(report.address(each.link)), escape(_("Open the experiment"))
    return f'<a href="{address}" rel="noopener noreferrer">{words}</a>' if address else ""


def _heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "<tr>" + "".join(f"<th>{escape(name)}</th>" for name in head) + "</tr>" if head else ""
    body = "".join(
        f"<tr><th>{escape(row[0])}</th>" + "".join(f"<td>{escape(value)}</td>" for value in row[1:]) + "</tr>"
        for row in rows
    )
    return f'<div class="wide"><table>{top}{body}</table></div>'


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
