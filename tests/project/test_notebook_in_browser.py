"""The notebook in a real browser: from a preset to a report, a file carried away and brought back, a student's file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload, Page, expect

from core.notebook.file import write
from tests.helpers import RARELY, until
from tests.in_browser import PHONE, check_accessible, new_student, settled, watched
from tests.notebook.rows import row
from tests.notebook.test_compare import two_groups
from tests.notebook.test_report import HOSTILE

BOOK = ".st-key-pj-notebook"


NOTED = """new Promise((done) => { const base = indexedDB.open("curseurs-notebook"); base.onsuccess = () => {
    const all = base.result.transaction("experiments").objectStore("experiments").getAll();
    all.onsuccess = () => { base.result.close(); done(all.result.some(({ note }) => note.includes("Vu"))) } } })"""


def arrive(page: Page, url: str, rows: list[Any] | None = None, query: str = "") -> Page:
    """Open the notebook, with these experiments in it."""
    page.goto(f"{url}/project?pj_part=notebook{query}")
    settled(page)
    if rows:
        bring(page, write(rows), at=0)
        expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(len(rows))
    return page


def bring(page: Page, text: str, *, at: int) -> None:
    """Choose a file: 0 is added to one's own, 1 is only opened."""
    file: FilePayload = {"name": "notebook.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator(f"{BOOK} input[type=file]").nth(at).set_input_files(file)


def rows_of(page: Page) -> list[str]:
    """Return what the rows are called, the first one first."""
    return page.locator(f"{BOOK} li[data-id] .moved").all_inner_texts()


def test_from_a_preset_to_a_row_by_the_sidebar(page: Page, url: str) -> None:
    """A preset that is played is a row at once; the way in the sidebar leads to it, with its figures and its link."""
    page.goto(f"{url}/gpu?opened=1")
    settled(page)
    kept = page.locator(".st-key-notebook-count span")
    expect(kept).to_have_text("Rien de gardé encore")
    pill = page.locator("[class*=st-key-gpu-presets] button").nth(1)
    pill.click()
    settled(page)
    expect(kept).to_have_text("Une expérience gardée")
    address = page.url
    page.get_by_role("link", name="Mon carnet de labo").click()
    settled(page)
    line = page.locator(f"{BOOK} li[data-id]")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Utilisation du GPU")
    expect(line).to_contain_text("Avantage de la carte")
    line.locator(".open").click()
    link = line.get_by_role("link", name="Ouvrir l’expérience").get_attribute("href") or ""
    asked = dict(pair.split("=") for pair in address.partition("?")[2].split("&"))
    assert link.startswith("/gpu?")
    assert all(f"{name}={value}" in link for name, value in asked.items() if name not in {"opened", "lang"})


def test_a_row_is_marked_written_on_deleted_and_brought_back(page: Page, url: str) -> None:
    """Star and note are there after a reload, markup as text; deleting can be undone; filters find by note and star."""
    arrive(page, url, [row(1), row(2), row(3, 1024)])
    first = page.locator(f"{BOOK} li[data-id]").first
    first.locator(".star").click()
    first.locator(".open").click()
    first.locator("textarea").fill("**Vu** : <img src=x onerror=alert(1)> [lien](gpu?gpu_batch=4)")
    expect(first.locator(".note strong")).to_have_text("Vu")
    expect(first.locator(".note")).to_contain_text("<img src=x onerror=alert(1)>")
    until(lambda: page.evaluate(NOTED), every=RARELY)
    page.reload()
    settled(page)
    expect(page.locator(f"{BOOK} .star").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("searchbox").fill("vu gpu_batch")
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    before = rows_of(page)
    page.locator(f"{BOOK} .open").nth(1).click()
    page.get_by_role("button", name="Supprimer").click()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(2)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(3)
    assert rows_of(page) == before
    page.get_by_role("button", name="Seulement celles avec une étoile").click()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(1)


def test_who_forgets_everything_leaves_no_notebook(page: Page, url: str) -> None:
    """On a machine that several share, home's button empties the notebook with the progress."""
    arrive(page, url, [row(1), row(2)])
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil").click()
    page.get_by_role("button", name="Oublier").click()
    page.get_by_role("button", name="Oui, oublier").click()
    expect(page.get_by_text("Tout est oublié.")).to_be_visible()
    arrive(page, url)
    expect(page.get_by_text("Votre carnet est vide")).to_be_visible()


def test_two_groups_are_compared_reported_and_the_mission_is_reached(page: Page, url: str, tmp_path: Path) -> None:
    """Chosen together they get a verdict under their curves, and one press writes the report that says the same."""
    arrive(page, url, two_groups())
    page.get_by_role("button", name="Choisir ces 6").click()
    settled(page)
    expect(page.get_by_text("Très probablement réelle").first).to_be_visible()
    expect(page.locator(".st-key-pj-overlay path.line")).not_to_have_count(0)
    with page.expect_download() as download:
        page.locator(BOOK).get_by_role("button", name="HTML").click()
    download.value.save_as(tmp_path / "report.html")
    assert download.value.suggested_filename == "curseurs-report.html"
    assert "Très probablement réelle" in (tmp_path / "report.html").read_text(encoding="utf-8")
    expect(page.get_by_text("Mission accomplie").first).to_be_visible()
    sheet = watched(page.context.new_page())
    sheet.goto(f"file://{tmp_path / 'report.html'}")
    assert sheet.locator("svg path.line").count() >= 6
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not sheet.faults  # type: ignore[attr-defined]
    sheet.close()


def test_a_file_is_the_bridge_and_a_students_stays_apart(page: Page, url: str, tmp_path: Path) -> None:
    """Saved, deleted, brought back: the same rows. A student's file is read beside one's own until it is asked for."""
    arrive(page, url, [row(1), row(2)])
    before = rows_of(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer mon carnet").click()
    download.value.save_as(tmp_path / "mine.json")
    page.get_by_role("button", name="Choisir ces 2").click()
    page.get_by_role("button", name="Supprimer").click()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(0)
    bring(page, (tmp_path / "mine.json").read_text(encoding="utf-8"), at=0)
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(2)
    assert rows_of(page) == before

    bring(page, write([row(5, 256), HOSTILE]), at=1)
    expect(page.get_by_text("Le fichier de quelqu’un d’autre")).to_be_visible()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(2)
    expect(page.get_by_text("Ce cours n’a pas (ou plus) cette page.")).to_be_visible()
    assert page.locator(f"{BOOK} .star:not(:disabled)").count() == 0
    page.get_by_role("radio", name="Mon carnet").click()
    assert rows_of(page) == before
    page.get_by_role("radio", name="Fichier d’un étudiant").click()
    page.locator(f"{BOOK} li[data-id] input").last.click()
    page.get_by_role("button", name="Ajouter à mon carnet").click()
    page.get_by_role("radio", name="Mon carnet").click()
    expect(page.locator(f"{BOOK} li[data-id]")).to_have_count(3)


REFUSED = {
    '{"format": "curseurs notebook", "cour': "Ce fichier est coupé",
    '{"version": 1}': "n’est pas un carnet de ce cours",
    write([]).replace('"course": "curseurs"', '"course": "x"'): "d’un autre cours",
    write([]).replace('"version": 1', '"version": 9'): "d’une autre version",
}


def test_a_file_that_is_refused_says_why_and_changes_nothing(page: Page, url: str, tmp_path: Path) -> None:
    """Cut, foreign, of another course, of another version, too large: each in words, and the notebook as it was."""
    arrive(page, url, [row(1)])
    for text, words in REFUSED.items():
        bring(page, text, at=0)
        expect(page.locator(f"{BOOK} .said")).to_contain_text(words)
        assert page.locator(f"{BOOK} li[data-id]").count() == 1
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    page.locator(f"{BOOK} input[type=file]").first.set_input_files(large)
    expect(page.locator(f"{BOOK} .said")).to_contain_text("trop gros")
    assert page.locator(f"{BOOK} li[data-id]").count() == 1


FORBIDDEN = (
    """Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError") } })"""
)


def test_where_nothing_can_be_kept_the_file_can_still_be_saved(browser: Browser, url: str) -> None:
    """The page says so, shows what the tab holds, and saves it."""
    context = new_student(browser)
    context.add_init_script(FORBIDDEN)
    tab = watched(context.new_page())
    tab.goto(f"{url}/project?pj_part=notebook")
    settled(tab)
    expect(tab.get_by_text("Votre carnet est vide")).to_be_visible()
    bring(tab, write([row(1), row(2)]), at=0)
    expect(tab.get_by_text("Ce navigateur interdit aux pages")).to_be_visible()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Enregistrer mon carnet").click()
    assert len(json.loads(Path(download.value.path()).read_text())["experiments"]) == 2
    assert not tab.faults  # type: ignore[attr-defined]
    context.close()


def test_the_notebook_stands_on_a_phone_and_for_everybody(page: Page, url: str) -> None:
    """With an opened row and a comparison nothing is wider than the screen, and Axe finds no serious fault."""
    page.set_viewport_size(PHONE)
    arrive(page, url, two_groups()[:3])
    page.locator(f"{BOOK} .open").first.click()
    page.get_by_role("button", name="Choisir ces 3").click()
    settled(page)
    check_accessible(page)
