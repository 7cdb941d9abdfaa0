"""The prose and questions of one page: a Markdown file that a teacher edits.

Front matter gives `title`, `short` (the title in the navigation), `objective`, `minutes` and, where the whole page
takes longer, `whole`. Every `## Words {#id}` begins a section; the words are shown, the id is what pages look for.

A list of `- [ ] option :: reply` and `- [x] option :: reply` makes a question: the reply is said to whoever chose that
option, the quote after the list to everybody. A section without options may end in a quote too: a model answer.

A sentence that states a fact is followed by `<!-- claim: id -->`, the name of the test that computes it, or by
`<!-- source: … -->`. Students see neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from core.files import ASSETS
from core.once import once

LESSONS = ASSETS / "lessons"

_HEADING = re.compile(r"^## (?P<words>.+?)\s*\{#(?P<id>[\w-]+)\}\s*$", re.MULTILINE)
_OPTION = re.compile(r"^- \[(?P<mark>[ x])\] (?P<text>.+?)(?: :: (?P<reply>.+))?$", re.MULTILINE)
_NOTE = re.compile(r" ?<!--.*?-->", re.DOTALL)


class LessonError(ValueError):
    """A lesson file that cannot be read: what, and where."""


@dataclass(frozen=True)
class Question:
    """A question with options, in the order of the file, and an explanation.

    Attributes:
        text: above the options.
        options: what can be chosen.
        replies: what is said to whoever chose each; empty where the file has none.
        right: indices of the right options.
        explanation: for everybody, once they have answered.
    """

    text: str
    options: tuple[str, ...]
    replies: tuple[str, ...]
    right: frozenset[int]
    explanation: str

    def order(self, seed: int) -> list[int]:
        """Return the indices of the options as a student sees them: shuffled, the same for the same seed."""
        places = list(range(len(self.options)))
        Random(f"{seed} {self.text} {len(self.options)}").shuffle(places)
        return places


@dataclass(frozen=True)
class Section:
    """One piece of a lesson: the words of its heading, and its Markdown."""

    id: str
    heading: str
    body: str

    @property
    def question(self) -> Question | None:
        """The question in this section, or None if it holds no options."""
        found = list(_OPTION.finditer(self.body))
        if not found:
            return None
        options = tuple(match["text"].strip() for match in found)
        replies = tuple((match["reply"] or "").strip() for match in found)
        right = frozenset(index for index, match in enumerate(found) if match["mark"] == "x")
        explanation = _unquoted(self.body[found[-1].end() :])
        return Question(self.body[: found[0].start()].strip(), options, replies, right, explanation)

    @property
    def answer(self) -> str:
        """The model answer: the quote of this section."""
        return _unquoted("\n".join(line for line in self.body.splitlines() if line.startswith(">")))


@dataclass(frozen=True)
class Lesson:
    """A page's words in one language.

    Attributes:
        stem: of the page.
        title: above the page.
        short: the title where there is little room: in the navigation.
        objective: what the student will be able to explain.
        minutes: of the picture, the missions and the questions.
        whole: minutes of all that the page holds.
        sections: by id, in the order of the file.
    """

    stem: str
    title: str
    short: str
    objective: str
    minutes: int
    whole: int
    sections: dict[str, Section]

    def section(self, name: str, **values: str) -> Section:
        """Return a section with `{{name}}` replaced by values.

        Raises:
            LessonError: the lesson has no such section.
        """
        if name not in self.sections:
            raise LessonError(f"{self.stem}: no section {{#{name}}}")
        section = self.sections[name]
        body = section.body
        for key, value in values.items():
            body = body.replace("{{" + key + "}}", value)
        return Section(section.id, section.heading, body)

    def named(self, prefix: str) -> Sequence[Section]:
        """Return the sections whose id begins so, in the order of the file."""
        return [section for name, section in self.sections.items() if name.startswith(prefix)]


def _unquoted(text: str) -> str:
    return re.sub(r"^> ?", "", text.strip(), flags=re.MULTILINE)


@once(64)
def _read(path: Path, changed: float) -> Lesson:
    return parse(path.read_text(encoding="utf-8"), path.stem)


def load(stem: str, language: str) -> Lesson:
    """Read a page's lesson; an edited file is read again.

    Raises:
        LessonError: there is no such file, or it cannot be read.
    """
    path = LESSONS / language / f"{stem}.md"
    if not path.exists():
        raise LessonError(f"no lesson {language}/{stem}.md")
    return _read(path, path.stat().st_mtime)


def parse(text: str, stem: str) -> Lesson:
    """Parse the text of a lesson file.

    Raises:
        LessonError: no front matter, a missing field, or a section id twice.
    """
    parts = re.split(r"^---\s*$", _NOTE.sub("", text), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3:
        raise LessonError(f"{stem}: front matter between two lines of --- expected")
    fields = dict(line.split(": ", 1) for line in parts[1].strip().splitlines() if ": " in line)
    headings = list(_HEADING.finditer(parts[2]))
    ends = [*(match.start() for match in headings[1:]), len(parts[2])]
    sections: dict[str, Section] = {}
    for match, end in zip(headings, ends, strict=True) if headings else ():
        if match["id"] in sections:
            raise LessonError(f"{stem}: section {{#{match['id']}}} twice")
        sections[match["id"]] = Section(match["id"], match["words"], parts[2][match.end() : end].strip())
    try:
        minutes = int(fields["minutes"])
        whole = int(fields.get("whole", minutes))
        return Lesson(stem, fields["title"], fields["short"], fields["objective"], minutes, whole, sections)
    except (KeyError, ValueError) as error:
        raise LessonError(f"{stem}: {error} in the front matter") from error
