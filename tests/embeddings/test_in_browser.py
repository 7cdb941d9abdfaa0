"""The embeddings page in a real browser: letters that move, neighbours of the full space, words that do algebra."""

from __future__ import annotations

import re
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from core.embeddings.analogies import PICTURES
from core.embeddings.one_hot import distances
from core.embeddings.presets import PRESETS
from core.embeddings.word_map import around
from core.language_models.word_vectors import french_words
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.letters.corpus import corpus, load
from tests.helpers import RARELY, until
from tests.in_browser import LAPTOP, PHONE, PROJECTOR, choose, settled

PAGE = "/embeddings?opened=1&lang=en"
NAMES = ""
"""The page opens on the first names."""


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
    """Home goes to the first, random frame; the letters stand elsewhere; the same address shows that frame again.

    At the first frame, train and validation stand near ln 35 = 3.555: the network believes nothing.
    """
    opened(page, url)
    run = names_run()
    last = places(page)
    frame_slider(page).press("Home")
    expect(page.get_by_text("update 0", exact=True)).to_be_visible()
    shown = page.locator("tspan.validation").text_content() or ""
    assert float(shown.split()[-1]) == pytest.approx(np.log(35), abs=0.02)
    first = places(page)
    assert len(first) == len(corpus(load("names")).characters)
    assert sum(before != after for before, after in zip(first, last, strict=True)) >= 30  # a letter never read stays
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


def test_a_chosen_letter_names_its_neighbours_in_the_full_space(page: Page, url: str) -> None:
    """The browser's three nearest letters and distances are NumPy's, on the run's own numbers."""
    opened(page, url)
    characters = corpus(load("names")).characters
    for letter in "aé":
        page.get_by_role("button", name=letter, exact=True).click()
        said = page.get_by_text(re.compile(f"Nearest to “{letter}"))
        expect(said).to_be_visible()
        apart = distances(names_run().measured[-1].arrays["letters"].astype(np.float32))[characters.index(letter)]
        order = [k for k in np.argsort(apart) if characters[k] != letter][:3]
        for k in order:
            expect(said).to_contain_text(f"{characters[k]} ({apart[k]:.2f})")
        page.wait_for_url(re.compile(f"emb_letter={quote(letter)}"))


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
    opened(page, url, "&emb_part=words&emb_view=analogy")
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


PARTS, VIEWS = 5, 4
"""Of the page; of its last part, the words."""


def test_the_page_fits_a_phone(page: Page, url: str) -> None:
    """No part of the page is wider than a phone."""
    page.set_viewport_size(PHONE)
    opened(page, url)
    for key, most in (("emb_part", PARTS), ("emb_view", VIEWS)):
        expect(page.locator(f".st-key-{key}").get_by_role("radio")).to_have_count(most)
        for place in range(most):
            choose(page, key, place)
            assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth + 1")


OVERLAPS = """(marks, less) => {
    const boxes = marks.map(mark => mark.getBoundingClientRect()).filter(box => box.width)
    return boxes.flatMap((a, i) => boxes.slice(0, i).filter(b =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > less
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > less)).length
}"""


def test_the_question_is_played_and_only_then_answered(page: Page, url: str) -> None:
    """Guess, check: the letters go from update 0 to the last one by themselves, and the verdict comes after that."""
    page.goto(f"{url}/embeddings?lang=en")
    settled(page)
    expect(page.get_by_text("update 0", exact=True)).to_be_visible()
    assert page.locator(".middles text").count() == 0, "the answer is measured before it is asked"
    first = places(page)
    page.get_by_text("Vowels on one side, consonants on the other.").click()
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.get_by_role("button", name="Show the verdict")).to_be_visible()
    assert page.get_by_text("Right.").count() == 0
    expect(page.get_by_text("update 20,000", exact=True)).to_be_visible()
    expect(page.get_by_text("Right.")).to_be_visible()
    expect(page.locator(".middles text")).to_have_text("gap 3.6")
    expect(page.get_by_text("Beat counting")).to_be_visible()
    assert places(page) != first


