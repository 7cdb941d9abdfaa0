"""Speed of the letters' network, of its map under the finger, and of opening the words."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page

from tests.benchmarks.shared import (
    Results,
    Stopwatch,
    against_stock,
    browser,
    fastest,
    milliseconds,
    on_slider,
    open_tab,
    ratio,
    server,
    stock_server,
)
from tests.in_browser import settled

BARS = {
    "bengio_vs_bare_torch": (">=", 0.95),
    "frame_scrub_vs_stock": ("<=", 1.0),
    "words_ready_vs_stock": ("<=", 3.0),
}
RECORDED = "embeddings?opened=1&lang=en"
PARTS = ("inputs", "letters")
WATCH_WORDS = """() => addEventListener("click", () => {
    const begun = performance.now()
    const drawn = () => [...document.querySelectorAll(".st-key-emb-picture *")]
        .some(element => element.shadowRoot?.querySelector("text.word"))
    const look = () => drawn()
        ? window.lag = performance.now() - begun : requestAnimationFrame(look)
    requestAnimationFrame(look)
}, true)"""

TRAINING = """
import json, sys, time, torch
import torch.nn.functional as F
from core.tasks.letters.settings import LettersSettings
from core.tasks.letters.task import Letters
from core.training.loop import train

torch.set_num_threads(1)
UPDATES = 4_000
settings = LettersSettings(updates=UPDATES)
task = Letters(settings)
Xtr, Ytr = task.splits["train"].inputs, task.splits["train"].targets
V = len(task.corpus.characters)

def ours():
    return list(train(task, settings))[-1].seconds / UPDATES

def bare():
    g = torch.Generator().manual_seed(1)
    C = torch.randn((V, 10), generator=g)
    W1 = torch.randn((30, 200), generator=g)
    b1 = torch.randn(200, generator=g)
    W2 = torch.randn((200, V), generator=g)
    b2 = torch.randn(V, generator=g)
    parameters = [C, W1, b1, W2, b2]
    for p in parameters:
        p.requires_grad = True
    begun = time.perf_counter()
    for i in range(UPDATES):
        ix = torch.randint(0, Xtr.shape[0], (32,), generator=g)
        emb = C[Xtr[ix]]
        h = torch.tanh(emb.view(-1, 30) @ W1 + b1)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, Ytr[ix])
        for p in parameters:
            p.grad = None
        loss.backward()
        lr = 0.1 if i < UPDATES // 2 else 0.01
        for p in parameters:
            p.data += -lr * p.grad
    return (time.perf_counter() - begun) / UPDATES

print(json.dumps([[ours(), bare()] for _ in range(int(sys.argv[1]))]))
"""


def bengio_vs_bare_torch() -> Results:
    """Updates per second of our loop on the course's network ÷ the course's own loop, batch 32, one thread."""
    ours, bare = fastest(TRAINING, rounds=6, threads=1)
    return {"bengio_vs_bare_torch": ratio(bare / ours), "bengio_update_ms": milliseconds(1000 * ours)}


class Letters(Stopwatch):
    """Times an arrow key on the frame slider until the letters stand elsewhere, inside the page."""

    def __init__(self, page: Page) -> None:
        slider = page.get_by_role("slider", name="Update on the slider")
        slider.evaluate(
            """slider => {
                const places = () => [...slider.getRootNode().querySelectorAll(".letter")]
                    .map(letter => letter.style.transform).join()
                window.lags = []
                slider.addEventListener("keydown", () => {
                    const begun = performance.now(), before = places()
                    const look = () => places() === before ? requestAnimationFrame(look)
                        : window.lags.push(performance.now() - begun)
                    requestAnimationFrame(look)
                }, true)
            }"""
        )
        self.page, self.done = page, 0
        self.act = lambda done: slider.press("ArrowLeft" if done % 8 < 4 else "ArrowRight")


def frame_scrub_vs_stock() -> Results:
    """Key on the frame slider → letters moved, on a recorded run ÷ slider key → changed chart on the stock app."""
    with browser() as running, server() as url:
        ours, stock = against_stock(running, Letters(open_tab(running, f"{url}/{RECORDED}")))
    return {"frame_scrub_vs_stock": ratio(ours / stock), "frame_scrub_ms": milliseconds(ours)}


def words_ready_vs_stock() -> Results:
    """Click on Words → its picture drawn, the first time on a warm server ÷ slider key → changed chart, stock app.

    Warm: the student comes from the inputs, so page and charts are loaded on both sides, as in the stock app; the
    words are not. A fresh server for each time. `words_first_chart_ms`, from the letters: the browser has no chart yet.
    """
    lags: dict[str, list[float]] = {part: [] for part in PARTS}
    reruns: list[float] = []
    with browser() as running, stock_server() as url:
        page = open_tab(running, url)
        stock = on_slider(page, page.get_by_role("slider"), ".st-key-chart")
        for _turn in range(4):
            for part in PARTS:
                lags[part].append(_opened_words(running, part))
                reruns += [stock.once() for _ in range(4)][1:]
    ours, first_chart = (statistics.median(lags[part]) for part in PARTS)
    return {
        "words_ready_vs_stock": ratio(ours / statistics.median(reruns)),
        "words_ready_ms": milliseconds(ours),
        "words_first_chart_ms": milliseconds(first_chart),
    }


def _opened_words(running: Browser, part: str) -> float:
    """Open another part of the page on a fresh server, then the words; return the milliseconds of the latter."""
    with server() as url:
        # This page waits for a worker: once it stands, the server has done all that it does by itself after its start.
        other = running.new_page()
        other.set_default_timeout(180_000)
        other.goto(f"{url}/text_generation?opened=1")
        settled(other)
        other.close()
        page = open_tab(running, f"{url}/embeddings?opened=1&emb_part={part}&lang=en")
        page.evaluate(WATCH_WORDS)
        page.get_by_text("Words", exact=True).first.click()
        page.wait_for_function("window.lag > 0", timeout=60_000)
        lag: float = page.evaluate("window.lag")
        page.close()
    return lag


BENCHES = (bengio_vs_bare_torch, frame_scrub_vs_stock, words_ready_vs_stock)
