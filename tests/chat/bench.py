"""Speed of the chat: how soon the first letters of an answer stand on the page, and a search in documents."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from playwright.sync_api import Page

from core.chat import answering, embedded
from core.chat.requests import How, body
from core.chat.requests import Wish as Besides
from core.chat.servers import EMBEDDED
from tests.benchmarks.shared import Results, browser, open_tab, ratio, server
from tests.chat import bench_search
from tests.in_browser import settled

BARS = {"chat_first_token_vs_bare": ("<=", 1.3)} | bench_search.BARS
ROUNDS = 15
TOKENS = 20
"""Of an answer: the fewest that the page offers."""
WATCH = """(() => {
    const root = [...document.querySelectorAll(".st-key-main-picture *")].find(each => each.shadowRoot).shadowRoot
    const field = root.querySelector("textarea")
    field.addEventListener("keydown", () => { window.begun = performance.now(); window.lag = null }, true)
    new MutationObserver(() => {
        const said = [...root.querySelectorAll(".bubble.answer")].at(-1)?.innerText ?? ""
        if (window.lag === null && /[^…\\s]/.test(said)) window.lag = performance.now() - window.begun
    }).observe(root, { childList: true, subtree: true, characterData: true })
})()"""
"""Notes the milliseconds from Enter to the first letters in the last bubble of an answer."""


def chat_first_token_vs_bare() -> Results:
    """Enter → first letters of the answer on the page, in a browser ÷ the same question by the bare `openai` client.

    One student, SmolLM2, questions of about twenty words, each in a conversation of its own, in turns. The page asks
    the server that its app has started, whose key only the app knows; the bare client asks an equal one: the same
    weights, settings and number of threads, on the same machine, where only one of the two works at a time. Beside it
    the engine alone, as a page follows it.
    """
    with browser() as running, server() as url:
        page = open_tab(running, f"{url}/chat?opened=1&chat_open=moon&lang=en&chat_tokens={TOKENS}")
        page.evaluate(WATCH)
        asks: dict[str, Callable[[str], float]] = {"page": lambda asked: _page(page, asked), "engine": _engine,
                                                   "bare": _bare}  # fmt: skip
        seconds: dict[str, list[float]] = {who: [] for who in asks}
        for number in range(ROUNDS + 1):
            for who, ask in asks.items():  # each its own question: none finds another's in its server's memory
                seconds[who].append(ask(f"{who} {number}: which animals live in the sea, and which ones in the woods, "
                                        "in the mountains and in the sky?"))  # fmt: skip
    embedded.stop()
    medians = {who: statistics.median(found[1:]) for who, found in seconds.items()}  # the first round warms up
    told = {f"{who}_ms": 1_000 * found for who, found in medians.items()}
    figure = ratio(medians["page"] / medians["bare"]) | told
    return {"chat_first_token_vs_bare": figure, "chat_engine_vs_bare": ratio(medians["engine"] / medians["bare"])}


def _page(page: Page, question: str) -> float:
    """Ask on the page, in a new conversation; return the seconds until the first letters stand there."""
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_function(f"!({BUBBLES}).length")
    settled(page)
    field = page.get_by_role("textbox", name="Write to the model")
    field.fill(question)
    field.press("Enter")
    page.wait_for_function(f"({BUBBLES}).some(each => each.classList.contains('finished'))", timeout=60_000)
    settled(page)
    milliseconds: float = page.evaluate("window.lag")
    return milliseconds / 1_000


BUBBLES = """[...[...document.querySelectorAll(".st-key-main-picture *")].find(each => each.shadowRoot)
    .shadowRoot.querySelectorAll(".bubble.answer")]"""


def _engine(question: str) -> float:
    begun = time.perf_counter()
    one = answering.start("bench", EMBEDDED, _said(question), How(tokens=TOKENS))
    assert one.wait_for_more(0, 60).answer.pieces
    found = time.perf_counter() - begun
    one.wait(60)
    return found


def _bare(question: str) -> float:
    import openai

    known, _route = embedded.reached()
    begun, found = time.perf_counter(), 0.0
    rest = body(known.model, _said(question), How(tokens=TOKENS), Besides(), frozenset())
    messages, model, _stream = (rest.pop(name) for name in ("messages", "model", "stream"))
    with openai.OpenAI(api_key=known.key.secret(), base_url=known.address, max_retries=0) as client:
        for chunk in client.chat.completions.create(messages=messages, model=model, stream=True, extra_body=rest):
            if chunk.choices and chunk.choices[0].delta.content and not found:
                found = time.perf_counter() - begun
    return found


def _said(question: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": question}]


BENCHES = (chat_first_token_vs_bare, *bench_search.BENCHES)
