"""The page's question: guess, see it played, and only then the verdict. In a class, a show of hands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from components import glossary, progress
from components.in_browser import component, nothing, surroundings
from components.language import _, _n
from components.lesson.replies import options, say_result, sentence
from components.notebook import keep as notebook
from components.projection import is_projected
from core.lessons import Lesson, LessonError, Question, Section

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PREDICT = "predict"
SKIPPED = -1
PICTURE, WATCH = "main-picture", "watch"
ASK = "ask"
"""In the address: which question stands beside the picture."""
_VISIT = "curseurs: the page that is visited"


@dataclass
class Asked:
    """How far a student is with a page's question.

    Attributes:
        guess: index of the option, in the order of the file; SKIPPED; None before.
        plays: how many times the answer was played.
        is_over: whether it was played to its end, and the verdict given.
        is_folded: whether it opened folded: after a link, or when it was settled on an earlier visit.
    """

    guess: int | None = None
    plays: int = 0
    is_over: bool = False
    is_folded: bool = False

    @property
    def is_watching(self) -> bool:
        """Whether the answer is being played now."""
        return self.plays > 0 and not self.is_over

    @property
    def is_put_away(self) -> bool:
        """Whether it stands folded: what it was about is known, skipped, or has been read."""
        return self.is_folded or self.guess == SKIPPED

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits for the student: the missions may come."""
        return self.is_over or self.is_put_away


def asked(lesson: Lesson) -> Asked:
    """Return how far this session is with the question beside the picture; a new visit folds what is settled."""
    stem, section = lesson.stem, section_of(lesson)
    found: Asked = st.session_state.setdefault(key_of(stem, section.id), Asked())
    is_untouched = found.guess is None and not found.plays
    if st.session_state.get(_VISIT) != stem:
        st.session_state[_VISIT] = stem
        is_known = found.is_settled or (not found.is_watching and _arrived_by_link())
        found.is_folded = is_known and not is_projected()
    elif is_untouched and not is_projected() and ASK not in st.query_params:
        # What the browser remembers comes a moment after the page.
        found.is_folded = found.is_folded or progress.of(stem).prediction is not None
    return found


def key_of(stem: str, section: str = PREDICT) -> str:
    """Return where a session keeps how far it is with a question of a page."""
    return f"{stem}: question" if section == PREDICT else f"{stem}: question {section}"


def section_of(lesson: Lesson) -> Section:
    """Return the section whose question stands beside the picture: the page's own, or the one that the address names.

    Raises:
        LessonError: the page's own holds no options.
    """
    names = [PREDICT, *(section.id for section in lesson.named("quiz-"))]
    told = st.query_params.get(ASK, PREDICT)
    section = lesson.section(told if told in names else PREDICT)
    if section.question is None:
        raise LessonError(f"{lesson.stem}: the section {{#{section.id}}} needs options")
    return section


