"""The report as Markdown, for a repository or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.notebook.experiment import Experiment
from core.notebook.notes import INSIDE, OUTSIDE
from core.notebook.report import Report, why_no_verdict

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")


def markdown(report: Report) -> str:
    """Return the report; names and values are escaped, a student's notes stand as they wrote them, HTML aside."""
    _ = report.voice.say
    parts = [f"# {report.title}"]
    if report.written:
        parts.append(report.day(report.written))
    if len(report.experiments) > 1:
        parts += _compared(report)
    for at, each in enumerate(report.experiments):
        parts += _experiment(report, at, each)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def harmless(note: str) -> str:
    """Return a note as it was written, but for what none of ours holds: HTML, pictures, links that lead elsewhere."""
    text = note.replace("&", "&amp;").replace("<", "&lt;").replace("![", "\\!\\[")
    text = re.sub(rf"\]\((?!{OUTSIDE.pattern}\)|{INSIDE.pattern}\))", r"]\\(", text, flags=re.IGNORECASE)
    return re.sub(r"^(\s*)\[([^\]\n]*)\]:", r"\1\\[\2]:", text, flags=re.MULTILINE)


def _compared(report: Report) -> list[str]:
    _ = report.voice.say
    found = report.comparison
    head = ["", *(str(at + 1) for at in range(len(report.experiments)))]
    pages = [report.page(each) for each in report.experiments]
    rows = [[_("Page"), *pages]] if len(set(pages)) > 1 else []
    rows += [[row.label, *(report.value(value) for value in row.values)] for row in found.differences]
    parts = ["## " + _("What differs"), _table(head, rows) if rows else _("Nothing: these are the same settings.")]
    if found.figures:
        measured = [[row.label, *(report.measured(value, row.unit) for value in row.values)] for row in found.figures]
        parts += ["## " + _("What came out"), _table(head, measured)]
    parts.append("## " + _("Verdict over seeds"))
    for judged in found.verdicts:
        parts.append(f"**{escaped(judged.label)}** — {report.verdict(judged)}")
        sides = enumerate([judged.verdict.first, judged.verdict.second])
        parts.append(
            "\n".join(
                f"- {escaped(report.group(at))}{report.colon}{report.spread(side, judged.unit)}" for at, side in sides
            )
        )
    if missing := why_no_verdict(report):
        parts.append(missing)
    return parts


def _experiment(report: Report, at: int, each: Experiment) -> list[str]:
    _ = report.voice.say
    parts = [f"## {at + 1}. {'★ ' if each.star else ''}{escaped(report.page(each))}", escaped(report.name(each))]
    address = report.address(each.link)
    words = _("Open the experiment")
    where = f"[{words}](<{address.replace('>', '%3E')}>)" if address else ""
    if told := " · ".join(filter(None, [report.day(each.time), where])):
        parts.append(told)
    if each.note:
        parts.append(harmless(each.note))
    if each.prediction is not None:
        before = _("Predicted before")
        parts.append(f"**{before}**{report.colon}{escaped(each.prediction.question)} *{escaped(report.guess(each))}*")
    if each.figures:
        parts.append(
            "\n".join(
                f"- {escaped(one.label)}{report.colon}{escaped(report.figure(one))}" for one in each.figures.values()
            )
        )
    return parts


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
