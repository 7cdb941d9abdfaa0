"""What the notebook costs: a rerun of its page with five hundred experiments."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page

from core.notebook.experiment import identity
from core.notebook.file import write
from tests.benchmarks.shared import Results, browser, milliseconds, open_tab, ratio, server
from tests.in_browser import NOTED, settled
from tests.notebook.rows import row

BARS = {"notebook_500_rows_vs_bare": ("<=", 2.0)}
MANY, FEW = 500, 2
TIMES = 14
CHOSEN = """(place) => new Promise((done) => {
    const box = document.querySelector(".st-key-pj-notebook");
    const roots = [...box.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot).filter(Boolean);
    const field = [box, ...roots].flatMap((root) => [...root.querySelectorAll("li[data-id] input")])[place];
    const begun = performance.now();
    field.click();
    const app = document.querySelector("[data-testid=stApp]");
    const look = () => {
        const isOver = window.heardAt > window.askedAt && window.askedAt >= begun
            && app.getAttribute("data-test-script-state") !== "running";
        if (isOver) requestAnimationFrame(() => done(performance.now() - begun));
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""
"""Choose a row, or put it back: that runs the page again. Milliseconds until the run is over and drawn."""


def notebook_500_rows_vs_bare() -> Results:
    """A rerun of the page with 500 experiments in its notebook ÷ one with two: medians, in turns.

    The rerun is the one that a student starts most often there: a row that is chosen, then put back.
    """
    with browser() as running, server() as url:
        many, few = (_with_rows(running, url, count) for count in (MANY, FEW))
        pairs = [(_once(many, at), _once(few, at)) for at in range(TIMES)][2:]
    full, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {
        "notebook_500_rows_vs_bare": ratio(full / bare),
        "notebook_500_rows_ms": milliseconds(full),
        "notebook_bare_ms": milliseconds(bare),
    }


def _with_rows(running: Browser, url: str, count: int) -> Page:
    """Open the page in a browser of its own, with so many experiments in its notebook."""
    page = open_tab(running, f"{url}/project?pj_part=notebook&lang=en")
    rows = [row(at, id=identity("train_val_test", "", {"x": str(at)}), sequence=at) for at in range(1, count + 1)]
    page.locator(".st-key-pj-notebook input[type=file]").first.set_input_files(
        {"name": "rows.json", "mimeType": "application/json", "buffer": write(rows).encode()}
    )
    page.locator(".st-key-pj-notebook li[data-id]").nth(min(count, 40) - 1).wait_for()
    page.evaluate(NOTED)
    settled(page)
    return page


def _once(page: Page, at: int) -> float:
    """Choose the first row, or put it back; return the milliseconds."""
    found: float = page.evaluate(CHOSEN, 0)
    settled(page)
    return found


BENCHES = (notebook_500_rows_vs_bare,)
