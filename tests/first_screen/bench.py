"""How soon a page's picture can be moved, against the stock app; how much of the first screen it is."""

from __future__ import annotations

import statistics

from playwright.sync_api import BrowserContext

from tests.benchmarks.shared import Results, browser, milliseconds, ratio, server, stock_server
from tests.first_screen.measures import MODES, MOST_CONTROLS, measure
from tests.helpers import STEMS
from tests.in_browser import LAPTOP, settled

BARS = {
    "first_screen_ms": ("<=", 1.5),
    **{f"picture_share_{mode}": (">=", least) for mode, (_size, _query, least) in MODES.items()},
    "first_screen_controls": ("<=", float(MOST_CONTROLS)),
}
ROUNDS = 6
"""Times that each page is opened; the first of each warms the browser's own cache."""
# Drawn and movable: a picture with a size is in it (the next token's is made of bars), and something can be moved.
READY = """holder => {
    const found = { drawn: false, movable: false }
    const look = root => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) look(element.shadowRoot)
            const { width, height } = element.getBoundingClientRect()
            const isPicture = element.matches("svg:not(button svg), canvas, .bars:not(.waits)")
            if (isPicture && width > 100 && height > 100) found.drawn = true
            if (element.matches("input:not(:disabled), button:not(:disabled), [role=slider]")) found.movable = true
        }
    }
    const places = document.querySelectorAll(holder)
    for (const place of places) look(place)
    return found.drawn && found.movable
}"""


def first_screen() -> Results:
    """Address typed → picture drawn and movable, each page ÷ the stock app: medians in turns; the worst has the bar."""
    pages = [(stem, f"/{stem}", ".st-key-main-picture") for stem in STEMS]
    with server() as url, stock_server() as stock, browser() as running:
        tab = running.new_context(viewport=LAPTOP, locale="fr-FR")
        times: dict[str, list[float]] = {stem: [] for stem in ("stock", *STEMS)}
        for _ in range(ROUNDS):
            times["stock"].append(_opened(tab, stock, "[data-testid=stMainBlockContainer]"))
            for stem, path, holder in pages:
                times[stem].append(_opened(tab, url + path, holder))
    medians = {name: statistics.median(found[1:]) for name, found in times.items()}
    worst = max(medians[stem] for stem in STEMS) / medians["stock"]
    each = {f"first_screen_ms_{name}": milliseconds(found) for name, found in medians.items()}
    return {"first_screen_ms": ratio(worst)} | each


def first_screen_share() -> Results:
    """The smallest share of the first screen that a page's picture has, by mode, and the most controls beside one."""
    shares: dict[str, list[float]] = {mode: [] for mode in MODES}
    controls = []
    with server() as url, browser() as running:
        for mode, (size, query, _least) in MODES.items():
            tab = running.new_page(viewport=size, locale="fr-FR")
            for stem in STEMS:
                tab.goto(f"{url}/{stem}?{query}")
                settled(tab)
                screen = measure(tab)
                shares[mode].append(screen.share)
                controls.append(len(screen.controls))
    smallest = {f"picture_share_{mode}": ratio(min(found)) for mode, found in shares.items()}
    return smallest | {"first_screen_controls": {"value": float(max(controls)), "unit": ""}}


def _opened(context: BrowserContext, address: str, holder: str) -> float:
    """Open an address in a new tab; return the milliseconds until its picture is ready."""
    tab = context.new_page()
    tab.add_init_script(
        f"""(() => {{
            const ready = {READY}
            const look = () => ready("{holder}") ? window.readyAfter = performance.now() : requestAnimationFrame(look)
            requestAnimationFrame(look)
        }})()"""
    )
    tab.goto(address, wait_until="commit")
    tab.wait_for_function("window.readyAfter", timeout=60_000)
    found: float = tab.evaluate("window.readyAfter")
    tab.close()
    return found


BENCHES = (first_screen, first_screen_share)
