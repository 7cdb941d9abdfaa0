"""The anatomy of a page, the same everywhere: question beside the picture, missions, levels, check yourself."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from components import controls, glossary, language, progress, shown
from components.language import _
from components.lesson import check, question
from components.lesson.question import PICTURE, WATCH
from components.notebook import keep as notebook
from components.projection import is_projected
from core.lessons import Lesson, load

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

LEVELS = ("intuition", "numbers", "formula", "code")
FIRST_SCREEN = "first-screen"
_ORDERS = 1_000
"""How many orders of a question's options a link can hold."""
# A guide narrower than this goes under the picture: on small laptops, and with the sidebar open on a tablet.
_STYLE = f"""<style>
[class*=st-key-{WATCH}-] {{ position: absolute; }}
.st-key-{PICTURE}, [class*=st-key-][class*=-question] {{ scroll-margin-top: 4rem; }}
.st-key-{FIRST_SCREEN} {{ gap: 0.6rem; }}
.st-key-{FIRST_SCREEN}:has(.st-key-guide) {{ margin-bottom: 3rem; }}
.st-key-{FIRST_SCREEN} [data-testid=stColumn]:has(.st-key-{PICTURE}) {{ min-width: min(100%, 33rem); }}
.st-key-{FIRST_SCREEN} [data-testid=stColumn]:has(.st-key-guide) {{ min-width: min(100%, 16rem); }}
.st-key-{FIRST_SCREEN} [data-testid=stHeading] [data-testid=stMarkdownContainer] {{ margin-bottom: -0.6rem; }}
[data-testid=stMainBlockContainer] h1 {{ font-size: 1.75rem; padding: 0 0 0.2rem; }}
[class*=st-key-][class*=-sentence] {{ min-height: 2.7rem; }}
@media (min-width: 641px) and (max-width: 1500px) {{
[data-testid=stMainBlockContainer] {{ padding-left: 2rem; padding-right: 2rem; }}
}}
@media (max-width: 640px) {{
[data-testid=stMainBlockContainer] {{ padding-top: 3.5rem; }}
[data-testid=stMainBlockContainer] h1 {{ font-size: 1.4rem; }}
.st-key-objective {{ display: none; }}
[data-testid=stMainBlockContainer] button[data-variant=segmented_control] {{ padding-inline: 0.6rem; }}
}}
</style>"""


