"""The next size, predicted by hand and by key in a real browser; every point, and where the law is off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.model_size.measured_law import STORIES, law_of, points
from tests.in_browser import PHONE, PROJECTOR, new_tab, serious_faults, settled, standing_still

PICTURE = ".st-key-ms-law-picture"


def opened(page: Page, url: str, query: str = "") -> Locator:
    """Open the part of the page; return its picture."""
    page.goto(f"{url}/model_size?ms_part=law&opened=1&{query}")
    settled(page)
    picture = page.locator(PICTURE)
    picture.evaluate("part => part.scrollIntoView({ block: 'center' })")
    return picture


def guess(page: Page, steps: int) -> None:
    """Move the mark so many steps with the keyboard."""
    slider = page.get_by_role("slider", name=re.compile("^Votre prédiction"))
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_two_predictions_reach_the_mission(page: Page, url: str) -> None:
    """Nothing is told before a guess; then the truth with its seeds, both factors, and who was nearer.

    A drag moves the mark without a message. Two near guesses, one where size helps, one where it does not, at two
    budgets, tick the mission.
    """
    frames: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    picture = opened(page, url, "ms_law_budget=65536")
    verdict, show = picture.locator(".verdict"), page.get_by_role("button", name="Montrer la vérité")
    expect(show).to_be_disabled()
    assert picture.locator(".chart .line.lit .mean").count() == 3
    assert picture.locator(".chart .law").count() == 0
    column, last = standing_still(picture.locator(".column")), picture.locator(".chart .mark").bounding_box()
    assert last is not None
    before = len(frames)
    x, y = column["x"] + column["width"] / 2, last["y"] + last["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    chart = picture.locator(".plot").bounding_box()
    assert chart is not None
    page.mouse.move(x, y + 0.19 * chart["height"], steps=4)
    page.mouse.up()
    expect(verdict).to_contain_text("fois plus bas qu’à la taille d’avant")
    assert len(frames) == before
    guess(page, 1)
    show.click()
    truth = points()[65_536, 40]
    expect(verdict).to_contain_text("Vous battez la loi")
    expect(verdict).to_contain_text("0,0115")
    times = f"{truth.factor(law_of(truth, 3)):.1f}".replace(".", ",")
    expect(verdict).to_contain_text(f"{times} fois trop haut")
    expect(picture.locator(".chart .line.lit .mean")).to_have_count(4)
    expect(picture.locator(".chart .line.lit .seed")).to_have_count(12)
    expect(picture.locator(".chart .law")).to_have_count(1)
    expect(picture.locator(".score")).to_have_text("Vous 1 – 0 la loi")
    settled(page)
    assert page.get_by_text("Mission accomplie").count() == 0
    data = page.get_by_role("slider", name="Données", exact=True)
    for _ in range(3):
        data.press("ArrowLeft")
    expect(page).to_have_url(re.compile("ms_law_budget=1024"))
    expect(show).to_be_disabled()
    guess(page, 5)
    expect(verdict).to_contain_text("Grandir y nuit")
    page.get_by_role("slider", name=re.compile("^Votre prédiction")).press("Enter")
    expect(picture.locator(".score")).to_have_text("Vous 2 – 0 la loi")
    expect(page.get_by_text("Mission accomplie").first).to_be_visible()
    page.get_by_role("button", name="Taille suivante").click()
    expect(page).to_have_url(re.compile("ms_law_known=4"))
    expect(page.get_by_role("slider", name=re.compile("^Votre prédiction pour 200.064"))).to_be_focused()
    assert not page.faults  # type: ignore[attr-defined]


def test_every_point_can_be_read_and_the_law_is_off_where_it_is(page: Page, url: str) -> None:
    """A click lights the nearest point; keys move along sizes and data; a cell of the table moves the ruler there."""
    picture = opened(page, url, "ms_law_mode=all")
    title, verdict = picture.locator(".point"), picture.locator(".verdict")
    cells = picture.locator(".map tbody td")
    expect(cells).to_have_count(40)
    point = points()[1_024, 64]
    assert cells.nth(4).inner_text() == f"{point.mean / law_of(point):.2f}".replace(".", ",")
    cells.nth(4).click()
    expect(title).to_contain_text("200.064 paramètres".replace(".", "\N{NARROW NO-BREAK SPACE}"))
    expect(verdict).to_contain_text("La loi dit 1,35")
    expect(verdict).to_contain_text("2,2 fois plus haute")
    expect(page).to_have_url(re.compile("ms_law_budget=1024"))
    settled(page)  # a run of the page draws the chart anew
    end = picture.locator(".chart .line:not(.lit)").first.locator(".mean").last.bounding_box()
    assert end is not None
    page.mouse.click(end["x"] + end["width"], end["y"] + end["height"])
    expect(page.get_by_role("slider", name="Données", exact=True)).to_have_attribute("aria-valuetext", re.compile("^4"))
    expect(title).to_contain_text("4.739.072 paramètres".replace(".", "\N{NARROW NO-BREAK SPACE}"))
    page.get_by_role("slider", name="Taille", exact=True).press("Home")
    page.get_by_role("slider", name="Données", exact=True).press("End")
    expect(title).to_contain_text("10\N{NARROW NO-BREAK SPACE}616 avec les embeddings")
    expect(picture.locator(".loss")).to_have_text("perte 0,994 = plancher 0,244 + excès 0,75")
    picture.get_by_role("radio", name="Opérations").click()
    expect(picture.locator(".plot .name")).to_have_text("opérations 6·N·D, sans les embeddings (échelle log)")
    expect(picture.locator(".chart .line")).to_have_count(8)
    page.get_by_role("switch", name="Compter les embeddings dans N").check()
    expect(picture.locator(".plot .name")).to_contain_text("embeddings compris")
    expect(picture.locator(".map")).to_contain_text("l’exposant de N serait 2,56")
    expect(page).to_have_url(re.compile("ms_law_embeddings=true"))
    assert STORIES[-1] == 262_144
    expect(page).to_have_url(re.compile("ms_law_budget=262144"))


@pytest.mark.parametrize("dress", ["light", "dark", "phone", "projection"])
def test_accessible(browser: Browser, url: str, dress: str) -> None:
    """Names and contrast hold in light, in dark, on a wall and on a phone, whose screen it does not exceed.

    On the phone the picture is played: the mark follows the finger, whose move does not scroll the page.
    """
    options: dict[str, dict[str, Any]] = {
        "light": {},
        "dark": {"color_scheme": "dark"},
        "phone": {"viewport": PHONE, "has_touch": True},
        "projection": {"viewport": PROJECTOR},
    }
    queries = {"light": "ms_law_mode=all&ms_law_axis=tokens", "dark": "", "phone": "", "projection": "projection=true"}
    tab = new_tab(browser, **options[dress])
    picture = opened(tab, url, queries[dress])
    if dress in {"dark", "phone"}:
        box = standing_still(picture.locator(".column"))
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + 150)
        tab.get_by_role("button", name="Montrer la vérité").click()
        expect(picture.locator(".rows li")).to_have_count(1)
        settled(tab)
    assert not serious_faults(tab)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    assert not tab.faults  # type: ignore[attr-defined]
    tab.context.close()
