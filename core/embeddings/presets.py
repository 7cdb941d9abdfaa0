"""The presets of the letters' part of the embeddings page."""

from __future__ import annotations

from core.tasks.letters.settings import LettersSettings

PRESETS: dict[str, LettersSettings] = {
    "names": LettersSettings(corpus="names", updates=20_000, embedding=2, seed=6),
    "words": LettersSettings(),
    "best": LettersSettings(context=5, optimizer="adam", learning_rate=0.003, batch_size=512, updates=5_000),
    "course_start": LettersSettings(start="course", updates=1_000),
    "one_number": LettersSettings(embedding=1, updates=20_000),
    "too_fast": LettersSettings(learning_rate=10.0, updates=100),
}
"""Three that work, the question's first; then three that teach by what goes wrong. All of them are recorded."""
ASKED = PRESETS["names"]
"""The run that the page's question is about. Its seed begins with the letters mixed: others do not (`seeds.json`)."""
