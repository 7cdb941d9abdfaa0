"""Twelve uses of a large language model: ready prompts with small real inputs, and what to judge an answer by.

`assets/uses/<language>.md` is written like a lesson, so that a teacher edits Markdown: each section is a use, its body
the prompt, the quote at its end one criterion a line, `> {#id} sentence`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from core.files import ASSETS
from core.lessons import LessonError, Section, parse
from core.once import once

USES = ASSETS / "uses"
IDS = (
    "summarise", "translate", "classify", "extract", "correct", "rewrite", "explain", "write-code", "explain-code",
    "brainstorm", "answer", "role",
)  # fmt: skip
_CRITERION = re.compile(r"^> \{#([\w-]+)\} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Criterion:
    """One thing to judge: answered with yes, partly or no."""

    id: str
    text: str


@dataclass(frozen=True)
class Use:
    """A use.

    Attributes:
        id: the same in every language.
        title: in a few words.
        prompt: as it can be sent, and changed.
        criteria: what to judge its answer by.
    """

    id: str
    title: str
    prompt: str
    criteria: tuple[Criterion, ...]


def uses(language: str) -> dict[str, Use]:
    """Return the uses by id, in the order of the course; an edited file is read again.

    Raises:
        LessonError: the file is missing, or a use of `IDS` in it, its prompt or its criteria.
    """
    path = USES / f"{language}.md"
    if not path.exists():
        raise LessonError(f"no uses in {language}")
    return _read(path, path.stat().st_mtime)


@once(4)
def _read(path: Path, changed: float) -> dict[str, Use]:
    lesson = parse(path.read_text(encoding="utf-8"), path.stem)
    return {name: _use(lesson.section(name)) for name in IDS}


def _use(section: Section) -> Use:
    criteria = tuple(Criterion(*match.groups()) for match in _CRITERION.finditer(section.body))
    prompt = _CRITERION.sub("", section.body).strip()
    if not prompt or not criteria or len({one.id for one in criteria}) < len(criteria):
        raise LessonError(f"{section.id}: a prompt and criteria with ids of their own expected")
    return Use(section.id, section.heading, prompt, criteria)
