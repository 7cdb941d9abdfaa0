"""Progress in a real browser: what it keeps, what two tabs add, what storage refuses, export and import."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, WebSocket, expect

from core.files import ROOT
from core.lessons import load
from tests.helpers import STEMS
from tests.in_browser import forget, new_student, settled, start_server, stop_server, watched

SMALL = str(ROOT / "tests" / "progress" / "small.py")
RIGHT = {section.id: min(section.question.right) for section in load("forward_pass", "fr").named("quiz-")
         if section.question}  # fmt: skip
HELD: dict[str, Any] = {
    "version": 1,
    "last": "embeddings?emb_part=words",
    "pages": {
        "forward_pass": {
            "prediction": 1,
            "missions": ["sure"],
            "quiz": RIGHT,
            "sentence": "Des produits, une somme.",
            "judged": {},
        },
        "embeddings": {
            "prediction": 0,
            "missions": ["beat", "hidden"],
            "quiz": {},
            "sentence": "",
            "judged": {"smollm2": {"role": {"turn": "yes"}}},
        },
    },
}
FIRST, SECOND = "prédit, 1 mission sur 3, quiz 3/3", "prédit, 2 missions sur 2, quiz 0/3"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the small app."""
    quiet = ("--browser.gatherUsageStats", "false")
    address, process = start_server(tmp_path_factory.mktemp("small"), *quiet, script=SMALL, PYTHONPATH=str(ROOT))
    yield address
    stop_server(process)


def held(page: Page) -> Any:
    """Return what the browser keeps."""
    return json.loads(page.evaluate("localStorage.getItem('curseurs')") or "null")


def arrive(page: Page, url: str, keeping: object, query: str = "") -> None:
    """Open home in a browser that keeps something: text as it is, else as JSON."""
    page.goto(f"{url}/_stcore/health")  # the same origin, and nothing to load
    text = keeping if isinstance(keeping, str) else json.dumps(keeping)
    page.evaluate("text => localStorage.setItem('curseurs', text)", text)
    page.goto(f"{url}/{query}")
    settled(page)


def press(page: Page, name: str) -> None:
    """Press a button of the small app."""
    page.get_by_role("button", name=name, exact=True).click()


def keeps(page: Page, **done: object) -> None:
    """Wait until the browser keeps this of the small app's page, and no more; it may hold no progress until then."""
    expected = {"prediction": None, "missions": [], "quiz": {}, "sentence": "", "judged": {}} | done
    page.wait_for_function(
        """text => {
            try { return JSON.stringify(JSON.parse(localStorage.getItem('curseurs'))?.pages?.forward_pass) === text }
            catch { return false }
        }""",
        arg=json.dumps(expected, separators=(",", ":")),
        polling=100,
    )


def test_home_shows_what_the_browser_keeps(page: Page, url: str) -> None:
    """The cards of the pages that were touched say how far, in both languages; the others say nothing."""
    arrive(page, url, HELD)
    expect(page.locator(".st-key-card-forward_pass")).to_contain_text(FIRST)
    expect(page.locator(".st-key-card-embeddings")).to_contain_text(SECOND)
    expect(page.locator(".st-key-card-train_val_test")).not_to_contain_text("quiz")
    page.goto(f"{url}/?lang=en")
    expect(page.locator(".st-key-card-forward_pass")).to_contain_text("predicted, 1 mission of 3, quiz 3/3")
    assert held(page) == HELD


def test_resuming_opens_the_very_address_in_the_same_tab(page: Page, url: str) -> None:
    """Home's first button leads to the page that was left, with its query, also after the browser was closed."""
    address = f"{url}/train_val_test?tvt_epochs=3&tvt_optimizer=rmsprop"
    page.goto(address)
    settled(page)
    page.goto(url)
    resume = page.get_by_role("button", name="Reprendre")
    resume.wait_for()  # until the browser has told what it keeps, another button is the first
    expect(page.get_by_test_id("stMain").get_by_role("button").first).to_contain_text("Reprendre")
    resume.click()
    expect(page.get_by_role("heading", level=1, name=load("train_val_test", "fr").title)).to_be_visible()
    settled(page)
    assert page.url == address


def test_the_address_is_noted_when_a_fragment_changes_it(page: Page, url: str) -> None:
    """A control in a fragment writes the address without a run of the whole page: that address is the last."""
    page.goto(f"{url}/text_generation?opened=1")
    settled(page)
    page.get_by_role("slider", name="1 · Température").first.press("ArrowRight")
    page.wait_for_url("**tg_temperature=*")
    assert held(page)["last"] == page.url.removeprefix(f"{url}/")


