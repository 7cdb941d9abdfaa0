"""A canvas as Markdown: what a student wrote is text there, and no markup."""

from __future__ import annotations

import re

from core.notebooks import Translate
from core.project import plan
from core.project.canvas import Canvas, Link

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$]")
_BEGINS = re.compile(r"^ *([#+=-]|\d+(?=[.)]))?", re.MULTILINE)


def plain(text: str) -> str:
    r"""Return a text as Markdown shows it: its signs lose their meaning, its lines stay lines.

    A line that would begin a heading or a list gets a backslash, a number of a list gets it before its dot, and
    spaces before a line, which may make code of it, go.
    """
    escaped = _SIGNS.sub(lambda sign: "&amp;" if sign[0] == "&" else f"\\{sign[0]}", text)
    escaped = _BEGINS.sub(lambda found: _harmless(found[1] or ""), escaped)
    return re.sub(r"(?<!\n)\n(?!\n)", "\\\n", escaped)


def _harmless(beginning: str) -> str:
    if not beginning:
        return ""
    return f"{beginning}\\" if beginning.isdecimal() else f"\\{beginning}"


def headings(_: Translate) -> dict[str, str]:
    """Return what the parts of a canvas are called, in the page's language, in their order on the page."""
    return {
        "question": _("Question"),
        "data": _("Data"),
        "baseline": _("Baseline"),
        "measure": _("Measure"),
        "experiments": _("Experiments"),
        "risks": _("Risks"),
        "plan": _("Plan"),
    }


def step_names(_: Translate) -> dict[str, str]:
    """Return what the steps of a plan are called, in the page's language."""
    return {
        "question": _("ask the question"),
        "data": _("collect and look at the data"),
        "baseline": _("the baseline"),
        "network": _("a first network"),
        "experiments": _("experiments, one change at a time"),
        "test": _("open the test set, once"),
        "report": _("report and presentation"),
    }


def markdown(canvas: Canvas, base: str, _: Translate) -> str:
    """Return a canvas as a Markdown file.

    Args:
        canvas: what a student wrote.
        base: the address of the course, which the links to its pages begin with; empty where nobody knows it.
        _: says the page's language.
    """
    nothing = _("(nothing yet)")
    unnamed = _("My project")
    parts = [f"# {plain(canvas.name) or unnamed}"]
    for name, heading in headings(_).items():
        match name:
            case "experiments":
                body = "\n".join(f"- {_linked(link, base)}" for link in canvas.experiments)
            case "plan":
                body = _plan(canvas, _)
            case _other:
                body = plain(getattr(canvas, name))
        parts.append(f"## {heading}\n\n{body or nothing}")
    return "\n\n".join(parts) + "\n"


def address(link: Link, base: str) -> str:
    """Return where a link leads from outside of the course; empty if nobody knows."""
    if link.is_whole or not link.address:
        return link.address
    return f"{base.rstrip('/')}/{link.address.lstrip('/')}" if base else ""


def _linked(link: Link, base: str) -> str:
    title, leads = plain(link.title), address(link, base)
    return f"[{title}](<{leads.replace('<', '%3C').replace('>', '%3E')}>)" if leads else title


def _plan(canvas: Canvas, _: Translate) -> str:
    step, hours, total = _("Step"), _("Hours"), _("Total")
    rows = [f"| {name} | {canvas.hours[key]} |" for key, name in step_names(_).items()]
    last = f"| **{total}** | **{plan.total(canvas.hours)}** |"
    return "\n".join([f"| {step} | {hours} |", "|---|---:|", *rows, last])
