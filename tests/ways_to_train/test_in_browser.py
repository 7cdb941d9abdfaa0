"""The page on ways to train under the hand, in a real browser: ruler, rows, words, prompt, one's own task."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from core.language_models import smollm2
from tests.in_browser import check_accessible, choose, settled

PICTURE = ".st-key-main-picture"


def test_the_ruler_the_rows_and_the_words_answer_at_once(page: Page, url: str) -> None:
    """More labelled words, another way, another draw, a word pointed at: told in the page's language, kept in the link.

    The arrows move the ruler; a row's words stand in the boxes, all 150 of them; the keyboard goes from word to word.
    Further down, what tips a prompt: a row says its numbers under the pointer, and to the arrows.
    """
    page.goto(f"{url}/ways_to_train?ways_examples=5")
    settled(page)
    ruler = page.get_by_role("slider", name="Mots étiquetés")
    expect(ruler).to_have_attribute("aria-valuetext", "5")
    ruler.press("ArrowRight")
    expect(ruler).to_have_attribute("aria-valuetext", "10")
    title = page.locator(f"{PICTURE} .sorted")
    before = title.inner_text()
    page.get_by_role("radio", name=re.compile("De zéro")).click()
    expect(title).to_have_text(re.compile(r"De zéro\s: \d+ mots bien rangés sur 150"))
    assert title.inner_text() != before
    expect(page.locator(f"{PICTURE} .box .word")).to_have_count(150)
    assert page.locator(f"{PICTURE} .box .word.wrong").count() > 75
    few = title.inner_text()
    page.get_by_role("button", name=re.compile("Autres exemples")).click()
    expect(title).not_to_have_text(few)
    page.get_by_role("radio", name=re.compile("De zéro")).press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("Transfert"))).to_be_focused()
    page.locator(f"{PICTURE} .word", has_text=re.compile("^wolf$")).hover()
    expect(page.locator(f"{PICTURE} .said")).to_contain_text("wolf (loup)")
    page.get_by_role("group", name="Les mots dans leurs boîtes").press("ArrowRight")
    expect(page.locator(f"{PICTURE} .said")).not_to_contain_text("wolf")
    expect(page).to_have_url(re.compile("ways_examples=10"))
    expect(page).to_have_url(re.compile("ways_way=transfer"))
    choose(page, "ways_part", 1)
    effects = page.locator(".st-key-ways-effects")
    rows, said = effects.get_by_role("listbox", name="Étiquette majoritaire"), effects.locator(".said")
    expect(said).to_contain_text("6 exemples sur 6")
    rows.get_by_role("option", name=re.compile("^4 exemples sur 6")).hover()
    expect(said).to_contain_text("4 exemples sur 6")
    expect(effects.locator(".row .dots .sign")).to_have_count(5 * 2 * 3)
    rows.press("ArrowUp")
    expect(rows.get_by_role("option", selected=True)).to_have_accessible_name(re.compile("^2 exemples sur 6"))
    expect(said).to_contain_text("2 exemples sur 6")
    check_accessible(page)


def test_a_prompt_is_written_moved_and_labelled(page: Page, url: str) -> None:
    """A card added, named, labelled, moved up, removed: the model answers each, and the link holds the prompt.

    On a machine that has never run it, the model is converted first: what is waited for is the worker's answer.
    """
    smollm2.convert()
    page.goto(f"{url}/ways_to_train?opened=1&ways_part=prompt")
    settled(page)
    page.get_by_role("button", name="Ajouter un exemple").click()
    added = page.get_by_role("textbox", name="Mot de l’exemple 6")
    expect(added).to_be_focused()
    added.press_sequentially("train")
    page.get_by_label("Étiquette de l’exemple 6").select_option("vehicle")
    page.get_by_role("button", name="Monter l’exemple 6").click()
    expect(page.get_by_role("textbox", name="Mot de l’exemple 5")).to_have_value("train")
    expect(page).to_have_url(re.compile(r"ways_cards=.*train%3Dvehicle%3Bcoat"), timeout=20_000)
    bars = page.locator(".bars.old")
    expect(bars).to_have_count(0, timeout=60_000)
    expect(page.get_by_text(re.compile(r"\d+ tokens lus"))).to_be_visible()
    page.get_by_role("button", name="Retirer l’exemple 1").click()
    expect(page.get_by_role("textbox", name="Mot de l’exemple 1")).to_have_value("bread")
    page.get_by_role("button", name="Essayer ce prompt sur les 150 mots").click()
    expect(page.locator(".score")).to_contain_text("Bien rangés", timeout=90_000)
    check_accessible(page)


def test_a_task_of_ones_own_is_taught_in_four_ways(page: Page, url: str) -> None:
    """Typed lines, one button: each way says where it puts each word, and how many rightly."""
    page.goto(f"{url}/ways_to_train?opened=1&ways_part=own")
    settled(page)
    learn = page.get_by_role("textbox", name="Pour apprendre")
    learn.fill("aab = twins\nbbc = twins\nabc = none\nbca = none")
    learn.press("Control+Enter")
    page.get_by_role("textbox", name="À essayer").fill("ccd = twins\ncde = none")
    page.get_by_role("textbox", name="À essayer").press("Control+Enter")
    page.get_by_role("button", name="L’enseigner des quatre façons").click()
    expect(page.locator("th[data-way] b", has_text="sur 2")).to_have_count(4, timeout=120_000)
    expect(page.locator("td .put")).to_have_count(8)
    check_accessible(page)
