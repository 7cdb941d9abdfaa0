"""A word's card in a real browser: pointer, keyboard, finger; and the page of the glossary."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from core.glossary import terms
from tests.in_browser import PHONE, serious_faults, settled

BIT = terms("fr").terms["bit"].definition


def card(page: Page) -> Locator:
    return page.locator(".card")


def word(page: Page, url: str, query: str = "") -> Locator:
    """Open the glossary at the nat; return the word "bit" in its definition."""
    page.goto(f"{url}/glossary?term=nat{query}")
    settled(page)
    return page.locator(".st-key-asked-term a[href*='term=bit']")


def test_the_pointer_shows_the_card_and_may_go_into_it(page: Page, url: str) -> None:
    """It says the definition, in place of the browser's own bubble, and goes with the pointer or with Escape."""
    bit = word(page, url)
    assert bit.get_attribute("title") == BIT
    bit.hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(BIT)
    assert bit.get_attribute("title") is None
    expect(bit).to_have_accessible_description(BIT)
    card(page).get_by_role("link", name="Ouvrir le glossaire").hover()
    with page.context.expect_page() as opened:
        page.mouse.down()
        page.mouse.up()
    opened.value.wait_for_load_state()
    assert "glossary?term=bit&lang=fr" in opened.value.url
    opened.value.close()
    page.get_by_role("heading", level=1).hover()
    expect(card(page)).not_to_be_visible()
    bit.hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).not_to_be_visible()


def test_the_focus_shows_the_card_and_escape_closes_it_alone(page: Page, url: str) -> None:
    """With Tab; the first Escape is the card's, the second the projection's; leaving the word closes it too."""
    bit = word(page, url, "&projection=true")
    page.locator(".st-key-asked-term a[href*='term=surprise']").focus()
    page.keyboard.press("Tab")
    expect(bit).to_be_focused()
    expect(card(page)).to_contain_text(BIT)
    page.keyboard.press("Escape")
    expect(card(page)).not_to_be_visible()
    expect(page.get_by_role("button", name="Quitter la projection")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(card(page)).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebarNav")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_finger_sees_the_card_first_and_the_page_second(
    phone: Page, url: str, scheme: Literal["light", "dark"]
) -> None:
    """A tap opens no tab but the card, inside a phone's window and without a fault of accessibility; the next leads on.

    A tap elsewhere closes it.
    """
    phone.emulate_media(color_scheme=scheme)
    bit = word(phone, url)
    bit.tap()
    expect(card(phone)).to_contain_text(BIT)
    assert len(phone.context.pages) == 1
    box = card(phone).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    serious = serious_faults(phone)
    assert not serious, json.dumps(serious, indent=1)
    phone.get_by_role("heading", level=1).tap()
    expect(card(phone)).not_to_be_visible()
    bit.tap()
    with phone.context.expect_page() as opened:
        bit.tap()
    assert "glossary?term=bit" in opened.value.url
    opened.value.close()


def test_the_list_follows_what_one_types(page: Page, url: str) -> None:
    """Without Enter: the terms are those searched for, and the link of the page is the search."""
    page.goto(f"{url}/glossary")
    settled(page)
    page.get_by_label("Chercher un mot").press_sequentially("softm")
    expect(page.get_by_role("heading", level=3)).to_have_text(["Softmax"])
    page.wait_for_url("**/glossary?gl_search=softm")
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links.nth(0)).to_contain_text("Accueil")
    expect(links.nth(1)).to_contain_text("Glossaire")


def test_a_word_of_a_picture_has_its_card_too(page: Page, url: str) -> None:
    """In the picture of the text page, the pointer on "Top-k" says what it is; the slider keeps its name."""
    page.goto(f"{url}/text_generation")
    settled(page)
    shown = page.locator(".card[popover]")
    page.locator(".card.top_k .term").hover()
    expect(shown).to_contain_text("les k tokens les plus probables")
    expect(page.get_by_role("slider", name="2 · Top-k")).to_be_visible()
    page.mouse.move(5, 5)
    expect(shown).to_be_hidden()
