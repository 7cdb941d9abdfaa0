"""The row "To start from": experiments worth seeing, good and bad, each with one true sentence.

The lit preset is never remembered: it is the one whose values the controls stand on now. Moving a control puts it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.projection import is_projected

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
) -> None:
    """Show the row, and under it the sentence of the lit preset.

    The sentence keeps its line when no preset is lit: what stands below neither moves nor loses the keyboard.

    Args:
        lesson: holds each preset's short name and sentence.
        names: of the presets, in order.
        lit: the one that the controls stand on, or None.
        apply: moves the controls to a preset; called before the page runs again, also for the preset that is lit.
        key: of the widget.
        section: what the ids of the presets' sections in the lesson begin with.
    """

    def chosen() -> None:
        name = st.session_state[key] or lit  # a click on the lit one takes it away, and means "this one, again"
        if name is not None:
            apply(name)

    st.session_state[key] = lit
    st.pills(
        _("To start from"),
        list(names),
        key=key,
        format_func=lambda name: lesson.heading(f"{section}{name}"),
        on_change=chosen,
        label_visibility="collapsed",
    )
    if not is_projected():
        st.caption(lesson.body(f"{section}{lit}") if lit else "\u00a0")


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
