"""The losses to beat on the map of the letters, named in the language of who looks."""

from __future__ import annotations

from typing import Any

from tests.helpers import small_app


def show_levels() -> None:
    """Show the names of the levels, and what is kept of the map between sessions."""
    import streamlit as st

    from components.embeddings import letters
    from core.embeddings.presets import PRESETS
    from core.runs.store import RunStore

    run = RunStore(url="/nowhere").find(PRESETS["names"])
    assert run is not None
    kept = letters._map_data(run, own_axes=False, prefix="ch")
    st.session_state["names"] = [line["name"] for line in letters._levels(letters._words(run))]
    st.session_state["kept"] = repr({name: value for name, value in kept.items() if name not in {"table", "xy"}})


def names(language: str) -> tuple[list[str], str]:
    app = small_app(show_levels)
    app.session_state["language"] = language
    state: Any = app.run().session_state
    assert not app.exception
    return state["names"], state["kept"]


def test_an_english_student_reads_english_after_a_french_one() -> None:
    """The map is computed once for all; the names of its levels are each session's own."""
    french, kept_by_french = names("fr")
    english, kept_by_english = names("en")
    assert "2-gramme" in french
    assert "2-gram" in english
    assert kept_by_french == kept_by_english
    assert "gram" not in kept_by_french, "a word of a language has been kept with the data"
