"""A student's judgement of an answer, criterion by criterion, and what the judgements add up to for each model."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import given, progress
from components.chat.code import title
from components.chat.servers import called
from components.language import _, current, number, percent
from core.chat.rubric import MARKS, kept, scores
from core.chat.uses import Use, uses
from core.chat.writers import Name

STEM = "chat"


def called_in_full(name: Name) -> str:
    """Return what a writer is called in the page's language, as a label may hold it."""
    notes = [called(name.model)]
    if name.temperature is not None:
        notes.append(_("temperature {value}", value=number(name.temperature)))
    if name.recorded:
        notes.append({"fr": _("recorded in French"), "en": _("recorded in English")}[name.recorded])
    return ", ".join(notes)


def before(name: Name, use: Use) -> dict[str, str]:
    """Return how the student judged a model's last answer to a use."""
    return dict(progress.of(STEM).judged.get(str(name), {}).get(use.id, {}))


def judge(name: Name, use: Use, answer: str, marks: dict[str, str], found: Mapping[str, bool], place: int) -> None:
    """Show the criteria, each with its three marks and what a program found, and keep what the student says.

    Args:
        name: whose answer it is.
        use: what was asked.
        answer: another one is judged anew.
        marks: how this answer was judged before; what is said now is added to it.
        found: what a program checked of it.
        place: of the answer, from the left.
    """
    others = [_says(holds, what) for what, holds in found.items() if what not in {one.id for one in use.criteria}]
    if others:
        st.caption(_("Program: {found}", found=" · ".join(others)))
    said = {}
    for criterion in use.criteria:
        key = f"chat mark {name} {use.id} {criterion.id} {hash(answer)}"
        given.give_unless_set(key, marks.get(criterion.id))
        st.markdown(criterion.text)
        with st.container(horizontal=True, vertical_alignment="center"):
            mark = st.segmented_control(
                _("Answer {number}: {criterion}", number=place + 1, criterion=criterion.text), list(MARKS), key=key,
                format_func=_mark_names().__getitem__, required=True, label_visibility="collapsed",
            )  # fmt: skip
            if criterion.id in found:
                st.caption(_("Program: {found}", found=_says(found[criterion.id], criterion.id)))
        if mark is not None:
            said[criterion.id] = mark
    if said and said != marks:
        marks |= said
        progress.judged(STEM, str(name), use.id, marks)


def by_model() -> None:
    """Show what the judgements of the student's results add up to: a column for each model, a line for each use."""
    here = uses(current())
    found = scores(kept(progress.of(STEM).judged, here))
    if not found:
        st.caption(_("Judge an answer: what you say adds up here, model by model."))
        return
    lines = [use for use in here if any(use in one["by_use"] for one in found.values())]
    mean_name, heading = _("Mean"), _("By model, as you judged")
    columns = {_("Use"): [f"**{mean_name}**", *(here[use].title for use in lines)]}
    for model in sorted(found, key=lambda key: key.rstrip("]")):  # what is only recorded before what is warm too
        one = found[model]
        shares = [percent(one["by_use"][use], 0) if use in one["by_use"] else "–" for use in lines]
        mean = _("{share} ({judged} of 12)", share=percent(one["share"], 0), judged=one["uses"])
        columns[called_in_full(Name.of(model))] = [f"**{mean}**", *shares]
    title(heading)
    st.table(columns, hide_index=True)
    st.caption(_("Yes counts 1, partly ½, no 0. It is kept with your results, for the eight models judged last."))


def _mark_names() -> dict[str, str]:
    return {"yes": _("yes"), "partly": _("partly"), "no": _("no")}


def _says(holds: bool, what: str) -> str:
    return ("✓ " if holds else "✗ ") + _checks()[what]


def _checks() -> dict[str, str]:
    """Return what each of `core.chat.checks` looks at: often less than the criterion means."""
    return {
        "language": _("the language asked for"),
        "two-sentences": _("two sentences"),
        "shorter": _("shorter than the text"),
        "dates": _("both dates"),
        "meaning": _("the four key words"),
        "labels": _("the four right labels"),
        "form": _("a number and one word a line"),
        "json": _("nothing but JSON"),
        "values": _("the three values"),
        "list": _("a list of two"),
        "short": _("few enough sentences"),
        "firm": _("the number 48"),
        "program": _("a program"),
        "runs": _("it runs to its end"),
        "right": _("three texts told rightly"),
        "output": _("[1] and [1, 2] stand there"),
        "six": _("six lines"),
        "first": _("“no” in the first line"),
        "second": _("“yes” in the second line"),
        "unknown": _("the third line admits it"),
        "turn": _("a single line"),
    }
