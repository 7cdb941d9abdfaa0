"""The presets of the letters' part of the embeddings page."""

from __future__ import annotations

from core.tasks.letters.settings import LettersSettings

PRESETS: dict[str, LettersSettings] = {
    "words": LettersSettings(),
    "best": LettersSettings(context=5, optimizer="adam", learning_rate=0.003, batch_size=512, updates=5_000),
    "names": LettersSettings(corpus="names", updates=20_000, embedding=2),
    "course_start": LettersSettings(start="course", updates=20_000),
    "one_number": LettersSettings(embedding=1, updates=20_000),
    "too_fast": LettersSettings(learning_rate=10.0, updates=2_000),
}
"""Three that work, then three that teach by what goes wrong."""
