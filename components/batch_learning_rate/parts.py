"""The parts of the page below its first screen, one at a time; the address says which."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.batch_learning_rate.difference import difference_view
from components.batch_learning_rate.finder import finder_view
from components.batch_learning_rate.levels import values
from components.batch_learning_rate.map import map_view
from components.batch_learning_rate.runs import runs_view
from components.batch_learning_rate.schedules import schedules_figure
from components.batch_learning_rate.settings import batch_slider, rate_slider, schedule_choice
from components.figures import show
from components.language import _, current
from components.lesson import PageLesson
from components.projection import is_projected
from core.batch_learning_rate.settings import RateSettings

PARTS = ("runs", "map", "difference", "finder", "schedules", "elsewhere")


def parts(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the choice of parts, and the chosen one."""
    names = {
        "runs": _("Real networks"),
        "map": _("The map"),
        "difference": _("Is it real?"),
        "finder": _("Find a rate"),
        "schedules": _("Schedules"),
        "elsewhere": _("Batches elsewhere"),
    }
    chosen = controls.choice(
        _("Go further"), PARTS, "runs", key="blr_view", format_func=names.__getitem__, label_visibility="collapsed"
    )
    match chosen:
        case "runs":
            runs_view(lesson, settings)
        case "map":
            map_view(lesson)
        case "difference":
            difference_view(lesson, settings)
        case "finder":
            finder_view(lesson, settings)
        case "schedules":
            schedules_view(lesson, settings)
        case "elsewhere":
            elsewhere_view(lesson, settings)


def schedules_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Draw the four schedules over the updates of the current run, the chosen one thick."""
    st.subheader(lesson.heading("text-schedule"), anchor=False)
    lesson.words("text-schedule")
    left, right = st.columns(2)
    with left:
        rate_slider()
    with right:
        schedule_choice()
    drawn = schedules_figure(settings, projected=is_projected(), language=current())
    show(drawn, key="blr-schedules", alt=_("Learning rate against the update, for the four schedules"))
    st.button(
        _("See it in “Real networks”"),
        icon=":material/arrow_forward:",
        key="blr-schedule-use",
        on_click=controls.set_values,
        args=({"blr_view": "runs"},),
    )


def elsewhere_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Say what a batch is in the course's other code."""
    st.subheader(lesson.heading("text-elsewhere"), anchor=False)
    batch_slider()
    found = [part for part in lesson.body("text-elsewhere", **values(settings)).split("\n\n") if part]
    quoted = quoted_code()
    for row in (0, 2):
        for column, place in zip(st.columns(2, gap="medium"), (row, row + 1), strict=True):
            with column:
                st.code(quoted[place], language="python", wrap_lines=True)
                st.markdown(found[place])


def quoted_code() -> tuple[str, str, str, str]:
    """Return lines of the course's other code where a batch is cut, and the one line that sets EfficientNet's rate."""
    counted = _("54,000 / 128 = 421.9, and the last, smaller batch counts")
    drawn = _("32 examples, with replacement")
    lived, apart = _("what the agent has lived through"), _("64 memories, far apart in time")
    keras = f"""model.fit(x_train, y_train, batch_size=128, validation_split=0.1)
# 422/422: {counted}"""
    torch = f"""indices = torch.randint(0, len(x), (32,))   # {drawn}
loss = F.cross_entropy(model(x[indices]), y[indices])"""
    agent = f"""memory = deque(maxlen=10_000)               # {lived}
batch = random.sample(memory, 64)           # {apart}"""
    efficient_net = """model.compile(optimizer=Adam(learning_rate=0.01),
              loss="categorical_crossentropy")"""
    return keras, torch, agent, efficient_net
