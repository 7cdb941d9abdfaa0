"""What the benchmarks share: a server, a browser, the stock app they are compared with, and a stopwatch in the page."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from core.files import ROOT
from tests.in_browser import FLAGS, find_chromium, settled, start_server, stop_server

Results = dict[str, dict[str, float | str]]
"""Figures by name: each has a `value` and a `unit`."""

STOCK = """
import streamlit as st
height = st.slider("height", 1, 50, 5, key="height")
figure = {"data": [{"type": "scatter", "x": list(range(30)), "y": [height * k for k in range(30)]}],
          "layout": {"height": 330}}
st.plotly_chart(figure, key="chart")
"""
"""The reference of every rerun: one slider and one chart, with the settings that Streamlit comes with."""


def ratio(value: float) -> dict[str, float | str]:
    """Return a figure without a unit."""
    return {"value": value, "unit": "ratio"}


def milliseconds(value: float) -> dict[str, float | str]:
    """Return a duration."""
    return {"value": value, "unit": "ms"}


def fastest(source: str, rounds: int, threads: int) -> list[float]:
    """Run a script in a fresh process; return the fastest of each column of seconds that it prints.

    The two sides alternate; on a busy machine the fastest round of each is the one least disturbed.
    """
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "KERAS_BACKEND": "torch", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", source, str(rounds)], cwd=ROOT, env=environment, check=True,
                          capture_output=True, text=True)  # fmt: skip
    pairs: list[tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return [min(column) for column in zip(*pairs, strict=True)]


@contextlib.contextmanager
def server(script: str = "streamlit_app.py") -> Iterator[str]:
    """Serve an app with an empty run store of its own; give its address."""
    with tempfile.TemporaryDirectory() as folder:
        url, process = start_server(Path(folder), script=script)
        try:
            yield url
        finally:
            stop_server(process)


@contextlib.contextmanager
def stock_server() -> Iterator[str]:
    """Serve the stock app from a folder of its own, out of the reach of our settings."""
    with tempfile.TemporaryDirectory() as folder, server(str(stock_app(Path(folder)))) as url:
        yield url


def stock_app(folder: Path) -> Path:
    """Write the stock app into a folder; return its script."""
    script = folder / "stock.py"
    script.write_text(STOCK)
    return script


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=find_chromium(driver), args=FLAGS)
        yield running
        running.close()


def open_tab(running: Browser, address: str) -> Page:
    """Open an address in a new tab of a laptop's size, and wait until it is still."""
    page = running.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address)
    settled(page)
    return page


PLOTLY = """chart => {
    const plot = document.querySelector(chart + " .js-plotly-plot")
    const { shapes, xaxis } = plot?.layout ?? {}
    return plot && JSON.stringify([plot.data?.map(trace => [trace.name, trace.y]), shapes, xaxis?.range])
}"""
"""What a Plotly chart shows, as text."""
OURS = """chart => [...document.querySelectorAll(chart + " *")].find(element => element.shadowRoot)
    ?.shadowRoot.querySelector(".root")?.innerHTML"""
"""What a picture of our own shows, as text."""


class Stopwatch:
    """Times what a chart takes to change after a key or a click, inside the page.

    Args:
        page: the open page.
        chart: CSS selector of what holds the chart.
        act: presses or clicks, given how many times it was done before.
        event: "keydown" or "click": when the clock starts.
        shown: the function that reads the chart.
    """

    def __init__(
        self, page: Page, chart: str, act: Callable[[int], None], event: str = "keydown", shown: str = PLOTLY
    ) -> None:
        self.page, self.act, self.done = page, act, 0
        page.wait_for_function(f"({shown})({json.dumps(chart)})")
        page.evaluate(
            f"""([chart, event]) => {{ const drawn = () => ({shown})(chart);"""
            """
                window.lags = []
                addEventListener(event, () => {
                    const begun = performance.now(), before = drawn()
                    const look = () => drawn() === before ? requestAnimationFrame(look)
                        : window.lags.push(performance.now() - begun)
                    requestAnimationFrame(look)
                }, true)
            }""",
            [chart, event],
        )

    def once(self) -> float:
        """Act once; return the milliseconds, after the page is still again."""
        self.act(self.done)
        self.done += 1
        self.page.wait_for_function(f"window.lags.length >= {self.done}", timeout=60_000)
        settled(self.page)
        milliseconds: float = self.page.evaluate("window.lags.at(-1)")
        return milliseconds


def on_slider(page: Page, slider: Locator, chart: str, shown: str = PLOTLY) -> Stopwatch:
    """Return the stopwatch of a slider's arrow keys: to the right, then back."""
    return Stopwatch(page, chart, lambda done: slider.press("ArrowRight" if done % 8 < 4 else "ArrowLeft"), shown=shown)


def against_stock(running: Browser, ours: Stopwatch, times: int = 14) -> tuple[float, float]:
    """Return the median milliseconds of a page and of the stock app, in turns; the first two of each warm up."""
    with stock_server() as url:
        page = open_tab(running, url)
        stock = on_slider(page, page.get_by_role("slider"), ".st-key-chart")
        pairs = [(ours.once(), stock.once()) for _ in range(times)][2:]
    mine, reference = (statistics.median(column) for column in zip(*pairs, strict=True))
    return mine, reference
