"""Own classes under the finger, in a real browser: a camera, files of every kind, no camera, ready photos, a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Playwright, expect

from tests.in_browser import PHONE, SHORT_LIVED, find_chromium, new_tab, serious_faults, settled

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def filmed(driver: Playwright) -> Iterator[Page]:
    """Return the tab of a student whose camera shows a test picture; afterwards nothing may have failed."""
    browser = driver.chromium.launch(executable_path=find_chromium(driver), args=[*SHORT_LIVED, *CAMERA])
    tab = new_tab(browser)
    yield tab
    faults = list(tab.faults)  # type: ignore[attr-defined]
    browser.close()
    assert not faults


def open_tab(page: Page, url: str) -> Locator:
    """Open the page; return the cards of the classes."""
    page.goto(f"{url}/transfer_learning")
    settled(page)
    return page.locator(".card")


def own_part(page: Page) -> Locator:
    """Return where the own classes are trained and tried."""
    return page.locator(".root:has(> .desk):not(:has(.square))").first


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def picture(kind: str, array: np.ndarray) -> bytes:
    held = io.BytesIO()
    Image.fromarray(array).save(held, kind)
    return held.getvalue()


def open_tracks(page: Page) -> int:
    """Return how many cameras are lent at this moment."""
    found: int = page.evaluate("window.lent.filter((track) => track.readyState === 'live').length")
    return found


LEND = """() => {
    window.lent = []
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted)
        window.lent.push(...stream.getTracks())
        return stream
    }
}"""


def test_a_burst_against_files_is_learned_and_read_live(filmed: Page, url: str) -> None:
    """Ten photos of the camera, files good and bad, a name; trained, the camera is read live, and given back."""
    cards = open_tab(filmed, url)
    filmed.evaluate(LEND)
    first, second = cards.nth(0), cards.nth(1)
    first.get_by_role("textbox").fill("mire")
    first.get_by_role("button", name="Prendre 10 photos").click()
    expect(first.locator("video")).to_be_visible()
    expect(first.locator(".thumbs li")).to_have_count(10)
    own = own_part(filmed)
    expect(own.locator(".hint")).to_have_text(re.compile("Seule «.mire.» a des photos"))
    expect(own.locator(".train")).to_be_disabled()

    noise = np.random.default_rng(1).integers(0, 256, (3, 90, 120, 3), np.uint8)
    grey = np.tile(np.linspace(0, 65_535, 90).astype(np.uint16), (90, 1))
    second.locator("input[type=file]").set_input_files(
        [
            payload("one.jpg", picture("JPEG", noise[0])),
            payload("transparent.png", picture("PNG", np.dstack([noise[1], noise[1][..., 0]]))),
            payload("sixteen.tiff", picture("TIFF", grey)),  # no browser reads it: it goes as it is
            payload("moving.gif", picture("GIF", noise[2])),
            payload("text.jpg", b"This is no photo."),
            payload("nothing.jpg", b""),
            payload("cut.jpg", picture("JPEG", noise[0])[:60]),
            payload("point.png", picture("PNG", noise[0][:1, :1])),
        ]
    )
    expect(second.locator(".thumbs li")).to_have_count(4)
    expect(second.locator(".said")).to_have_text(re.compile("1 fichier est vide."))
    expect(second.locator(".said")).to_have_text(re.compile("n’est pas une photo .* trop petite", re.DOTALL))
    second.get_by_role("button", name="Retirer la photo 4").click()
    expect(second.locator(".thumbs li")).to_have_count(3)

    own.locator(".train").click()
    expect(own.locator(".result")).to_have_text(re.compile(r"Reconnues.: \d+\s% des photos mises de côté"))
    expect(own.locator(".results li")).to_have_count(2)
    expect(own.locator(".results b").first).to_have_text("mire")
    expect(own.locator(".flatters")).to_have_text(
        re.compile("Toutes les photos de «.mire.» viennent d’une seule série")
    )
    own.get_by_role("button", name="Essayer avec la caméra").click()
    expect(own.locator(".reads .surest b")).to_have_text("mire")
    assert open_tracks(filmed) == 1
    own.get_by_role("button", name="Qu’a-t-il regardé ?").click()
    expect(own.locator(".heat-said")).to_have_text(re.compile("«.mire.».: .* sur la photo telle quelle"))
    expect(own.locator("canvas")).to_be_visible()
    filmed.wait_for_function("window.lent.every((track) => track.readyState === 'ended')")

    signs = filmed.locator(".root:has(> .desk):not(:has(.square))").nth(1)
    signs.get_by_role("button", name="Essayer avec la caméra").click()
    expect(signs.locator(".reads .told").first).to_have_text(re.compile("%"))
    assert open_tracks(filmed) == 1
    filmed.get_by_role("link", name="Accueil").first.click()
    filmed.wait_for_function("window.lent.every((track) => track.readyState === 'ended')")


def test_without_a_camera_the_ready_photos_show_it_all_on_a_phone(page: Page, url: str) -> None:
    """No camera, or none over http: said in words. Ready photos are trained and tried; Axe finds no fault."""
    page.set_viewport_size(PHONE)
    cards = open_tab(page, url)
    cards.first.get_by_role("button", name="Prendre 10 photos").click()
    fault = page.locator(".fault")
    expect(fault).to_have_text(re.compile("caméra.*Les fichiers et les photos prêtes marchent quand même"))
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true })")
    cards.first.get_by_role("button", name="Prendre 10 photos").click()
    expect(fault).to_have_text(re.compile("prêtent la caméra en https"))

    page.get_by_role("button", name="Prendre des photos prêtes").click()
    expect(page.locator(".thumbs li")).to_have_count(30)
    expect(page.get_by_role("button", name="Prendre des photos prêtes")).to_be_hidden()
    own = own_part(page)
    own.locator(".train").click()
    expect(own.locator(".result")).to_be_visible()
    own.get_by_role("button", name="Essayer une photo prête").click()
    expect(own.locator(".shown img")).to_be_visible()
    surest = own.locator(".reads .surest")
    expect(surest).to_have_count(1)
    own.get_by_role("button", name="Qu’a-t-il regardé ?").click()
    expect(own.locator(".heat-said")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    assert not serious_faults(page)

    name = cards.nth(1).get_by_role("textbox")
    name.fill("")
    name.press_sequentially("Signe 1")
    name.press("Enter")
    expect(own.locator(".hint")).to_have_text(re.compile("Deux classes s’appellent «.Signe 1.»"))
    page.get_by_role("button", name="Oublier toutes mes photos").click()
    expect(page.locator(".thumbs li")).to_have_count(0)
    expect(own.locator(".outcome")).to_be_hidden()
    expect(own.locator(".desk")).to_be_hidden()
    assert own.locator("img").get_attribute("src") is None
