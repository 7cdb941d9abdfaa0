"""A small app that notes progress as a page does. Served by the tests, beside the course."""

import streamlit as st

from components import progress

STEM = "forward_pass"


@st.fragment
def part() -> None:
    """Note a mission while the rest of the page stands still."""
    if st.button("Reach in a fragment"):
        progress.reached(STEM, "sure")
    st.text(f"Fragment: {', '.join(sorted(progress.of(STEM).missions))}.")


def main() -> None:
    """Run the app."""
    st.session_state.runs = st.session_state.get("runs", 0) + 1
    part()
    if st.button("Predict"):
        progress.predicted(STEM, 1)
    if st.button("Reach"):
        progress.reached(STEM, "cancel")
    for option in (0, 1):
        if st.button(f"Answer {option}"):
            progress.answered(STEM, "quiz-1", option)
    known = progress.of(STEM)
    st.text(f"Run {st.session_state.runs}.")
    st.text(f"Predicted {known.prediction}, answered {known.quiz}, reached {sorted(known.missions)}.")
    others = sorted(progress.known().pages.keys() - {STEM})
    st.text(f"Of other pages {others}; to resume {progress.known().resume()}.")
    progress.keep()


main()
