"""The page that is projected most, in a real browser: the bowl under the finger, the map, a live change of rate."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.in_browser import settled


def test_the_bowl_answers_without_the_server_and_the_address_follows_on_release(page: Page, url: str) -> None:
    """Dragging the start redraws the whole path while no message leaves; on release the address holds the start."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{url}/batch_learning_rate?blr_bowl_batch=64")
    settled(page)
    bowl = page.locator("svg.map")
    box = bowl.bounding_box()
    assert box is not None
    before, path = len(sent), page.locator("path.trail").first.get_attribute("d")
    page.mouse.move(box["x"] + 200, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 320, box["y"] + 60, steps=5)
    assert page.locator("path.trail").first.get_attribute("d") != path
    assert len(sent) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("blr_bowl_start="))


def test_past_the_stability_bound_the_path_leaves_and_the_page_says_so(page: Page, url: str) -> None:
    """By keyboard alone: the rate past 2/λ makes the descent diverge, in words and in colour."""
    page.goto(f"{url}/batch_learning_rate?blr_bowl_rate=0.1")
    settled(page)
    verdict = page.locator(".verdict")
    expect(verdict).to_have_attribute("data-kind", "verdictArrives")
    page.locator("input[data-name=rate]").press("End")
    expect(verdict).to_have_attribute("data-kind", "verdictDiverges")


def test_a_cell_of_the_map_replays_its_curves(page: Page, url: str) -> None:
    """Choosing another cell by keyboard changes the three curves beside the map, and the link."""
    page.goto(f"{url}/batch_learning_rate?blr_view=map&blr_cell_rate=0.1")
    settled(page)
    lines = page.locator(".st-key-blr-cell .curve path")
    expect(lines).to_have_count(3)
    before = lines.first.get_attribute("d") or ""
    page.get_by_role("slider", name="Learning rate de la case").press("ArrowLeft")
    expect(lines.first).not_to_have_attribute("d", before)
    expect(page).to_have_url(re.compile("blr_cell_rate=0.03"))


def test_the_rate_finder_runs_and_suggests_a_range(page: Page, url: str) -> None:
    """One real run with a growing rate ends with a chart and a suggested rate, which one click takes over."""
    page.goto(f"{url}/batch_learning_rate?blr_view=finder")
    settled(page)
    page.get_by_role("button", name="Lancer la recherche").click()
    page.wait_for_selector(".st-key-blr-finder .js-plotly-plot", timeout=120_000)
    said = page.get_by_text(re.compile("Un choix prudent, le tiers"))
    expect(said).to_be_visible(timeout=120_000)
    advice = said.locator("strong").inner_text()
    page.get_by_role("button", name="Essayer ce taux dans « Vrais réseaux »").click()
    expect(page).not_to_have_url(re.compile("blr_view"))
    expect(page.locator(".st-key-blr_rate input")).to_have_attribute("aria-valuetext", advice)


def test_the_question_is_played_before_it_is_answered(page: Page, url: str) -> None:
    """A guess, then the descent draws itself over the one before: the verdict comes when it has arrived, not sooner."""
    page.goto(f"{url}/batch_learning_rate")
    settled(page)
    trail = page.locator("svg.map path.trail")
    before = trail.get_attribute("d")
    page.get_by_text("Au même endroit").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.locator("svg.map path.before")).to_have_attribute("d", re.compile("^M.+L"))
    expect(page.get_by_text("Regardez l’image")).to_be_visible()
    expect(page.get_by_text("Bonne réponse")).to_have_count(0)
    expect(page.get_by_text("Bonne réponse")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("Mises à jour\u00a0: 25, époques\u00a0: 25")
    expect(page.get_by_text("Plus vite que SGD")).to_be_visible()
    after = trail.get_attribute("d")
    assert before is not None
    assert after is not None
    assert (before.count("L"), after.count("L")) == (200, 25)


def test_whoever_wants_no_motion_sees_the_answer_at_once(page: Page, url: str) -> None:
    """With reduced motion nothing is drawn step by step, and the verdict is there; a move puts the pale path away."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{url}/batch_learning_rate")
    settled(page)
    page.get_by_text("Plus près du fond").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text("Bonne réponse")).to_be_visible()
    assert (page.locator("svg.map path.trail").get_attribute("d") or "").count("L") == 25
    page.locator("input[data-name=shown]").press("End")
    assert page.locator("svg.map path.before").get_attribute("d") == ""
    page.emulate_media(reduced_motion="no-preference")
