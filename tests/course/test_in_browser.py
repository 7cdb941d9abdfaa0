"""Every page in a real browser: home, links, the projector, a fresh server, accessibility."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.course import concepts
from core.lessons import load
from tests.in_browser import new_tab, settled, start_server, stop_server

STEMS = [concept.stem for concept in concepts()]


OVERFIT = "tvt_examples=300&tvt_epochs=60&tvt_batch_size=32"


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
    page.goto(f"{url}/train_val_test?{OVERFIT}")
    settled(page)
    page.get_by_role("button", name="Copier le lien de cette expérience").click()
    expect(page.get_by_text("Lien copié.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    for part in ("tvt_seed=1", "lang=fr", "tvt_examples=300", "tvt_learning_rate=0.001"):
        assert part in link
    other = new_tab(browser, locale="en-US")
    other.goto(link)
    settled(other)
    expect(other.get_by_role("heading", name="Jeux de données", exact=False).first).to_be_visible()
    expect(other.get_by_text("Trop peu d’exemples").first).to_be_visible()
    assert "tvt_examples=300" in other.url
    other.context.close()


@pytest.mark.parametrize("stem", STEMS)
def test_a_projected_page_shows_its_picture_without_scrolling(browser: Browser, url: str, stem: str) -> None:
    """At 1920 × 1080 the sidebar and toolbar are gone, type is 1.5 ×, and the first picture ends above the edge."""
    tab = new_tab(browser, viewport={"width": 1920, "height": 1080})
    tab.goto(f"{url}/{stem}?projection=true")
    settled(tab)
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert not tab.get_by_test_id("stSidebar").is_visible()
    picture = tab.locator(".js-plotly-plot:visible, [data-testid=stBidiComponentIsolated]:visible").first
    picture.wait_for()
    box = picture.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 1080
    tab.context.close()


def test_a_presenters_remote_turns_pages_and_escape_leaves_projection(browser: Browser, url: str) -> None:
    """PageDown goes to the next page and stays projected; Escape brings the frame back."""
    tab = new_tab(browser, viewport={"width": 1920, "height": 1080})
    tab.goto(f"{url}/?projection=true")
    settled(tab)
    tab.keyboard.press("PageDown")
    expect(tab.get_by_role("heading", name=load(STEMS[0], "fr").title).first).to_be_visible()
    settled(tab)
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    tab.keyboard.press("Escape")
    expect(tab.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil")).to_be_visible()
    tab.context.close()


@pytest.mark.parametrize("stem", ["", *STEMS])
def test_a_fresh_server_answers_a_deep_link_first(browser: Browser, tmp_path: Path, stem: str) -> None:
    """The very first request of a server is a deep link: the page stands in its frame, in French."""
    address, process = start_server(tmp_path)
    try:
        tab = new_tab(browser)
        tab.goto(f"{address}/{stem}")
        settled(tab)
        expect(tab.get_by_role("button", name="Copier le lien de cette expérience")).to_be_visible()
        expect(tab.get_by_role("heading", level=1).first).to_be_visible()
        tab.context.close()
    finally:
        stop_server(process)


def test_an_unknown_page_says_so_and_offers_home(page: Page, url: str) -> None:
    """A broken link leads home, not to an error."""
    page.goto(f"{url}/no_such_page")
    expect(page.get_by_role("heading", name="Curseurs")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stem", ["", *STEMS])
def test_no_serious_accessibility_fault(browser: Browser, url: str, stem: str, scheme: str) -> None:
    """Axe finds no serious violation with the controls open: light on a laptop, dark on a phone that fits."""
    from axe_playwright_python.sync_playwright import Axe

    tab = new_tab(
        browser,
        color_scheme=scheme,
        viewport={"width": 390, "height": 844} if scheme == "dark" else {"width": 1366, "height": 900},
    )
    tab.goto(f"{url}/{stem}" + ("?opened=1" if stem else ""))
    settled(tab)
    found = Axe().run(tab).response["violations"]
    serious = [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert not serious, json.dumps(serious, indent=1)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    tab.context.close()
