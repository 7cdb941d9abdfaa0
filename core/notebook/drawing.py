"""Curves as one SVG, for a page without scripts: axes with ticks, a colour and a dash of its own for each line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from core.notebook.experiment import Curve

WIDTH, HEIGHT = 680, 300
XMLNS = "http://www.w3.org/2000/svg"
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 44
DASHES = ("", "7 4", "2 4", "12 4 2 4")
"""With `COLOURS` of them in turn, twenty-eight lines are told apart; without colours, four."""
COLOURS = 7
"""The report's style sheet has so many, `--line-0` and so on."""
DECADES = 2
"""A quantity that spans more powers of ten than this is drawn on a logarithmic scale."""


def drawing(lines: Sequence[tuple[int, Curve]], name: str, number: Callable[[float], str]) -> str:
    """Return curves on common axes; an empty drawing where nothing of them was measured.

    Args:
        lines: the group of the experiment, which gives the line its colour and dash, and the curve.
        name: what is drawn, for who does not see it.
        number: writes a number.
    """
    points = [(x, y) for _, curve in lines for x, y in zip(curve.x, curve.y, strict=True) if math.isfinite(y)]
    if not points:
        return f'<svg xmlns="{XMLNS}"/>'
    first = lines[0][1]
    across = _Axis([x for x, _ in points], LEFT, WIDTH - RIGHT, logarithmic=False)
    up = _Axis([y for _, y in points], HEIGHT - BOTTOM, TOP, logarithmic=True)
    parts = [f'<svg xmlns="{XMLNS}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)}">']
    for tick in across.ticks:
        at = across(tick)
        parts.append(f'<line class="grid" x1="{at}" x2="{at}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{at}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{escape(number(tick))}</text>')
    for tick in up.ticks:
        at = up(tick)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4}" text-anchor="end">{escape(number(tick))}</text>')
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(first.x_label)}</text>'
    )
    parts.append(
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{escape(first.y_label)}</text>'
    )
    for group, curve in lines:
        parts.append(_line(group, _path(curve, across, up)))
    return "".join([*parts, "</svg>"])


def key(group: int) -> str:
    """Return the short line that stands before the name of a group."""
    line = _line(group, "M0 4H28")
    return f'<svg xmlns="{XMLNS}" class="key" viewBox="0 0 28 8" aria-hidden="true">{line}</svg>'


def _line(group: int, path: str) -> str:
    dash = DASHES[group % len(DASHES)]
    style = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="line line-{group % COLOURS}" d="{path}"{style}/>'


def _path(curve: Curve, across: _Axis, up: _Axis) -> str:
    """Return a line through the points that were measured; a gap stays a gap."""
    found, pen = [], "M"
    for x, y in zip(curve.x, curve.y, strict=True):
        if not math.isfinite(y):
            pen = "M"
            continue
        found.append(f"{pen}{across(x)} {up(y)}")
        pen = "L"
    return "".join(found)


class _Axis:
    """Where a number lies, in pixels, and the round numbers along it."""

    def __init__(self, values: Sequence[float], begin: float, end: float, *, logarithmic: bool) -> None:
        low, high = min(values), max(values)
        self.logarithmic = logarithmic and low > 0 and math.log10(high / low) > DECADES
        if self.logarithmic:
            self.ticks = [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
        else:
            if low == high:
                low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
            step = _round_step((high - low) / 5)
            self.ticks = [round(at * step, 12) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]
        self.low, self.high = self._scaled(low), self._scaled(high)
        self.begin, self.end = begin, end

    def __call__(self, value: float) -> float:
        share = (self._scaled(value) - self.low) / (self.high - self.low)
        return round(self.begin + share * (self.end - self.begin), 1)

    def _scaled(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


def _round_step(step: float) -> float:
    """Return the next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)
