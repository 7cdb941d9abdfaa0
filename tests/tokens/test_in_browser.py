"""The page of tokens under the hand, in a real browser: typing, pointing, choosing, comparing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.in_browser import settled

PICTURE = ".st-key-main-picture"


def test_what_is_typed_is_cut_and_pointed_at(page: Page, url: str) -> None:
    """Typed text becomes chips; markup stays text; a token lights its other places; every tokenizer is at hand."""
    page.goto(f"{url}/tokens?tok_tokenizer=o200k")
    settled(page)
    field = page.get_by_role("textbox", name="Votre texte")
    field.fill("the <b>cat</b> the 👍🏽\nthe")
    main = page.locator(f"{PICTURE} .counts .main b")
    expect(main).to_have_text("14", timeout=20_000)
    expect(page).to_have_url(re.compile("tok_text=the"))
    assert page.locator(f"{PICTURE} .chips b").count() == 0
    first = page.locator(f"{PICTURE} .chips .cell[data-at='0']")
    expect(first).to_have_text("3086")
    page.locator(f"{PICTURE} .chips .words", has_text="·the").hover()
    expect(page.locator(f"{PICTURE} .chips .cell.lit")).to_have_count(1)
    expect(page.locator(f"{PICTURE} .about")).to_contain_text("octets 20 74 68 65")
    expect(page.locator(f"{PICTURE} .chip.several .words")).to_have_text("·👍🏽")
    expect(page.locator(f"{PICTURE} .chips .words", has_text="⏎")).to_be_visible()
    page.get_by_role("radio", name="GPT-4o").press("ArrowUp")
    expect(page.get_by_role("radio", name="GPT-4 (cl100k)")).to_be_focused()
    expect(main).not_to_have_text("14")
    page.get_by_role("switch", name="Comme le modèle le reçoit").check()
    expect(page.locator(f"{PICTURE} .chips .words")).to_have_count(0)
    expect(page).to_have_url(re.compile("tok_tokenizer=cl100k|tok_ids=true"))


def test_a_long_text_is_drawn_as_it_is_scrolled(page: Page, url: str) -> None:
    """20,000 characters do not stand on the page at once: the next ones come when the box is scrolled to its end."""
    page.goto(f"{url}/tokens?tok_tokenizer=characters")
    settled(page)
    page.get_by_role("textbox", name="Votre texte").fill("abcde " * 4_000)
    expect(page.locator(f"{PICTURE} .counts .main b")).to_have_text(re.compile(r"20.000"), timeout=20_000)
    expect(page.locator(f"{PICTURE} .note")).to_contain_text("Coupé")
    chips = page.locator(f"{PICTURE} .chips .chip")
    assert chips.count() < 1_000
    before = chips.count()
    page.locator(f"{PICTURE} .chips").evaluate("box => { box.scrollTop = box.scrollHeight }")
    expect(chips).not_to_have_count(before)
    expect(page.get_by_text("Un lien contient les", exact=False)).to_be_visible()


def test_two_texts_reach_a_mission(page: Page, url: str) -> None:
    """Written into the two fields, a pair is counted by every tokenizer and ticks its mission."""
    page.goto(f"{url}/tokens?tok_part=compare")
    settled(page)
    page.get_by_role("textbox", name="Texte A").fill("information information information")
    page.get_by_role("textbox", name="Texte B").fill("żółwźćńąęśłóżźćńęąśżółwźćńąęśłóżźćń")
    expect(page.get_by_text("Mission accomplie :")).to_be_visible(timeout=20_000)
    expect(page.locator("[role=row][data-name=cl100k] .ratio")).to_have_text(re.compile("×"))
