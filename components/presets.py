"""The row "To start from": experiments worth seeing, good and bad, each with one true sentence.

The lit preset is never remembered: it is the one whose values the controls stand on now. Moving a control puts it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.language import _, current
from components.lesson import PageLesson
from components.notebook import keep as notebook
from components.projection import is_projected

_DRAWN = "presets: how often each row was drawn anew"
EMPTY = "&nbsp;"
"""A line of Markdown that shows nothing and keeps its height."""
Values = Mapping[str, Any]
"""Where controls stand: their names in the URL, to their values."""


def presets(
    lesson: PageLesson,
    names: Iterable[str],
    *,
    lit: str | None,
    apply: Callable[[str], None],
    key: str,
    section: str = "preset-",
    name: str | None = None,
) -> None:
    """Show the row, and under it the sentence of the lit preset.

    The sentence keeps its line when no preset is lit: what stands below neither moves nor loses the keyboard.

    Args:
        lesson: holds each preset's short name and sentence.
        names: of the presets, in order.
        lit: the one that the controls stand on, or None.
        apply: moves the controls to a preset; called before the page runs again.
        key: of the widget.
        section: what the ids of the presets' sections in the lesson begin with.
        name: of the row in the page's language, where it is not the page's only one.
    """
    if not shown.is_shown("presets", _("To start from")):
        return
    row = _row(key, lit)

    def chosen() -> None:
        if row == _name(key):  # else the browser speaks of a row that is gone
            apply(st.session_state[row])
            notebook.moment()

    st.pills(
        name or _("To start from"),
        list(names),
        default=lit,
        required=True,  # a click on the lit one leaves it lit
        key=row,
        format_func=lambda name: lesson.heading(f"{section}{name}"),
        on_change=chosen,
    )
    if not is_projected():
        with st.container(key=f"{key}-sentence"):
            if lit:
                lesson.caption(f"{section}{lit}")
            else:
                st.caption(EMPTY)


def control_presets(
    lesson: PageLesson,
    values: Mapping[str, Values],
    defaults: Values,
    *,
    key: str,
    section: str = "preset-",
    name: str | None = None,
) -> None:
    """Show a row of presets that only move controls.

    Args:
        lesson: holds each preset's short name and sentence.
        values: by the name of a preset, where it differs from the defaults.
        defaults: of every control that a preset moves.
        key: of the widget.
        section: what the ids of the presets' sections in the lesson begin with.
        name: of the row in the page's language, where it is not the page's only one.
    """
    complete = {preset: dict(defaults) | dict(moved) for preset, moved in values.items()}
    presets(
        lesson,
        complete,
        lit=standing_on(complete, defaults),
        apply=lambda chosen: controls.set_values(complete[chosen]),
        key=key,
        section=section,
        name=name,
    )


def _row(key: str, lit: str | None) -> str:
    """Return the widget's key: a new one when the row shows another preset than `lit`, or speaks another language.

    The same row, unlit from here, would lose moves: a student who presses an arrow three times sends the second press
    before the browser has heard that the first one put the preset out. That message still says "lit", which the server
    would take for a click on the preset, and undo both moves. A change of language is the same: the browser knows pills
    by their words.
    """
    drawn: dict[str, tuple[int, str]] = st.session_state.setdefault(_DRAWN, {})
    number, language = drawn.setdefault(key, (0, current()))
    if language != current() or st.session_state.get(_name(key), lit) != lit:
        drawn[key] = (number + 1, current())
    return _name(key)


def _name(key: str) -> str:
    """Return the widget's key of the row that is on the page."""
    number, _language = st.session_state[_DRAWN][key]
    return f"{key}-{number}"


def standing_on(presets: Mapping[str, Values], defaults: Values) -> str | None:
    """Return the first preset whose values the controls stand on, drawn or not; None if there is none.

    Args:
        presets: the values of each, some or all of the controls.
        defaults: of every control that a preset moves.
    """
    here = {key: controls.standing(key, default) for key, default in defaults.items()}
    for name, values in presets.items():
        if all(here[key] == controls.address(value) for key, value in values.items()):
            return name
    return None
