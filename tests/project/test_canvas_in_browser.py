"""The canvas in a real browser: one printed page, kept where it was written, opened from a file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pypdf import PdfReader

from components.language import catalog
from core.project.canvas import Canvas, from_file, to_file
from core.project.canvas_print import printable
from tests.in_browser import check_accessible, new_tab, settled
from tests.project.canvases import MARKUP, ORDINARY, full, of_lines

PART = "/project?pj_part=canvas&opened=1"
A4 = (595, 842)
"""Points."""
FRENCH = catalog("fr").gettext


def fill(page: Page, name: str, text: str) -> None:
    """Write into a field, and leave it."""
    field = page.locator(f".st-key-pj-canvas-{name}").locator("input, textarea")
    field.fill(text)
    field.press("Tab")
    settled(page)


def held(page: Page, words: str) -> Canvas:
    """Return the canvas that the browser keeps, once these words stand in it."""
    page.wait_for_function("words => (localStorage.getItem('curseurs-canvas') ?? '').includes(words)", arg=words)
    return from_file(page.evaluate("localStorage.getItem('curseurs-canvas')").encode())


def value(page: Page, name: str) -> str:
    return page.locator(f".st-key-pj-canvas-{name}").locator("input, textarea").input_value()


def chosen(data: bytes) -> FilePayload:
    return {"name": "canvas.json", "mimeType": "application/json", "buffer": data}


def test_every_canvas_is_printed_on_one_page_of_a4(browser: Browser) -> None:
    """Empty, ordinary, full of the widest letters, of lines, of Chinese: one sheet, none of the words cut off.

    And the ordinary one is printed in letters that can be read: nine points at least.
    """
    tab = browser.new_page()
    for canvas in (Canvas(), ORDINARY, MARKUP, full("W"), full("Lorem ipsum "), of_lines(), full("日")):
        tab.set_content(printable(canvas, "fr", "http://cours", FRENCH))
        reader = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True)))
        (sheet,) = reader.pages
        assert tuple(map(round, sheet.mediabox[2:])) == A4
        assert "30 h" in sheet.extract_text() or canvas == ORDINARY
        narrow = tab.evaluate("[...document.querySelectorAll('*')].filter((e) => e.scrollWidth > e.clientWidth + 1"
                              " && getComputedStyle(e).display !== 'inline').length")  # fmt: skip
        assert narrow == 0
    tab.set_content(printable(ORDINARY, "fr", "", FRENCH))
    assert float(tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 9 * 96 / 72
    tab.close()


def test_what_was_written_is_there_again_in_the_same_browser(page: Page, url: str) -> None:
    """A name, a question and hours survive the tab; the server is asked for nothing but the page."""
    page.goto(url + PART)
    settled(page)
    fill(page, "name", "Les oiseaux")
    fill(page, "question", "Combien d’oiseaux sont reconnus ?")
    fill(page, "hours-report", "6")
    assert held(page, '"report":6').name == "Les oiseaux"
    page.reload()
    expect(page.locator(".st-key-pj-canvas-name input")).to_have_value("Les oiseaux")
    settled(page)
    assert value(page, "question") == "Combien d’oiseaux sont reconnus ?"
    assert value(page, "hours-report") == "6"
    check_accessible(page)


def test_who_forgets_everything_leaves_no_canvas(page: Page, url: str) -> None:
    """On a machine that several share, home's button empties the canvas too, in the browser and in the session."""
    page.goto(url + PART)
    settled(page)
    fill(page, "name", "Les oiseaux")
    held(page, "Les oiseaux")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil").click()
    page.get_by_role("button", name="Oublier").click()
    page.get_by_role("button", name="Oui, oublier").click()
    expect(page.get_by_text("Tout est oublié.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('curseurs-canvas')") is None
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Démarche").click()
    page.get_by_text("Le plan du projet").last.click()
    expect(page.locator(".st-key-pj-canvas-name input")).to_have_value("")
    page.goto(url + PART)
    settled(page)
    assert value(page, "name") == ""


def test_a_file_is_opened_saved_and_emptied(page: Page, url: str) -> None:
    """A canvas from a file fills the form; what is downloaded is the same again; emptied, nothing is kept.

    Files that are none are refused in words, and change nothing.
    """
    page.goto(url + PART)
    settled(page)
    door = page.locator(".st-key-pj-canvas input[type=file]")
    door.set_input_files(chosen(to_file(ORDINARY)))
    expect(page.locator(".st-key-pj-canvas-name input")).to_have_value(ORDINARY.name)
    settled(page)
    for data, words in ((b"x" * 200_000, "dépasse"), (to_file(ORDINARY)[:-9], "coupé"), (b"{}", "ne contient pas")):
        door.set_input_files(chosen(data))
        expect(page.get_by_text(words)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Fichier de la fiche").click()
    assert from_file(Path(download.value.path()).read_bytes()) == ORDINARY
    page.get_by_role("button", name="Recommencer à vide").click()
    page.get_by_role("button", name="Oui, vider").click()
    expect(page.locator(".st-key-pj-canvas-name input")).to_have_value("")
    settled(page)
    page.wait_for_function("localStorage.getItem('curseurs-canvas') === null")


@pytest.mark.parametrize("nonsense", ["{" * 300_000, '{"format": "other"}'])
def test_nonsense_in_the_browser_opens_an_empty_canvas(page: Page, url: str, nonsense: str) -> None:
    """Whatever another program left under our name, the form is empty and can be written."""
    page.goto(f"{url}/_stcore/health")
    page.evaluate("held => localStorage.setItem('curseurs-canvas', held)", nonsense)
    page.goto(url + PART)
    settled(page)
    assert value(page, "name") == ""
    fill(page, "name", "Neuf")
    assert held(page, "Neuf") == Canvas(name="Neuf")


def test_where_storage_is_forbidden_the_page_says_so(browser: Browser, url: str) -> None:
    """The form works, the words under it say that nothing stays, and the file is the way out."""
    tab = new_tab(browser)
    tab.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    tab.goto(url + PART)
    settled(tab)
    fill(tab, "name", "Fugace")
    expect(tab.get_by_text("Ce navigateur ne garde rien")).to_be_visible()
    assert not tab.faults  # type: ignore[attr-defined]
    tab.context.close()
