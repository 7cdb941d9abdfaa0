"""The anatomy of a page: questions are played before they are answered, options shuffled, links hide what they name."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import pytest

from components.lesson.question import PREDICT, SKIPPED
from components.teacher_link import KEY
from core.lessons import Question, load, parse
from tests.helpers import STEMS, open_page, small_app
from tests.notebook.kept import check_question

LANGUAGES = ("fr", "en")


def question_of(stem: str, section: str = PREDICT, language: str = "fr") -> Question:
    found = load(stem, language).section(section).question
    assert found is not None
    return found


@pytest.mark.parametrize("stem", STEMS)
def test_every_option_has_a_reply_and_the_page_a_sentence_to_explain(stem: str) -> None:
    """Predictions and quizzes answer each option; one section asks for a sentence and holds a model answer."""
    for language in LANGUAGES:
        lesson = load(stem, language)
        for section in (lesson.section(PREDICT), *lesson.named("quiz-")):
            question = question_of(stem, section.id, language)
            assert all(question.replies), (language, section.id)
        assert lesson.section("explain").answer


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", [PREDICT, "level-intuition", "level-numbers", "level-formula", "takeaways"])
def test_what_every_page_has_is_called_the_same_on_all(section: str, language: str) -> None:
    """One heading for one thing: whoever has found what is to remember on one page finds it on the next."""
    assert len({load(stem, language).section(section).heading for stem in STEMS}) == 1


@pytest.mark.parametrize("stem", STEMS)
def test_the_order_of_the_options_is_the_links(stem: str) -> None:
    """The same link shows the same order to everybody; over many links, each option stands first about as often."""
    question = question_of(stem)
    shown_first = open_page(stem, order="17").radio(key=f"{stem}-{PREDICT}-guess").options
    assert shown_first == [question.options[at] for at in question.order(17)]
    assert shown_first == open_page(stem, order="17").radio(key=f"{stem}-{PREDICT}-guess").options
    first = [question.order(seed)[0] for seed in range(300)]
    assert all(70 < first.count(option) < 130 for option in range(3))


@pytest.mark.parametrize("stem", STEMS)
def test_a_guess_is_answered_only_after_it_was_seen(stem: str) -> None:
    """Checking neither tells the answer nor moves on by itself; the verdict then replies to the very option chosen."""
    app = open_page(stem)
    question = question_of(stem)
    wrong = next(at for at in range(3) if at not in question.right)
    app.radio(key=f"{stem}-{PREDICT}-guess").set_value(wrong).run()
    assert not said(app, question.replies[wrong])
    app.button(key=f"{stem}-check").click().run()
    assert not app.exception
    check_question(app, stem, question, wrong)
    for button in [button for button in app.button if button.key == f"{stem}-verdict"]:
        assert not said(app, question.replies[wrong]), "the verdict came before the picture"
        button.click().run()
    assert said(app, question.replies[wrong])
    assert said(app, question.explanation)


def said(app: object, words: str) -> bool:
    """Whether the page says these words, glossary links aside."""

    def plain(text: str) -> str:
        return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)

    kinds = (app.markdown, app.warning, app.success, app.info)  # type: ignore[attr-defined]
    return any(plain(words)[:60] in plain(str(element.value)) for kind in kinds for element in kind)


@pytest.mark.parametrize("stem", STEMS)
def test_skipping_folds_the_question_and_opens_the_missions(stem: str) -> None:
    """Skip is there from the start; after it the question is folded, nothing is told, and the missions are shown."""
    app = open_page(stem)
    assert not app.session_state[f"{stem}: question"].is_settled
    app.button(key=f"{stem}-skip").click().run()
    assert app.session_state[f"{stem}: question"].guess == SKIPPED
    assert [box for box in app.expander if box.label == "La question de cette page"]
    assert not said(app, question_of(stem).explanation)


@pytest.mark.parametrize("stem", STEMS)
def test_a_class_sees_the_question_and_is_answered_for_its_hands(stem: str) -> None:
    """In projection the question is shown although the address is a link; checking it records no student's guess."""
    app = open_page(stem, projection="true", opened="1")
    assert not [box for box in app.expander if box.label == "La question de cette page"]
    app.button(key=f"{stem}-check").click().run()
    assert app.session_state[f"{stem}: question"].guess is None
    for button in [button for button in app.button if button.key == f"{stem}-verdict"]:
        button.click().run()
    assert said(app, question_of(stem).explanation)


