"""What is measured on the word vectors: how often analogies are right, and what the axes keep."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components import controls
from components.embeddings.words_figures import kept_figure
from components.figures import show
from components.language import _, _n, current, number, percent
from components.lesson import PageLesson
from components.projection import is_projected
from core.embeddings.analogies import measured, rate
from core.language_models.word_vectors import AXES, Words

ENDS = 8
TALL = 420
"""Pixels of a table that is scrolled."""


def success(words: Words, lesson: PageLesson) -> None:
    """Show the measured success rate of each family, and the failures."""
    found = measured(words)
    rows = [
        {
            _("family"): lesson.heading(f"text-family-{family}"),
            _("analogies"): str(len(answers)),
            _("right"): percent(rate(answers), 0),
            _("right with own words allowed"): percent(rate(answers, own=True), 0),
        }
        for family, answers in found.items()
    ]
    st.table(rows, hide_index=True)
    everything = [answer for answers in found.values() for answer in answers]
    lesson.words(
        "text-success",
        count=number(len(everything)),
        rate=percent(rate(everything), 0),
        own=percent(rate(everything, own=True), 0),
    )
    with st.expander(_("The failures"), icon=":material/error_outline:"):
        failures = [
            {_("question"): f"{x.a} : {x.b} = {x.c} : ?", _("expected"): x.d, _("said"): x.said or "–"}
            for x in everything
            if not x.right
        ]
        st.table(failures, hide_index=True, height=TALL)


def kept(words: Words, lesson: PageLesson) -> None:
    """Show how much of the variance the first axes keep, and the words at the ends of each."""
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        count = controls.slider(_("Components"), 1, AXES, 2, key="emb_components")
        shares = words.axes.explained.cumsum()
        drawn = kept_figure(shares.tolist(), count, projected=is_projected(), language=current())
        alt = _n(
            "Share of the variance kept by the first components; {count} keeps {share}.",
            "Share of the variance kept by the first components; {count} keep {share}.",
            count,
            share=percent(float(shares[count - 1]), 1),
        )
        show(drawn, key="emb-kept", alt=alt)
        st.metric(_("Variance kept"), percent(float(shares[count - 1]), 1))
    with right:
        lesson.words("text-kept")
        rows = []
        for component in range(min(count, 6)):
            low, high = ends(words, component)
            rows.append({_("axis"): str(component + 1), "−": ", ".join(low), "+": ", ".join(high)})
        st.table(rows, hide_index=True)


def ends(words: Words, component: int, frequent: int = 5_000) -> tuple[list[str], list[str]]:
    """Return the frequent words at both ends of a principal axis."""
    places = (words.vectors[:frequent] - words.axes.mean) @ words.axes.components[component]
    order = np.argsort(places)
    return [words.words[row] for row in order[:ENDS]], [words.words[row] for row in order[::-1][:ENDS]]
