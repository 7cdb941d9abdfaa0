"""The transfer learning page under the finger, in a real browser: question, ruler, map, a run trained here."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.in_browser import settled, standing_still

RULER = "Photos par signe"
PIXELS = """canvas => {
    const pen = canvas.getContext("2d")
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    return data.reduce((sum, value, i) => sum + value * (i % 97), 0)
}"""
"""A number that changes when the map is drawn otherwise."""


def open_tab(page: Page, url: str, query: str = "tl_photos=5") -> None:
    page.goto(f"{url}/transfer_learning?{query}")
    settled(page)


def test_the_question_is_played_and_answered_after_it_was_seen(page: Page, url: str) -> None:
    """The curves end at two photos; checking draws them on to the end, and the verdict comes when all stand there."""
    open_tab(page, url, "")
    marks = page.locator(".line.scratch .mark")
    expect(page.locator(".ask")).to_have_text("?")
    expect(marks).to_have_count(2)
    page.get_by_text("Le petit réseau parti de zéro.").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text("Le réseau parti de zéro lit 96,4")).to_be_visible()
    expect(marks).to_have_count(7)
    expect(page.locator(".ask")).to_have_count(0)


def test_the_ruler_answers_at_once_and_the_photos_when_the_hand_rests(page: Page, url: str) -> None:
    """Dragged, the legend follows without a message; then the address and the mistakes are the new run's."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_tab(page, url)
    ruler = page.get_by_role("slider", name=RULER)
    told = page.locator("[data-way=imagenet] b")
    expect(told).to_have_text(re.compile("69"))
    box = standing_still(ruler)
    first = page.locator(".mistakes img").first.get_attribute("src")
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 2 / 6, y)
    page.mouse.down()
    before = len(sent)
    page.mouse.move(box["x"] + box["width"] - 2, y, steps=6)
    assert "92" in told.inner_text()
    assert len(sent) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("tl_photos=130"))
    expect(page.locator(".verdict b")).to_have_text(re.compile("91,3"))
    expect(page.locator(".mistakes img").first).not_to_have_attribute("src", first or "")


def test_ways_are_chosen_by_keys_and_the_map_moves_under_its_slider(page: Page, url: str) -> None:
    """Arrows go from way to way; the map draws the photos, and its slider takes them from before to after."""
    open_tab(page, url, "tl_photos=20&tl_way=imagenet&tl_part=map")
    page.locator("[data-way=imagenet]").press("ArrowRight")
    expect(page.locator("[data-way=tuned]")).to_be_focused()
    expect(page).to_have_url(re.compile("tl_way=tuned"))
    settled(page)  # the map is that of the way
    slide = page.get_by_role("slider", name="D’avant à après")
    expect(page.locator(".map-words")).to_have_text(re.compile("montrent le même signe"))
    canvas = page.locator(".map canvas")
    after = canvas.evaluate(PIXELS)
    words = page.locator(".map-words").inner_text()
    slide.press("Home")
    expect(page.locator(".map-words")).not_to_have_text(words)
    assert canvas.evaluate(PIXELS) != after
    page.get_by_role("radio", name="Signes").click()
    expect(page.locator(".signs .bar")).to_have_count(10)


@pytest.mark.slow
def test_a_run_trained_here_climbs_and_leaves_its_mark(page: Page, url: str) -> None:
    """The button trains on a worker; the star stands where the run ended, and stays hollow when the ruler moves on."""
    open_tab(page, url, "tl_photos=1&tl_way=scratch&tl_updates=50&tl_seed=9")
    expect(page.locator(".star")).to_have_count(0)
    page.get_by_role("button", name="Entraîner ce réseau").click()
    expect(page.locator(".star")).to_have_count(1)
    expect(page.locator(".verdict b")).to_have_text(re.compile("Cet entraînement.*Mises à jour 50"))
    page.get_by_role("slider", name=RULER).press("ArrowRight")
    expect(page.locator(".own.scratch .mark")).to_have_count(1)
