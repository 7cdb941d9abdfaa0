"""The bias, honestly: both answers of one analogy, its reverse, and professions on an axis that one must choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components import controls
from components.in_browser import component, surroundings
from components.language import _, number
from components.lesson import PageLesson
from core.embeddings.professions import AXES, GRAMMAR, PROFESSIONS, projections
from core.language_models.word_vectors import Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

REACH = 0.35
"""The largest number that the bars reach to: one scale for all axes."""


def bias(words: Words, lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show professions between two words, and the two answers to the analogy that made this bias famous."""
    names = {first: f"{first} – {second}" for first, second in AXES.items()}
    with place:
        first = controls.choice(_("Axis"), list(names), "homme", key="emb_axis", format_func=names.__getitem__)
        second = AXES[first]
        grammar = set(GRAMMAR)
        rows = [
            [word, round(value, 4), "pair" if word in grammar else ""]
            for word, value in projections(words, first, second, (*PROFESSIONS, *GRAMMAR))
        ]
        picture = _("Professions on the axis from {first} to {second}", first=first, second=second)
        labels = {"picture": picture, "left": f"← {first}", "right": f"{second} →", "own": ""}
        data = surroundings() | {"rows": rows, "low": -REACH, "high": REACH, "labels": labels}
        component("embeddings/word_bars")(key="emb-bias", data=data)
    with under:
        lesson.words("text-axis")
        lesson.words("text-bias", **_answers(words))


def _answers(words: Words) -> dict[str, str]:
    """Return the answers to both analogies, with the question's own words and without, as the lesson names them."""
    found = {}
    for name, a, c in (("", "homme", "femme"), ("back_", "femme", "homme")):
        for rule, own in (("ruled", False), ("free", True)):
            word, cosine = words.analogy(a, "médecin", c, own=own, count=1)[0]
            found[f"{name}{rule}"] = f"{word} ({number(cosine, 2)})"
    return found
