"""A real server and a real browser, for the journeys of the three users, benchmarks and pictures."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, ViewportSize, expect

from core.files import ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SHORT_LIVED = [*FLAGS, "--js-flags=--no-maglev,--no-turbofan"]
"""Those of a browser that looks at a page for seconds: V8's optimizing compilers earn nothing back in that time.

Loading a page takes a browser a tenth less without them, Axe a fifth less. Benchmarks leave them on."""
LAPTOP: ViewportSize = {"width": 1366, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
STILL_SKELETONS = """(() => {
    const still = new CSSStyleSheet()
    still.replaceSync("[data-testid=stSkeleton], [data-testid=stSkeleton] * { animation: none !important }")
    document.adoptedStyleSheets.push(still)
})()"""
"""What Streamlit shows until a part of a page arrives pulses, and a browser without a graphics card draws every frame:
a sixth of what a page costs to load. It says nothing of the course."""
NOTED = """(() => {
    const send = WebSocket.prototype.send
    WebSocket.prototype.send = function (...data) {
        if (!this.isHeard) this.addEventListener("message", () => { window.heardAt = performance.now() })
        this.isHeard = true
        window.askedAt = performance.now()
        send.apply(this, data)
    }
})()"""
"""Notes when the page has last asked its server, and last heard of it: for `settled`."""
BEHIND = """
window.WebSocket = class extends WebSocket {
    constructor(...given) {
        super(...given)
        const held = []
        this.addEventListener("message", (event) => {
            if (!window.isBehind) return
            held.push(event.data)
            event.stopImmediatePropagation()
        })
        window.sent = 0
        window.catchUp = () => {
            window.isBehind = false
            for (const data of held.splice(0)) this.dispatchEvent(new MessageEvent("message", { data }))
        }
    }
    send(message) {
        window.sent++
        super.send(message)
    }
}"""
"""A browser that hears of nothing while `isBehind`, and of all of it when it may catch up."""
FORGOTTEN = """() => {
    localStorage.clear()
    sessionStorage.clear()
    indexedDB.deleteDatabase("curseurs-notebook")
}"""
"""All that a browser keeps of a student."""
expect.set_options(timeout=30_000)  # a slow machine is no fault; a missing element is, after that


def find_chromium(driver: Playwright) -> str:
    """Return a Chromium: CURSEURS_CHROMIUM, the PATH's, Playwright's own, or Debian's after installing it.

    Raises:
        pytest.fail: none can be had; browser tests are never skipped in silence.
    """
    if asked := os.environ.get("CURSEURS_CHROMIUM"):
        return asked
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    if Path(driver.chromium.executable_path).exists():
        return driver.chromium.executable_path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=environment)
        if found := shutil.which("chromium"):
            return found
    pytest.fail("No Chromium: install one, run `playwright install chromium`, or set CURSEURS_CHROMIUM to its path.")


def start_server(
    folder: Path, *arguments: str, script: str = "streamlit_app.py", room: bool = False, **environment: str
) -> tuple[str, subprocess.Popen[bytes]]:
    """Start a server on a free port with its own run store; return its address and process once it answers.

    Ours listens as its settings say; another app runs in its own folder with the settings of Streamlit.

    Args:
        folder: for its log, its runs and all that it keeps.
        arguments: options of Streamlit.
        script: what is served.
        room: serve the room, as `make class` does.
        environment: variables.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    what = ["components.server"] if room else ["streamlit", "run", script]
    command = [sys.executable, "-m", *what, "--server.port", str(port), "--server.headless", "true", *arguments]
    if Path(script).is_absolute():
        command += ["--server.address", "127.0.0.1"]
    log = (folder / f"server-{port}.log").open("wb")
    mine = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    kept = {"CURSEURS_RUNS": str(folder / "runs"), "CURSEURS_DB": f"sqlite:///{folder / 'votes.sqlite'}"}
    told = mine | kept | {"HOME": str(folder)} | environment
    process = subprocess.Popen(command, cwd=(ROOT / script).parent, env=told, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return address, process
        except OSError:
            try:
                process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                continue
    process.kill()
    raise RuntimeError(f"the server did not start: {Path(log.name).read_text()[-2000:]}")


def stop_server(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def new_student(browser: Browser, **options: Any) -> BrowserContext:
    """Start the browser of a French student on a laptop; options are those of `Browser.new_context`."""
    told = {"locale": "fr-FR", "viewport": LAPTOP} | options
    context = browser.new_context(**told)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(STILL_SKELETONS)
    context.add_init_script(NOTED)
    return context


def watched(tab: Page) -> Page:
    """Note in `tab.faults` each request that leaves the machine, and each uncaught error; nothing is opened yet."""
    faults: list[str] = []
    tab.opened = ""  # type: ignore[attr-defined]
    tab.on("request", lambda request: _note_foreign(request.url, faults))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.faults = faults  # type: ignore[attr-defined]
    return tab


def first_tab(student: BrowserContext) -> Page:
    """Return the tab of a student that all tests of a process use, with no fault noted yet.

    A new tab would have a process of its own, which compiles all of Streamlit again.
    """
    tab = student.pages[0] if student.pages else watched(student.new_page())
    tab.faults.clear()  # type: ignore[attr-defined]
    return tab


def stand(tab: Page, address: str) -> Page:
    """Have the tab of all tests stand on a page opened at an address; where one still stands, nothing is loaded.

    What the tests before have moved there stays moved: whoever stands must not mind.
    """
    if tab.opened != address:  # type: ignore[attr-defined]
        forget(tab)
        tab.goto(address)
        tab.opened = address  # type: ignore[attr-defined]
        settled(tab)
    return tab


def forget(tab: Page) -> None:
    """Leave the page that a tab shows, and all that it and its context have kept of it."""
    tab.opened = ""  # type: ignore[attr-defined]
    if tab.url.startswith("http"):
        tab.evaluate(FORGOTTEN)
        tab.context.clear_cookies()
        tab.goto("about:blank")


def new_tab(browser: Browser, **options: Any) -> Page:
    """Open the tab of one more student, who has read nothing yet."""
    return watched(new_student(browser, **options).new_page())


def _note_foreign(url: str, faults: list[str]) -> None:
    if urlparse(url).hostname not in {None, "127.0.0.1", "localhost"}:
        faults.append(f"left this machine: {url}")


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is being redrawn.

    What was asked must have been answered: a page does not say that a run is to come before its server begins it, and a
    busy one takes longer for that than the page need stand still. Ten seconds without an answer say that none comes.
    """
    page.locator("[data-testid=stApp]").wait_for()
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid=stApp]');
            const busy = app.getAttribute('data-test-script-state') === 'running'
                || app.getAttribute('data-test-connection-state') !== 'CONNECTED'
                || document.querySelector('[data-testid=stSkeleton]')
                || (window.askedAt > (window.heardAt ?? 0) && performance.now() - window.askedAt < 10_000);
            if (busy) { window.__quietSince = null; return false; }
            window.__quietSince ??= performance.now();
            return performance.now() - window.__quietSince > 400;
        }""",
        polling=100,
    )


def choose(page: Page, key: str, place: int) -> None:
    """Click on one option of a choice, by its place in the row, and wait until the page shows it."""
    option, before = page.locator(f".st-key-{key}").get_by_role("radio").nth(place), page.url
    if not option.is_checked():
        option.click()
        page.wait_for_url(lambda url: url != before)
    settled(page)


def standing_still(element: Locator) -> dict[str, float]:
    """Return where an element is once it has not moved for half a second: a panel unfolds, a chart above arrives."""
    element.evaluate(
        """async (element) => {
            let before = "", since = performance.now();
            while (performance.now() - since < 500) {
                await new Promise(requestAnimationFrame);
                const { x, y, width } = element.getBoundingClientRect(), now = [x, y, width].join();
                if (now !== before) { before = now; since = performance.now(); }
            }
        }"""
    )
    box = element.bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def check_accessible(page: Page) -> None:
    """Check a page from its head with Axe, and that it is no wider than the screen."""
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    serious = serious_faults(page)
    assert not serious, json.dumps(serious, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")


def serious_faults(page: Page) -> list[tuple[str, list[str]]]:
    """Return the serious and critical faults that Axe finds on a page: each with the elements at fault.

    Streamlit's own menu is left out: it sets its headings as list items without a list (its 1.67, chapters in
    `st.navigation`), and no option of ours changes its markup.
    """
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context={"exclude": [["[data-testid=stSidebarNavItems]"]]}).response["violations"]
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
