"""The course, searched for a model: sections of the lessons by BM25, with the address of the page that holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.chat.terms import terms
from core.course import concepts
from core.lessons import LESSONS, load
from core.once import once

if TYPE_CHECKING:
    from bm25s import BM25

MOST, MOST_EXCERPT, MOST_QUERY = 3, 400, 200
_SHOWN = ("level-", "takeaways", "map", "explanation")
"""Ids of sections that explain. Left out: questions, whose right answers are marked, and presets, which only set."""
_MARKS = re.compile(r"\*\*|[*`#]|\{\{.*?\}\}|\$\$?|!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Section:
    """A piece of the course.

    Attributes:
        stem: of its page, which is its address.
        page: the page's title.
        heading: its own.
        text: without Markdown's marks.
    """

    stem: str
    page: str
    heading: str
    text: str


@dataclass(frozen=True)
class Course:
    """The searchable course in one language."""

    sections: Sequence[Section]
    index: BM25

    def search(self, query: str, most: int = MOST) -> list[dict[str, Any]]:
        """Return the sections that share most words with a query, one a page; none if no word is shared."""
        asked = terms(query[:MOST_QUERY])
        if not asked:
            return []
        scores = self.index.get_scores(asked)
        of_page: dict[str, int] = {}  # its best section
        for at in (-scores).argsort(kind="stable"):
            if scores[at] > 0:
                of_page.setdefault(self.sections[at].stem, int(at))
        best = list(of_page.values())[:most]
        return [
            {
                "page": self.sections[at].page,
                "section": self.sections[at].heading,
                "excerpt": _excerpt(self.sections[at].text),
                "link": f"/{self.sections[at].stem}",
                "score": round(float(scores[at]), 2),
            }
            for at in best
        ]


def course(language: str) -> Course:
    """Return the course in a language; an edited lesson is read again."""
    stems = [concept.stem for concept in concepts()]
    changed = tuple((LESSONS / language / f"{stem}.md").stat().st_mtime for stem in ["glossary", *stems])
    return _indexed(language, tuple(stems), changed)


@once(4)
def _indexed(language: str, stems: tuple[str, ...], changed: tuple[float, ...]) -> Course:
    from bm25s import BM25

    sections = [section for stem in ("glossary", *stems) for section in _sections(stem, language)]
    index = BM25(k1=1.2, b=0.75, method="lucene")
    index.index([terms(f"{one.page} {one.heading} {one.heading} {one.text}") for one in sections], show_progress=False)
    return Course(sections, index)


def _sections(stem: str, language: str) -> list[Section]:
    lesson = load(stem, language)
    return [
        Section(stem, lesson.title, section.heading, _plain(section.body))
        for name, section in lesson.sections.items()
        if stem == "glossary" or name.startswith(_SHOWN)
    ]


def _plain(body: str) -> str:
    without_forms = re.sub(r"^forms: .*$", "", body, flags=re.MULTILINE)
    return " ".join(_MARKS.sub(r"\1", without_forms).split())


def _excerpt(text: str) -> str:
    return text if len(text) <= MOST_EXCERPT else text[:MOST_EXCERPT].rsplit(" ", 1)[0] + " …"