def messages(tab: Page) -> list[object]:
    """Return what grows with all that a tab tells the server; each message asks for a run."""
    sent: list[object] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))

    tab.on("websocket", listen)
    return sent


def test_who_has_nothing_stored_pays_nothing(page: Page, url: str) -> None:
    """A first visit to home or to a page is one run, and the keeper takes no place in the page."""
    for path in ("", "/forward_pass"):
        forget(page)
        sent = messages(page)
        page.goto(f"{url}{path}")
        settled(page)
        place = page.locator(".st-key-keeper").evaluate_all(
            "found => found.map(element => [element.offsetHeight, getComputedStyle(element).position])"
        )
        assert place == [[0, "absolute"]]
        assert len(sent) == 1, path


def test_a_reload_keeps_what_was_done(page: Page, small: str) -> None:
    """A guess, a mission and an answer are there in the next session; writing them costs no run."""
    page.goto(small)
    for run, name in enumerate(("Predict", "Reach", "Answer 0", "Answer 1"), start=2):
        press(page, name)
        expect(page.get_by_text(f"Run {run}.")).to_be_visible()
    keeps(page, prediction=1, missions=["cancel"], quiz={"quiz-1": 1})
    page.reload()
    expect(page.get_by_text("Predicted 1, answered {'quiz-1': 1}, reached ['cancel'].")).to_be_visible()
    expect(page.get_by_text("Run 2.")).to_be_visible()


def test_a_mission_reached_in_a_fragment_is_kept_at_once(page: Page, small: str) -> None:
    """The browser has it without a run of the whole page, and nothing on the page moves."""
    page.goto(small)
    settled(page)
    place = page.get_by_role("button", name="Predict").bounding_box()
    press(page, "Reach in a fragment")
    expect(page.get_by_text("Fragment: sure.")).to_be_visible()
    keeps(page, missions=["sure"])
    expect(page.get_by_text("Run 1.")).to_be_visible()
    assert page.get_by_role("button", name="Predict").bounding_box() == place


def test_two_tabs_of_a_student_lose_nothing_of_each_other(page: Page, small: str) -> None:
    """What each tab adds stays, and an older answer of one does not come back over a newer one of the other."""
    page.goto(small)
    settled(page)
    other = watched(page.context.new_page())
    other.goto(small)
    settled(other)
    press(page, "Answer 0")
    keeps(page, quiz={"quiz-1": 0})
    press(other, "Answer 1")
    keeps(other, quiz={"quiz-1": 1})
    press(other, "Reach")
    keeps(other, missions=["cancel"], quiz={"quiz-1": 1})
    press(page, "Reach in a fragment")
    keeps(page, missions=["cancel", "sure"], quiz={"quiz-1": 1})
    press(page, "Predict")
    keeps(page, prediction=1, missions=["cancel", "sure"], quiz={"quiz-1": 1})
    assert not other.faults  # type: ignore[attr-defined]
    other.close()


def exported(page: Page, folder: Path) -> Path:
    """Press the button, and return the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter").click()
    assert download.value.suggested_filename == "curseurs.json"
    file = folder / "curseurs.json"
    download.value.save_as(file)
    return file


def test_what_was_exported_and_forgotten_comes_back(page: Page, url: str, tmp_path: Path) -> None:
    """Export, forget, import: the same cards. Forgetting asks first, and empties browser and session."""
    arrive(page, url, HELD)
    file = exported(page, tmp_path)
    page.get_by_role("button", name="Oublier").click()
    page.get_by_role("button", name="Non, garder").click()
    assert held(page) == HELD
    page.get_by_role("button", name="Oublier").click()
    page.get_by_role("button", name="Oui, oublier").click()
    expect(page.get_by_text("Tout est oublié.")).to_be_visible()
    expect(page.get_by_role("button", name="Commencer ici")).to_be_visible()
    expect(page.locator(".st-key-card-forward_pass")).not_to_contain_text("quiz")
    assert held(page) is None
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("La progression du fichier est ajoutée.")).to_be_visible()
    expect(page.locator(".st-key-card-forward_pass")).to_contain_text(FIRST)
    expect(page.locator(".st-key-card-embeddings")).to_contain_text(SECOND)
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    assert held(page) == HELD


WRONG = [b"{", b"\xff\xfe\x00", b'[{"version": 1, "pages": {}}]', b'{"version": 7, "pages": {}}', b'{"version": 1}']
LARGE = json.dumps(HELD).encode() + b" " * 1_000_000


@pytest.mark.parametrize(
    ("language", "wrong", "large"),
    [("fr", "ne contient pas de progression", "trop gros"), ("en", "holds no progress", "too large")],
)
def test_a_wrong_file_changes_nothing_and_says_so(page: Page, url: str, language: str, wrong: str, large: str) -> None:
    """Each file that is no progress, or too large, gets a message in the page's language."""
    arrive(page, url, HELD, f"?lang={language}")
    for content, words in [*((content, wrong) for content in WRONG), (LARGE, large)]:
        file: FilePayload = {"name": "notes.json", "mimeType": "application/json", "buffer": content}
        page.locator(".st-key-progress-panel [role=status]").evaluate("said => said.replaceChildren()")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text(words)).to_be_visible()
        assert held(page) == HELD