def test_a_question_asked_from_another_part_is_played_too(page: Page, url: str) -> None:
    """Who answers while the words are shown sees the letters come and move: the verdict follows."""
    page.goto(f"{url}/embeddings?lang=en")
    settled(page)
    page.get_by_text("Words", exact=True).click()
    settled(page)
    page.get_by_text("Anywhere, as at the start.").click()
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.get_by_text("update 20,000", exact=True)).to_be_visible()
    expect(page.get_by_text("The names speak in their place", exact=False)).to_be_visible()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_no_letter_covers_another(page: Page, url: str, size: ViewportSize) -> None:
    """At the start, half-way and at the end: 35 letters, each to be read and touched."""
    page.set_viewport_size(size)
    page.emulate_media(reduced_motion="reduce")  # letters that glide are in each other's way meanwhile
    opened(page, url)
    shown: set[str] = set()
    for frame in (0, 20, 38):
        frame_slider(page).fill(str(frame))
        expect(page.get_by_text(f"update {names_run().measured[frame].update:,}", exact=True)).to_be_visible()
        expect(page.locator(".letter")).to_have_count(35)
        shown.add(str(places(page)))
        assert page.locator(".letter text").evaluate_all(OVERLAPS, 3) == 0
    assert len(shown) == 3


@pytest.mark.parametrize(("size", "more"), [(LAPTOP, ""), (PHONE, ""), (PROJECTOR, "&projection=true")])
def test_no_word_covers_another(page: Page, url: str, size: ViewportSize, more: str) -> None:
    """Sixteen words of each picture of the course, on every screen."""
    page.set_viewport_size(size)
    opened(page, url, f"&emb_part=words{more}")
    seen = set()
    for place in range(len(PICTURES)):
        choose(page, "emb_picture", place)
        expect(page.locator("text.word")).to_have_count(16)
        seen.add(page.locator("text.word").first.text_content())
        assert page.locator("text.word").evaluate_all(OVERLAPS, 3) == 0
    assert len(seen) == 3


def test_the_whole_map_is_walked(page: Page, url: str) -> None:
    """Search, touch a neighbour, zoom, walk by keys: the true neighbours are Python's; coordinates come only once."""
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    opened(page, url, "&emb_part=words&emb_view=map")
    expect(page.locator("ul.true button").first).to_contain_text("jambon")
    assert max(received) > 50_000
    before = len(received)
    page.get_by_role("searchbox").fill("roi")
    page.get_by_role("searchbox").press("Enter")
    _chosen, near, misleading = around(french_words(), french_words().row("roi"))
    for item in near:
        expect(page.locator("ul.true")).to_contain_text(item.word)
    expect(page.locator("ul.false button")).to_have_count(len(misleading))
    page.wait_for_url(re.compile("emb_near=roi"))
    page.locator("ul.true button").first.click()
    expect(page.locator("h4", has_text=near[0].word)).to_be_visible()
    settled(page)
    assert max(received[before:]) < 30_000
    canvas = page.get_by_role("application")
    drawn = canvas.evaluate("canvas => canvas.toDataURL()")
    canvas.press("+")
    canvas.press("ArrowLeft")
    until(lambda: canvas.evaluate("canvas => canvas.toDataURL()") != drawn, every=RARELY)
    page.get_by_role("searchbox").fill("fromagge")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_text("is not among the 20,000 words")).to_be_visible()


def test_a_word_on_the_map_is_touched(phone: Page, url: str) -> None:
    """A tap on a phone in the middle of the map chooses the word that is there, and the address holds it."""
    phone.goto(f"{url}/embeddings?lang=en&emb_part=words&emb_view=map")
    settled(phone)
    canvas = phone.get_by_role("application")
    canvas.scroll_into_view_if_needed()
    canvas.tap()
    phone.wait_for_url(re.compile("emb_near=(?!fromage)"))


