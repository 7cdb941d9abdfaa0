"""Prompts to start from, good and bad; the lesson says of each, by its place, what to look for."""

from __future__ import annotations

PROMPTS: dict[str, tuple[str, ...]] = {
    "mini": (
        "Il était une fois",
        "Il était une fois une petite souris qui s'appelait Léa. Elle",
        "« Merci, mon cher ami ! » a dit",
        "La capitale de la France est",
        "Once upon a time",
    ),
    "smollm2": (
        "What is the capital of France?",
        "Tell me a very short story about a fox.",
        "Who won the football world cup in 2050?",
        "How many letters are there in the word strawberry?",
        "Quelle est la capitale de la France ?",
    ),
    "gpt2": (
        "The capital of France is",
        "In a shocking finding, scientists discovered",
        "The meaning of life is",
        "The president elected in 2050 is",
        "La capitale de la France est",
    ),
}
"""By model. The mini GPT-2's first is where the page opens."""
COLD: dict[str, frozenset[int]] = {
    "mini": frozenset({1, 2, 3, 4}),
    "smollm2": frozenset({0, 2, 3, 4}),
    "gpt2": frozenset({1, 2}),
}
"""Those that come with temperature 0, by their place: the lesson says what the model then writes."""
