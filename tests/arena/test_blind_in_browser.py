"""The class's own arena under the hand, in a real browser: votes by key, names, and a board that follows a class."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.in_browser import check_accessible, new_tab, settled

CARDS, TOTAL = ".two article", ".st-key-ar-board .total"


def arrived(page: Page, url: str) -> Page:
    """Open the arena of a class, and wait for its first pair."""
    page.goto(f"{url}/arena?opened=1&ar_part=blind&room=browsers")
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until a key votes: the page has come to rest on a pair, and its buttons are seen."""
    settled(page)
    expect(page.get_by_role("button", name="A est meilleure")).to_be_enabled(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="Les deux sont mauvaises").scroll_into_view_if_needed()


def test_a_class_votes_by_key_and_sees_its_board(page: Page, browser: Browser, url: str) -> None:
    """A letter votes once and Enter goes on; who types a letter does not vote; another's vote arrives by itself."""
    teacher = arrived(page, url)
    expect(teacher.locator(TOTAL)).to_have_text("0 vote")
    own = teacher.get_by_label("Votre propre début d’histoire")
    own.press_sequentially("bat")
    expect(teacher.locator(f"{CARDS} .name").first).to_be_empty()
    own.fill("")
    own.press("Enter")
    expect(teacher.get_by_role("button", name="A est meilleure")).to_be_enabled(timeout=60_000)
    own.blur()
    ready(teacher)
    teacher.keyboard.press("b")
    expect(teacher.locator(f"{CARDS}.chosen .name")).to_contain_text(re.compile("GPT-2.*T\u00a0="))
    expect(teacher.locator(TOTAL)).to_have_text("1 vote")
    check_accessible(teacher)
    student = arrived(new_tab(browser), url)
    student.keyboard.press("t")
    expect(student.get_by_text("Votre vote\u00a0: Égalité")).to_be_visible()
    expect(teacher.locator(TOTAL)).to_have_text("2 votes")
    first = teacher.locator(CARDS).first.inner_text()
    teacher.keyboard.press("Enter")
    expect(teacher.get_by_role("button", name="Les deux sont mauvaises")).to_be_enabled(timeout=60_000)
    assert teacher.locator(CARDS).first.inner_text() != first
    student.get_by_role("button", name="Oublier mes votes").click()
    student.get_by_role("button", name="Oui, oublier").click()
    expect(teacher.locator(TOTAL)).to_have_text("1 vote")
    faults = list(student.faults)  # type: ignore[attr-defined]
    student.context.close()
    assert not faults
