"""What a session remembers of a student's answers: gone when they forget their progress."""

from __future__ import annotations

import streamlit as st

from components import progress
from components.lesson.question import PREDICT, key_of
from components.notebook import keep as notebook
from core.course import concepts


def forget() -> None:
    """Forget the progress, and the answers that stand on the pages: the next student finds none of them."""
    progress.forget()
    notebook.forget()
    for concept in concepts():
        stem = concept.stem
        begins = (key_of(stem), f"{stem}-{PREDICT}-", f"{stem}-quiz-", f"{stem}-explain")
        for key in [key for key in st.session_state if str(key).startswith(begins)]:
            del st.session_state[key]
