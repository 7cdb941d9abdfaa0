"""The bars of the speeds in a real browser: what they say is what Python predicts, readable on a phone."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from core.model_size.timed import recorded
from tests.in_browser import choose, new_tab, serious_faults, settled

ROWS = ".st-key-ms-compared .row"
GOES_ON = "Measuring, once for everybody on this server"


def test_the_bars_say_what_was_predicted_and_measured(page: Page, url: str) -> None:
    """Two bars a row, as long as their speeds; the gap beside them is the prediction's."""
    page.goto(f"{url}/model_size?ms_part=speed&lang=en")
    settled(page)
    rows = page.locator(ROWS)
    found = recorded().compared
    expect(rows).to_have_count(2 * len(found))
    speeds = [each.writing for each in found] + [each.reading for each in found]
    for row, (predicted, measured) in zip(rows.all(), speeds, strict=True):
        for line, speed in zip(row.locator(".line").all(), (predicted, measured), strict=True):
            shown = f"{speed:,.1f}" if speed < 100 else f"{speed:,.0f}"
            expect(line).to_contain_text(f"{shown} tokens a second")
        off = predicted / measured - 1
        expect(row.locator(".off")).to_have_text(f"{'−' if off < 0 else '+'}{abs(off):.0%}")
        widths = row.locator(".bar").evaluate_all("(bars) => bars.map((bar) => parseFloat(bar.style.width))")
        assert abs(widths[0] / widths[1] - predicted / measured) < 0.01
    assert not serious_faults(page)


def test_on_a_phone_nothing_sticks_out(phone: Page, url: str) -> None:
    """In French on a narrow screen, every row stays within the page."""
    phone.goto(f"{url}/model_size?ms_part=speed&lang=fr")
    settled(phone)
    expect(phone.locator(ROWS).first).to_contain_text("tokens par seconde")
    wide: int = phone.locator(".st-key-ms-compared").evaluate("(root) => root.scrollWidth - root.clientWidth")
    assert wide <= 0


def test_a_measurement_is_begun_followed_and_stopped(page: Page, browser: Browser, url: str) -> None:
    """Pressed, the page follows the points as they come; another one joins and stays when the first stops, to the end.

    Stopped by both, it says so, and the recorded speeds stand there. One test, since a server measures once for
    everybody: two at once would see each other's measurement.
    """
    address = f"{url}/model_size?ms_part=speed&lang=en"
    page.goto(address)
    settled(page)
    other = new_tab(browser)  # before it begins: a tab that opens on a slow machine may take as long as it lasts
    other.goto(f"{url}/model_size?ms_part=law&lang=en")
    settled(other)
    page.get_by_role("button", name="Measure this machine").click()
    expect(page.get_by_text(GOES_ON)).to_be_visible(timeout=60_000)
    choose(other, "ms_part", 2)
    expect(other.get_by_text(GOES_ON)).to_be_visible()
    expect(stop(other)).to_have_count(0)
    other.get_by_role("button", name="Follow", exact=True).click()
    expect(stop(other)).to_be_visible()
    stop(page).click()
    expect(page.get_by_text("it goes on for those who do")).to_be_visible()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
    expect(stop(page)).to_have_count(0)
    expect(page.get_by_text(GOES_ON)).to_be_visible()
    stop(other).click()
    for each in (page, other):
        expect(each.get_by_text("Stopped: the speeds are those of before.")).to_be_visible(timeout=20_000)
        expect(each.locator(ROWS)).to_have_count(2 * len(recorded().compared))
    other.context.close()


def stop(page: Page) -> Locator:
    """Return the button that stops following."""
    return page.get_by_role("button", name="Stop", exact=True)
