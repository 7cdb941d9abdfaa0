"""The ladder and the faulty set under the finger, in a real browser: a guess, a size, a mark, what is told of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.project.baselines import MODELS
from core.project.faulty import planted
from core.project.recorded import recorded
from tests.in_browser import PHONE, choose, settled, standing_still

GUESS = re.compile("^Votre pari")


def open_tab(page: Page, url: str, query: str) -> None:
    page.goto(f"{url}/project?{query}")
    settled(page)


def test_the_question_is_played_row_after_row(page: Page, url: str) -> None:
    """The rows are hidden; checking shows them one by one, and the verdict comes when the last one stands."""
    page.goto(f"{url}/project")
    settled(page)
    assert page.locator(".row-of.shown").count() == 1
    expect(page.locator(".reveal")).to_be_hidden()
    page.locator(".st-key-guide label:has(input[type=radio])").first.click()
    page.evaluate("""() => {
        const root = [...document.querySelectorAll("*")].map(each => each.shadowRoot?.querySelector(".ladder"))
            .find(Boolean).closest(".root")
        window.seen = new Set()
        new MutationObserver(() => window.seen.add(root.querySelectorAll(".row-of.shown").length))
            .observe(root, { subtree: true, childList: true })
    }""")
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.locator(".row-of.shown")).to_have_count(len(MODELS))
    expect(page.get_by_role("button", name="Continuer")).to_be_visible()
    assert page.evaluate("[...window.seen]") == [2, 3, 4, 5]


def test_a_row_is_guessed_then_shown_and_the_distance_told(page: Page, url: str) -> None:
    """Dragged without a message; the row is shown at a press, its distance is that of the recorded mean."""
    open_tab(page, url, "pj_size=1000&opened=1")
    slider = page.get_by_role("slider", name=GUESS)
    box = standing_still(slider)
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(page.locator(".guessed")).to_have_text(re.compile("(59|60|61)\\s%"))
    assert not sent
    page.get_by_role("button", name=re.compile("Voici mon pari")).click()
    expect(page.locator(".row-of.shown")).to_have_count(2)
    truth = recorded().rung("digits", 1_000, "neighbours").accuracy
    expect(page.locator(".guess")).to_contain_text(f"{100 * truth:.1f}".replace(".", ","))
    expect(page.locator(".guess")).to_contain_text("trop bas")
    expect(page).to_have_url(re.compile("pj_rows=2"))
    settled(page)
    expect(page.get_by_role("radio", name="Mon carnet")).to_be_checked()  # its first row is the student's own
    page.locator(".st-key-pj-notebook .open").first.click()
    expect(page.get_by_text("Plus proches voisins, Chiffres, 1\u202f000 exemples").first).to_be_visible()


def test_a_row_shows_what_it_misreads(page: Page, url: str) -> None:
    """The last row's mistakes stand there, each with its answer and the right one; a press on a name shows others."""
    open_tab(page, url, "pj_task=signs&pj_size=300&pj_rows=3&opened=1")
    for model, at in (("logistic", None), ("frequent", 0), ("neighbours", 1)):
        if at is not None:
            page.get_by_role("button", name=re.compile("^Ce que ce modèle lit mal")).nth(at).press("Enter")
        expect(page.locator(f"[data-model={model}].looked")).to_have_count(1)
        wrong = recorded().rung("signs", 300, model).wrong
        expect(page.locator(".mistakes .answer")).to_have_text([f"{said} ≠ {truth}" for _at, truth, said in wrong])
        _at, truth, said = wrong[0]
        expect(page.get_by_role("img", name=f"{said} au lieu de {truth}").first).to_be_visible()
    page.get_by_role("radio", name="Lettres", exact=True).click()
    expect(page.locator(".mistakes .read").first).to_be_visible()


