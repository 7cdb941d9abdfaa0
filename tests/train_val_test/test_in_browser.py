"""The train page in a real browser: the question played, the ruler on the curves, live training, seal, drawing."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from components.controls import address
from components.train_val_test.settings import KEY
from core.train_val_test.presets import PRESETS
from tests.in_browser import PHONE, new_tab, settled, stand, standing_still

OWN = "tvt_examples=5000&tvt_epochs=100&tvt_batch_size=128"
"""Settings that are not recorded."""
OPENED = "/train_val_test?opened=1"
COURSE = "/train_val_test?tvt_epochs=12&tvt_examples=54000&tvt_batch_size=128"
"""The network of the course."""


def asked_for(preset: str) -> str:
    """Return what an address says of a preset's settings."""
    return "&".join(f"{KEY.format(name)}={address(value)}" for name, value in vars(PRESETS[preset]).items())


def drawn_moments(page: Page) -> int:
    """Return how many moments of the validation curve are drawn."""
    path = page.locator(".curves > path.validation").get_attribute("d")
    assert path is not None
    return path.count("M") + path.count("L")


def test_the_question_is_guessed_played_and_only_then_answered(page: Page, url: str) -> None:
    """The page opens on three moments of the recorded run; the curves then draw themselves, and the verdict follows."""
    page.goto(f"{url}/train_val_test")
    settled(page)
    assert drawn_moments(page) == 3
    expect(page.get_by_text("Et ensuite ?")).to_be_visible()
    ruler = page.get_by_role("slider", name="Époque sur la règle")
    ruler.press("End")
    expect(page.get_by_text("époque 2", exact=True)).to_be_visible()  # the answer is out of reach
    page.get_by_text("Il descend jusqu’à zéro").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text("époque 60", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("Vous avez dit"))).to_be_visible()
    assert drawn_moments(page) == 61
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Réparer sans exemple de plus")).to_be_visible()


