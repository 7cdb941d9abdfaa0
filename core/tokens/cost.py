"""What a lesson costs in each language: the course has its lessons in pairs."""

from __future__ import annotations

from collections.abc import Mapping

from core.lessons import LESSONS, load
from core.once import once
from core.tokens.comparison import counts

MILLION = 1_000_000
WINDOW = 1_024
"""Tokens that GPT-2 reads at most (Radford et al. 2019, section 2.3): where the context window begins."""
LANGUAGES = ("fr", "en")


def lesson_text(stem: str, language: str) -> str:
    """Return the prose of a lesson as Markdown: without its questions, whose right answers are marked."""
    lesson = load(stem, language)
    sections = (
        f"## {section.heading}\n{section.body}" for section in lesson.sections.values() if section.question is None
    )
    return "\n\n".join([f"# {lesson.title}", lesson.objective, *sections])


def lesson_counts(stem: str) -> dict[str, Mapping[str, int | None]]:
    """Return, by language, how many tokens each tokenizer makes of a lesson; None for one that is missing here."""
    changed = tuple((LESSONS / language / f"{stem}.md").stat().st_mtime for language in LANGUAGES)
    return _counted(stem, changed)


@once(32)
def _counted(stem: str, changed: tuple[float, ...]) -> dict[str, Mapping[str, int | None]]:
    return {language: counts(lesson_text(stem, language)) for language in LANGUAGES}


def price(tokens: int, per_million: float) -> float:
    """Return what so many tokens cost, in the unit of the price."""
    return tokens * per_million / MILLION


def fits(tokens: int, window: int) -> float:
    """Return how many times so many tokens fit into a context window; below 1, the share that fits."""
    return window / tokens
