"""The next size, predicted by hand and by key in a real browser; every point, and where the law is off."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from core.model_size.measured_law import STORIES, law_of, points
from tests.in_browser import PROJECTOR, serious_faults, settled, standing_still

PICTURE = ".st-key-ms-law-picture"


def opened(page: Page, url: str, query: str = "") -> Locator:
    """Open the part of the page; return its picture."""
    page.goto(f"{url}/model_size?ms_part=law&opened=1&{query}")
    settled(page)
    picture = page.locator(PICTURE)
    picture.evaluate("part => part.scrollIntoView({ block: 'center' })")
    return picture


def mark(page: Page) -> Locator:
    """Return the slider of the guess."""
    return page.get_by_role("slider", name=re.compile("^Votre prédiction"))


def guess(page: Page, steps: int) -> None:
    """Move the mark so many steps with the keyboard."""
    slider = mark(page)
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
    expect(verdict).to_contain_text("la taille aide")
    expect(picture.locator(".score")).to_have_text("Vous 1 – 0 la loi")
    expect(picture.locator(".chip")).to_have_text(
        [re.compile("^✓.*là où la taille aide"), re.compile("^○.*n’aide pas")]
    )
    settled(page)
    assert page.get_by_text("Mission accomplie").count() == 0
    data = page.get_by_role("slider", name="Données", exact=True)
    for _ in range(3):
        data.press("ArrowLeft")
    expect(page).to_have_url(re.compile("ms_law_budget=1024"))
    expect(show).to_be_disabled()
    guess(page, 5)
    expect(verdict).to_contain_text("Grandir y nuit")
    mark(page).press("Enter")
    expect(picture.locator(".score")).to_have_text("Vous 2 – 0 la loi")
    expect(picture.locator(".chip.reached")).to_have_count(2)
    expect(page.get_by_text("Mission accomplie").first).to_be_visible()
    page.get_by_role("button", name="Taille suivante").click()
    expect(page).to_have_url(re.compile("ms_law_known=4"))
    expect(page.get_by_role("slider", name=re.compile("^Votre prédiction pour 200.064"))).to_be_focused()
    assert not page.faults  # type: ignore[attr-defined]


def test_a_mark_that_was_not_moved_says_nothing(page: Page, url: str) -> None:
    """Neither the button nor Enter shows the truth; a mark that was moved elsewhere is not moved here."""
    picture = opened(page, url, "ms_law_budget=65536")
    asks = picture.locator(".verdict")
    mark(page).press("Enter")
    expect(asks).to_contain_text("Glissez le losange")
    guess(page, 2)
    expect(asks).to_contain_text("Vous dites")
    page.get_by_role("slider", name="Données", exact=True).press("ArrowLeft")
    expect(asks).to_contain_text("Glissez le losange")
    mark(page).press("Enter")
    guess(page, 1)
    expect(asks).to_contain_text("Vous dites")
    assert picture.locator(".rows li").count() == 0
    mark(page).press("Enter")
    expect(picture.locator(".rows li")).to_have_count(1)


def test_what_was_seen_is_practice(page: Page, url: str) -> None:
    """Seeing everything asks once; then two perfect predictions reach no mission, and the picture says so."""
    picture = opened(page, url, "ms_law_budget=65536")
    modes, verdict = picture.locator(".segments"), picture.locator(".verdict")
    modes.get_by_role("radio", name="Tout voir").click()
    expect(verdict).to_contain_text("ne compteront alors plus pour la mission")
    expect(modes.get_by_role("radio", name="Prédire")).to_be_checked()
    page.get_by_role("slider", name="Données", exact=True).press("ArrowLeft")
    expect(page.get_by_role("button", name="Tout voir quand même")).to_be_hidden()
    page.get_by_role("slider", name="Données", exact=True).press("ArrowRight")
    modes.get_by_role("radio", name="Tout voir").click()
    modes.get_by_role("radio", name="Tout voir").click()
    modes.get_by_role("radio", name="Prédire").click()
    expect(verdict).to_contain_text("Vous avez déjà vu ce point")
    guess(page, -38)
    page.get_by_role("button", name="Montrer la vérité").click()
    expect(verdict).to_contain_text("Vous aviez déjà vu ce point")
    expect(verdict).to_contain_text("en plein dessus")
    expect(picture.locator(".goal")).to_contain_text("Vous avez vu trop de points")
    for _ in range(3):
        page.get_by_role("slider", name="Données", exact=True).press("ArrowLeft")
    guess(page, 5)
    mark(page).press("Enter")
    expect(verdict).to_contain_text("la taille n’aide pas")
    settled(page)
    expect(page).to_have_url(re.compile("ms_law_budget=1024"))
    assert picture.locator(".rows li").count() == 0
    assert page.get_by_text("Mission accomplie").count() == 0
    assert not page.faults  # type: ignore[attr-defined]


def test_a_look_as_short_as_can_be_is_a_look(page: Page, url: str) -> None:
    """Everything shown and hidden again before Python hears of it: the prediction that follows at once is practice."""
    picture = opened(page, url, "ms_law_budget=1024")
    guess(page, 5)
    mark(page).press("Enter")
    expect(picture.locator(".chip.reached")).to_have_count(1)
    settled(page)
    picture.locator(".pictures").evaluate(
        """(part) => {
            const root = part.getRootNode();
            const [predict, all] = root.querySelectorAll("[role=radio]");
            const put = (range, value) => {
                range.value = String(value);
                range.dispatchEvent(new Event("input"));
            };
            for (const mode of [all, all, predict]) mode.click();
            put(root.querySelector("[aria-label=Données]"), 3);
            const mark = root.querySelector(".guess input");
            put(mark, Number(mark.value) - 38);
            root.querySelector(".reveal").click();
        }"""
    )
    expect(picture.locator(".verdict")).to_contain_text("en plein dessus")
    expect(picture.locator(".goal")).to_contain_text("Vous avez vu trop de points")
    settled(page)
    assert page.get_by_text("Mission accomplie").count() == 0


def test_sizes_that_were_known_count_no_more_and_the_next_ones_do(page: Page, url: str) -> None:
    """After a look at four more columns the picture says from which size on predictions count; there they do."""
    picture = opened(page, url)
    known = page.get_by_role("slider", name="Tailles déjà connues")
    for key in ("ArrowRight", "ArrowRight", "Home"):
        known.press(key)
    count = "608.160 paramètres".replace(".", "\N{NARROW NO-BREAK SPACE}")
    expect(picture.locator(".verdict")).to_contain_text(f"les prédictions comptent à partir de {count}")
    known.press("ArrowRight")
    known.press("ArrowRight")
    guess(page, 1)
    mark(page).press("Enter")
    expect(picture.locator(".rows li")).to_have_count(1)


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
    expect(page.get_by_role("gridcell", selected=True)).to_have_accessible_name(
        re.compile("1.024 histoires.*2,21 fois")
    )
    cells.nth(4).press("ArrowDown")
    cells.nth(12).press("ArrowRight")
    expect(cells.nth(13)).to_be_focused()
    expect(title).to_contain_text("608.160 paramètres".replace(".", "\N{NARROW NO-BREAK SPACE}"))
    expect(page).to_have_url(re.compile("ms_law_budget=4096.*ms_law_size=112"))
    for key in ("Home", "ArrowLeft", "ArrowUp", "ArrowUp"):
        picture.locator(".map td:focus").press(key)
    expect(cells.nth(0)).to_be_focused()
    assert picture.locator(".map td[tabindex='0']").count() == 1
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


def test_accessible_on_a_laptop(page: Page, url: str) -> None:
    """Names and contrast hold in the dark, where a prediction was checked, and in light, where everything is shown."""
    page.emulate_media(color_scheme="dark")
    picture = opened(page, url)
    predict_by_hand(page, picture)
    check_dressed(page)
    page.emulate_media(color_scheme="light")
    modes = picture.locator(".segments")
    for _look in range(2):  # the first asks whether one means it
        modes.get_by_role("radio", name="Tout voir").click()
    picture.get_by_role("radio", name="Tokens").click()
    expect(page).to_have_url(re.compile("ms_law_mode=all&ms_law_axis=tokens"))
    settled(page)
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "light")
    check_dressed(page)


def test_accessible_on_a_phone(phone: Page, url: str) -> None:
    """The same where a prediction was checked on a phone, whose screen it does not exceed."""
    picture = opened(phone, url)
    predict_by_hand(phone, picture)
    check_dressed(phone)


def test_accessible_on_a_wall(page: Page, url: str) -> None:
    """The same in projection."""
    page.set_viewport_size(PROJECTOR)
    opened(page, url, "projection=true")
    check_dressed(page)


def predict_by_hand(page: Page, picture: Locator) -> None:
    """Put the mark where the finger is, and have the truth shown."""
    box = standing_still(picture.locator(".column"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 150)
    page.get_by_role("button", name="Montrer la vérité").click()
    expect(picture.locator(".rows li")).to_have_count(1)
    settled(page)


def check_dressed(page: Page) -> None:
    assert not serious_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
