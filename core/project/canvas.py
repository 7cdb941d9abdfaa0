"""A project on one page: what a student wrote, checked like any input from outside, since a file may bring it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from core.project import plan

FORMAT, VERSION = "curseurs: canvas", 1
"""What a file of ours says of itself."""
MOST_BYTES = 100_000
"""Of a file: ours have some thousands."""
FIELDS = {"name": 60, "question": 300, "data": 500, "baseline": 400, "measure": 400, "risks": 500}
"""The texts in their order, and the characters that each may have: together they fill a page."""
MOST_LINES = 10
"""Of one text."""
MOST_LINKS, LONGEST_TITLE, LONGEST_ADDRESS = 8, 120, 1_500
REASONS = ("empty", "too_large", "not_text", "cut", "foreign", "version")
"""Why a file is no canvas, by a stable name."""

_ADDRESS = re.compile(r"https?://[!-~]+|/?[a-z0-9_]{1,64}(?:\?[!-~]*)?")
_WHOLE = re.compile(r"https?://[!-~]+")
_NUMBER = re.compile(r"\d")


class CanvasError(ValueError):
    """A file that is no canvas.

    Attributes:
        reason: one of `REASONS`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Link:
    """An experiment: what was tried, and where it opens again.

    Attributes:
        title: in the student's words; never empty.
        address: of the web, or of a page of the course as its address ends: `stem?query`; empty if there is none.
    """

    title: str
    address: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the address leads there from anywhere, and not from the course alone."""
        return _WHOLE.fullmatch(self.address) is not None


@dataclass(frozen=True)
class Canvas:
    """A project on one page.

    Attributes:
        name: of the project.
        question: what it asks.
        data: what it learns from, and whose they are.
        baseline: the simplest thing that answers the question.
        measure: the number that will answer it.
        risks: what could make it fail, and what then.
        experiments: what was tried, in order.
        hours: by step of `plan.STEPS`.
    """

    name: str = ""
    question: str = ""
    data: str = ""
    baseline: str = ""
    measure: str = ""
    risks: str = ""
    experiments: tuple[Link, ...] = ()
    hours: Mapping[str, int] = field(default_factory=lambda: dict(plan.STEPS))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return self == Canvas()

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold of it, and what it is."""
        links = [{"title": link.title, "address": link.address} for link in self.experiments]
        texts = {name: getattr(self, name) for name in FIELDS}
        return {"format": FORMAT, "version": VERSION, **texts, "experiments": links, "hours": dict(self.hours)}

    @classmethod
    def from_json(cls, given: object) -> Self:
        """Take what can be understood of a value from outside: texts are cut, links without words are dropped.

        Raises:
            CanvasError: it is no canvas, or one of another version.
        """
        if not isinstance(given, Mapping) or given.get("format") != FORMAT:
            raise CanvasError("foreign")
        if given.get("version") != VERSION or isinstance(given["version"], bool):
            raise CanvasError("version")
        texts = {name: tidy(given.get(name, ""), most) for name, most in FIELDS.items()}
        told = given.get("experiments")
        links = links_of(each for each in told if isinstance(each, Mapping)) if isinstance(told, list) else ()
        return cls(**texts, experiments=links, hours=plan.checked(given.get("hours")))

    def with_text(self, name: str, text: str) -> Self:
        """Return it with another text under one of the names of `FIELDS`."""
        changed: dict[str, Any] = {name: tidy(text, FIELDS[name])}
        return replace(self, **changed)

    def with_experiments(self, more: Iterable[Link]) -> Self:
        """Return it with further experiments after those it has; one of the same address takes the place of the old."""
        new = {(link.address or link.title): link for link in (*self.experiments, *more)}
        return replace(self, experiments=tuple(new.values())[-MOST_LINKS:])


def from_file(data: bytes) -> Canvas:
    """Read a canvas from a file that anybody may have written.

    Raises:
        CanvasError: too large, no text, cut, foreign, or of another version.
    """
    if len(data) > MOST_BYTES:
        raise CanvasError("too_large")
    if not data.strip():
        raise CanvasError("empty")
    try:
        given = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CanvasError("not_text") from error
    except (ValueError, RecursionError) as error:
        raise CanvasError("cut" if FORMAT.encode() in data else "foreign") from error
    return Canvas.from_json(given)


def to_file(canvas: Canvas) -> bytes:
    """Return a canvas as a file that `from_file` reads."""
    return json.dumps(canvas.to_json(), ensure_ascii=False, indent=1).encode()


def tidy(text: object, most: int) -> str:
    """Return a text as a canvas holds it: so many characters and lines, none that controls or cannot be written."""
    if not isinstance(text, str):
        return ""
    whole = text[: 4 * most].encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\t", " ")
    kept = "".join(sign for sign in whole if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Zl", "Zp"})
    lines = [line.rstrip() for line in kept.strip().split("\n")]
    lines = [line for at, line in enumerate(lines) if line or lines[at - 1]]
    return "\n".join(lines[:MOST_LINES])[:most].rstrip()


def links_of(given: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    """Return experiments from outside; an address that leads elsewhere than the web or the course is left out."""
    found = []
    for each in given:
        title = " ".join(tidy(each.get("title", ""), LONGEST_TITLE).split())
        address = each.get("address", "")
        if title:
            found.append(Link(title, address if _leads_somewhere(address) else ""))
        if len(found) == MOST_LINKS:
            break
    return tuple(found)


def links_in(text: str) -> tuple[Link, ...]:
    """Return the experiments of a text, one a line: words, then an address if there is one."""
    found = []
    for line in text.splitlines():
        words, _space, last = line.strip().rpartition(" ")
        has_address = words and ("?" in last or "/" in last) and _leads_somewhere(last)
        told = (words.rstrip(" |–—→"), last) if has_address else (line.strip(), "")
        found.append({"title": told[0], "address": told[1]})
    return links_of(found)


def as_lines(links: Sequence[Link]) -> str:
    """Return experiments as the text that `links_in` reads."""
    return "\n".join(f"{link.title} {link.address}".rstrip() for link in links)


def merged(before: Canvas, later: Canvas) -> Canvas:
    """Return what both hold: of each text and of the plan the later one, unless it says nothing; all experiments."""
    texts = {name: getattr(later, name) or getattr(before, name) for name in FIELDS}
    hours = before.hours if later.hours == plan.STEPS else later.hours
    both = before.with_experiments(later.experiments)
    return Canvas(**texts, experiments=both.experiments, hours=hours)


def missing(canvas: Canvas) -> list[str]:
    """Return what a teacher would ask for next, by stable names, in the order of the page; nothing if all is there."""
    found = [name for name in FIELDS if not getattr(canvas, name)]
    if canvas.question and not canvas.question.rstrip(" »”\"').").endswith("?"):
        found.append("question_mark")
    if canvas.measure and not _NUMBER.search(canvas.measure):
        found.append("measure_number")
    hours = plan.total(canvas.hours)
    if not plan.FEWEST <= hours <= plan.MOST:
        found.append("hours_few" if hours < plan.FEWEST else "hours_many")
    return found


def _leads_somewhere(address: object) -> bool:
    return isinstance(address, str) and len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address) is not None


assert {item.name for item in fields(Canvas)} == {*FIELDS, "experiments", "hours"}