@dataclass(frozen=True)
class Panel:
    """The question as it stands on the page.

    Attributes:
        stem: of the page.
        section: holds the question.
        question: its options and replies.
        asked: how far the student is.
        order: seed of the order of the options.
        play: sets the controls to what was asked.
    """

    stem: str
    section: Section
    question: Question
    asked: Asked
    order: int
    play: Callable[[], None]

    def show(self, *, wide: bool) -> None:
        """Show the question and what is to be done with it; `wide` puts the options beside it."""
        text, answers = self._place().columns(2, gap="medium") if wide else (self._place(),) * 2
        heading = self.section.heading if self.section.id == PREDICT else _("First, predict")
        words = self.question.text if self.section.id == PREDICT else self.section.heading
        text.markdown(f"**{heading}** — {glossary.explained(self.stem, self.section.id, words)}")
        with answers:
            chosen = self._count_hands() if is_projected() else self._choose()
        # A class has little height, and counts hands; elsewhere one presses below what one chose, on a phone too.
        with text if wide and is_projected() else answers:
            if self.asked.is_over and is_projected():
                _say_to_class(self.question, st.session_state[self._key("hands")].get("counts") or {})
            self._act(ready=chosen)
            if wide and self.asked.is_over and not self.asked.is_put_away:
                # The controls stand below: the question makes place for them when it has been read.
                st.button(
                    _("Go on"), icon=":material/arrow_forward:", key=f"{self.stem}-go-on", on_click=self._put_away
                )
        self._lead()

    def _place(self) -> DeltaGenerator:
        if self.asked.is_put_away:
            folded: DeltaGenerator = st.expander(_("The question of this page"), icon=":material/psychology:")
            return folded
        return st.container(border=True, key=f"{self.stem}-question")

    def _choose(self) -> bool:
        """Let one student choose, or say what came of the choice; return whether an option is chosen."""
        if self.asked.is_over and self.asked.guess is not None and self.asked.guess >= 0:
            say_result(self.question, self.asked.guess)
            return False
        if self.asked.is_watching:
            st.markdown(_("Watch the picture: it shows what was asked."))
            return False
        return options(self.section.heading, self.question, self.order, key=self._key("guess")) is not None

    def _count_hands(self) -> bool:
        """Let a teacher count the hands of a class."""
        data = surroundings() | {
            "options": [
                {"id": at, "text": _plain(self.question.options[at])} for at in self.question.order(self.order)
            ],
            "right": sorted(self.question.right) if self.asked.is_over else [],
            "labels": {"hands": _("Hands raised"), "right": _("Right answer")},
        }
        component("lesson/hands")(key=self._key("hands"), data=data, on_counts_change=nothing)
        return True

    def _act(self, *, ready: bool) -> None:
        """Show the buttons that fit: check and skip, or the verdict for whoever cannot watch to the end."""
        if self.asked.is_watching:
            st.button(_("Show the verdict"), key=f"{self.stem}-verdict", on_click=self._end)
        if self.asked.plays:
            return
        label = _("Check the prediction") if is_projected() else _("Check my prediction")
        with st.container(horizontal=True):
            st.button(label, type="primary", disabled=not ready, key=f"{self.stem}-check", on_click=self._check)
            if self.asked.guess != SKIPPED:
                st.button(_("Skip"), type="tertiary", key=f"{self.stem}-skip", on_click=self._skip)

    def _lead(self) -> None:
        """Have the browser lead the eye to the picture that plays and back to the verdict, where they are far apart."""
        data = {
            "plays": self.asked.plays,
            "over": self.asked.is_over,
            "picture": f".st-key-{PICTURE}",
            "question": f".st-key-{self.stem}-question",
        }
        component("lesson/watch")(key=f"{WATCH}-{self.stem}", data=surroundings() | data)

    def _key(self, part: str) -> str:
        return f"{self.stem}-{self.section.id}-{part}"

    def _check(self) -> None:
        """Set the controls to what was asked; a question of the quiz has no experiment, and is answered at once."""
        if not is_projected():
            self.asked.guess = st.session_state[self._key("guess")]
            self._keep(self.asked.guess or 0)
        self.asked.plays += 1
        if self.asked.guess is not None and self.section.id == PREDICT:
            self._note(self.asked.guess)
        self.asked.is_over = self.section.id != PREDICT
        if self.section.id == PREDICT:
            self.play()

    def _skip(self) -> None:
        self.asked.guess = SKIPPED
        if not is_projected():
            self._keep(SKIPPED)

    def _keep(self, guess: int) -> None:
        """Keep what was answered, as what it is: a prediction, or an answer to a question of the quiz."""
        if self.section.id == PREDICT:
            progress.predicted(self.stem, guess)
        elif guess != SKIPPED:
            progress.answered(self.stem, self.section.id, guess)

    def _note(self, guess: int) -> None:
        """Have the notebook keep the guess with the experiment that is played now."""
        right, options = guess in self.question.right, self.question.options
        notebook.predicted(self.stem, _plain(self.question.text), _plain(options[guess]), right=right)

    def _end(self) -> None:
        self.asked.is_over = True

    def _put_away(self) -> None:
        self.asked.is_folded = True


def show(lesson: Lesson, asked: Asked, order: int, play: Callable[[], None], *, seen: bool, wide: bool = False) -> None:
    """Show the page's question; `PageLesson.question` says what the arguments are."""
    if asked.is_watching and seen:
        asked.is_over = True
    section = section_of(lesson)
    assert section.question is not None  # section_of has looked
    Panel(lesson.stem, section, section.question, asked, order, play).show(wide=wide)


def _say_to_class(question: Question, counts: Mapping[str, object]) -> None:
    """Answer the mistake that most hands were raised for, then explain."""
    wrong = {
        index: count
        for index in range(len(question.options))
        if index not in question.right and isinstance(count := counts.get(str(index)), int) and count > 0
    }
    if wrong:
        most = max(wrong, key=wrong.__getitem__)
        option = _plain(question.options[most]).rstrip(".")
        raised = _n("{count} hand for “{option}”.", "{count} hands for “{option}”.", wrong[most], option=option)
        st.markdown(sentence(f"{raised} {question.replies[most]}"))
    st.success(question.explanation, icon=":material/check_circle:")


def _plain(text: str) -> str:
    """Return an option without Markdown's marks, for the browser's own letters."""
    return text.replace("**", "").replace("*", "").replace("`", "")


def _arrived_by_link() -> bool:
    """Whether the address holds more than the language: whoever shares a picture wants it seen.

    A teacher's link names the question, and wants it asked.
    """
    return ASK not in st.query_params and any(name not in {"lang", "projection"} for name in st.query_params)
