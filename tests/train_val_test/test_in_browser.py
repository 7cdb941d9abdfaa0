"""The train page in a real browser: live training, the ruler, the seal, pinned runs, a drawn digit."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.in_browser import new_tab, settled, standing_still


def wait_for_curves(page: Page, expected: dict[str, int]) -> None:
    """Wait until Plotly has drawn these traces, with so many points each."""
    page.wait_for_function(
        """expected => [...document.querySelectorAll('.js-plotly-plot')].some(plot => {
            const drawn = Object.fromEntries((plot._fullData ?? []).map(trace => [trace.name, trace._length]));
            return JSON.stringify(Object.entries(drawn).sort()) === JSON.stringify(Object.entries(expected).sort());
        })""",
        arg=expected,
        timeout=60_000,
    )


@pytest.mark.slow
def test_a_student_overfits_a_network_live(page: Page, url: str) -> None:
    """The preset with too few examples trains live, ends with curves that part, and ticks the mission."""
    page.goto(f"{url}/train_val_test?tvt_seed=1")
    settled(page)
    page.get_by_text("Trop peu d’exemples").click()
    page.wait_for_url(re.compile(r"tvt_examples=300"))
    settled(page)
    page.get_by_role("button", name="Entraîner ce réseau").click()
    expect(page.get_by_text("Mission accomplie").first).to_be_visible(timeout=120_000)
    wait_for_curves(page, {"train": 61, "validation": 61})
    assert "tvt_examples=300" in page.url


def test_stop_keeps_what_was_seen_and_training_can_start_again(page: Page, url: str) -> None:
    """Stop is heard while the network trains; the curve stays and the button comes back."""
    page.goto(f"{url}/train_val_test?tvt_epochs=100&tvt_examples=5000&tvt_seed=3")
    settled(page)
    page.get_by_role("button", name="Entraîner ce réseau").click()
    page.get_by_text(re.compile(r"%, encore")).first.wait_for(timeout=60_000)
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_text("Arrêté. Ce qui a été calculé reste sur cette page.")).to_be_visible()
    expect(page.get_by_role("button", name="Entraîner ce réseau")).to_be_visible()
    page.wait_for_function("document.querySelector('.js-plotly-plot')._fullData.some(trace => trace._length > 0)")


def test_a_closed_tab_gives_its_run_up(browser: Browser, url: str) -> None:
    """A student closes the tab in the middle of a run; who opens the same address later finds it not running."""
    address = f"{url}/train_val_test?tvt_epochs=100&tvt_examples=5000&tvt_seed=4"
    first = new_tab(browser)
    first.goto(address)
    settled(first)
    first.get_by_role("button", name="Entraîner ce réseau").click()
    first.get_by_text(re.compile(r"%, encore")).first.wait_for(timeout=60_000)
    first.context.close()
    second = new_tab(browser)
    second.goto(address)
    expect(second.get_by_role("button", name="Entraîner ce réseau")).to_be_visible(timeout=60_000)
    settled(second)
    expect(second.get_by_text("Calculé le")).to_have_count(0)  # given up, not finished meanwhile
    second.context.close()


def test_a_student_alone_predicts_is_corrected_and_checks(page: Page, url: str) -> None:
    """A wrong guess is explained, a quiz answer is explained, and the page remembers both."""
    page.goto(f"{url}/train_val_test")
    page.get_by_text("Elle ne bouge pas").click()
    page.get_by_role("button", name="Je prédis").click()
    expect(page.get_by_text(re.compile("Vous avez dit"))).to_be_visible()
    page.get_by_text("Je garde le réseau du minimum de validation.").click()
    expect(page.get_by_text(re.compile(r"Exact\..*early stopping")).first).to_be_visible()


def test_the_notebook_is_downloaded_and_valid(page: Page, url: str, tmp_path: Path) -> None:
    """The code tab gives a valid notebook of the settings on screen."""
    page.goto(f"{url}/train_val_test?tvt_epochs=3")
    settled(page)
    page.get_by_role("tab", name="Code").click()
    page.get_by_role("tabpanel").get_by_role("radio", name="PyTorch", exact=True).click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le notebook").click()
    path = tmp_path / "page.ipynb"
    download.value.save_as(path)
    notebook = nbformat.reads(path.read_text(), as_version=4)
    nbformat.validate(notebook)
    assert "for epoch in range(3)" in "".join(cell["source"] for cell in notebook.cells)


def test_the_ruler_goes_back_in_time_by_keyboard_without_the_server(page: Page, url: str) -> None:
    """Arrow keys on the ruler change matrix, mistakes and probabilities in the browser; the cursor line follows."""
    page.goto(f"{url}/train_val_test?tvt_seed=1")
    settled(page)
    ruler = page.get_by_role("slider", name="Époque sur la règle")
    expect(ruler).to_have_value("12")
    before = page.get_by_role("table").inner_text()
    ruler.press("Home")
    expect(page.get_by_text("époque 0", exact=True)).to_be_visible()
    assert page.get_by_role("table").inner_text() != before
    expect(page).to_have_url(re.compile("tvt_frame=0"))
    page.wait_for_function("document.querySelector('.js-plotly-plot').layout.shapes.some(s => s.x0 === 0)")
    ruler.press("End")
    for _ in range(3):
        ruler.press("ArrowLeft")
    expect(page.get_by_text("époque 9", exact=True)).to_be_visible()
    page.get_by_role("button", name="Lecture").click()
    expect(page.get_by_text("époque 12", exact=True)).to_be_visible()


def test_the_test_set_is_sealed_until_opened_and_openings_are_counted(page: Page, url: str) -> None:
    """No test figure before the seal is broken; then the curve, the figure and the count."""
    page.goto(f"{url}/train_val_test?tvt_seed=1")
    settled(page)
    expect(page.get_by_text("scellé")).to_be_visible()
    wait_for_curves(page, {"train": 13, "validation": 13})
    page.get_by_role("button", name="Ouvrir le jeu de test").click()
    expect(page.get_by_text("1 fois")).to_be_visible()
    wait_for_curves(page, {"train": 13, "validation": 13, "test": 13})
    page.get_by_text("Le petit CNN du cours").click()
    page.get_by_role("button", name="Ouvrir le jeu de test").click()
    expect(page.get_by_text("2 fois")).to_be_visible()


def test_a_pinned_run_stays_behind_the_next_and_says_what_differs(page: Page, url: str) -> None:
    """The overlay names the settings in which the pinned run differs; the pin is in the link."""
    page.goto(f"{url}/train_val_test?tvt_seed=1")
    settled(page)
    page.get_by_role("button", name="Épingler pour comparer").click()
    page.get_by_text("Le petit CNN du cours").click()
    differing = "(Réseau MLP, "
    page.wait_for_function(
        "words => (document.querySelector('.js-plotly-plot')._fullData ?? []).some(t => t.name.includes(words))",
        arg=differing,
    )
    assert "tvt_pin=default" in page.url


def test_a_digit_can_be_drawn(page: Page, url: str) -> None:
    """A vertical stroke drawn by hand is shown as the network sees it, and is read as a 1."""
    page.goto(f"{url}/train_val_test?tvt_digit_from=draw")
    settled(page)
    page.locator("summary").filter(has_text="Votre chiffre").click()
    settled(page)
    canvas = page.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    box = standing_still(canvas)
    page.mouse.move(box["x"] + 130, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 126, box["y"] + 210, steps=12)
    page.mouse.up()
    expect(page.get_by_text("Ce que voit le réseau")).to_be_visible()
    expect(page.locator(".bar .value").nth(1)).to_have_text(re.compile(r"^([5-9]\d|100),"))
