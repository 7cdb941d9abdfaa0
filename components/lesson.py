"""The anatomy of a page, the same everywhere: predict, picture, mission, levels, check yourself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from components import controls, language
from components.language import _
from components.projection import is_projected
from core.lessons import Lesson, LessonError, Question, Section, load

LEVELS = ("intuition", "numbers", "formula", "code")


class PageLesson:
    """One page's lesson as the student sees it, and what they have answered so far."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.lesson: Lesson = load(stem, language.current())
        self.answers: dict[str, int] = st.session_state.setdefault(f"{stem}: answers", {})
        self.done: set[str] = st.session_state.setdefault(f"{stem}: missions", set())

    def header(self) -> None:
        """Show the title and what the student will be able to explain."""
        st.title(self.lesson.title, anchor=False)
        if not is_projected():
            st.caption(self.lesson.objective)

    def words(self, name: str, **values: str) -> None:
        """Show the prose of a section; `{{name}}` in it is replaced by values."""
        st.markdown(self.lesson.section(name, **values).body)

    def body(self, name: str, **values: str) -> str:
        """Return the prose of a section."""
        return self.lesson.section(name, **values).body

    def heading(self, name: str) -> str:
        """Return the words of a section's heading."""
        return self.lesson.section(name).heading

    def predict(self) -> bool:
        """Ask for a guess before the answer is shown; return whether the controls are open.

        A link to an experiment opens it at once: whoever shares a picture wants it seen. So does projection, where
        the teacher asks the question aloud: it stays on top, folded.
        """
        section = self.lesson.section("predict")
        question = section.question
        if question is None:
            raise LessonError(f"{self.stem}: the section {{#predict}} needs options")
        key = f"{self.stem}-predict"
        if key not in self.answers and not self._arrived_by_link():
            self._ask_prediction(section, question, key)
            return False
        if self.answers.get(key, -1) >= 0:
            with st.expander(_("Your prediction"), icon=":material/psychology:", expanded=not self._seen(key)):
                self._say_result(question, self.answers[key])
        return True

    def mission(self, name: str, done: bool, **values: str) -> None:
        """Show a mission and tick it when it is reached; it stays ticked."""
        section = self.lesson.section(f"mission-{name}", **values)
        if done and name not in self.done:
            self.done.add(name)
            st.toast(_("Mission accomplished!"), icon=":material/task_alt:")
        ticked = name in self.done
        icon = ":material/task_alt:" if ticked else ":material/flag:"
        state = _("Mission accomplished:") if ticked else _("Mission:")
        box = st.success if ticked else st.info
        box(f"**{state} {section.heading}** — {section.body}", icon=icon)

    def levels(self, *, code: Callable[[], None], pictures: Mapping[str, Callable[[], None]] | None = None) -> None:
        """Show the levels of detail, one click each: intuition, numbers, formula, code.

        Args:
            code: shows the code tab.
            pictures: more to show under a level, by its name.
        """
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
        """Show the questions with explained answers, then what to remember."""
        st.header(_("Check yourself"), anchor=False, divider="gray")
        for section in self.lesson.named("quiz-"):
            self._quiz(section)
        takeaways = self.lesson.section("takeaways")
        with st.container(border=True):
            st.subheader(takeaways.heading, anchor=False)
            st.markdown(takeaways.body)

    def _ask_prediction(self, section: Section, question: Question, key: str) -> None:
        with st.container(border=True, key=f"{key}-box"):
            st.markdown(f"**{section.heading}**\n\n{question.text}")
            chosen = _options(section.heading, question, key=f"{key}-radio")
            with st.container(horizontal=True):
                if st.button(_("I predict"), type="primary", disabled=chosen is None, key=f"{key}-go"):
                    self._answer(key, int(chosen or 0))
                if st.button(_("Skip"), type="tertiary", key=f"{key}-skip"):
                    self._answer(key, -1)

    def _answer(self, key: str, chosen: int) -> None:
        self.answers[key] = chosen
        st.rerun()

    def _quiz(self, section: Section) -> None:
        question = section.question
        if question is None:
            return
        st.markdown(f"**{section.heading}**" + (f"\n\n{question.text}" if question.text else ""))
        chosen = _options(section.heading, question, key=f"{self.stem}-{section.id}")
        if chosen is not None:
            self._say_result(question, chosen)

    def _say_result(self, question: Question, chosen: int) -> None:
        if chosen in question.right:
            praise = _("Right.")
            st.success(f"{praise} {question.explanation}", icon=":material/check_circle:")
        else:
            right = " / ".join(question.options[index] for index in sorted(question.right))
            answer = _("You said: {said}. Right answer: {right}.", said=question.options[chosen], right=right)
            st.warning(f"{answer} {question.explanation}", icon=":material/lightbulb:")

    def _arrived_by_link(self) -> bool:
        """Whether the address holds this page's controls, or the page is projected."""
        if is_projected():
            return True
        here = f"{self.stem}: opened by a link"
        if here not in st.session_state:
            st.session_state[here] = any(name not in {"lang", "projection"} for name in st.query_params)
        return bool(st.session_state[here])

    def _seen(self, key: str) -> bool:
        """Whether the result of the prediction was shown before; it is open the first time."""
        seen = f"{key}: seen"
        before = bool(st.session_state.get(seen, False))
        st.session_state[seen] = True
        return before


def _options(label: str, question: Question, *, key: str) -> int | None:
    """Show the options of a question, none chosen at first; return the chosen one."""
    controls.relabel(key)
    return st.radio(
        label,
        range(len(question.options)),
        index=None,
        key=key,
        format_func=lambda option: question.options[option],
        label_visibility="collapsed",
    )
