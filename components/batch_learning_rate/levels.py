"""The level "numbers" of the page: steps per epoch, the noise, and the best rate of each batch size."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.batch_learning_rate.words import batch_name
from components.language import _, number
from components.lesson import PageLesson
from core.batch_learning_rate.bowl import BATCHES, gradient_noise, make_problem
from core.batch_learning_rate.rate_map import recorded
from core.batch_learning_rate.settings import RateSettings


def numbers(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the numbers of the current settings."""
    st.markdown(f"**{lesson.heading('text-numbers')}**")
    lesson.words("text-numbers", **values(settings))


def values(settings: RateSettings) -> dict[str, str]:
    """Return what the lesson's placeholders stand for."""
    return {
        "examples": number(settings.examples),
        "batch": number(settings.batch_size),
        "exact": _quotient(settings.examples / settings.batch_size),
        "updates": number(settings.updates_per_epoch),
        "total": number(settings.updates),
        "epochs": number(settings.updates / settings.updates_per_epoch, 3),
        "noise": _noise_table(),
        "best": _best_table(),
    }


def _quotient(value: float) -> str:
    """Write examples / batch with one decimal; below 1, with two digits, since a share of a batch is not 0."""
    return number(round(value, 1)) if value >= 1 else number(value, 2)


def _noise_table() -> str:
    problem = make_problem("regression")
    start = np.array(problem.start)
    noise = {batch: gradient_noise(problem, start, batch) for batch in BATCHES}
    columns = {number(batch): number(value, 3) for batch, value in noise.items()}
    return _table(_("batch size"), _("noise of the gradient"), columns)


def _best_table() -> str:
    found = recorded("sgd")
    if found is None:
        return _("(no recorded map)")
    best = {batch: found.best(batch) for batch in found.batches}
    columns = {batch_name(batch): number(rate) if rate else "–" for batch, rate in best.items()}
    return _table(_("batch size"), _("best rate"), columns)


def _table(first: str, second: str, columns: dict[str, str]) -> str:
    """Write a Markdown table of two rows, each named; `columns` maps the upper cells to the lower ones."""
    rows = [[f"**{first}**", *columns], ["---"] * (len(columns) + 1), [f"**{second}**", *columns.values()]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
