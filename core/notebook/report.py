"""What a report of some experiments says, whatever it is written as: HTML, Markdown, a table, a notebook."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.notebook.compare import Comparison, Judged, compared
from core.notebook.experiment import Experiment, Figure
from core.notebooks import Translate
from core.verdict import Summary


@dataclass(frozen=True)
class Voice:
    """How the page's language says things.

    Attributes:
        lang: "fr" or "en".
        say: gives a message in it.
        number: writes a number in it.
        percent: writes a share between 0 and 1 in it.
        title: gives the short title of a page and of its part ("" for its main picture), None where the course has no
            such page (any more).
    """

    lang: str
    say: Translate
    number: Callable[[float], str]
    percent: Callable[[float], str]
    title: Callable[[str, str], str | None]


@dataclass(frozen=True)
class Report:
    """Some experiments, compared.

    Attributes:
        experiments: in the order of the report.
        voice: its language.
        written: when, as the browser's clock says.
        base: address of the course that wrote it, without a slash at its end; "" if unknown.
    """

    experiments: Sequence[Experiment]
    voice: Voice
    written: str = ""
    base: str = ""

    @cached_property
    def comparison(self) -> Comparison:
        """What differs between them."""
        return compared(self.experiments)

    @property
    def title(self) -> str:
        """The report's heading."""
        _ = self.voice.say
        return _("Lab report")

    @property
    def colon(self) -> str:
        """What stands between a name and what it is."""
        return "\u00a0: " if self.voice.lang == "fr" else ": "

    def page(self, experiment: Experiment) -> str:
        """Return what the page of an experiment is called; that it is gone, where it is."""
        _ = self.voice.say
        title = self.voice.title(experiment.stem, experiment.part)
        return title or _("{stem} (a page that this course does not have)").format(stem=experiment.stem)

    def address(self, link: str) -> str:
        """Return the whole address of a page of the course from its end; "" where it cannot be opened."""
        stem = link.partition("?")[0]
        return f"{self.base}/{link}" if self.base and self.voice.title(stem, "") is not None else ""

    def name(self, experiment: Experiment) -> str:
        """Return what tells an experiment from its neighbours: what was moved on its page."""
        _ = self.voice.say
        moved = [f"{experiment.label(key)} {self.value(experiment.settings[key])}" for key in experiment.moved]
        return " · ".join(moved) or _("as the page opens")

    def value(self, setting: str | None) -> str:
        """Return a setting's value as it is read; a number as the language writes it."""
        if not setting:
            return "–"
        try:
            number = float(setting)
        except ValueError:
            return setting
        return self.voice.number(number) if math.isfinite(number) and "_" not in setting else setting

    def figure(self, figure: Figure) -> str:
        """Return a figure with its unit."""
        return self.measured(figure.value, figure.unit)

    def measured(self, value: float | None, unit: str) -> str:
        """Return a value with its unit; a dash where there is none."""
        if value is None:
            return "–"
        return f"{self.voice.number(value)}\u00a0{unit}" if unit else self.voice.number(value)

    def day(self, time: str) -> str:
        """Return when an experiment was made, to the minute."""
        return time[:16].replace("T", " ")

    def guess(self, experiment: Experiment) -> str:
        """Return what was predicted, and whether it came so; "" if nothing was."""
        _ = self.voice.say
        if experiment.prediction is None:
            return ""
        came = _("it came so") if experiment.prediction.right else _("it came otherwise")
        return f"{experiment.prediction.guess} ({came})"

    def group(self, place: int) -> str:
        """Return the letter of one of two groups, the numbers of its experiments, and what tells it from the other."""
        found = self.comparison
        members = found.groups[place]
        first = self.experiments[members[0]]
        told = [each for each in found.differences if each.name != first.seed]
        words = [f"{each.label} {self.value(each.values[members[0]])}" for each in told]
        numbers = ", ".join(str(at + 1) for at in members)
        return f"{'AB'[place]} = {numbers}" + (f" ({', '.join(words)})" if words else "")

    def verdict(self, judged: Judged) -> str:
        """Say whether a gap is more than chance, in plain words."""
        _ = self.voice.say
        found = judged.verdict
        if found.kind == "too_few":
            return _("Too few runs to say: at least two that end well are needed on each side.")
        if found.kind == "equal":
            return _("No difference at all: every run gives the same value.")
        p = self.voice.percent(max(found.p, 1e-4))
        if found.kind == "unclear":
            said = _("One cannot say: were both settings equally good, chance alone could give such a gap in {p} of "
                     "cases (p, Welch’s t-test).")  # fmt: skip
            return said.format(p=p)
        lower = "A" if found.first.mean < found.second.mean else "B"
        said = _("Very probably real: **{lower}** is lower. Were both settings equally good, chance alone would give "
                 "such a gap in {p} of cases or fewer (p, Welch’s t-test).")  # fmt: skip
        return said.format(lower=lower, p=p)

    def spread(self, summary: Summary, unit: str) -> str:
        """Return a mean with its 95 % interval, and over how many runs."""
        _ = self.voice.say
        width = self.voice.number(summary.interval) if math.isfinite(summary.interval) else "∞"
        told = _("{mean} ± {width} over {number} seeds")
        return told.format(
            mean=self.measured(summary.mean, unit), width=width, number=len(summary.values) - summary.failed
        )


def why_no_verdict(report: Report) -> str:
    """Say what is missing for a verdict; "" if there is one."""
    _ = report.voice.say
    if report.comparison.verdicts:
        return ""
    return _("No verdict over seeds: it takes two settings, each with two seeds or more, and a figure that all have.")
