"""The cards of sampling in a real browser: they speak the page's language, also after it was changed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.in_browser import settled


def test_the_cards_follow_a_change_of_language(page: Page, url: str) -> None:
    """Opened in French and switched to English without a reload, the cards and their folded part are English."""
    page.goto(f"{url}/text_generation")
    page.locator(".bars button").first.wait_for(timeout=60_000)
    settled(page)
    penalty, advanced = page.locator(".card.repetition_penalty label"), page.locator(".cards summary")
    expect(penalty).to_have_text("0 · Pénalité de répétition")
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    expect(penalty).to_have_text("0 · Repetition penalty")
    expect(advanced).to_have_text("Advanced: min-p, repetition penalty")
