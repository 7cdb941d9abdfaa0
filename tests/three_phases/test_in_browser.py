"""The page on the three phases under the hand, in a real browser: wishes, tokens, moments of a run, votes."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.in_browser import check_accessible, settled

PICTURE = ".st-key-main-picture"


def test_an_instruction_is_changed_and_its_tokens_are_looked_at(page: Page, url: str) -> None:
    """Another hero: three new answers come; pointed at, a token has its bars under each model; the link holds it."""
    page.goto(f"{url}/three_phases?tp_hero=dragon&tp_thing=&tp_plot=&opened=1")
    settled(page)
    expect(page.locator(f"{PICTURE} .phase .text .token").first).to_be_visible()
    page.locator(f"{PICTURE} [data-phase='1'] .token").nth(5).hover()
    expect(page.locator(f"{PICTURE} .looked")).to_contain_text("ce que chaque modèle trouve probable")
    expect(page.locator(f"{PICTURE} .tops")).to_have_count(3)
    page.get_by_role("group", name=re.compile("La réponse après l’alignement")).press("ArrowRight")
    expect(page.locator(f"{PICTURE} [data-phase='2'] .token.pointed")).to_have_count(1)
    page.get_by_role("combobox", name="héros", exact=True).select_option("tortue")
    expect(page.locator(f"{PICTURE} .read", has_text="une tortue").first).to_be_visible(timeout=60_000)
    expect(page.locator(f"{PICTURE} .phases.old")).to_have_count(0, timeout=60_000)
    expect(page.locator(f"{PICTURE} [data-phase='1'] .text")).to_contain_text("tortue")
    expect(page).to_have_url(re.compile("tp_hero=tortue"))


def test_the_moments_of_a_run_are_played_and_votes_are_cast(page: Page, url: str) -> None:
    """Step by step the measures and the texts change; two answers are compared, and a vote is taken back."""
    page.goto(f"{url}/three_phases?opened=1&tp_part=tuning")
    settled(page)
    moment = page.locator(".st-key-tp-tuning .moment, .moment").last
    expect(moment).to_have_text("mise à jour 500")
    page.get_by_role("button", name="Moment précédent").click()
    expect(moment).not_to_have_text("mise à jour 500")
    expect(page.locator(".sample")).to_have_count(3)
    check_accessible(page)
    page.goto(f"{url}/three_phases?opened=1&tp_part=aligning&tp_taste=own")
    settled(page)
    for votes in range(1, 4):
        page.get_by_role("button", name=re.compile("La réponse A est meilleure")).click()
        expect(page.get_by_text(f"Votes\u00a0: {votes}")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Votes\u00a0: 2")).to_be_visible()
    check_accessible(page)
