"""The presets row under a student's hands: nothing jumps, the keyboard is not lost, a lit preset never lies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.in_browser import settled, standing_still

COURSE_LETTERS = "emb_corpus=words&emb_updates=200000&emb_seed=1&emb_embedding=10"
SLIDERS = [
    ("/train_val_test?opened=1", "Époques", re.compile("tvt_epochs=20$"), "20"),
    (
        f"/embeddings?opened=1&{COURSE_LETTERS}",
        "Taille de l’embedding",
        re.compile("emb_embedding=7$"),
        "7",
    ),
]


@pytest.mark.parametrize(("address", "label", "arrived", "text"), SLIDERS)
def test_the_keyboard_stays_on_a_slider_that_leaves_a_preset(
    page: Page, url: str, address: str, label: str, arrived: re.Pattern[str], text: str
) -> None:
    """Three arrows from a lit preset: the first puts it out, the other two are heard too, and nothing has moved."""
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"{url}{address}")
    settled(page)
    slider = page.get_by_role("slider", name=label).first
    slider.focus()
    before = standing_still(slider)
    for _press in range(3):  # at once: the second is sent before the browser has heard of the first
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(arrived)
    settled(page)
    expect(page).to_have_url(arrived)
    expect(slider).to_have_attribute("aria-valuetext", text)
    expect(slider).to_be_focused()
    assert standing_still(slider)["y"] == before["y"]


def test_the_bowls_preset_goes_out_with_its_values_and_a_click_brings_them_back(page: Page, url: str) -> None:
    """Another rate puts "the right step" out; its pill, once lit, stays lit however often it is clicked."""
    page.goto(f"{url}/batch_learning_rate?opened=1&blr_bowl_rate=0.646")
    settled(page)
    pill = page.get_by_role("radio", name="Le bon pas")
    sentence = page.get_by_text("la descente arrive au fond en tremblant")
    expect(pill).not_to_be_checked()
    expect(sentence).to_have_count(0)
    for _click in range(2):
        pill.click()
        settled(page)
        expect(pill).to_be_checked()
        expect(sentence).to_be_visible()
        assert "blr_bowl_rate" not in page.url  # the page opens on this preset: its rate is the default