def test_a_link_hides_what_it_names_and_keeps_its_value() -> None:
    """A hidden control is not drawn and keeps the link's value; hidden parts of the page are gone, the rest stays."""
    app = open_page("train_val_test", hide="tvt_epochs,levels,quiz,nonsense", tvt_epochs="3")
    assert not app.exception
    assert app.session_state["tvt_epochs"] == 3
    assert not [slider for slider in app.select_slider if slider.key == "tvt_epochs"]
    assert not app.tabs
    assert not [radio for radio in app.radio if "quiz" in str(radio.key)]
    assert [slider for slider in app.select_slider if slider.key == "tvt_learning_rate"]


@pytest.mark.parametrize("stem", STEMS)
def test_everything_that_a_page_offers_to_hide_can_be_hidden(stem: str) -> None:
    """With all that the panel offers hidden at once, the page still opens, and shows none of these controls."""
    app = open_page(stem, opened="1")
    offered = set(app.session_state["curseurs: what this page can hide"])
    assert {"question", "missions", "levels", "quiz"} <= offered
    bare = open_page(stem, hide=",".join(offered))
    assert not bare.exception
    kinds = (bare.slider, bare.select_slider, bare.toggle, bare.number_input, bare.selectbox, bare.text_input)
    assert not [widget.key for kind in kinds for widget in kind if widget.key in offered]


def test_the_class_link_holds_what_is_hidden_and_asked() -> None:
    """The panel's link is the page's own link, with what is hidden and which question; opened, it obeys."""
    app = open_page("forward_pass", fp_step="bias", hide="missions")
    app.session_state[KEY] = True
    app.run()
    hidden: Any = next(row for row in app.get("button_group") if row.key == f"{KEY}: hidden")
    hidden.set_value(["levels", "presets"]).run()
    app.selectbox(key=f"{KEY}: asked").set_value("quiz-2").run()
    copied = next(each for each in app.get("bidi_component") if KEY in str(each.proto.id))
    assert "quiz-2" in str(copied.proto)

    other = open_page("forward_pass", hide="levels,presets", ask="quiz-2")
    assert not other.tabs
    assert other.radio(key="forward_pass-quiz-2-guess").options
    assert not [box for box in other.expander if box.label == "La question de cette page"]


def build_a_link() -> None:
    """Build a link outside a page."""
    import streamlit as st

    from components import controls
    from components.teacher_link import link_query

    controls.begin_page()
    controls.slider("Epochs", 1, 10, 5, key="x_epochs")
    st.session_state["link"] = link_query(["x_epochs", "levels"], "quiz-1")


def test_the_link_of_the_panel() -> None:
    """Every control's default, the language, what is hidden, what is asked."""
    app = small_app(build_a_link).run()
    query = {name: values[0] for name, values in parse_qs(app.session_state["link"]).items()}
    assert query == {"x_epochs": "5", "lang": "fr", "hide": "x_epochs,levels", "ask": "quiz-1"}


def test_notes_for_the_tests_never_reach_a_student() -> None:
    """Claims, sources and other comments of a lesson are not shown, and leave no trace of their place."""
    head = "---\ntitle: T\nshort: T\nobjective: O\nminutes: 1\n---\n"
    lesson = parse(
        head + "## A {#a}\nOne. <!-- claim: x --> Two. <!-- source: B\n2003 -->\n\n"
        "- [ ] no :: Wrong. <!-- claim: y -->\n- [x] yes\n> Because. <!-- claim: z -->\n",
        "t",
    )
    section = lesson.section("a")
    assert section.body.startswith("One. Two.\n")
    assert "<!--" not in section.body
    question = section.question
    assert question is not None
    assert question.replies == ("Wrong.", "")
    assert question.explanation == "Because."
    for stem in STEMS:
        for language in LANGUAGES:
            assert not any("<!--" in each.body for each in load(stem, language).sections.values())