def test_without_motion_the_answer_is_there_at_once(page: Page, url: str) -> None:
    """Whoever asks their system for less motion sees the whole run as soon as they check."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{url}/train_val_test")
    settled(page)
    page.get_by_text("Il descend, puis reste").click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text(re.compile("Exact"))).to_be_visible()
    assert drawn_moments(page) == 61


def test_nothing_moves_when_the_picture_arrives_or_a_preset_is_lit(page: Page, url: str) -> None:
    """The sliders stand where they stood when another recorded run, measure or preset is chosen."""
    page.goto(f"{url}/train_val_test?opened=1")
    settled(page)
    slider, title = page.get_by_role("slider", name="Époques"), page.get_by_role("heading", level=1)

    def place() -> float:
        return standing_still(slider)["y"] - standing_still(title)["y"]

    before = place()
    for name in ("Un petit CNN", "Trop court", "Le réseau du cours"):
        page.get_by_text(name, exact=True).click()
        settled(page)
        assert place() == before
    page.get_by_role("radio", name="Perte").click()
    settled(page)
    assert place() == before


def test_a_run_that_diverges_in_its_first_epoch_is_drawn(page: Page, url: str) -> None:
    """Its curves stand in the plot, a line says where the loss was lost, and no mistake is called sure at 0 %."""
    page.goto(f"{url}/train_val_test?{asked_for('too_fast')}&tvt_measure=error")
    settled(page)
    # The second loss is not a number; the losses of the batches climb out of the plot, which cuts them.
    for moments, curve in ((2, ".curves > path.validation"), (1, ".curves .batches")):
        if moments == 1:
            page.get_by_role("radio", name="Perte").click()
            expect(page).to_have_url(re.compile("tvt_measure=loss"))
            settled(page)
        assert drawn_moments(page) == moments
        stands_in_the_plot(page, curve)
        expect(page.locator(".best")).to_have_text("la perte n’est plus un nombre")
        expect(page.get_by_text("Ce calcul a divergé : la perte n’est plus un nombre.")).to_be_visible()
        expect(page.locator(".lost")).to_have_text("Aucune : ses probabilités ne sont plus des nombres.")
        expect(page.locator(".gallery figure:visible")).to_have_count(0)
    page.get_by_role("slider", name="Époque sur la règle").press("Home")
    expect(page.locator(".lost")).to_have_text("")
    expect(page.locator(".gallery figcaption").first).to_have_text(re.compile(r"\d → \d 20.%"))


def stands_in_the_plot(page: Page, selector: str) -> None:
    """Check that a curve is seen between the lines of the plot."""
    plot = page.locator(".curves")
    lines = plot.locator(".grid").evaluate_all("lines => lines.map(line => line.getBoundingClientRect().top)")
    box, inside = page.locator(selector).bounding_box(), plot.bounding_box()
    assert box is not None
    assert inside is not None
    assert box["y"] + box["height"] > min(lines)
    assert box["y"] + box["height"] < max(lines) + 1
    assert box["width"] > 0.08 * inside["width"]


def test_a_pinned_run_stays_behind_the_next_and_says_what_differs(page: Page, url: str) -> None:
    """The line under the chart names all settings in which the pinned run differs; the pin is in the link."""
    page.goto(f"{url}/train_val_test?opened=1")
    settled(page)
    page.get_by_role("button", name="Épingler pour comparer").click()
    page.get_by_text("Un petit CNN", exact=True).click()
    words = page.locator(".pinned-words")
    expect(words).to_have_text(re.compile("Réseau MLP, .*300.*Taille de batch 32"))
    expect(page.locator(".curves .pinned path")).to_have_count(2)
    assert words.evaluate("line => line.scrollWidth <= line.clientWidth + 1")
    assert "tvt_pin=default" in page.url


def test_no_word_of_the_chart_is_cut(phone: Page, url: str) -> None:
    """On a phone each word of the chart lies inside it, and the words of the best epoch above the curves."""
    phone.goto(url + OPENED)
    settled(phone)
    for preset in ("Un petit CNN", "Le réseau du cours", "Trop peu d’exemples"):
        phone.get_by_text(preset, exact=True).tap()
        settled(phone)
        expect(phone.get_by_role("radio", name=preset)).to_be_checked()
        expect(phone.locator(".curves .best")).to_be_visible()
        inside, above = phone.locator(".curves").evaluate(
            """chart => {
                const box = chart.getBoundingClientRect();
                const texts = [...chart.querySelectorAll('text')].map(text => text.getBoundingClientRect());
                const best = chart.querySelector('.best').getBoundingClientRect();
                const grid = [...chart.querySelectorAll('.grid')].map(line => line.getBoundingClientRect().top);
                return [texts.every(({ left, right }) => left >= box.left - 1 && right <= box.right + 1),
                        best.bottom <= Math.min(...grid) + 1];
            }"""
        )
        assert inside, preset
        assert above, preset
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], preset


@pytest.mark.slow
def test_a_student_trains_a_network_live(page: Page, url: str) -> None:
    """Settings that are not recorded: the button under the empty axes, then curves that grow to the last epoch."""
    page.goto(f"{url}/train_val_test?tvt_seed=7&tvt_epochs=10")
    settled(page)
    expect(page.locator(".curves > path.validation")).to_have_attribute("d", "")
    page.get_by_role("button", name="Entraîner ce réseau").click()
    expect(page.get_by_text("époque 10", exact=True)).to_be_visible(timeout=120_000)
    settled(page)
    assert drawn_moments(page) == 11
    expect(page.get_by_text("Calculé le")).to_be_visible()


def test_a_run_is_stopped_begun_again_and_given_up_with_its_tab(browser: Browser, page: Page, url: str) -> None:
    """Stop is heard while the network trains: the curve stays, and the button comes back.

    Trained again, the student closes the tab in the middle; who opens the same address later finds it not running.
    """
    address = f"{url}/train_val_test?{OWN}&tvt_seed=3"
    first = new_tab(browser)
    first.goto(address)
    settled(first)
    start, on_its_way = (
        first.get_by_role("button", name="Entraîner ce réseau"),
        first.get_by_text(re.compile("%, encore")),
    )
    start.click()
    on_its_way.first.wait_for(timeout=60_000)
    first.get_by_role("button", name="Arrêter").click()
    expect(first.get_by_text("Arrêté. Ce qui a été calculé reste sur cette page.")).to_be_visible()
    expect(start).to_be_visible()
    assert drawn_moments(first) > 0
    start.click()
    on_its_way.first.wait_for(timeout=60_000)
    assert not first.faults  # type: ignore[attr-defined]
    first.context.close()
    page.goto(address)
    expect(page.get_by_role("button", name="Entraîner ce réseau")).to_be_visible(timeout=60_000)
    settled(page)
    expect(page.get_by_text("Calculé le")).to_have_count(0)  # given up, not finished meanwhile


def test_each_number_of_the_log_is_lit_where_it_comes_from(stay: Page, url: str) -> None:
    """Keyboard or pointer: the words, the steps of the data and the batches change with the number."""
    page = stand(stay, url + OPENED)
    page.locator("[data-at='0-val_accuracy']").focus()
    expect(page.get_by_text("sur les 6 000 chiffres de validation")).to_be_visible()
    lit = page.locator(".chain .lit code")
    assert "(6000, 784)" in lit.all_inner_texts()
    assert "(54000, 784)" not in lit.all_inner_texts()
    page.locator("[data-at='4-accuracy']").click()
    expect(page.locator(".mean-words")).to_have_text("leur moyenne, imprimée : 0,9868")
    expect(page.locator(".lines .lit")).to_have_count(1)


def test_other_digits_and_another_size_change_the_flattery_and_the_link(stay: Page, url: str) -> None:
    """The picture answers in the browser; the draw and the size are in the address."""
    page = stand(stay, url + OPENED)
    once, often = page.locator(".two .said").first, page.locator(".two .said").last
    first, many = once.inner_text(), often.inner_text()
    expect(once).to_have_text(re.compile("9,6.% d’erreur.*10,8.%.*1,2 points"))
    page.get_by_role("button", name="Tirer d’autres chiffres").click()
    expect(once).not_to_have_text(first)
    expect(page).to_have_url(re.compile("tvt_draw=26"))
    page.get_by_role("slider", name="Chiffres du petit jeu de test").press("ArrowLeft")
    expect(often).not_to_have_text(many)
    expect(page).to_have_url(re.compile("tvt_small=200"))


def test_the_test_set_is_sealed_until_opened_and_openings_are_counted(stay: Page, url: str) -> None:
    """No test figure before the seal is broken; then one number, one mark on the chart, and the count."""
    page = stand(stay, url + OPENED)
    expect(page.get_by_text("scellé")).to_be_visible()
    expect(page.locator(".curves .test")).to_have_count(0)
    page.get_by_role("button", name="Ouvrir le jeu de test").click()
    expect(page.get_by_text("1 fois")).to_be_visible()
    expect(page.locator(".curves .test")).to_have_count(1)
    expect(page.locator(".entry.test")).to_have_text(re.compile("19,1"))
    page.get_by_text("Un petit CNN", exact=True).click()
    page.get_by_role("button", name="Ouvrir le jeu de test").click()
    expect(page.get_by_text("2 fois")).to_be_visible()


def test_the_network_of_the_title_is_explained(stay: Page, url: str) -> None:
    """MLP and CNN, which the picture says first, lead to the glossary."""
    page = stand(stay, url + OPENED)
    for name, preset in (("MLP", "Trop peu d’exemples"), ("CNN", "Un petit CNN")):
        page.get_by_text(preset, exact=True).click()
        term = page.locator(".title a.term")
        expect(term).to_have_text(name)
        expect(term).to_have_attribute("href", re.compile(f"term={name.lower()}"))


def test_a_digit_is_drawn_beside_its_reading_and_erased(stay: Page, url: str) -> None:
    """A vertical stroke drawn by hand is read as a 1; "erase" brings the chosen digit back."""
    page = stand(stay, url + COURSE)
    box = standing_still(page.locator(".pad"))
    page.mouse.move(box["x"] + 0.52 * box["width"], box["y"] + 0.15 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.85 * box["height"], steps=12)
    page.mouse.up()
    expect(page.locator(".bar .value").nth(1)).to_have_text(re.compile(r"^([5-9]\d|100),"))
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator(".bar .value").nth(4)).to_have_text(re.compile(r"^(9\d|100),"))  # the eighth digit is a 4
    page.get_by_role("button", name="Un autre chiffre").click()
    expect(page).to_have_url(re.compile("tvt_digit=8"))


def test_the_ruler_is_dragged_on_the_chart_and_moves_by_keyboard(stay: Page, url: str) -> None:
    """A finger on the curves and arrow keys change numbers, mistakes and readings in the browser; the link follows."""
    page = stand(stay, url + COURSE)
    ruler = page.get_by_role("slider", name="Époque sur la règle")
    expect(ruler).to_have_value("12")
    before = page.locator(".gallery").inner_text()
    ruler.press("Home")
    expect(page.get_by_text("époque 0", exact=True)).to_be_visible()
    assert page.locator(".gallery").inner_text() != before
    expect(page).to_have_url(re.compile("tvt_frame=0"))
    box = ruler.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("époque 6", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("tvt_frame=6"))
    page.get_by_role("button", name="Lecture").click()
    expect(page.get_by_text("époque 12", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Matrice").click()
    expect(page.get_by_role("table").first).to_be_visible()


def test_the_notebook_is_downloaded_and_valid(stay: Page, url: str, tmp_path: Path) -> None:
    """The code tab gives a valid notebook of the settings on screen."""
    page = stand(stay, url + COURSE)
    page.get_by_text("Code", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le notebook").click()
    path = tmp_path / "notebook.ipynb"
    download.value.save_as(path)
    notebook = nbformat.reads(path.read_text(), as_version=4)
    nbformat.validate(notebook)
    assert "epochs=12" in "".join(cell["source"] for cell in notebook.cells)
