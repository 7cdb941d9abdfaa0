"""The map of the course: its pages in order. A page exists when its script and its lessons do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.files import ROOT
from core.lessons import LESSONS
from core.once import once

PAGES = ROOT / "pages"


@dataclass(frozen=True)
class Concept:
    """One page of the course: the stem of its files, and its Material icon."""

    stem: str
    icon: str

    @property
    def page(self) -> Path:
        """The page's script."""
        return PAGES / f"{self.stem}.py"


CONCEPTS = (
    Concept("forward_pass", ":material/account_tree:"),
    Concept("train_val_test", ":material/stacked_line_chart:"),
    Concept("batch_learning_rate", ":material/downhill_skiing:"),
    Concept("embeddings", ":material/scatter_plot:"),
    Concept("text_generation", ":material/text_fields:"),
)


def concepts() -> list[Concept]:
    """Return the concepts that have a page and a lesson in every language; the others are not shown."""
    return [concept for concept in CONCEPTS if concept.page.exists() and _taught(concept.stem)]


@once(64)
def _taught(stem: str) -> bool:
    return all((language / f"{stem}.md").exists() for language in LESSONS.iterdir() if language.is_dir())
