"""Merges learned live, in a real browser: the slider, two texts, one's own, a token pointed at, the mission."""

from __future__ import annotations

import re
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from core.tokens.bpe import MOST_MERGES, encode, learn, pieces, vocabulary
from core.tokens.cost import lesson_text
from tests.in_browser import BEHIND, LAPTOP, PHONE, new_tab, serious_faults, settled

PICTURE = ".st-key-tok-learn-picture"
EMOJI = "👍🏽"


def opened(page: Page, url: str, query: str = "") -> Locator:
    """Open the part of the page; return its slider."""
    page.goto(f"{url}/tokens?tok_part=learn&{query}")
    settled(page)
    return page.get_by_role("slider", name="Nombre de fusions")


def places(page: Page) -> list[list[float]]:
    """Return where the parts of the picture stand in it, and the first characters of both texts."""
    found: list[list[float]] = page.locator(f"{PICTURE} .says").evaluate(
        """(says) => {
            const root = says.parentElement, { x: left, y: top } = root.getBoundingClientRect();
            const parts = root.querySelectorAll(".says, .transport, .text, .about, .merges, .chart, .mission");
            const texts = [...root.querySelectorAll(".text")];
            const signs = texts.flatMap((text) => [...text.querySelectorAll("span span")].slice(0, 300));
            return [...parts, ...signs].map((one) => {
                const { x, y, width, height } = one.getBoundingClientRect();
                return [x - left, y - top, width, height];
            });
        }"""
    )
    return found


