"""What a student has done, as plain data: kept by their own browser, so checked here like any input from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from urllib.parse import parse_qsl

from core.course import Concept, concepts
from core.lessons import Lesson

VERSION = 1
"""Of what a browser keeps; nothing is taken from another."""
SENTENCE = 1_000
"""Characters of the sentence that a student writes."""
MOST = 50
"""Missions, quizzes, and options of a question: more than any page has, and few for a server."""
ADDRESS = 4_000
"""Characters of the last address."""
SKIPPED = -1
MARKS = ("yes", "partly", "no")
"""What an answer of a model is judged with, criterion by criterion."""
MOST_MODELS, MOST_USES, MOST_CRITERIA = 8, 12, 8
"""Of the models those judged last are kept."""
Judged = dict[str, dict[str, dict[str, str]]]
"""By model, by use, by criterion: one of `MARKS`. The model judged last stands last."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ADDRESS = re.compile(r"[!-~]*")
# Not digits alone: a browser would put such a name first, and another model be the oldest there than here.
_MODEL = re.compile(r"(?!\d+\Z)[ -~\u00a0-\ud7ff\ue000-\ufffd]{1,80}", re.ASCII)
_FRAME = {"embed", "embed_options"}
"""Streamlit's own in an address; it lets no script write them."""


@dataclass
class PageProgress:
    """What a student has done on one page.

    Attributes:
        prediction: the option first guessed, by its place in the lesson's file; -1 if the question was skipped.
        missions: names of those reached.
        quiz: by the id of its section, the option chosen last, by its place in the lesson's file.
        sentence: what they wrote to explain in one sentence.
        judged: their marks for models' answers.
    """

    prediction: int | None = None
    missions: set[str] = field(default_factory=set)
    quiz: dict[str, int] = field(default_factory=dict)
    sentence: str = ""
    judged: Judged = field(default_factory=dict)

    def add(self, later: PageProgress) -> None:
        """Add what was done later, or elsewhere: a first guess stays, and an empty sentence takes nothing away.

        Of each model and use the later judgement counts, whole: it is of another answer.
        """
        if self.prediction is None or (self.prediction == SKIPPED and later.prediction is not None):
            self.prediction = later.prediction
        self.missions |= later.missions
        self.quiz |= later.quiz
        self.sentence = later.sentence or self.sentence
        self.judged = _both(self.judged, later.judged)

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold of it."""
        return {
            "prediction": self.prediction,
            "missions": sorted(self.missions),
            "quiz": self.quiz,
            "sentence": self.sentence,
            "judged": deepcopy(self.judged),
        }

    @classmethod
    def from_json(cls, given: object) -> Self:
        """Take what can be understood of a value from outside; the rest is dropped."""
        told = _mapping(given)
        missions, quiz, sentence = told.get("missions"), _mapping(told.get("quiz")), told.get("sentence")
        answers = {name: _option(quiz[name]) for name in _names(quiz)}
        return cls(
            prediction=_option(told.get("prediction"), lowest=SKIPPED),
            missions=set(_names(missions if isinstance(missions, list) else ())),
            quiz={name: option for name, option in answers.items() if option is not None},
            sentence=written(sentence) if isinstance(sentence, str) else "",
            judged=_judged(told.get("judged")),
        )


@dataclass
class Progress:
    """What a student has done in the course.

    Attributes:
        pages: by stem.
        last: the page they were on last, as its address ends: `stem?query`; "" if none.
    """

    pages: dict[str, PageProgress] = field(default_factory=dict)
    last: str = ""

    def page(self, stem: str) -> PageProgress:
        """Return a page's progress, to be read or added to."""
        return self.pages.setdefault(stem, PageProgress())

    def resume(self) -> tuple[Concept, dict[str, str]] | None:
        """Return the page they were on last, and the query of its address; None if there is none."""
        stem, _, query = self.last.partition("?")
        found = next((concept for concept in concepts() if concept.stem == stem), None)
        told = {name: value for name, value in parse_qsl(query) if name.lower() not in _FRAME}
        return (found, told) if found else None

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold of it; a page on which nothing was done is left out."""
        pages = {stem: page.to_json() for stem, page in self.pages.items() if page != PageProgress()}
        return {"version": VERSION, "last": self.last, "pages": pages}

    @classmethod
    def from_json(cls, given: object) -> Self:
        """Take what can be understood of a value from outside; what is damaged, or of no page here, is dropped."""
        told = _mapping(given)
        pages, last = told.get("pages"), told.get("last")
        if told.get("version") != VERSION or not isinstance(pages, Mapping):
            return cls()
        stems = [concept.stem for concept in concepts()]
        found = {stem: PageProgress.from_json(pages.get(stem)) for stem in stems}
        return cls(
            {stem: page for stem, page in found.items() if page != PageProgress()},
            last if isinstance(last, str) and _leads_to(last, stems) else "",
        )


def merge(before: Progress, later: Progress) -> Progress:
    """Return what both tell: all missions, the first guess; of quizzes, sentence and address the later."""
    found = deepcopy(before)
    for stem, page in later.pages.items():
        found.page(stem).add(page)
    found.last = later.last or before.last
    return found


def written(sentence: str) -> str:
    """Return a student's sentence as it is kept: not too long, and nothing that cannot be sent back to them."""
    return sentence[:SENTENCE].encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Tally:
    """How far a student is on one page, counted by its lesson: what a lesson no longer has does not count.

    Attributes:
        predicted: whether they guessed.
        missions: how many are reached.
        of_missions: how many there are.
        right: how many quizzes stand on a right answer.
        of_quizzes: how many there are.
    """

    predicted: bool
    missions: int
    of_missions: int
    right: int
    of_quizzes: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.predicted and self.missions == self.of_missions and self.right == self.of_quizzes


