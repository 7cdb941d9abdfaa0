"""The page on the arena under the hand, in a real browser: a duel, the laboratory, the table."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.in_browser import check_accessible, settled

PICTURE = ".st-key-main-picture"


def test_two_models_are_chosen_and_votes_are_added(page: Page, url: str) -> None:
    """By hand and by key: the models clicked last are the duel, more votes separate it, others come; in the link."""
    page.goto(f"{url}/arena?opened=1")
    settled(page)
    duel = page.locator(f"{PICTURE} .duel")
    expect(duel.locator(".share")).to_contain_text("61")
    page.get_by_role("button", name=re.compile("^GPT-4 Turbo")).click()
    expect(duel.locator(".sides")).to_contain_text("GPT-4 Turbo (04-09) 1")
    expect(duel.locator(".sides")).to_contain_text("Llama 3 70B")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(duel.locator(".sides")).to_contain_text("GPT-4 (11-06)")
    expect(duel.locator(".sides")).not_to_contain_text("Llama")
    page.get_by_role("button", name=re.compile("^GPT-4o")).click()
    expect(duel.locator(".sides")).to_contain_text("GPT-4 (11-06)")
    votes = page.get_by_role("slider", name="Votes entre les deux")
    for _step in range(4):
        votes.press("ArrowRight")
    expect(duel.locator(".verdict")).to_contain_text("20 sur 20")
    before = duel.locator(".said").inner_text()
    page.get_by_role("button", name="D’autres votes").click()
    expect(duel.locator(".said")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("ar_votes=10000"))
    expect(page).to_have_url(re.compile("ar_draw=2"))
    check_accessible(page)


def test_the_laboratory_answers_under_the_finger(page: Page, url: str) -> None:
    """Shuffled, Elo has another first and Bradley–Terry the same; a robot, taste and omission each have their hands."""
    page.goto(f"{url}/arena?opened=1")
    settled(page)
    words = page.locator(".words")
    fitted, games = words.locator(".fitted"), words.locator(".games")
    expect(fitted).to_contain_text("GPT-4o est en tête")
    expect(games).to_contain_text("Claude 3 Opus est en tête")
    kept = fitted.inner_text()
    page.get_by_role("button", name="Mélanger les votes").click()
    expect(games).not_to_contain_text("Claude 3 Opus est en tête")
    expect(fitted).to_have_text(kept)
    check_accessible(page)  # before a mission's message, whose dialogue is Streamlit's own
    page.get_by_role("radio", name="Triche").click()
    page.get_by_role("combobox", name="contre").select_option("first")
    for _step in range(3):
        page.get_by_role("slider", name="Votes d’un robot").press("ArrowRight")
    expect(fitted).to_contain_text("Gemini Advanced est en tête")
    expect(page.get_by_text("Mission accomplie\u00a0: Le moins de faux votes")).to_be_visible()
    page.get_by_role("radio", name="Goût").click()
    page.get_by_role("slider", name="Une réponse plus longue vaut").fill("7")
    page.get_by_role("switch", name=re.compile("Tenir compte de la longueur")).check()
    expect(words.locator(".changed")).to_contain_text("Un cran de longueur vaut")
    page.get_by_role("radio", name="Oubli").click()
    expect(page.get_by_role("slider", name="Votes retirés")).to_be_visible()


def test_the_table_is_read(page: Page, url: str) -> None:
    """A chosen row's rank follows or does not; 30 % of ties and Mixtral's votes foretell all intervals."""
    page.goto(f"{url}/arena?opened=1&ar_part=ranks")
    settled(page)
    words = page.locator(".words")
    expect(words.locator(".rule")).to_contain_text("L’arène a imprimé 14")
    page.get_by_role("slider", name="Modèle", exact=True).fill("0")
    expect(words.locator(".rule")).to_contain_text("rang 1, comme imprimé")
    expect(words.locator(".fits")).to_contain_text("34 intervalles sur 42")
    page.get_by_role("slider", name="Part d’égalités").fill("6")
    page.get_by_role("switch", name="Compter aussi les votes de Mixtral").check()
    expect(words.locator(".fits")).to_contain_text("42 intervalles sur 42")
    check_accessible(page)
