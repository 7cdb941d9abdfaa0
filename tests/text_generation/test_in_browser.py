"""The text generation page in a real browser: what the browser computes is what Python computes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from core.language_models import catalogue, decoding
from core.language_models.sampling import Sampling
from core.language_models.writings import Request
from core.tasks.mini_gpt2 import published
from core.text_generation import opening
from core.text_generation.prompts import PROMPTS
from tests.in_browser import PHONE, PROJECTOR, settled
from tests.notebooks import run_notebooks
from tests.text_generation.test_shown_code import pages_text

PAGE = "/text_generation?lang=en"


def opened(page: Page, url: str, query: str = "") -> Page:
    page.goto(f"{url}{PAGE}{query}")
    page.locator(".bars:not(.waits) button").first.wait_for(timeout=120_000)
    settled(page)
    return page


@pytest.mark.parametrize(
    "how",
    [
        Sampling(),
        Sampling(temperature=0),
        Sampling(temperature=1.5, top_k=5),
        Sampling(temperature=0.8, top_p=0.7),
        Sampling(min_p=0.2, repetition_penalty=1.5),
        Sampling(temperature=100),
    ],
)
def test_the_browsers_bars_are_pythons(page: Page, url: str, how: Sampling) -> None:
    """Top tokens, their probabilities, the rest and the entropy, for settings taken from the address."""
    query = "".join(f"&tg_{name}={value}" for name, value in how.to_json().items())
    query += f"&tg_prompt={quote('Il était une fois une petite')}"
    opened(page, url, query)
    mini = catalogue.load("mini")
    ids = mini.prompt("Il était une fois une petite")
    logits = decoding.Reader(mini.model, mini.context).logits(ids).numpy()
    expected = decoding.bars(logits, how, ids)
    shown = page.locator(".st-key-main-picture .bars .value").all_inner_texts()
    probabilities = expected["probabilities"][: len(shown) - 1]
    for text, probability in zip(shown[:-1], probabilities, strict=True):
        assert float(text.strip("<% ")) == pytest.approx(100 * probability, abs=0.11)
    assert float(shown[-1].strip("<% ")) == pytest.approx(100 * (1 - sum(probabilities)), abs=0.11)
    said = page.locator(".sums").inner_text()
    assert f"Entropy {expected['entropy']:.2f} bits" in said
    first = page.locator(".st-key-main-picture .bars .word").first.inner_text()
    assert first.replace("␣", " ") == mini.vocabulary[expected["tokens"][0]].decode()


def written(page: Page) -> Locator:
    return page.locator(".st-key-main-picture .text .chip:not(.given)")


def test_a_student_watches_stops_goes_back_and_bends_the_story(page: Page, url: str) -> None:
    """Write, stop what is seen, return to the sixth choice, take the second bar: the text begins alike, and goes on."""
    opened(page, url)
    begun = opening.BEGUN
    expect(written(page)).to_have_count(begun)
    page.locator("[data-at=write]").click()
    expect(page.locator(".bars .chosen")).to_be_visible()
    expect(written(page).nth(begun + 3)).to_be_visible()
    page.locator("[data-at=write]").click()
    expect(page.locator("[data-at=write]")).to_have_text("Write")
    settled(page)
    stood = written(page).count()
    assert begun + 4 <= stood < len(opening.opening().tokens)
    assert page.locator(".st-key-main-picture .said").inner_text() == f"{stood} tokens"
    chips = page.locator(".st-key-main-picture button.chip")
    before = chips.all_inner_texts()
    chips.nth(5).click()
    expect(chips).to_have_count(5)
    expect(page.locator(".bars:not(.waits) button").first).to_be_enabled()
    other = page.locator(".bars .word").nth(1).inner_text().replace("␣", " ")
    page.locator(".bars button").nth(1).click()
    expect(chips).to_have_count(6)
    assert chips.all_inner_texts()[:5] == before[:5]
    assert chips.nth(5).inner_text().strip() == other.strip()
    page.locator("[data-at=undo]").click()
    expect(chips).to_have_count(5)


def test_nothing_is_written_behind_the_end(page: Page, url: str) -> None:
    """A story told to its end offers no next token, and says so; a click on a token offers that choice again."""
    opened(page, url)
    page.locator("[data-at=fast]").click()
    page.locator("[data-at=write]").click()
    expect(page.locator(".sums")).to_have_text(re.compile("The text is finished"), timeout=60_000)
    expect(written(page)).to_have_count(len(opening.opening().tokens))
    expect(page.locator(".st-key-main-picture .bars button")).to_have_count(0)
    expect(page.locator("[data-at=step]")).to_be_disabled()
    page.locator(".st-key-main-picture button.chip").nth(5).click()
    expect(page.locator(".st-key-main-picture .bars button:enabled").first).to_be_visible()
    expect(page.locator(".sums")).to_have_text(re.compile("Entropy"))


def test_the_question_is_played_before_its_verdict(page: Page, url: str) -> None:
    """A guess, then ten tracks written at temperature 0, nine of them marked as the same; only then the reply."""
    opened(page, url)
    verdict = page.locator(".st-key-guide").get_by_text("Right answer", exact=False)
    page.get_by_text("Ten different stories.").click()
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.locator(".tracks li")).to_have_count(opening.TIMES)
    expect(page.locator(".card.temperature output")).to_have_text("0.00")
    expect(page.locator(".tracks .same").last).to_be_visible()
    expect(verdict).to_be_visible()
    assert len(set(page.locator(".tracks .line").all_inner_texts())) == 1
    expect(page.locator(".tracks .same")).to_have_count(opening.TIMES - 1)
    page.locator("[data-at=ten]").click()
    expect(page.locator(".stage .text")).to_be_visible()


def test_without_motion_the_answer_stands_at_once(page: Page, url: str) -> None:
    """Whoever asks for less motion sees all ten tracks and the verdict without a play."""
    page.emulate_media(reduced_motion="reduce")
    opened(page, url)
    page.get_by_text("Ten different stories.").click()
    page.get_by_role("button", name="Check my prediction").click()
    expect(page.locator(".st-key-guide").get_by_text("Right answer", exact=False)).to_be_visible()
    assert all(track.is_visible() for track in page.locator(".tracks .line").all())


def test_a_slider_moved_while_it_writes_bends_what_comes(page: Page, url: str) -> None:
    """What was seen stays; what comes is written with the new temperature, and by a worker."""
    opened(page, url)
    page.locator("[data-at=write]").click()
    expect(written(page).nth(opening.BEGUN + 2)).to_be_visible()
    page.locator(".card.temperature input").fill("0")
    stood = written(page).all_inner_texts()
    expect(written(page).nth(len(stood) + 3)).to_be_visible(timeout=60_000)
    assert written(page).all_inner_texts()[: len(stood)] == stood
    expect(page.locator(".bars .gone").first).to_be_visible()
    page.locator("[data-at=write]").click()


def test_one_token_is_followed_through_the_blocks(page: Page, url: str) -> None:
    """Its last stage says what the bars say; another token is followed by a click, and stands in the address."""
    opened(page, url)
    expect(page.locator(".stages .stage")).to_have_count(4)
    first = page.locator(".lens .word").first.inner_text()
    assert first == page.locator(".st-key-main-picture .bars .word").first.inner_text()
    page.locator(".stages .stage").first.click()
    expect(page.locator(".lens .word").first).to_have_text("␣un")  # with the embedding alone it repeats itself
    page.locator(".token").nth(3).click()
    expect(page).to_have_url(re.compile("tg_token=3"))
    expect(page.locator(".token.followed")).to_have_attribute("data-token", "3", timeout=60_000)
    assert page.locator(".token.later").count() == opening.BEGUN + len(opening.opening().before) - 4


def test_two_texts_are_written_at_the_same_time(page: Page, url: str) -> None:
    """Both columns grow together; the first difference is said and marked on both sides."""
    opened(page, url)
    page.get_by_role("button", name="Write both").click()
    sides = page.locator(".pane .text")
    expect(sides.nth(1).locator(".chip:not(.given)").nth(5)).to_be_visible(timeout=60_000)
    expect(sides.first.locator(".chip:not(.given)").nth(5)).to_be_visible()
    page.locator(".two").locator("xpath=..").get_by_role("button", name="Fast").click()
    expect(page.get_by_text("They part at token", exact=False)).to_be_visible()
    for side in sides.all():
        expect(side.locator(".chip.different")).to_have_count(1)


def test_markup_in_a_prompt_is_shown_as_it_is(page: Page, url: str) -> None:
    """HTML, Markdown and LaTeX of a student appear letter by letter; nothing is run."""
    text = "<img src=x onerror=alert(1)> **gras** $x^2$"
    opened(page, url, f"&tg_prompt={quote(text)}")
    expect(page.locator(".chip.given").first).to_have_text(text)
    assert page.locator(".text img").count() == 0


@pytest.mark.parametrize(("screen", "projected"), [(PROJECTOR, "true"), (PHONE, "false")])
def test_the_story_of_an_age_stands_whole(page: Page, url: str, screen: ViewportSize, projected: str) -> None:
    """In class and on a phone, that story and the student's own text are seen from the first word to the last."""
    page.set_viewport_size(screen)
    opened(page, url, f"&projection={projected}")
    texts = page.locator(".text.whole")
    expect(texts).to_have_count(2)
    for text in texts.all():
        assert text.evaluate("text => text.scrollHeight <= text.clientHeight + 1")
    assert texts.first.evaluate("text => text.clientHeight") > 168  # three lines of a class: what the others may have