REFUSES = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })"""
)


def test_a_browser_that_keeps_nothing_has_the_whole_course(
    browser: Browser, url: str, small: str, tmp_path: Path
) -> None:
    """Where storage throws, pages work, home says so, and what was done can be taken away before the tab is closed."""
    context = new_student(browser)
    context.add_init_script(REFUSES)
    tab = watched(context.new_page())
    tab.goto(small)
    press(tab, "Predict")
    expect(tab.get_by_text("Predicted 1,")).to_be_visible()
    press(tab, "Reach in a fragment")
    expect(tab.get_by_text("Fragment: sure.")).to_be_visible()
    tab.goto(f"{url}/forward_pass?fp_activation=tanh")
    settled(tab)
    tab.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil").click()
    expect(tab.get_by_text("Ce navigateur ne garde rien")).to_be_visible()
    expect(tab.get_by_role("button", name="Reprendre")).to_be_visible()
    assert json.loads(exported(tab, tmp_path).read_text())["last"].startswith("forward_pass?fp_activation=tanh")
    assert not tab.faults  # type: ignore[attr-defined]
    context.close()


DEEP = "[" * 5_000 + "]" * 5_000
HOSTILE = {
    "huge": json.dumps(HELD) + " " * 4_900_000,
    "no JSON": "{'version': 1",
    "null": "null",
    "list": "[]",
    "deep": f'{{"version": 1, "pages": {DEEP}}}',
    "types": '{"version": 1, "last": 7, "pages": {"forward_pass": {"prediction": "1", "missions": {}, "quiz": []}}}',
    "prototype": '{"version": 1, "__proto__": {"hacked": 1}, "pages": {"__proto__": {"hacked": 1}, "constructor": {}}}',
    "other pages": '{"version": 1, "last": "//example.com", "pages": {"no_page": {"prediction": 1}}}',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_store_is_ignored(page: Page, small: str, what: str) -> None:
    """Whatever lies in the store, a page begins as for a new student, and what is done from then on is kept."""
    arrive(page, small, HOSTILE[what])
    press(page, "Predict")  # another run, for which the browser has told what it holds
    expect(page.get_by_text("Predicted 1, answered {}, reached [].")).to_be_visible()
    expect(page.get_by_text("Of other pages []; to resume None.")).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate("({}).hacked === undefined")
    keeps(page, prediction=1)


def test_home_ignores_a_hostile_store(page: Page, url: str) -> None:
    """It opens as for a new student, even where the store names a place to resume; the next place is noted over it."""
    for what in ("types", "other pages"):
        arrive(page, url, HOSTILE[what])
        expect(page.get_by_role("button", name="Commencer ici")).to_be_visible()
        expect(page.get_by_test_id("stMain")).not_to_contain_text("quiz")
        assert page.get_by_test_id("stException").count() == 0
    page.get_by_role("button", name="Commencer ici").click()
    page.wait_for_url(f"**/{STEMS[0]}")
    noted = f'{{"version":1,"last":"{STEMS[0]}"'
    page.wait_for_function("noted => localStorage.getItem('curseurs').startsWith(noted)", arg=noted)


def test_the_server_keeps_nothing(phone: Page, page: Page, url: str) -> None:
    """Another student, or the same in another browser, finds an untouched course."""
    arrive(page, url, HELD)
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    phone.goto(url)
    settled(phone)
    expect(phone.get_by_role("button", name="Commencer ici")).to_be_visible()
    assert held(phone) is None
