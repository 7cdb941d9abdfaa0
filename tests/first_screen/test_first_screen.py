"""The first screen of every page: the picture is the biggest thing, the question stands beside it, little else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.first_screen.measures import MODES, fits, guess_wrong
from tests.helpers import STEMS
from tests.in_browser import LAPTOP, PROJECTOR, check_accessible, settled

# A page load is two seconds of a browser's and its server's work, a page turned to less than one: each page is loaded
# once, on the phone, and turned to where what is looked at does not hang on how one came. A laptop's first screen is
# looked at on the way into each page, in `course/test_opened_in_browser.py`; a wall's on the walk of a presenter's
# remote, in `course/test_claims.py`.


@pytest.mark.parametrize("stem", STEMS)
def test_a_phone_is_led_to_what_plays_and_back_to_the_verdict(page: Page, url: str, stem: str) -> None:
    """Picture and question are a screen apart there: the check brings the picture into view, its end the reply.

    The page comes without Plotly. The phone is dark: once the controls are open, Axe finds no serious fault, and
    nothing stands beyond the screen.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(MODES["phone"][0])
    page.goto(f"{url}/{stem}")
    fits(page, "phone")
    # Plotly keeps a browser from drawing for a second: a page reads it when one of its charts is asked for.
    assert asked
    assert not any("Plotly" in address for address in asked)
    guess_wrong(page, stem)
    expect(page.locator(".st-key-main-picture")).to_be_in_viewport(ratio=0.6)
    expect(page.locator(".st-key-guide").get_by_text("Vous avez dit", exact=False)).to_be_in_viewport(timeout=60_000)
    settled(page)
    go_on = page.get_by_role("button", name="Continuer")
    if go_on.count():  # the question stood in the place of the controls
        go_on.click()
    expect(page.get_by_text("Mission :").first).to_be_visible()
    settled(page)
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme") == "dark"
    check_accessible(page)


@pytest.mark.parametrize(("window", "query"), [(LAPTOP, ""), (PROJECTOR, "?projection=true")])
def test_what_was_read_makes_place_for_the_controls(page: Page, url: str, window: ViewportSize, query: str) -> None:
    """Once the verdict is put away, a slider of the training page and the whole picture are on one screen."""
    page.set_viewport_size(window)
    page.goto(f"{url}/train_val_test{query}")
    settled(page)
    if not query:
        page.locator(".st-key-guide label:has(input[type=radio])").first.click()
    page.locator(".st-key-train_val_test-check button").click()
    go_on = page.get_by_role("button", name="Continuer")
    go_on.wait_for(timeout=60_000)
    expect(page.get_by_text("Mission :")).to_have_count(0)
    go_on.click()
    expect(page.get_by_text("Mission :")).to_have_count(2)
    settled(page)
    top = page.locator(".st-key-main-picture").evaluate("element => element.getBoundingClientRect().top")
    slider = page.locator("[data-testid=stSlider]").first
    assert slider.evaluate("element => element.getBoundingClientRect().bottom") - top <= window["height"]


def test_plotly_is_known_by_its_name(page: Page, url: str) -> None:
    """Where a chart of Plotly's is shown, the browser has asked for a file of that name: the test above could fail."""
    with page.expect_request(lambda request: "Plotly" in request.url):
        page.goto(f"{url}/batch_learning_rate?blr_view=schedules")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
