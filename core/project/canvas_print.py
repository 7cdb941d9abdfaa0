"""A canvas as one printed page: a HTML file that needs nothing else, and that fits on a sheet of A4."""

from __future__ import annotations

import math
import unicodedata
from html import escape

from core.notebooks import Translate
from core.project import plan
from core.project.canvas import Canvas, Link
from core.project.canvas_markdown import address, headings, step_names

WIDE = 184.0
"""Millimetres of a line across the page; two columns share it."""
HIGH = 268.0
"""Millimetres of the sheet between its margins, some kept in reserve: fonts differ."""
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.5)
"""Points: the largest at which everything fits is taken."""
POINT, LEADING = 0.3528, 1.4
"""Millimetres of a point; distance of two lines in font sizes."""
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#56b4e9", "#d55e00", "#cc79a7", "#666666")
"""Okabe and Ito's, for the steps of the plan."""
DARK = ("#0072b2", "#666666")
"""Those on which letters are white."""
_STYLE = """
@page { size: A4 portrait; margin: 12mm; }
* { box-sizing: border-box; }
body { font: SIZEpt/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: #111;
  background: #fff; max-width: 186mm; margin: 0 auto; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; margin: 0 0 2mm; }
h2 { font-size: 1em; margin: 0 0 0.5mm; color: #0072b2; }
p { margin: 0; white-space: pre-wrap; }
.grid { display: grid; grid-template-columns: 1fr 1fr; gap: 2.5mm; }
section { border: 0.3mm solid #999; border-radius: 1.5mm; padding: 1.5mm 2mm; break-inside: avoid; }
.wide { grid-column: 1 / -1; }
ol { margin: 0; padding-left: 1.6em; }
a { color: #0072b2; }
.bar { display: flex; height: 5mm; border: 0.3mm solid #999; margin: 1mm 0; }
.bar span, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.steps { columns: 2; margin: 0; padding: 0; list-style: none; }
.steps li { break-inside: avoid; }
.key { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.5em; }
.nothing { color: #666; }
@media screen { body { padding: 12mm; max-width: 210mm; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""No script, no picture, nothing from elsewhere: whoever wrote the texts."""


def printable(canvas: Canvas, language: str, base: str, _: Translate) -> str:
    """Return a canvas as a whole HTML page, printed on one sheet of A4.

    Args:
        canvas: what a student wrote; all of it is text there, and no markup.
        language: of the page.
        base: the address of the course, which the links to its pages begin with; empty where nobody knows it.
        _: says that language.
    """
    name = escape(canvas.name or _("My project"))
    nothing = f'<p class="nothing">{escape(_("(nothing yet)"))}</p>'
    bodies = {
        "experiments": "".join(f"<li>{_linked(link, base)}</li>" for link in canvas.experiments),
        "plan": _plan(canvas, _),
    }
    sections = []
    for part, heading in headings(_).items():
        body = bodies.get(part) or (f"<p>{escape(getattr(canvas, part))}</p>" if getattr(canvas, part, "") else nothing)
        if part == "experiments" and canvas.experiments:
            body = f"<ol>{body}</ol>"
        wide = "" if part in {"data", "baseline", "measure", "risks"} else ' class="wide"'
        sections.append((part, f"<section{wide}><h2>{escape(heading)}</h2>{body}</section>"))
    order = ("question", "data", "baseline", "measure", "risks", "experiments", "plan")
    found = dict(sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{name}</title>'
        f"<style>{_STYLE.replace('SIZE', f'{size(canvas):g}')}</style></head>\n"
        f'<body><h1>{name}</h1><div class="grid">{"".join(found[part] for part in order)}</div></body></html>\n'
    )


def size(canvas: Canvas) -> float:
    """Return the largest size of the font, in points, at which a canvas fits on a sheet; the smallest if none does."""
    return next((points for points in SIZES if _height(canvas, points) <= HIGH), SIZES[-1])


def _height(canvas: Canvas, points: float) -> float:
    """Return how high a canvas is, in millimetres, at a size of the font."""
    line = LEADING * POINT * points
    half = (WIDE - 2.5) / 2 - 5
    rows = [
        _lines(canvas.question, points, WIDE - 5),
        max(_lines(canvas.data, points, half), _lines(canvas.baseline, points, half)),
        max(_lines(canvas.measure, points, half), _lines(canvas.risks, points, half)),
        sum(_lines(link.title, points, WIDE - 12) for link in canvas.experiments) or 1,
        math.ceil(len(plan.STEPS) / 2) + 1,
    ]
    boxes = sum(rows) * line + len(rows) * (line + 3 + 2.5 + 1)
    title = 1.5 * line * _lines(canvas.name, 1.5 * points, WIDE) + 3
    return boxes + title + 8


def _lines(text: str, points: float, width: float) -> int:
    """Return how many lines a text takes, at least one; words that do not fit begin a new line."""
    per_line = width / (POINT * points)
    return sum(max(1, math.ceil(1.05 * sum(map(_ems, line)) / per_line)) for line in text.split("\n"))


def _ems(sign: str) -> float:
    """Return how wide a character may be, in font sizes: as wide as in DejaVu Sans, wider than in most fonts."""
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0x2E80:
        return 1.4
    if unicodedata.combining(sign):
        return 0.0
    if sign in " ijlI.,;:!|'’()[]-/tfr":
        return 0.42
    return 1.0 if sign in "MWmw@%—…Œœ" else 0.75 if sign.isupper() else 0.64


def _linked(link: Link, base: str) -> str:
    leads = address(link, base)
    title = escape(link.title)
    return f'<a href="{escape(leads)}" rel="noopener noreferrer">{title}</a>' if leads else title


def _plan(canvas: Canvas, _: Translate) -> str:
    """Return the plan as a bar and its legend."""
    shares, names = plan.shares(canvas.hours), step_names(_)
    colours = dict(zip(plan.STEPS, COLOURS, strict=True))
    bar = "".join(
        f'<span style="width:{100 * share:.3f}%;background:{colours[step]}"></span>' for step, share in shares.items()
    )
    hours = _("{hours} h")
    steps = "".join(
        f'<li><span class="key" style="background:{colours[step]}"></span>{escape(names[step])} '
        f"<b>{escape(hours.format(hours=canvas.hours[step]))}</b></li>"
        for step in shares
    )
    total = escape(_("Total: {hours} h").format(hours=plan.total(canvas.hours)))
    return f'<div class="bar">{bar}</div><ul class="steps">{steps}<li><b>{total}</b></li></ul>'
