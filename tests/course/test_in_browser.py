"""Every page in a real browser: home, links, the projector, a fresh server, accessibility."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from core.lessons import load
from tests.helpers import STEMS
from tests.in_browser import (
    LAPTOP,
    PHONE,
    PROJECTOR,
    new_student,
    new_tab,
    serious_faults,
    settled,
    start_server,
    stop_server,
    watched,
)

SHORT = "tvt_examples=5000&tvt_epochs=1&tvt_batch_size=128"


def test_a_student_starts_from_home_and_explores(page: Page, url: str) -> None:
    """Home, start here, skip the prediction, and the next page by its button: nothing fails on the way."""
    page.goto(url)
    expect(page.get_by_role("heading", name="Curseurs")).to_be_visible()
    page.get_by_role("button", name="Commencer ici").click()
    expect(page.get_by_role("heading", name=load(STEMS[0], "fr").title, exact=False).first).to_be_visible()
    page.get_by_role("button", name="Passer").click()
    settled(page)
    page.get_by_test_id("stMain").get_by_role("button", name=load(STEMS[1], "fr").title[:20]).click()
    expect(page.get_by_role("button", name="Passer")).to_be_visible()


def test_the_copied_link_opens_the_same_experiment_elsewhere(browser: Browser, page: Page, url: str) -> None:
    """The teacher's link holds every control, the seed and the language, even those left at their default."""
    page.goto(f"{url}/train_val_test?{SHORT}")
    settled(page)
    page.get_by_role("button", name="Copier le lien de cette expérience").click()
    expect(page.get_by_text("Lien copié.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    for part in ("tvt_seed=1", "lang=fr", "tvt_examples=5000", "tvt_learning_rate=0.001"):
        assert part in link
    other = new_tab(browser, locale="en-US")
    other.goto(link)
    settled(other)
    expect(other.get_by_role("heading", name="Jeux de données", exact=False).first).to_be_visible()
    expect(other.get_by_text("Trop court").first).to_be_visible()
    assert "tvt_examples=5000" in other.url
    other.context.close()


@pytest.mark.parametrize("stem", STEMS)
def test_a_projected_page_shows_its_picture_without_scrolling(page: Page, url: str, stem: str) -> None:
    """At 1920 × 1080 the sidebar and toolbar are gone, type is 1.5 ×, and the first picture ends above the edge."""
    page.set_viewport_size(PROJECTOR)
    page.goto(f"{url}/{stem}?projection=true")
    settled(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert not page.get_by_test_id("stSidebar").is_visible()
    picture = page.locator(".js-plotly-plot:visible, [data-testid=stBidiComponentIsolated]:visible").first
    picture.wait_for()
    box = picture.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PROJECTOR["height"]


def test_a_presenters_remote_turns_pages_and_escape_leaves_projection(page: Page, url: str) -> None:
    """PageDown goes to the next page and stays projected; Escape brings the frame back."""
    page.set_viewport_size(PROJECTOR)
    page.goto(f"{url}/?projection=true")
    settled(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name=load(STEMS[0], "fr").title).first).to_be_visible()
    settled(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil")).to_be_visible()


def test_a_fresh_server_answers_deep_links_first(browser: Browser, tmp_path: Path) -> None:
    """A server's very first requests are deep links, to several pages at once: each stands in its frame, in French.

    That thirty may ask for every page at once is the class's own test.
    """
    address, process = start_server(tmp_path)
    try:
        student = new_student(browser)
        tabs = {stem: watched(student.new_page()) for stem in ("glossary", STEMS[0], STEMS[-1])}
        for stem, tab in tabs.items():
            tab.goto(f"{address}/{stem}", wait_until="commit")
        for stem, tab in tabs.items():
            settled(tab)
            expect(tab.get_by_role("heading", level=1, name=load(stem, "fr").title).first).to_be_visible()
            expect(tab.get_by_role("button", name="Copier le lien de cette expérience")).to_be_visible()
            assert not tab.faults  # type: ignore[attr-defined]
        student.close()
    finally:
        stop_server(process)


def test_an_unknown_page_says_so_and_offers_home(page: Page, url: str) -> None:
    """A broken link leads home, not to an error."""
    page.goto(f"{url}/no_such_page")
    expect(page.get_by_role("heading", name="Curseurs")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stem", ["home", "glossary", *STEMS])
def test_no_serious_accessibility_fault(page: Page, url: str, stem: str, scheme: Literal["light", "dark"]) -> None:
    """Axe finds no serious violation with the controls open: light on a laptop, dark on a phone that fits."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE if scheme == "dark" else LAPTOP)
    page.goto(f"{url}/" if stem == "home" else f"{url}/{stem}?opened=1")
    settled(page)
    serious = serious_faults(page)
    assert not serious, json.dumps(serious, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")


PARTS = {
    "batch_learning_rate": ("blr_view", ("runs", "map", "difference", "finder", "schedules", "elsewhere")),
    "embeddings": ("emb_part", ("one_hot", "inputs", "table", "letters", "words")),
}
"""Pages that show one of several parts: the name of the choice in the URL, and its values."""
_CONTROL = re.compile(r'- (slider|spinbutton|textbox|switch|checkbox|combobox|radiogroup) "([^"]*)"')


@pytest.mark.parametrize("stem", STEMS)
def test_no_two_controls_of_a_page_bear_one_name(page: Page, url: str, stem: str) -> None:
    """Whatever part of a page is shown, no two of its controls are called the same by a screen reader."""
    choice, parts = PARTS.get(stem, ("opened", ("1",)))
    seen: dict[frozenset[tuple[str, str]], str] = {}
    for part in parts:
        page.goto(f"{url}/{stem}?opened=1&{choice}={part}")
        settled(page)
        names = Counter(_CONTROL.findall(page.locator("body").aria_snapshot()))
        assert len(names) > 5, (part, names)
        assert not [name for name, times in names.items() if times > 1], part
        assert seen.setdefault(frozenset(names), part) == part, "the address did not change the part"
