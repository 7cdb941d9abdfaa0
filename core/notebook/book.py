"""The report as a Jupyter notebook: the rows as Python, then cells that compare and judge them again."""

from __future__ import annotations

import json

from core.notebook.markdown import escaped
from core.notebook.report import Report
from core.notebooks import DataFile, cell, notebook

FILE = "experiments.json"


def book(report: Report) -> bytes:
    """Return a notebook that holds its data and needs Python with SciPy; every cell runs."""
    return notebook(escaped(report.title), source(report), [data(report)], report.voice.say)


def data(report: Report) -> DataFile:
    """Return the rows as the notebook writes them beside itself."""
    _ = report.voice.say
    rows = [each.to_json() for each in report.experiments]
    # A cell magic begins with %, so no line of the data may: JSON's own never does.
    told = json.dumps(rows, indent=1)
    return DataFile(FILE, _("The experiments, as the lab notebook keeps them."), told.encode, told)


def source(report: Report) -> str:
    """Return the code: it reads the rows, shows what differs, and tests each figure over seeds."""
    _ = report.voice.say
    once, test = _("the same seed counts once"), _("Welch’s test")
    none = _("No verdict over seeds: it takes two settings, each with two seeds or more, and a figure that all have.")
    return "\n".join(
        [
            cell(
                _("The experiments"),
                f"""
import json

with open({FILE!r}, encoding="utf-8") as file:
    experiments = json.load(file)
for number, one in enumerate(experiments, start=1):
    figures = {{name: figure["value"] for name, figure in one["figures"].items()}}
    stem = one["stem"]
    print(number, stem, figures)
""",
            ),
            cell(
                _("What differs"),
                """
settings = sorted({name for one in experiments for name in one["settings"]})
for name in settings:
    values = [one["settings"].get(name) for one in experiments]
    if len(set(values)) > 1:
        print(name, values)
""",
            ),
            cell(
                _("Groups that differ in nothing but the seed"),
                f"""
from collections import defaultdict

groups = defaultdict(dict)
for one in experiments:
    rest = {{name: one["settings"][name] for name in one["moved"] if name != one["seed"]}}
    same = one["stem"], one["part"], tuple(sorted(rest.items()))
    groups[same].setdefault(one["settings"].get(one["seed"], one["id"]), one)  # {once}
for (stem, part, rest), members in groups.items():
    print(stem, part, dict(rest), len(members))
""",
            ),
            cell(
                _("Verdict over seeds"),
                f"""
from scipy.stats import ttest_ind

names = sorted({{name for one in experiments for name in one["figures"]}})
if len(groups) == 2 and min(len(members) for members in groups.values()) >= 2:
    for name in names:
        sides = [[one["figures"][name]["value"] for one in members.values()
                  if one["figures"].get(name, {{}}).get("value") is not None]
                 for members in groups.values()]
        if min(len(side) for side in sides) >= 2:
            test = ttest_ind(*sides, equal_var=False)  # {test}
            print(name, sides, test.pvalue)
else:
    print({none!r})
""",
            ),
        ]
    )