def test_the_keyboard_alone_climbs_the_ladder(page: Page, url: str) -> None:
    """Arrows move the guess, the task and the size; Enter shows each row; the last one reaches the mission."""
    open_tab(page, url, "pj_task=letters&pj_size=100")
    for at in range(1, len(MODELS)):
        page.get_by_role("slider", name=GUESS).press("ArrowRight")
        page.get_by_role("button", name=re.compile("Voici mon pari")).press("Enter")
        expect(page.locator(".row-of.shown")).to_have_count(at + 1)
    expect(page.get_by_text("Mission accomplie :").first).to_be_visible()
    page.get_by_role("button", name="Ouvrir le jeu de test").press("Enter")
    expect(page.locator("circle.test")).to_have_count(1)
    expect(page.locator(".tested")).to_contain_text("Ouvert ici : 1 fois".replace(" :", "\u00a0:"))
    page.get_by_role("button", name="Loupe").press("Enter")
    expect(page.locator(".ladder .plot")).not_to_contain_text("100\u00a0%")
    page.get_by_role("slider", name="Exemples pour apprendre").press("ArrowRight")
    expect(page).to_have_url(re.compile("pj_size=300"))
    expect(page.locator("circle.test")).to_have_count(0)


@pytest.mark.slow
def test_this_machine_trains_the_five_and_draws_them_beside(page: Page, url: str) -> None:
    """The button trains what stands there; a ring then marks what this machine found, near the recorded draws."""
    open_tab(page, url, "pj_task=letters&pj_size=100&pj_rows=5")
    page.get_by_role("button", name=re.compile("Entraîner ces cinq-là ici")).click()
    expect(page.locator("circle.here")).to_have_count(len(MODELS), timeout=120_000)
    expect(page.get_by_text(re.compile("Mesuré ici le"))).to_be_visible()
    for model in MODELS:
        ring, seeds = (page.locator(f"[data-model={model}] {kind}") for kind in ("circle.here", "circle.seed"))
        x = float(ring.get_attribute("cx") or 0)
        places = [float(place) for place in seeds.evaluate_all("all => all.map(each => each.getAttribute('cx'))")]
        assert min(places) - 12 < x < max(places) + 12


def test_a_faulty_set_is_searched_and_told_of_by_number(page: Page, url: str) -> None:
    """The first twins are copies: four marked, four told; what was missed comes only when it is asked for."""
    open_tab(page, url, "pj_part=faults&pj_fault_order=twin")
    tiles = page.locator(".tile")
    for at in range(4):  # two pairs: each twin stands beside the other
        tiles.nth(at).click()
    page.get_by_role("button", name=re.compile("Vérifier mes soupçons")).click()
    pairs = len({frozenset(pair) for pair in planted(1).copies
                 if any(str(place) in marked(page) for place in pair)})  # fmt: skip
    expect(page.locator(".score")).to_contain_text(f"{pairs} sur 10")
    expect(page.locator(".tile.missed")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Montrer ce qui")).click()
    page.get_by_role("radio", name="Ce qui m’a échappé").click()
    expect(page.locator(".tile.missed")).to_have_count(12 + 8 + 10 - pairs)


def marked(page: Page) -> set[str]:
    """Return the places of the images that are marked."""
    return set(page.locator(".tile[aria-pressed=true]").evaluate_all("tiles => tiles.map(tile => tile.dataset.at)"))


def test_classes_and_arrows_lead_through_the_images(page: Page, url: str) -> None:
    """A class shows its own images alone, all of them; arrows walk over them, and Space marks one."""
    open_tab(page, url, "pj_part=faults")
    here = planted(1)
    page.get_by_role("radio", name=re.compile("^Étiquette 8")).click()
    expect(page.locator(".tile")).to_have_count(int((here.labels == 8).sum()))
    page.get_by_role("radio", name="Entraînement", exact=True).click()
    expect(page.locator(".tile")).to_have_count(int((here.labels[: here.train] == 8).sum()))
    page.locator(".tile").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert len(marked(page)) == 1
    assert page.locator(".tile").nth(1).get_attribute("aria-pressed") == "true"


def test_on_a_phone_names_stand_above_their_rows(page: Page, url: str) -> None:
    """Nothing leaves the screen, and every name and number is inside it."""
    page.set_viewport_size(PHONE)
    open_tab(page, url, "pj_rows=5&pj_part=faults")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    outside = page.locator(".plot text").evaluate_all(
        "texts => texts.filter(text => text.getBoundingClientRect().right > innerWidth + 1).map(t => t.textContent)"
    )
    assert not outside
    choose(page, "pj_cost_model", 1)