class PageLesson:
    """One page's lesson as the student sees it, and what they have answered so far."""

    def __init__(self, stem: str) -> None:
        self.stem, self.wide = stem, False
        self.lesson: Lesson = load(stem, language.current())
        self.order = controls.in_url("order", _own_order(), _read_order)
        self.asked = question.asked(self.lesson)
        if not shown.is_shown("question", _("The question")):
            self.asked.is_folded = True  # nothing waits for an answer

    def header(self) -> None:
        """Show the title and what the student will be able to explain."""
        st.title(self.lesson.title, anchor=False)
        if not is_projected():
            with st.container(key="objective"):
                st.caption(self.lesson.objective)

    def first_screen(self, *, wide: bool = False) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
        """Show the title; return the places of the picture, of the guide (question, then missions), of the controls.

        What the guide says never moves the picture.

        Args:
            wide: the picture takes the whole width; the guide stands between it and the controls until the question
                is put away, then under them, so that picture and controls are seen together. Else it stands beside.
        """
        self.wide = wide
        st.html(_STYLE)
        first = st.container(key=FIRST_SCREEN)
        with first:
            self.header()
            if wide:
                left = right = first
            else:
                left, right = st.columns([3, 1] if is_projected() else [7, 3], gap="medium")
        picture, under = left.container(key=PICTURE), st.container()
        if wide and self.asked.is_put_away:
            right = st.container()
        return picture, right.container(key="guide"), under

    def words(self, name: str, **values: str) -> None:
        """Show the prose of a section; `{{name}}` in it is replaced by values, its new words link to the glossary."""
        st.markdown(self._explained(name, self.body(name, **values)))

    def caption(self, name: str) -> None:
        """Show the prose of a section in small letters, as `words` does in large ones."""
        st.caption(self._explained(name, self.body(name)))

    def body(self, name: str, **values: str) -> str:
        """Return the prose of a section."""
        return self.lesson.section(name, **values).body

    def heading(self, name: str) -> str:
        """Return the words of a section's heading."""
        return self.lesson.section(name).heading

    @property
    def plays(self) -> int:
        """How many times the page was asked to play its question: a picture plays it when this has grown."""
        return self.asked.plays

    @property
    def heard(self) -> int:
        """Of how many `plays` a picture that is only now built is too late: of all but the one that is being watched.

        A browser may build a picture anew while it plays, and a student may leave the page and come back.
        """
        return self.asked.plays - self.asked.is_watching

    def has_played(self, key: str) -> bool:
        """Whether the picture, a component of that key, has shown the answer since the student last asked for it."""
        return bool(st.session_state.get(key, {}).get("seen") == self.plays)

    def question(self, play: Callable[[], None], *, seen: bool, wide: bool = False) -> None:
        """Ask the page's question; check the guess by playing it, and give the verdict when it has been seen.

        Args:
            play: sets the controls to exactly what was asked. It runs before the page does.
            seen: whether the picture has shown the answer, after `plays` grew.
            wide: put the options beside the question.
        """
        if shown.is_shown("question", _("The question")):
            question.show(self.lesson, self.asked, self.order, play, seen=seen, wide=wide)

    def mission(self, name: str, done: bool, *, by: Iterable[str] = (), **values: str) -> None:
        """Show a mission, once the question is settled, and tick it when it is reached; it stays ticked.

        Args:
            name: of the mission; its section is "mission-name".
            done: whether what the page shows reaches it.
            by: the controls that decide it. A link may set them: it ticks nothing until one of them is moved. None,
                where it is decided by what no link holds.
            values: what replaces `{{name}}` in its words.
        """
        section = self.lesson.section(f"mission-{name}", **values)
        decisive = tuple(by)
        is_given = done and bool(decisive) and not controls.were_moved(decisive)
        if done and not is_given and name not in progress.of(self.stem).missions:
            progress.reached(self.stem, name)
            notebook.moment()
            st.toast(_("Mission accomplished!"), icon=":material/task_alt:")
        can_come = self.asked.is_put_away if self.wide else self.asked.is_settled
        if not shown.is_shown("missions", _("Missions")) or not can_come:
            return
        ticked = name in progress.of(self.stem).missions
        icon = ":material/task_alt:" if ticked else ":material/flag:"
        state = _("Mission accomplished:") if ticked else _("Mission:")
        box = st.success if ticked else st.info
        words = self._explained(section.id, section.body)
        if is_given and not ticked:
            words += "\n\n" + _("The link that you opened stands there already: find your own way.")
        box(f"**{state} {section.heading}** — {words}", icon=icon)

    def levels(self, *, code: Callable[[], None], pictures: Mapping[str, Callable[[], None]] | None = None) -> None:
        """Show the levels of detail, one click each: intuition, numbers, formula, code.

        Args:
            code: shows the code tab.
            pictures: more to show under a level, by its name.
        """
        if not shown.is_shown("levels", _("Levels of detail")):
            return
        labels = {"intuition": _("Intuition"), "numbers": _("Numbers"), "formula": _("Formula"), "code": _("Code")}
        tabs = st.tabs([labels[level] for level in LEVELS], key=f"{self.stem}-levels", on_change="rerun")
        for level, tab in zip(LEVELS, tabs, strict=True):
            if not tab.open:
                continue
            with tab:
                if f"level-{level}" in self.lesson.sections:
                    self.words(f"level-{level}")
                if level == "code":
                    code()
                elif pictures and level in pictures:
                    pictures[level]()

    def check_yourself(self) -> None:
        """Show the questions with explained answers, the sentence to write, then what to remember."""
        if not shown.is_shown("quiz", _("Check yourself")):
            return
        st.header(_("Check yourself"), anchor=False, divider="gray")
        for section in self.lesson.named("quiz-"):
            check.quiz(self.stem, section, self.order)
        if "explain" in self.lesson.sections:
            check.one_sentence(self.stem, self.lesson.section("explain"))
        takeaways = self.lesson.section("takeaways")
        with st.container(border=True):
            st.subheader(takeaways.heading, anchor=False)
            st.markdown(self._explained(takeaways.id, takeaways.body))

    def _explained(self, section: str, words: str) -> str:
        return glossary.explained(self.stem, section, words)


def _own_order() -> int:
    """Return this session's own order of options: neighbours see different ones, unless a link says which."""
    mine: int = st.session_state.setdefault("curseurs: order of options", secrets.randbelow(_ORDERS))
    return mine


def _read_order(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) <= 3 else None