def test_a_merge_is_seen_at_once_and_nothing_moves(page: Page, url: str) -> None:
    """A step asks nothing of the server and moves no letter; the merge is told, the address follows at rest."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    slider = opened(page, url, "tok_learn=fr&tok_merges=0")
    picture = page.locator(PICTURE)
    expect(picture.locator(".says")).to_have_text("Aucune fusion encore : chaque octet est un token.")
    text = lesson_text("tokens", "fr")
    merges = learn(text, MOST_MERGES)
    strings = vocabulary(merges)
    expect(picture.locator(".moment")).to_have_text(re.compile(f"^0 sur {len(merges):,}$".replace(",", ".")))
    before, frames = places(page), len(sent)
    slider.press("ArrowRight")
    first = merges[0]
    told = f"{strings[first.left].decode()} + {strings[first.right].decode()} → {strings[first.new].decode()}"
    expect(picture.locator(".says")).to_contain_text(
        f"fusion 1 : {told}".replace(" :", "\u00a0:").replace(" → ", " → ")
    )
    expect(picture.locator(".text .new").first).to_be_visible()
    assert len(sent) == frames
    slider.press("End")
    assert places(page) == before
    expect(page).to_have_url(re.compile("tok_merges=" + str(len(merges))))
    count = picture.locator(".title b").first
    expect(count).to_have_text(re.compile(f"^{len(encode(text, merges)):,}$".replace(",", ".")))
    assert "\ufffd" not in picture.inner_text()


def test_a_browser_that_is_behind_loses_no_move_and_goes_back(browser: Browser, url: str) -> None:
    """The next move is told before the address of the last one has come: it stays. Back in the browser is obeyed."""
    tab = new_tab(browser)
    tab.add_init_script(BEHIND)
    slider = opened(tab, url, "tok_learn=fr&tok_merges=3")
    moment = tab.locator(f"{PICTURE} .moment")
    tab.evaluate("() => { window.isBehind = true; window.sent = 0 }")
    for times, at in ((1, "4 sur"), (2, "5 sur")):
        slider.press("ArrowRight")
        tab.wait_for_function("times => window.sent === times", arg=times)
        expect(moment).to_contain_text(at)
    tab.evaluate("() => window.catchUp()")
    expect(tab).to_have_url(re.compile("tok_merges=5"))
    settled(tab)
    expect(moment).to_contain_text("5 sur")
    tab.go_back()
    expect(moment).to_contain_text("4 sur")
    tab.context.close()


def test_merges_come_by_themselves(page: Page, url: str) -> None:
    """Played, merges follow each other, fast or slow, until the hand pauses them."""
    opened(page, url, "tok_merges=0")
    moment = page.locator(f"{PICTURE} .moment")
    page.locator(PICTURE).get_by_role("radio", name="rapide").click()
    page.locator(PICTURE).get_by_role("button", name="Lecture").click()
    expect(moment).to_have_text(re.compile(r"^\d\d+ sur"))
    page.locator(PICTURE).get_by_role("radio", name="lent").click()
    page.locator(PICTURE).get_by_role("button", name="Pause").click()
    stands = moment.inner_text()
    expect(page).to_have_url(re.compile(f"tok_merges={stands.split()[0]}"))
    expect(moment).to_have_text(stands)


def test_french_merges_on_english_and_back(page: Page, url: str) -> None:
    """One press exchanges the text that teaches and the other; one more, and both are back, the link too."""
    opened(page, url, "tok_learn=fr&tok_apply=en&tok_merges=300")
    picture = page.locator(PICTURE)
    titles = picture.locator(".title")
    expect(titles.first).to_contain_text("la leçon en français")
    says = picture.locator(".says").inner_text()
    swap = page.get_by_role("button", name="Échanger les deux textes")
    swap.click()
    expect(titles.first).to_contain_text("la leçon en anglais")
    expect(picture.locator(".says")).not_to_have_text(says)
    expect(page).to_have_url(re.compile("tok_learn=en"))
    swap.click()
    expect(titles.first).to_contain_text("la leçon en français")
    expect(picture.locator(".says")).to_have_text(says)


def test_a_token_is_pointed_at_by_hand_and_by_key(page: Page, url: str) -> None:
    """Its other places are framed in both texts; its number, bytes and counts are told; a cut character stays whole."""
    slider = opened(page, url, "tok_learn=own&tok_apply=en&tok_merges=0")
    picture = page.locator(PICTURE)
    page.get_by_role("textbox", name="Mon texte").fill(f"été de thé {EMOJI} <b>x</b>\nthe")
    box = picture.locator(".text").first
    expect(box).to_contain_text(f"été\u200b·de\u200b·thé\u200b·{EMOJI}\u200b·<b>x</b>⏎")
    assert box.locator("b").count() == 0
    box.locator("span span").nth(1).hover()
    about = picture.locator(".about")
    expect(about).to_contain_text("octets 74")
    box.locator("span span").first.hover()
    expect(about).to_contain_text("⟨C3⟩ · numéro")
    expect(about).to_contain_text("C’est une partie de é, qui est encore en 2 tokens.")
    expect(box.locator(".split").first).to_have_text("é")
    slider.press("ArrowRight")
    expect(picture.locator(".says")).to_contain_text("⟨C3⟩ + ⟨A9⟩ → é")
    page.mouse.move(0, 0)
    box.focus()
    box.press("ArrowRight")
    expect(about).to_contain_text("octets C3 A9 · 3 dans le texte d’apprentissage, 0 dans l’autre")
    expect(box.locator(".lit")).to_have_count(3)
    expect(box.locator(".pointed")).to_have_count(1)
    box.press("ArrowRight")
    expect(about).to_contain_text("octets 74")
    box.press("Escape")
    expect(about).to_contain_text("Pointez un token")
    page.get_by_role("button", name="Où est le nouveau token").click()
    expect(about).to_contain_text("octets C3 A9")


def test_a_text_that_is_too_long_or_empty(page: Page, url: str) -> None:
    """Of 25,000 characters 20,000 are read, and the rest is named; an empty text teaches nothing, and says so."""
    opened(page, url, "tok_learn=own&tok_apply=en")
    picture = page.locator(PICTURE)
    expect(picture.locator(".says")).to_have_text("Rien à apprendre : il n’y a pas deux lettres côte à côte.")
    page.get_by_role("textbox", name="Mon texte").fill("maison jaune " * 1_923 + "x")
    expect(picture.locator(".note")).to_have_text(
        re.compile(r"20.000 premiers caractères sont lus.;.5.000 sont laissés")
    )
    expect(picture.locator(".title").first).to_contain_text(re.compile("20.000 caractères"))
    expect(picture.locator(".size small")).to_have_text(re.compile(r"Après \d+ fusions, il ne reste aucune paire"))


def test_the_word_that_becomes_one_token(page: Page, url: str) -> None:
    """Too early and too late are told apart without the number; exactly there, the picture says so."""
    text = lesson_text("tokens", "fr")
    merges = learn(text, MOST_MERGES)
    word = "tokens"
    first = next(piece for piece in pieces(text) if piece.strip() == word)
    there = next(at for at in range(MOST_MERGES) if len(encode(first, merges, at)) == 1)
    slider = opened(page, url, f"tok_learn=fr&tok_merges={there - 1}")
    verdict = page.locator(f"{PICTURE} .verdict")
    field = page.get_by_label("Un mot du texte d’apprentissage")
    here = page.get_by_role("button", name="Ici, il devient un seul token")
    expect(here).to_be_disabled()
    field.press_sequentially("mot")
    expect(verdict).to_have_text("Cinq lettres au moins, et rien que des lettres.")
    field.fill("absents")
    expect(verdict).to_have_text("Ce mot n’est pas seul dans le texte.")
    field.fill(word)
    here.click()
    expect(verdict).to_contain_text("Trop tôt")
    slider.press("ArrowRight")
    expect(verdict).to_have_text("")
    here.click()
    expect(verdict).to_contain_text("Exactement ici")
    slider.press("ArrowRight")
    here.click()
    expect(verdict).to_contain_text("Trop tard")
    assert not verdict.inner_text().count(str(there))


def test_accessible(page: Page, url: str) -> None:
    """Names and contrast hold in light, in dark and on a phone, whose screen it does not exceed."""
    opened(page, url, "tok_merges=120")
    app = page.get_by_test_id("stApp")
    dresses: list[tuple[Literal["light", "dark"], ViewportSize]] = [
        ("light", LAPTOP),
        ("dark", LAPTOP),
        ("light", PHONE),
    ]
    for scheme, screen in dresses:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(screen)
        expect(app).to_have_css("color-scheme", scheme)
        page.locator(PICTURE).scroll_into_view_if_needed()
        settled(page)
        assert not serious_faults(page), (scheme, screen)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4"), screen
