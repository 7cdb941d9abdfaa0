"""The text generation page in a real browser: what the browser computes is what Python computes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from core.language_models import catalogue, decoding
from core.language_models.sampling import Sampling
from core.language_models.writings import Request
from core.tasks.mini_gpt2 import published
from core.text_generation.prompts import PROMPTS
from tests.in_browser import PHONE, PROJECTOR, settled
from tests.notebooks import run_notebooks
from tests.text_generation.test_shown_code import pages_text

PAGE = "/text_generation?opened=1&lang=en"


def opened(page: Page, url: str, query: str = "") -> Page:
    page.goto(f"{url}{PAGE}{query}")
    page.locator(".bars button").first.wait_for(timeout=60_000)
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
    opened(page, url, query)
    mini = catalogue.load("mini")
    ids = mini.prompt(PROMPTS["mini"][0])
    logits = decoding.Reader(mini.model, mini.context).logits(ids).numpy()
    expected = decoding.bars(logits, how, ids)
    shown = page.locator(".bars .value").all_inner_texts()
    for text, probability in zip(shown[:-1], expected["probabilities"], strict=True):
        assert float(text.strip("<% ")) == pytest.approx(100 * probability, abs=0.11)
    assert float(shown[-1].strip("<% ")) == pytest.approx(100 * expected["rest"], abs=0.11)
    said = page.locator(".sums").inner_text()
    assert f"Entropy {expected['entropy']:.2f} bits" in said
    first = page.locator(".bars .word").first.inner_text()
    assert first.replace("␣", " ") == mini.vocabulary[expected["tokens"][0]].decode()


def test_a_student_writes_goes_back_and_bends_the_story(page: Page, url: str) -> None:
    """Write, return to the sixth choice, take the second bar: the text begins alike and goes on with that token."""
    opened(page, url, "&tg_length=40")
    page.get_by_role("button", name="Write", exact=True).click()
    chips = page.locator("button.chip")
    expect(chips.nth(30)).to_be_visible()
    settled(page)
    before = chips.all_inner_texts()
    chips.nth(5).click()
    expect(chips).to_have_count(5)
    settled(page)
    other = page.locator(".bars .word").nth(1).inner_text().replace("␣", " ")
    page.locator(".bars button").nth(1).click()
    expect(chips).to_have_count(6)
    assert chips.all_inner_texts()[:5] == before[:5]
    assert chips.nth(5).inner_text().strip() == other.strip()
    page.get_by_role("button", name="Undo").click()
    expect(chips).to_have_count(5)


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


def test_the_text_does_not_wait_for_plotly(page: Page, url: str) -> None:
    """The page opens without reading Plotly, which takes a browser over a second; where charts are, it is read."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, url)
    expect(page.locator(".ages")).to_be_visible()
    assert not any("Plotly" in address for address in asked)
    page.goto(f"{url}/train_val_test?opened=1")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert any("Plotly" in address for address in asked)


def test_an_age_stands_on_the_curve_of_the_losses(page: Page, url: str) -> None:
    """The diamond lies where the record says, between its neighbours on the curve; its loss is written, and said."""
    record = published.record()
    ages = {item["update"]: item["validation_loss"] for item in record["checkpoints"]}
    heights: dict[int, float] = {}
    for age in (0, 100, max(ages)):
        opened(page, url, f"&tg_age={age}")
        x, y = map(float, (page.locator(".ages .here").get_attribute("d") or "")[1:].split("L")[0].split())
        heights[age] = y
        assert page.locator(".ages .said").inner_html() == f"{ages[age]:.2f}"
        assert f"{ages[age]:.3g} nats" in (page.locator(".ages").get_attribute("aria-label") or "")
        points = [tuple(map(float, point.split(",")))
                  for point in (page.locator(".ages .curve").get_attribute("points") or "").split()]  # fmt: skip
        assert len(points) == sum(item["update"] > 0 for item in record["curve"])
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
    left = run_notebooks(tmp_path, {"page": notebook})
    request = Request("mini", PROMPTS["mini"][0], seed=5, tokens=20)
    assert left["page"]["printed"].removesuffix("\n") == pages_text(request)
