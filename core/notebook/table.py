"""The experiments as CSV: one a line, for a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
import math

from core.notebook.report import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, whoever wrote it."""


def csv_of(report: Report) -> str:
    """Return a line for each experiment, under the names of settings and figures; numbers have a decimal point."""
    settings = list(dict.fromkeys(name for each in report.experiments for name in each.settings))
    figures = {(name, one.unit): one.label for each in report.experiments for name, one in each.figures.items()}
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\n")
    heads = [f"{label} ({unit})" if unit else label for (_, unit), label in figures.items()]
    lines.writerow(
        map(_harmless, ["page", "part", "time", "star", *settings, *heads, "guess", "guess_right", "note", "link"])
    )
    for each in report.experiments:
        values = [one.value if (one := each.figures.get(name)) and one.unit == unit else None for name, unit in figures]
        guess = each.prediction
        lines.writerow(
            [
                _harmless(each.stem),
                _harmless(each.part),
                each.time,
                int(each.star),
                *(_harmless(each.settings.get(name, "")) for name in settings),
                *("" if value is None else "nan" if math.isnan(value) else repr(value) for value in values),
                _harmless(guess.guess if guess else ""),
                "" if guess is None else int(guess.right),
                _harmless(each.note),
                report.address(each.link) or each.link,
            ]
        )
    return file.getvalue()


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet computes; a number stays one."""
    try:
        float(text)
    except ValueError:
        return f"'{text}" if text.startswith(_FORMULA) else text
    return text
