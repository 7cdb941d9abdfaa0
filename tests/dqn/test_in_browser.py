"""The page on replay under the finger, in a real browser: question, ages, flight, film, a drag."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.first_screen.measures import measure
from tests.in_browser import PHONE, new_tab, settled, standing_still

PIXELS = """canvas => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    return data.reduce((sum, value, i) => sum + value * (i % 97), 0)
}"""
"""A number that changes when the film is drawn otherwise."""


def open_tab(page: Page, url: str, query: str = "dqn_age=10", *, still: bool = True) -> None:
    if still:  # the flight does not begin by itself
        page.emulate_media(reduced_motion="reduce")
    page.goto(f"{url}/dqn?{query}")
    settled(page)
    expect(page.locator(".city .drone")).not_to_have_count(0)
    expect(page.locator(".film canvas")).to_be_visible()


def test_the_question_is_played_and_answered_after_it_was_seen(page: Page, url: str) -> None:
    """The agent that learns from the latest moments grows age by age; the verdict comes at its last one."""
    open_tab(page, url, "", still=False)
    expect(page.locator(".verdict")).to_have_text(re.compile("12,4 livraisons"))
    page.get_by_text("Il vole, mais ne livre presque jamais.").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text("Les 64 derniers : 0,045 livraison")).to_be_visible()
    expect(page.locator(".verdict")).to_have_text(re.compile("0,0 livraisons"))
    expect(page.locator(".curve.pinned")).to_have_count(1)


def test_the_ruler_of_ages_answers_at_once_and_the_address_when_the_hand_rests(page: Page, url: str) -> None:
    """Arrows, values, verdict and film are the younger agent's without a message; then the address holds its age."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_tab(page, url)
    ruler, film = page.get_by_role("slider", name="Âge de l’agent"), page.locator(".film canvas")
    old, shown = page.locator(".city .arrows").inner_html(), film.evaluate(PIXELS)
    ruler.focus()
    before = len(sent)
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".verdict")).to_have_text(re.compile("Après 4"))
    assert page.locator(".city .arrows").inner_html() != old
    assert film.evaluate(PIXELS) != shown
    assert len(sent) == before
    expect(page).to_have_url(re.compile("dqn_age=2"))


_HEARD = """(name) => {
    window.moments = []
    new MutationObserver(() => window.moments.push(name.textContent)).observe(name, { childList: true })
}"""
"""Notes every name of a moment, however short it is shown."""


def test_a_flight_is_played_stepped_and_taken_back(page: Page, url: str) -> None:
    """A step moves the drone and names the move, a step back brings it back; played, it goes on by itself."""
    open_tab(page, url)
    drone, name = page.locator(".city .drone"), page.locator(".flown .moment")
    first = drone.get_attribute("style")
    page.get_by_role("button", name="Un coup en avant").click()
    expect(name).to_have_text(re.compile("coup 1"))
    assert drone.get_attribute("style") != first
    page.get_by_role("button", name="Un coup en arrière").click()
    expect(drone).to_have_attribute("style", first or "")
    page.get_by_text("rapide", exact=True).click()
    name.evaluate(_HEARD)  # each is there for a moment
    page.locator(".transport .play").click()
    page.wait_for_function("window.moments.some((moment) => moment.includes('livré'))")


def test_what_lies_on_the_ground_can_be_put_elsewhere(page: Page, url: str) -> None:
    """The drone, dragged to another cell, flies from there, and the address holds that start."""
    open_tab(page, url)
    box = standing_still(page.locator(".city .drone"))
    grid = standing_still(page.locator(".city"))
    side = min(grid["width"], grid["height"]) / 5.12
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    left, top = grid["x"] + (grid["width"] - 5 * side) / 2, grid["y"] + (grid["height"] - 5 * side) / 2
    page.mouse.move(left + 0.5 * side, top + 0.5 * side, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("dqn_start="))
    expect(page.locator(".city .drone")).to_have_attribute("style", re.compile(r"translate\(0px, 0px\)"))


def test_another_batch_lights_other_moments(page: Page, url: str) -> None:
    """Drawn again, other moments of the same memory are lit; with the latest there is nothing to draw."""
    open_tab(page, url)
    film = page.locator(".film canvas")
    before = film.evaluate(PIXELS)
    page.get_by_role("button", name="Tirer un autre batch").click()
    assert film.evaluate(PIXELS) != before
    open_tab(page, url, "dqn_draw=latest")
    expect(page.get_by_role("button", name="Tirer un autre batch")).to_be_hidden()


def test_the_courses_world_replays_with_all_its_drones(page: Page, url: str) -> None:
    """Three drones with their batteries, recorded moves, and the film of windows."""
    open_tab(page, url, "dqn_world=course&dqn_steps=4000&dqn_target_unit=crashes")
    expect(page.locator(".city .drone.charged")).to_have_count(3)
    page.get_by_role("button", name="Un coup en avant").click()
    expect(page.locator(".action.best")).to_have_count(1)
    expect(page.locator(".bound.best")).to_have_count(0)


def test_on_a_phone_nothing_leaves_the_screen(page: Page, url: str) -> None:
    """Grid, values, curve and film stand one below the other, within the width."""
    page.set_viewport_size(PHONE)
    open_tab(page, url)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for part in (".holder", ".values", ".judged", ".film"):
        box = standing_still(page.locator(part).first)
        assert box["x"] + box["width"] <= PHONE["width"] + 1


def test_nothing_moves_when_the_film_arrives(browser: Browser, url: str) -> None:
    """A browser that takes its time to unpack the film keeps its place: the picture is as high before as after."""
    page = new_tab(browser, reduced_motion="reduce")  # of its own: what is held back stays so in a tab
    page.add_init_script("""
        const unpack = Blob.prototype.stream, held = []
        window.goOn = () => { Blob.prototype.stream = unpack; for (const one of held.splice(0)) one() }
        Blob.prototype.stream = function () {
            const blob = this
            return new ReadableStream({
                async start(to) {
                    await new Promise(held.push.bind(held))
                    for await (const part of unpack.call(blob)) to.enqueue(part)
                    to.close()
                },
            })
        }
    """)
    page.goto(f"{url}/dqn")
    settled(page)
    expect(page.locator(".film canvas")).to_be_hidden()
    before = measure(page)
    page.evaluate("goOn()")
    expect(page.locator(".film canvas")).to_be_visible()
    assert (measure(page).bottom, measure(page).question) == (before.bottom, before.question)
    page.context.close()
