"""Phase 1, age after age: how well the model tells stories, and what it makes of an instruction."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.language import _, number
from components.lesson import PageLesson
from components.three_phases.lab import Measure, Moment, show_moments
from core.stories import instructions
from core.three_phases.ages import Age, ages
from core.three_phases.questions import asked_of


def reading(lesson: PageLesson) -> None:
    """Show the recorded ages of phase 1."""
    lesson.words("text-reading")
    found = ages()
    moments = [
        Moment(
            age.update,
            {"loss": age.loss, "floor": found.floor, "stories": age.stories, "obeyed": age.obeyed},
            [_sample(age, at) for at in range(len(age.told))],
        )
        for age in found.ages
    ]
    show_moments("tp-reading", "ages", moments, measures(), evenly=True)
    st.caption(
        _(
            "Recorded at each moment: {texts} texts told from nothing, and answers to as many instructions. The moments"
            " stand at equal distances, whatever the number of updates between them.",
            texts=number(found.texts),
        )
    )


def measures() -> list[Measure]:
    """Return what is drawn of the ages."""
    return [
        Measure(
            "loss", _("Loss"), _("On stories it has not read, in nats per token."),
            "number", 0.0, 7.0, ("floor", _("least possible")),
        ),
        Measure("stories", _("Stories"), _("Told from nothing, known to the grammar."), "share", 0.0, 1.0),
        Measure("obeyed", _("Instructions obeyed"), _("Each given as the beginning of a story."), "share", 0.0, 1.0),
    ]  # fmt: skip


def _sample(age: Age, at: int) -> dict[str, Any]:
    asked, text = asked_of(at), age.told[at]
    about = instructions.about(text)
    obeys = about is not None and asked.met_by(about)
    return {"title": asked.text, "text": text, "good": obeys, "note": _("obeys") if obeys else _("goes on")}
