"""Changing the language: at once, everywhere, back again, and nothing that was chosen is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from core.lessons import load
from tests.helpers import open_page
from tests.in_browser import BEHIND, new_tab, settled


def speak(app: AppTest, language: str) -> AppTest:
    control = next(group for group in app.get("button_group") if group.key == "lang")
    control.set_value(language)  # type: ignore[union-attr]
    return app.run()


def test_one_can_return_to_the_browsers_language() -> None:
    """Français, English, Français: the page is French again, in that run and the next."""
    app = open_page("home")
    assert "Commencer ici" in {button.label for button in app.button}
    speak(app, "en")
    assert "Start here" in {button.label for button in app.button}
    speak(app, "fr")
    for _run in range(2):
        assert "Commencer ici" in {button.label for button in app.button}
        assert "lang" not in app.query_params
        app.run()


@pytest.mark.parametrize("stem", ["home", "train_val_test"])
def test_a_switch_is_complete_in_its_first_run(stem: str) -> None:
    """No label of the first run in English is left from the French one: not the frame's, not the way to other pages."""
    app = open_page(stem, opened="1", lang="fr")
    french = {button.label for button in app.button} | {toggle.label for toggle in app.toggle}
    speak(app, "en")
    first = {button.label for button in app.button} | {toggle.label for toggle in app.toggle}
    app.run()
    assert first == {button.label for button in app.button} | {toggle.label for toggle in app.toggle}
    assert not first & french


def test_a_switch_in_the_browser_turns_everything_and_keeps_the_answers(page: Page, url: str) -> None:
    """Navigation, neighbours and page change together; a quiz answer and a list's choice survive two switches."""
    page.goto(f"{url}/embeddings?opened=1&emb_part=letters")
    settled(page)
    answer = load("embeddings", "fr").named("quiz-")[0].question
    english = load("embeddings", "en").named("quiz-")[0].question
    assert answer is not None
    assert english is not None
    page.get_by_text(answer.options[1]).click()
    page.get_by_text("Le réseau du cours", exact=True).click()
    settled(page)
    navigation, main = page.get_by_test_id("stSidebarNav"), page.get_by_test_id("stMain")
    for language, chapter, neighbour, words in [
        ("English", "Neural networks", "Using the GPU", english.options[1]),
        ("Français", "Réseaux de neurones", "Utilisation du GPU", answer.options[1]),
        ("English", "Neural networks", "Using the GPU", english.options[1]),
    ]:
        page.get_by_role("radio", name=language).click()
        expect(navigation.get_by_text(chapter)).to_be_visible()
        expect(navigation.get_by_role("link", name=neighbour)).to_be_visible()
        expect(main.get_by_role("button", name=neighbour)).to_be_visible()
        settled(page)
        expect(page.get_by_role("radio", name=words)).to_be_checked()
        expect(page).to_have_url(re.compile("emb_corpus=words"))
    page.get_by_text(english.options[0]).click()  # another run, in which a lost choice would show
    settled(page)
    expect(page).to_have_url(re.compile("emb_corpus=words"))
    expect(page.get_by_role("combobox", name="Learn from")).to_have_value("French words")


def test_sliders_keep_their_values_in_the_other_language(page: Page, url: str) -> None:
    """The browser knows the stops of a slider by their words: 5 000 and 5,000 are the same stop, in both directions."""
    asked = "tvt_examples=5000&tvt_learning_rate=0.003&tvt_weight_decay=0.001"
    page.goto(f"{url}/train_val_test?opened=1&{asked}")
    settled(page)
    for language, epochs, examples, shown in [
        ("English", "Epochs", "Training examples", "5,000"),
        ("Français", "Époques", "Exemples d’entraînement", "5\u202f000"),
    ]:
        page.get_by_role("radio", name=language).click()
        slider = page.get_by_role("slider", name=epochs).first
        expect(slider).to_be_visible()
        settled(page)
        before = slider.get_attribute("aria-valuetext")
        slider.press("ArrowLeft")
        settled(page)
        expect(slider).not_to_have_attribute("aria-valuetext", before or "")
        expect(page.get_by_role("slider", name=examples)).to_have_attribute("aria-valuetext", shown)
        for part in asked.split("&"):
            assert part in page.url, part


def test_a_language_is_kept_by_a_browser_that_is_behind_and_turns_the_page(browser: Browser, url: str) -> None:
    """English, and another page at once, before the first answer has come: both are what was asked last."""
    tab = new_tab(browser)
    tab.add_init_script(BEHIND)
    tab.goto(f"{url}/tokens?lang=fr")
    settled(tab)
    tab.evaluate("() => { window.isBehind = true; window.sent = 0 }")
    tab.locator(".st-key-lang").get_by_text("English").click()
    tab.wait_for_function("window.sent === 1")
    tab.locator("[data-testid=stSidebarNavLink][href$='/gpu']").click()
    tab.wait_for_function("window.sent === 2")
    tab.evaluate("() => window.catchUp()")
    expect(tab.get_by_role("heading", level=1, name=load("gpu", "en").title)).to_be_visible()
    settled(tab)
    expect(tab).to_have_url(re.compile("/gpu\\?lang=en$"))
    tab.context.close()
