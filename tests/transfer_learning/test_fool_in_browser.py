"""Fooling the network in a real browser: the square under the mouse and the keys, on a laptop and on a phone."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

from core.transfer_learning.fool import photo, recorded
from core.transfer_learning.intake import SIDE
from core.transfer_learning.missions import FOOL_SHARE
from core.transfer_learning.on_worker import explain
from tests.in_browser import PHONE, serious_faults, settled, standing_still

NUMBER = 176
"""A photo on which the square fools where the occlusion map is darkest."""
SMALL = int(SIDE * FOOL_SHARE**0.5)


def darkest() -> tuple[float, float]:
    """Return the centre of the place that the map shows darkest, in pixels from the left and from the top."""
    found = explain(photo(NUMBER), recorded().head)
    row, column = np.unravel_index(int(found.drop.argmax()), found.drop.shape)
    return float(column * found.stride + found.patch / 2), float(row * found.stride + found.patch / 2)


def part(page: Page) -> Locator:
    return page.locator(".root:has(.square)")


def sure_of(fool: Locator, sign: int) -> Locator:
    return fool.locator(".reads .told").nth(sign)


def test_a_square_is_dragged_to_where_the_map_says_and_fools(page: Page, url: str) -> None:
    """The map, then the mouse: fooled, counted once. Keys move it away, and it is read again; nothing is at fault."""
    page.goto(f"{url}/transfer_learning?tl_hand={NUMBER}")
    settled(page)
    fool = part(page)
    fool.scroll_into_view_if_needed()
    expect(fool.locator(".verdict")).to_have_text(re.compile("Sans le carré"))
    fool.get_by_role("button", name="Qu’a-t-il regardé ?").click()
    expect(fool.locator("canvas")).to_be_visible()

    square, shown = fool.locator(".square"), standing_still(fool.locator(".shown"))
    across, down = darkest()
    unit = shown["width"] / SIDE
    held = standing_still(square)
    page.mouse.move(held["x"] + held["width"] / 2, held["y"] + held["width"] / 2)
    page.mouse.down()
    page.mouse.move(shown["x"] + across * unit, shown["y"] + down * unit, steps=8)
    expect(fool.locator(".verdict")).to_have_text(re.compile("Trompé"))  # while the mouse still holds it
    page.mouse.up()
    expect(fool.locator(".count")).to_have_text(re.compile("1 sur 3. Celle-ci compte déjà"))
    expect(fool.locator(".surest:not(.true)")).to_have_count(1)

    square.focus()
    for _ in range(15):
        square.press("ArrowUp")
    expect(fool.locator(".verdict")).to_have_text(re.compile("Pas trompé"))
    expect(square).to_have_attribute("aria-description", re.compile(r"à 0\s% du haut"))
    fool.get_by_role("button", name="Enlever le carré").click()
    expect(fool.locator(".verdict")).to_have_text(re.compile("Sans le carré"))
    fool.get_by_role("button", name="Photo suivante").click()
    expect(fool.locator(".count")).not_to_have_text(re.compile("Celle-ci"))
    expect(fool.locator("canvas")).to_be_hidden()
    assert f"tl_hand={NUMBER}" not in page.url
    assert not serious_faults(page)


def test_on_a_phone_a_tap_places_the_square(page: Page, url: str) -> None:
    """Nothing is wider than the screen; a button puts the square on, the slider makes it too large to count."""
    page.set_viewport_size(PHONE)
    page.goto(f"{url}/transfer_learning?tl_hand={NUMBER}")
    settled(page)
    fool = part(page)
    fool.get_by_role("button", name="Poser le carré sur la main").click()
    expect(fool.locator(".verdict")).not_to_have_text(re.compile("Sans le carré"))
    fool.get_by_role("slider").fill("64")
    expect(fool.locator(".size")).to_have_text(re.compile(r"16,0\s% de la photo \(plus de 2,5\s%\s: ne compte pas\)"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
