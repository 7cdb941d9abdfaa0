"""The four further views of the batch size and learning rate page, one at a time."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.batch_learning_rate.difference import difference_view
from components.batch_learning_rate.finder import finder_view
from components.batch_learning_rate.levels import values
from components.batch_learning_rate.map import map_view
from components.batch_learning_rate.schedules import schedules_figure
from components.figures import show
from components.language import _, current
from components.lesson import PageLesson
from components.projection import is_projected
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run

VIEWS = ("map", "difference", "finder", "schedules", "elsewhere")


def views(lesson: PageLesson, settings: RateSettings, pinned: Run | None) -> None:
    """Show the choice of views, and the chosen one."""
    names = {
        "map": _("The map"),
        "difference": _("Is it real?"),
        "finder": _("Find a rate"),
        "schedules": _("Schedules"),
        "elsewhere": _("Batches elsewhere"),
    }
    st.divider()
    chosen = controls.choice(
        _("Go further"), VIEWS, "map", key="blr_view", format_func=names.__getitem__, label_visibility="collapsed"
    )
    match chosen:
        case "map":
            map_view(lesson)
        case "difference":
            difference_view(lesson, settings, pinned)
        case "finder":
            finder_view(lesson, settings)
        case "schedules":
            schedules_view(lesson, settings)
        case "elsewhere":
            elsewhere_view(lesson, settings)


def schedules_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Draw the four schedules over the updates of the current run; a button each takes it over."""
    st.subheader(lesson.heading("text-schedule"), anchor=False)
    lesson.words("text-schedule")
    drawn = schedules_figure(settings, projected=is_projected(), language=current())
    show(drawn, key="blr-schedules", alt=_("Learning rate against the update, for the four schedules"))
    st.caption(_("Choose a schedule in the advanced settings above; the curves follow it."))


def elsewhere_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Say what a batch is in the course's other code."""
    known = values(settings)
    st.subheader(lesson.heading("text-elsewhere"), anchor=False)
    parts = [part for part in lesson.body("text-elsewhere", **known).split("\n\n") if part]
    for part, code, column in zip(parts, quoted_code(), st.columns(3), strict=False):
        with column:
            st.code(code, language="python", wrap_lines=True)
            st.markdown(part)


def quoted_code() -> tuple[str, str, str]:
    """Return lines of the course's other code where a batch is cut: Keras' fit, PyTorch by hand, an agent's memory."""
    counted = _("54,000 / 128 = 421.9, and the last, smaller batch counts")
    drawn = _("32 examples, with replacement")
    lived, apart = _("what the agent has lived through"), _("64 memories, far apart in time")
    keras = f"""model.fit(x_train, y_train, batch_size=128, validation_split=0.1)
# 422/422: {counted}"""
    torch = f"""indices = torch.randint(0, len(x), (32,))   # {drawn}
loss = F.cross_entropy(model(x[indices]), y[indices])"""
    agent = f"""memory = deque(maxlen=10_000)               # {lived}
batch = random.sample(memory, 64)           # {apart}"""
    return keras, torch, agent