def test_a_label_and_a_row_are_chosen_by_hand_and_by_key(page: Page, url: str) -> None:
    """The one-hot of 3, then of 4 by an arrow; the row of f below that of e: both in the address."""
    opened(page, url, "&emb_part=one_hot")
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.locator("code", has_text="to_categorical(3, 10)").first).to_contain_text("[0., 0., 0., 1., 0.")
    page.wait_for_url(re.compile("emb_label=3"))
    page.get_by_role("button", name="3", exact=True).press("ArrowRight")
    page.wait_for_url(re.compile("emb_label=4"))
    expect(page.get_by_role("button", name="4", exact=True)).to_be_focused()
    choose(page, "emb_part", 2)
    page.wait_for_url(re.compile("emb_part=table"))
    page.get_by_role("listbox").press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("f")
    page.wait_for_url(re.compile("emb_row=f"))


SIZES: list[tuple[ViewportSize, str]] = [(LAPTOP, ""), (PHONE, ""), (PROJECTOR, "&projection=true")]
INSIDE = """element => {
    const box = element.getBoundingClientRect(), foot = document.querySelector("[data-testid=stBottom]")
    const free = foot && !foot.contains(element) ? foot.getBoundingClientRect().top : innerHeight
    return box.top >= 0 && box.bottom <= free
}"""


@pytest.mark.parametrize(("size", "more"), SIZES)
def test_the_offer_to_train_is_in_sight_of_the_slider_and_leads_to_the_picture(
    page: Page, url: str, size: ViewportSize, more: str
) -> None:
    """A slider at the very foot of the window: moved, it is not covered; one button is seen, which scrolls up."""
    page.set_viewport_size(size)
    opened(page, url, f"&emb_updates=100&emb_hidden={10 + 10 * SIZES.index((size, more))}{more}")
    slider = page.get_by_role("slider", name="Embedding size")
    main = page.get_by_test_id("stMain")
    slider.evaluate(
        "(e, main) => main.scrollBy(0, e.getBoundingClientRect().bottom - innerHeight)", main.element_handle()
    )
    slider.focus()
    slider.press("ArrowRight")
    start = page.get_by_role("button", name="Train this network")
    expect(start).to_have_count(1)
    settled(page)
    until(lambda: slider.evaluate(INSIDE), 10)
    assert start.evaluate(INSIDE)
    start.click()
    expect(page.locator("svg.map")).to_be_visible(timeout=120_000)
    until(lambda: main.evaluate("main => main.scrollTop") == 0, 10)
    expect(start).to_have_count(0)


@pytest.mark.parametrize(("size", "more"), SIZES)
def test_no_name_of_a_count_covers_another(page: Page, url: str, size: ViewportSize, more: str) -> None:
    """The 2- to 5-grams reach 2.35 to 2.48 nats: their names stand apart, inside the picture.

    On a laptop the offer to train is in sight of who opens such a link, at the head of the page.
    """
    page.set_viewport_size(size)
    opened(page, url, f"&emb_embedding=13{more}")
    if size is LAPTOP:
        assert page.get_by_role("button", name="Train this network").evaluate(INSIDE)
    names = page.locator("text.level")
    expect(names).to_have_count(6)
    tops, heights = names.evaluate_all(
        "names => [y => y.top, y => y.height].map(f => names.map(n => f(n.getBoundingClientRect())))"
    )
    assert np.diff(np.sort(tops)).min() > 0.8 * max(heights)  # a box has room above and below the letters
    assert page.locator("svg.plot").evaluate(
        """plot => [...plot.querySelectorAll("text.level")].every(name =>
            name.getBoundingClientRect().right <= plot.getBoundingClientRect().right)"""
    )


def test_what_cannot_be_read_lights_no_cell_and_stands_in_no_heading(page: Page, url: str) -> None:
    """Of “Ωπ4l” the l is drawn, after two places before the word; after “Ωπ42” the network begins a word."""
    opened(page, url, f"&emb_part=inputs&emb_letters={quote('Ωπ4l')}")
    expect(page.locator(".hot b")).to_have_text(["", ".", ".", "l"])
    opened(page, url, f"&emb_part=letters&emb_prefix={quote('Ωπ42')}")
    expect(page.get_by_role("heading", name="To begin a word, it expects")).to_be_visible()
    beginning = page.get_by_role("textbox", name="A beginning of a word")
    beginning.fill("Ma4")
    beginning.press("Enter")
    expect(page.get_by_role("heading", name="After “ma”, it expects")).to_be_visible()
