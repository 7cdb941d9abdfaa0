"""The map of the course: its chapters and pages in order. A page exists when its script and its lessons do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.files import ROOT
from core.lessons import LESSONS
from core.once import once

PAGES = ROOT / "pages"
VERSION = "1.0.0"
"""Of the course; pyproject.toml has the same."""


@dataclass(frozen=True)
class Concept:
    """One page of the course.

    Attributes:
        stem: of its files.
        icon: a Material one.
        reads: addresses of what on this page reads files of its own when it is opened; the server opens them once
            before its first answer, beside the page itself.
    """

    stem: str
    icon: str
    reads: tuple[str, ...] = ()

    @property
    def page(self) -> Path:
        """The page's script."""
        return PAGES / f"{self.stem}.py"

    @property
    def exists(self) -> bool:
        """Whether there is a script, and a lesson in every language."""
        return _there(self.stem)


@dataclass(frozen=True)
class Chapter:
    """A part of the course: concepts in the order in which they are taught.

    Attributes:
        id: of the section that holds its title in the lesson of the home page: `{#chapter-<id>}`.
        concepts: every one that the course plans, whether its page exists or not.
    """

    id: str
    concepts: tuple[Concept, ...]


CHAPTERS = (
    Chapter(
        "networks",
        (
            Concept("keras_pytorch", ":material/compare_arrows:"),
            Concept("forward_pass", ":material/account_tree:"),
            Concept("train_val_test", ":material/stacked_line_chart:"),
            Concept("batch_learning_rate", ":material/downhill_skiing:"),
            Concept("transfer_learning", ":material/move_up:"),
            Concept("gpu", ":material/memory:"),
            Concept("embeddings", ":material/scatter_plot:", reads=("emb_part=words",)),
        ),
    ),
    Chapter(
        "language",
        (
            Concept("ways_to_train", ":material/alt_route:"),
            Concept("tokens", ":material/content_cut:"),
            Concept("text_generation", ":material/text_fields:"),
            Concept("model_size", ":material/straighten:"),
        ),
    ),
    Chapter(
        "modern",
        (
            Concept("arena", ":material/trophy:"),
            Concept("three_phases", ":material/stairs:"),
            Concept("chat", ":material/forum:"),
        ),
    ),
    Chapter(
        "project",
        (
            Concept("dqn", ":material/sports_esports:"),
            Concept("project", ":material/construction:"),
        ),
    ),
)


def chapters() -> dict[Chapter, list[Concept]]:
    """Return the chapters in order, each with its concepts that exist; one without any is left out."""
    found = {chapter: [concept for concept in chapter.concepts if concept.exists] for chapter in CHAPTERS}
    return {chapter: there for chapter, there in found.items() if there}


def concepts() -> list[Concept]:
    """Return the concepts that exist, in the order of the course; the others are not shown."""
    return [concept for there in chapters().values() for concept in there]


@once(64)  # a page asks for the whole course dozens of times, the glossary for each of its terms
def _there(stem: str) -> bool:
    lessons = [language / f"{stem}.md" for language in LESSONS.iterdir() if language.is_dir()]
    return all(path.exists() for path in (PAGES / f"{stem}.py", *lessons))
