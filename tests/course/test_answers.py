"""What a page takes for a student's own: an answer for what was asked, a mission for what was moved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from components.lesson.question import key_of
from core.lessons import load
from core.progress import PageProgress
from tests.helpers import STEMS, open_page
from tests.in_browser import settled

GIVEN = "Le lien que vous avez ouvert y est déjà"
WON = {
    "emb_part": "words", "emb_view": "analogy", "emb_own": "true",
    "emb_minus": "livre", "emb_word": "écrivain", "emb_plus": "tableau", "emb_expected": "peintre",
}  # fmt: skip


def known(app: AppTest, stem: str) -> PageProgress:
    page: PageProgress = app.session_state["curseurs: progress"].known.page(stem)
    return page


def said(app: AppTest, words: str) -> bool:
    return any(words in box.value for box in (*app.info, *app.success))


@pytest.mark.parametrize("stem", STEMS)
def test_a_question_of_the_quiz_that_a_link_asks_is_kept_as_the_quiz(stem: str) -> None:
    """Answered beside the picture, it is no prediction; the page's own question is still to be asked."""
    app = open_page(stem, ask="quiz-2")
    app.radio(key=f"{stem}-quiz-2-guess").set_value(0).run()
    app.button(key=f"{stem}-check").click().run()
    assert not app.exception
    assert known(app, stem).quiz == {"quiz-2": 0}
    assert known(app, stem).prediction is None
    assert app.radio(key=f"{stem}-quiz-2").value == 0  # below, where the quiz stands
    del app.query_params["ask"]
    app.run()
    assert app.radio(key=f"{stem}-predict-guess").value is None
    app.query_params["ask"] = "quiz-1"
    app.run()
    assert app.session_state[key_of(stem, "quiz-1")].guess is None


@pytest.mark.parametrize("stem", STEMS)
def test_where_a_link_hides_the_question_nothing_waits_for_it(stem: str) -> None:
    """The panel's link names a question even where it hides it: the missions are there, and no picture is veiled."""
    app = open_page(stem, hide="question", ask="predict")
    assert not app.exception
    assert not [radio for radio in app.radio if "predict" in str(radio.key)]
    missions = load(stem, "fr").named("mission-")
    shown = [box.value for box in app.info if box.value.startswith("**Mission")]
    assert len(shown) >= (1 if stem == "batch_learning_rate" else len(missions))  # its others stand with the runs


def test_missions_can_be_hidden_before_the_question_is_answered() -> None:
    """The panel offers it on a fresh page."""
    app = open_page("forward_pass")
    assert "missions" in app.session_state["curseurs: what this page can hide"]


def test_skipping_a_question_of_the_quiz_skips_no_prediction() -> None:
    """Nothing is kept."""
    app = open_page("embeddings", ask="quiz-1")
    app.button(key="embeddings-skip").click().run()
    assert known(app, "embeddings") == PageProgress()


def test_a_link_that_stands_where_a_mission_is_reached_ticks_nothing() -> None:
    """It says so; a move away and back, by the student's own hand, ticks it."""
    app = open_page("embeddings", **WON)
    assert not app.exception
    assert said(app, GIVEN)
    assert known(app, "embeddings").missions == set()
    app.text_input(key="emb_expected").set_value("sculpteur").run()
    assert not said(app, GIVEN)
    assert known(app, "embeddings").missions == set()
    app.text_input(key="emb_expected").set_value("peintre").run()
    assert known(app, "embeddings").missions == {"hidden"}


def test_what_a_student_moves_to_ticks_at_once() -> None:
    """The same words, typed: the mission is reached, and nothing is said of a link."""
    app = open_page("embeddings", emb_part="words", emb_view="analogy")
    app.toggle(key="emb_own").set_value(True)
    for name in ("emb_minus", "emb_word", "emb_plus", "emb_expected"):
        app.text_input(key=name).set_value(WON[name])
    app.run()
    assert known(app, "embeddings").missions == {"hidden"}
    assert not said(app, GIVEN)


def test_one_click_compares_the_sentence_and_a_reload_keeps_it(page: Page, url: str) -> None:
    """The click that leaves the box also compares; an empty box is told so; after a reload the sentence is there."""
    model = load("forward_pass", "fr").section("explain").answer
    page.goto(f"{url}/forward_pass")
    settled(page)
    compare = page.get_by_role("button", name="Comparer avec une réponse")
    compare.click()
    expect(page.get_by_text("Écrivez d’abord votre phrase")).to_be_visible()
    box = page.get_by_role("textbox", name=load("forward_pass", "fr").section("explain").heading[:30])
    box.press_sequentially("Une ligne de poids par sortie.")
    compare.click()
    expect(page.get_by_text(model[:40])).to_be_visible()
    page.wait_for_function("localStorage.getItem('curseurs')?.includes('Une ligne de poids')")
    page.reload()
    settled(page)
    expect(box).to_have_value("Une ligne de poids par sortie.")


def test_what_is_forgotten_is_asked_again_in_the_same_tab(page: Page, url: str) -> None:
    """After "forget", the next student finds no answer of the one before: neither question, quiz nor sentence."""
    page.goto(f"{url}/forward_pass")
    settled(page)
    question = page.locator(".st-key-forward_pass-question")
    question.locator("label[data-baseweb=radio], label:has(input[type=radio])").first.click()
    question.get_by_role("button", name="Vérifier ma prédiction").click()
    quiz = page.get_by_role("radiogroup", name=load("forward_pass", "fr").section("quiz-1").heading[:30])
    quiz.locator("label").first.click()
    settled(page)
    page.get_by_role("link", name="Accueil").click()
    settled(page)
    page.get_by_role("button", name="Oublier", exact=True).click()
    page.get_by_role("button", name="Oui, oublier").click()
    expect(page.get_by_text("Tout est oublié.")).to_be_visible()
    settled(page)
    page.get_by_role("link", name=load("forward_pass", "fr").short).first.click()
    expect(question.get_by_role("button", name="Passer")).to_be_visible()
    settled(page)
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)
    expect(quiz.get_by_role("radio", checked=True)).to_have_count(0)
