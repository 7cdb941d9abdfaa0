"""What the home page says of the course, computed."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from components.server import room
from core.language_models.catalogue import MODELS
from core.lessons import load
from tests.course.rooms import Room, Walk
from tests.first_screen.measures import fits
from tests.helpers import STEMS, open_page
from tests.in_browser import PROJECTOR, settled, standing_still


def test_every_page_asks_and_checks() -> None:
    """Each page has a prediction, a picture to move, a sentence to explain, and questions at the end."""
    for stem in STEMS:
        lesson = load(stem, "fr")
        assert lesson.section("predict").question
        assert lesson.section("explain").answer
        assert lesson.named("quiz-")
        assert open_page(stem).get("bidi_component")


def test_nothing_breaks() -> None:
    """Whatever stands in an address, every page opens: see also the hostile values of `test_pages.py`."""
    for stem in STEMS:
        keys = open_page(stem).session_state["curseurs: controls of this page"]
        app = open_page(stem, **dict.fromkeys([*keys, "hide", "ask", "order", "lang"], "nonsense \N{SNOWMAN}"))
        assert not app.exception


def test_all_but_gpt2_is_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a network and with nothing fetched, every page opens; GPT-2 is the only model to be fetched."""
    from components.text_generation import models

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"asked for {address}")
        connect(self, address)

    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path))
    assert set(MODELS) - set(models.ready_models()) == {"gpt2"}
    for stem in STEMS:
        assert not open_page(stem).exception


def test_nothing_leaves(page: Page, url: str) -> None:
    """A walk through all pages sends no request to another machine: the tab's own watch would have noted it.

    It is the walk of a presenter's remote on a wall, who sees that the first screens are right on the way: PageDown
    stays projected, at 1920 × 1080 type is 1.5 ×, the frame is gone, the picture has its share, and the whole question
    is in sight. Escape brings the frame back.
    """
    page.set_viewport_size(PROJECTOR)
    page.goto(f"{url}/?projection=true")
    settled(page)
    for stem in STEMS:
        page.keyboard.press("PageDown")
        expect(page.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
        screen = fits(page, "projection")
        assert any("Vérifier" in control for control in screen.controls), "nothing was counted"
        assert 0 < screen.question <= PROJECTOR["height"], stem
        assert screen.bottom <= PROJECTOR["height"], stem
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        assert not page.get_by_test_id("stSidebar").is_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil")).to_be_visible()
    for key, stem in (("Alt+PageUp", STEMS[-2]), ("Alt+PageDown", STEMS[-1])):  # as where nothing is projected
        settled(page)
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
    assert not page.faults  # type: ignore[attr-defined]


def test_nothing_leaves_the_room(walk: Walk, served_room: Room) -> None:
    """A student who opens every page of a room asks nobody but its server, and this one, workers included, nobody."""
    assert set(walk.exceptions) == {"", *STEMS}
    assert set(walk.asked) <= {urlparse(walk.address).hostname, ""}  # without a host: what the page itself has made
    everyone = [served_room.process, *served_room.process.children(recursive=True)]
    asked = {found.raddr.ip for each in everyone for found in each.net_connections("inet") if found.raddr}
    assert asked <= {"127.0.0.1", "::1", "::ffff:127.0.0.1", *room.addresses()}


def test_first_touch_moves_the_fold(page: Page, url: str) -> None:
    """On the home page, dragging the tip moves the line where the sum is zero, and repaints the sheet."""
    page.goto(url)
    settled(page)
    tip = standing_still(page.locator(".tip"))
    sheet = page.locator("canvas.sheet")
    line, painted = page.locator(".border").get_attribute("x1"), sheet.evaluate("canvas => canvas.toDataURL()")
    x, y = tip["x"] + tip["width"] / 2, tip["y"] + tip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    assert page.locator(".border").get_attribute("x1") != line
    assert sheet.evaluate("canvas => canvas.toDataURL()") != painted
