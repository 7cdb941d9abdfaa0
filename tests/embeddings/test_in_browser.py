"""The embeddings page in a real browser: letters that move, neighbours of the full space, words that do algebra."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.embeddings.one_hot import distances
from core.embeddings.presets import PRESETS
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.letters.corpus import corpus, load
from tests.in_browser import settled

PAGE = "/embeddings?opened=1&lang=en"
NAMES = "&emb_part=letters&emb_corpus=names&emb_embedding=2&emb_updates=20000"


def opened(page: Page, url: str, query: str = NAMES) -> Page:
    page.goto(f"{url}{PAGE}{query}")
    settled(page)
    return page


def names_run() -> Run:
    run = RunStore(url="/nowhere").find(PRESETS["names"])
    assert run is not None
    return run


def frame_slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Update on the slider")


def places(page: Page) -> list[str]:
    found: list[str] = page.locator(".letter").evaluate_all("letters => letters.map(l => l.style.transform)")
    return found


def test_the_frame_slider_moves_the_letters_and_the_link_keeps_the_frame(page: Page, url: str) -> None:
    """Home goes to the first, random frame; the letters stand elsewhere; the same address shows that frame again."""
    opened(page, url)
    run = names_run()
    last = places(page)
    frame_slider(page).press("Home")
    expect(page.get_by_text("update 0", exact=True)).to_be_visible()
    first = places(page)
    assert len(first) == len(corpus(load("names")).characters)
    assert sum(before != after for before, after in zip(first, last, strict=True)) > 30  # a letter never read stays
    frame_slider(page).press("ArrowRight")
    page.wait_for_url(re.compile(r"emb_frame=1\b"))
    page.reload()
    settled(page)
    expect(page.get_by_text(f"update {run.measured[1].update}", exact=True)).to_be_visible()


def test_play_ends_where_training_ended(page: Page, url: str) -> None:
    """From the last but second frame, play goes on by itself and stops at the last update."""
    frames = names_run().measured
    opened(page, url, f"{NAMES}&emb_frame={len(frames) - 3}")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(f"update {frames[-1].update:,}", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize("letter", ["a", "é"])
def test_a_chosen_letter_names_its_neighbours_in_the_full_space(page: Page, url: str, letter: str) -> None:
    """The browser's three nearest letters and distances are NumPy's, on the run's own numbers."""
    opened(page, url)
    characters = corpus(load("names")).characters
    page.get_by_role("button", name=letter, exact=True).press("Enter")  # by key: letters may cover each other
    said = page.get_by_text(re.compile("Nearest to “"))
    expect(said).to_be_visible()
    apart = distances(names_run().measured[-1].arrays["letters"].astype(np.float32))[characters.index(letter)]
    order = [k for k in np.argsort(apart) if characters[k] != letter][:3]
    for k in order:
        expect(said).to_contain_text(f"{characters[k]} ({apart[k]:.2f})")
    page.wait_for_url(re.compile("emb_letter="))


def test_the_losses_of_an_untrained_network_start_at_ln_v(page: Page, url: str) -> None:
    """At the first frame, train and validation stand near ln 35 = 3.555: the network believes nothing."""
    opened(page, url, f"{NAMES}&emb_frame=0")
    shown = page.locator("tspan.validation").text_content() or ""
    assert float(shown.split()[-1]) == pytest.approx(np.log(35), abs=0.02)


def test_a_students_own_list_is_trained_live_and_stays_out_of_the_link(page: Page, url: str) -> None:
    """Forty words typed, trained here, drawn; the address names no word of theirs."""
    opened(page, url, "&emb_part=letters&emb_corpus=own&emb_updates=100&emb_hidden=10")
    expect(page.get_by_text(re.compile("at least 20"))).to_be_visible()
    words = [f"{a}{b}{c}" for a in "bcdf" for b in "aeiou" for c in ("l", "m")]
    box = page.get_by_role("textbox", name="Your words")
    box.fill("\n".join([*words, "<b>zut</b>"]))
    box.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Train this network").click()
    expect(page.locator(".letter").first).to_be_visible(timeout=120_000)
    assert "bal" not in page.url
    assert "zut" not in page.url


def test_the_words_part_answers(page: Page, url: str) -> None:
    """King − man + woman is queen, and allowing the question's own words unmasks it."""
    opened(page, url, "&emb_part=words")
    answer = page.get_by_text("roi − homme + femme ≈", exact=False)
    expect(answer).to_contain_text("reine")
    page.get_by_text("Allow the question’s own words").click()
    expect(answer).not_to_contain_text("reine")


def test_the_whole_map_fits_a_projector(page: Page, url: str) -> None:
    """At 1920 × 1080 in projection mode, the transport and the map are seen without scrolling."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page, url, f"{NAMES}&projection=true")
    for part in (page.locator(".transport"), page.locator("svg.map")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 1080


@pytest.mark.parametrize("query", [NAMES, "&emb_part=one_hot"])
def test_the_page_fits_a_phone(page: Page, url: str, query: str) -> None:
    """No part of the page is wider than a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, url, query)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth + 1")
