"""Several experiments side by side: only what differs, curves on the same axes, and whether a gap is real."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.notebook.experiment import Curve, Experiment, Figure
from core.verdict import Verdict, compare

FEWEST = 2
"""Seeds of a group, for a verdict."""


@dataclass(frozen=True)
class Difference:
    """A setting that is not the same in all.

    Attributes:
        name: of the setting, in the address.
        label: what it is called.
        values: of each experiment; None where its page has no such setting.
    """

    name: str
    label: str
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Measured:
    """A figure of several experiments.

    Attributes:
        name, label, unit: of the figure.
        values: of each experiment; None where it has none.
    """

    name: str
    label: str
    unit: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Overlay:
    """Curves that lie on the same axes.

    Attributes:
        label: what they are.
        lines: which experiment each is of, and the curve.
    """

    label: str
    lines: tuple[tuple[int, Curve], ...]


@dataclass(frozen=True)
class Judged:
    """A figure of two settings over their seeds.

    Attributes:
        label, unit: of the figure.
        verdict: the first group against the second.
    """

    label: str
    unit: str
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """What may be said of some experiments.

    Attributes:
        experiments: in the order that was asked for.
        differences: settings that are not the same in all; the seed stands last.
        figures: those that at least one has.
        overlays: their curves, by axes.
        groups: places of experiments that differ in nothing but the seed.
        verdicts: of each figure that two groups have, if there are exactly two, each over two seeds or more.
    """

    experiments: tuple[Experiment, ...]
    differences: tuple[Difference, ...]
    figures: tuple[Measured, ...]
    overlays: tuple[Overlay, ...]
    groups: tuple[tuple[int, ...], ...]
    verdicts: tuple[Judged, ...]

    def group_of(self, place: int) -> int:
        """Return which group an experiment is in: those that differ in nothing but the seed are drawn alike.

        One whose seed came before in its group is drawn like it.
        """
        each = self.experiments[place]
        alike = [at for at, group in enumerate(self.groups) if _same(self.experiments[group[0]]) == _same(each)]
        return alike[0]

    def legend(self, overlay: Overlay) -> list[tuple[int, str]]:
        """Return each group that has a curve, and the numbers of its experiments; its letter, where two are judged."""
        found: dict[int, list[str]] = {}
        for place, _curve in overlay.lines:
            found.setdefault(self.group_of(place), []).append(str(place + 1))
        letters = "AB" if self.verdicts else ""
        return [
            (group, f"{letters[group]} = {', '.join(numbers)}" if letters else ", ".join(numbers))
            for group, numbers in found.items()
        ]


def compared(experiments: Sequence[Experiment]) -> Comparison:
    """Compare experiments, of one page or of several."""
    groups = _groups(experiments)
    figures = _figures(experiments)
    return Comparison(
        experiments=tuple(experiments),
        differences=_differences(experiments),
        figures=figures,
        overlays=_overlays(experiments),
        groups=groups,
        verdicts=_verdicts(figures, groups),
    )


def _differences(experiments: Sequence[Experiment]) -> tuple[Difference, ...]:
    names = dict.fromkeys(name for each in experiments for name in each.settings)
    seeds = {each.seed for each in experiments}
    found = []
    for name in sorted(names, key=lambda name: name in seeds):
        values = tuple(each.settings.get(name) for each in experiments)
        # Of a page that draws a control only in one of its parts, a row may lack what another one has by default.
        told = {
            value for value, each in zip(values, experiments, strict=True) if value is not None or name in each.moved
        }
        if len(told) > 1 or (None in values and any(name in each.moved for each in experiments)):
            label = next(each.label(name) for each in experiments if name in each.settings)
            found.append(Difference(name, label, values))
    return tuple(found)


def _figures(experiments: Sequence[Experiment]) -> tuple[Measured, ...]:
    kinds: dict[tuple[str, str], Figure] = {}
    for each in experiments:
        for name, figure in each.figures.items():
            kinds.setdefault((name, figure.unit), figure)  # the same name in another unit is another figure
    return tuple(
        Measured(name, figure.label, unit, tuple(_value(each.figures.get(name), unit) for each in experiments))
        for (name, unit), figure in kinds.items()
    )


def _value(figure: Figure | None, unit: str) -> float | None:
    return figure.value if figure is not None and figure.unit == unit else None


def _overlays(experiments: Sequence[Experiment]) -> tuple[Overlay, ...]:
    kinds: dict[tuple[str, str, str], list[tuple[int, Curve]]] = {}
    for at, each in enumerate(experiments):
        for name, curve in each.curves.items():
            kinds.setdefault((name, curve.x_label, curve.y_label), []).append((at, curve))
    return tuple(Overlay(lines[0][1].label, tuple(lines)) for lines in kinds.values())


def _groups(experiments: Sequence[Experiment]) -> tuple[tuple[int, ...], ...]:
    """Return the places of experiments that are the same but for the seed; a seed that comes again says nothing new."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for at, each in enumerate(experiments):
        found.setdefault(_same(each), {}).setdefault(each.settings.get(each.seed, each.id), at)
    return tuple(tuple(places.values()) for places in found.values())


def _same(each: Experiment) -> tuple[object, ...]:
    """Return what is the same in experiments that differ in nothing but the seed."""
    rest = frozenset((name, each.settings[name]) for name in each.moved if name != each.seed)
    return each.stem, each.part, rest


def _verdicts(figures: Sequence[Measured], groups: Sequence[Sequence[int]]) -> tuple[Judged, ...]:
    if len(groups) != 2 or min(map(len, groups)) < FEWEST:
        return ()
    found = []
    for figure in figures:
        sides = [[value for at in group if (value := figure.values[at]) is not None] for group in groups]
        if min(map(len, sides)) >= FEWEST and any(math.isfinite(value) for side in sides for value in side):
            found.append(Judged(figure.label, figure.unit, compare(sides[0], sides[1])))
    return tuple(found)
