"""The plan of a project on one page, and a repository to begin with."""

from __future__ import annotations

from functools import partial
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from components import controls
from components.language import _, _n, catalog, current
from components.lesson import PageLesson
from components.project import canvas_state
from components.project.notebook import chosen, title_of
from core.notebooks import Translate
from core.project import plan
from core.project.canvas import Canvas, Link, missing, to_file
from core.project.canvas_markdown import headings, markdown, step_names
from core.project.canvas_print import COLOURS, DARK, printable
from core.project.repository import repository, slug
from core.project.trackers import TRACKERS

NO_TRACKER = "none"
_HIGH = {"question": 90, "data": 120, "baseline": 120, "measure": 120, "risks": 120, "experiments": 150}
"""Pixels of each field."""
_BAR = """<style>
.pj-bar {{ display: flex; border-radius: 0.3rem; overflow: hidden; font-size: 0.85rem; font-weight: 600; }}
.pj-bar span {{ overflow: hidden; text-align: center; white-space: nowrap; line-height: 1.6rem; color: #000; }}
.pj-bar .dark {{ color: #fff; }}
</style><div class="pj-bar" role="img" aria-label="{said}">{parts}</div>"""


def canvas(lesson: PageLesson) -> None:
    """Show the part: the form, what can be done with it, and the repository."""
    lesson.words("text-canvas")
    _everything(lesson)


@st.fragment
def _everything(lesson: PageLesson) -> None:
    """Show all that what is written changes; the rest of the page stands still."""
    say: Translate = catalog(current()).gettext
    canvas_state.text("name", partial(st.text_input, _("Name of the project")))
    names = headings(say)
    for name in ("question", "data", "baseline", "measure", "risks"):
        field, advice = st.columns([3, 2], gap="medium")
        with field:
            canvas_state.text(name, partial(st.text_area, names[name]), height=_HIGH[name])
        with advice:
            lesson.caption(f"canvas-{name}")
    field, advice = st.columns([3, 2], gap="medium")
    with field:
        label = _("Experiments, one a line: what was tried, then its link")
        canvas_state.experiments(partial(st.text_area, label), height=_HIGH["experiments"])
        _from_notebook()
    with advice:
        lesson.caption("canvas-experiments")
    _plan(lesson, say)
    here = canvas_state.current()
    _say_missing(here)
    canvas_state.keep()
    _downloads(here, say)
    _repository(lesson, here, say)


def _from_notebook() -> None:
    """Offer the experiments that are chosen in the notebook."""
    links = [Link(title_of(each.stem, each.part) or each.stem, each.link) for each in chosen()]
    st.button(
        _n(
            "Add the experiment chosen in the notebook",
            "Add the {count} chosen experiments",
            max(1, len(links)),  # none: the button waits
        ),
        icon=":material/add_link:",
        key="pj-canvas-add",
        disabled=not links,
        on_click=canvas_state.add_experiments,
        args=(links,),
    )


def _plan(lesson: PageLesson, say: Translate) -> None:
    """Show the hours of each step, and the bar that they make."""
    st.subheader(headings(say)["plan"], anchor=False)
    lesson.caption("canvas-plan")
    places = st.columns(4) + st.columns(4)
    for place, (step, name) in zip(places, step_names(say).items(), strict=False):
        with place:
            canvas_state.hours(step, partial(st.number_input, f"{name} (h)"))
    hours = canvas_state.current().hours
    colours, whole = dict(zip(plan.STEPS, COLOURS, strict=True)), plan.total(hours)
    parts = "".join(
        f'<span class="{"dark" if colours[step] in DARK else ""}" '
        f'style="width:{100 * share:.3f}%;background:{colours[step]}">{hours[step]}</span>'
        for step, share in plan.shares(hours).items()
    )
    said = _("{hours} hours in all, of the {fewest} to {most} of a project", hours=whole, fewest=plan.FEWEST,
             most=plan.MOST)  # fmt: skip
    st.html(_BAR.format(said=escape(said), parts=parts))
    icon = ":material/check_circle:" if plan.FEWEST <= whole <= plan.MOST else ":material/error:"
    st.caption(f"{icon} {said}")


def _say_missing(here: Canvas) -> None:
    """Say what a teacher would ask for next."""
    words = {
        "name": _("a name"),
        "question": _("the question"),
        "data": _("the data"),
        "baseline": _("the baseline"),
        "measure": _("the measure"),
        "risks": _("the risks"),
        "question_mark": _("a question that ends in a question mark"),
        "measure_number": _("a number in the measure: from which value on is it a success?"),
        "hours_few": _("a plan of at least {hours} hours", hours=plan.FEWEST),
        "hours_many": _("a plan of at most {hours} hours", hours=plan.MOST),
    }
    if here.is_empty:
        return
    wanted = [words[name] for name in missing(here)]
    if wanted:
        st.info(_("Still to come: {wanted}.", wanted=", ".join(wanted)), icon=":material/edit_note:")
    else:
        st.success(_("Everything is there: show it to somebody before you begin."), icon=":material/task_alt:")


def _downloads(here: Canvas, say: Translate) -> None:
    """Offer the canvas as a page to print, as Markdown, and as a file to be opened again."""
    base, language = _base(), current()
    name = slug(here.name, _("my-project"))
    with st.container(horizontal=True):
        for label, icon, ending, mime, made in (
            (_("Page to print (A4)"), "print", "html", "text/html", lambda: printable(here, language, base, say)),
            (_("Markdown"), "description", "md", "text/markdown", lambda: markdown(here, base, say)),
            (_("File of the canvas"), "save", "json", "application/json", lambda: to_file(here)),
        ):
            st.download_button(
                label,
                data=made,
                file_name=f"{name}.{ending}",
                mime=mime,
                icon=f":material/{icon}:",
                on_click="ignore",
                key=f"pj-canvas-as-{ending}",
            )


def _repository(lesson: PageLesson, here: Canvas, say: Translate) -> None:
    """Offer the repository, with the tracker of one's choice."""
    st.subheader(lesson.heading("text-repository"), anchor=False)
    lesson.words("text-repository")
    names = {"wandb": "Weights & Biases", "mlflow": "MLflow", NO_TRACKER: _("a table alone")}
    tracker = controls.choice(
        _("Runs kept by"), [*TRACKERS, NO_TRACKER], "wandb", key="pj_kept_by", format_func=names.__getitem__
    )
    base, language = _base(), current()
    st.download_button(
        _("Download the repository (zip)"),
        data=lambda: repository(here, "" if tracker == NO_TRACKER else tracker, language, base, say),
        file_name=f"{slug(here.name, _('my-project'))}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
        key="pj-repository",
    )


def _base() -> str:
    """Return the address of the course, which its pages' names are put behind; empty where nobody knows it."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{here.path.rsplit('/', 1)[0]}" if here.netloc else ""