def test_an_age_stands_on_the_curve_of_the_losses(page: Page, url: str) -> None:
    """The diamond lies where the record says, between its neighbours on the curve; its loss is written, and said."""
    record = published.record()
    ages = {item["update"]: item["validation_loss"] for item in record["checkpoints"]}
    heights: dict[int, float] = {}
    opened(page, url, "&tg_age=100")
    slider = page.get_by_role("slider", name="Age: updates")
    for age, key in ((100, None), (0, "Home"), (max(ages), "End")):
        if key:
            slider.press(key)
        expect(page.locator(".ages .said")).to_have_text(f"{ages[age]:.2f}")
        x, y = map(float, (page.locator(".ages .here").get_attribute("d") or "")[1:].split("L")[0].split())
        heights[age] = y
        assert f"{ages[age]:.3g} nats" in (page.locator(".ages").get_attribute("aria-label") or "")
        points = [tuple(map(float, point.split(",")))
                  for point in (page.locator(".ages .curve").get_attribute("points") or "").split()]  # fmt: skip
        assert len(points) == len({item["update"] for item in [*record["curve"], *record["checkpoints"]]} - {0})
        assert min(abs(place - x) for place, _height in points) < 0.5
    floor = float(page.locator(".ages .floor").get_attribute("y1") or "")
    assert heights[0] < heights[100] < heights[max(ages)] < floor


def test_what_is_downloaded_runs_alone_and_writes_the_pages_text(page: Page, url: str, tmp_path: Path) -> None:
    """The notebook and the file that its first cell asks for, in an empty folder: every cell runs, in English."""
    opened(page, url, "&tg_length=20&tg_seed=5")
    page.get_by_role("tab", name="Code").click()
    settled(page)
    for name in ("Download as notebook", "Download mini_gpt2.zip"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    notebook = (tmp_path / "text_generation_pytorch.ipynb").read_bytes()
    first, *_ = nbformat.reads(notebook.decode(), as_version=4).cells
    assert "Generated by Curseurs from your settings." in first.source
    assert "mini_gpt2.zip" in first.source
    left = run_notebooks(tmp_path, {"page": notebook}, fresh=True)
    request = Request("mini", PROMPTS["mini"][0], seed=5, tokens=20)
    assert left["page"]["printed"].removesuffix("\n") == pages_text(request)