def tally(page: PageProgress, lesson: Lesson) -> Tally:
    """Count what was done on a page."""
    missions = [section.id.removeprefix("mission-") for section in lesson.named("mission-")]
    quizzes = {section.id: section.question for section in lesson.named("quiz-")}
    asked = {name: question for name, question in quizzes.items() if question is not None}
    return Tally(
        predicted=page.prediction not in {None, SKIPPED},
        missions=len(page.missions.intersection(missions)),
        of_missions=len(missions),
        right=sum(page.quiz.get(name) in question.right for name, question in asked.items()),
        of_quizzes=len(asked),
    )


def _mapping(given: object) -> Mapping[Any, Any]:
    return given if isinstance(given, Mapping) else {}


def _both(before: Judged, later: Judged) -> Judged:
    """Return what both judge: the models that only the earlier knows first, each use as it was judged last."""
    first = {model: uses for model, uses in before.items() if model not in later}
    again = {model: dict(islice((before.get(model, {}) | uses).items(), MOST_USES)) for model, uses in later.items()}
    return dict(list((first | deepcopy(again)).items())[-MOST_MODELS:])


def _judged(given: object) -> Judged:
    """Take what are judgements; a use or a model of which nothing is left is dropped, but one without marks stays."""
    told = _mapping(given)
    models = [model for model in islice(told, MOST) if isinstance(model, str) and _MODEL.fullmatch(model)]
    found = {model: _uses(told[model]) for model in models}
    return {model: found[model] for model in [model for model in models if found[model]][-MOST_MODELS:]}


def _uses(given: object) -> dict[str, dict[str, str]]:
    uses = _mapping(given)
    names = [use for use in _names(uses) if isinstance(uses[use], Mapping)]
    return {use: _marks(uses[use]) for use in names[:MOST_USES]}


def _marks(given: Mapping[Any, Any]) -> dict[str, str]:
    """Return what are marks; `True` and `1` are none."""
    names = [name for name in _names(given) if isinstance(given[name], str) and given[name] in MARKS]
    return {name: given[name] for name in names[:MOST_CRITERIA]}


def _names(given: Iterable[object]) -> list[str]:
    return [name for name in islice(given, MOST) if isinstance(name, str) and _NAME.fullmatch(name)]


def _option(given: object, *, lowest: int = 0) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and lowest <= given < MOST else None


def _leads_to(address: str, stems: Iterable[str]) -> bool:
    stem = address.partition("?")[0]
    return stem in stems and len(address) <= ADDRESS and _ADDRESS.fullmatch(address) is not None
