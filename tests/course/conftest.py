"""A room, served once for every test of the course that asks for one, and a walk through its pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlparse

import psutil
import pytest
from playwright.sync_api import Browser, expect

from core.lessons import load
from tests.course.rooms import Room, Walk
from tests.helpers import STEMS
from tests.in_browser import LAPTOP, STILL_SKELETONS, settled, start_server, stop_server

TURN = """address => {
    history.pushState({}, "", address)
    window.dispatchEvent(new PopStateEvent("popstate"))
}"""
"""Turns a page as the browser's own arrows do, controls open: half of what loading it costs."""


@pytest.fixture(scope="package")
def served_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Serve a room as `make class` does."""
    folder = tmp_path_factory.mktemp("room")
    url, process = start_server(folder, room=True)
    yield Room(url, folder, psutil.Process(process.pid))
    stop_server(process)


@pytest.fixture(scope="package")
def walk(browser: Browser, served_room: Room) -> Iterator[Walk]:
    """Walk through the room; the forward pass, with a single code, is the last page."""
    address = served_room.url.replace("127.0.0.1", "0.0.0.0")
    tab = browser.new_context(locale="fr-FR", viewport=LAPTOP).new_page()
    tab.add_init_script(STILL_SKELETONS)
    walk = Walk(address, tab, asked := [], errors := [], {})
    tab.on("request", lambda request: asked.append(urlparse(request.url).hostname or ""))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(f"{address}/?opened=1")
    for stem in ("", *sorted(STEMS, key="forward_pass".__eq__)):
        if stem:
            tab.evaluate(TURN, f"/{stem}?opened=1")
            expect(tab.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
            expect(tab.get_by_text("Mission :").first).to_be_visible()  # once the controls are open
        settled(tab)
        walk.exceptions[stem] = tab.locator("[data-testid=stException]").count()
        if not stem:
            expect(tab.get_by_text("une seule machine de la salle calcule pour tous")).to_be_visible()
    yield walk
    tab.context.close()
