"""Serving a room: who can reach the server, what the teacher projects, what a class may cost."""

from __future__ import annotations

import asyncio
import io
import json
import re
import urllib.error
import urllib.request
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from components.server import room
from core import limits
from core.language_models import catalogue
from core.lessons import load
from tests.benchmarks.classroom import Student, run
from tests.course.rooms import Room, heard_on, log_of, reads
from tests.helpers import RARELY, open_page, until
from tests.in_browser import serious_faults, settled

LAPTOP = [("lo", "127.0.0.1"), ("docker0", "172.17.0.1"), ("wlp3s0", "192.168.1.20"), ("eth9", "169.254.7.7"),
          ("vEthernet (WSL)", "172.28.0.1"), ("eno1", "10.0.4.2"), ("en5", "8.8.4.4")]  # fmt: skip


def test_by_default_only_this_machine_is_heard(url: str) -> None:
    """`streamlit run streamlit_app.py` listens on 127.0.0.1 alone, and prints that address."""
    assert heard_on(url) == {"127.0.0.1"}
    log = log_of(url)
    assert url in log
    assert "Network URL" not in log
    assert "External URL" not in log


def test_make_class_is_heard_by_the_room_and_says_where(served_room: Room) -> None:
    """It listens on every interface; the terminal shows an address of this machine, its QR code and the page."""
    url, folder, _process = served_room
    assert heard_on(url) == {"0.0.0.0"}
    log = next(folder.glob("server-*.log")).read_text()
    assert f"{url}/class" in log
    port = url.rsplit(":", 1)[1]
    for address in room.addresses():
        assert f"http://{address}:{port}" in log
    if room.addresses():
        assert len(re.findall(r"^[█▀▄ ]{20,}$", log, re.MULTILINE)) > 10
    else:
        assert "No network" in log
    assert "External URL" not in log  # Streamlit would ask a host on the internet


def test_a_worker_reads_nothing_of_the_pages(served_room: Room) -> None:
    """The processes that train have torch; Streamlit's protocol, which every page reads, is in the server alone."""
    process = served_room.process
    until(lambda: any(reads(child, "libtorch_cpu") for child in process.children(recursive=True)), every=RARELY)
    assert reads(process, "google/_upb")
    # A child is its parent's copy for a moment, until it begins its own program: what a worker reads, it keeps.
    until(lambda: not any(reads(child, "google/_upb") for child in process.children(recursive=True)), every=RARELY)


def test_addresses_that_lead_to_a_room_come_first() -> None:
    """Real interfaces before virtual ones, private addresses before public ones; loopback and link-local never."""
    assert room.ranked(LAPTOP) == ["10.0.4.2", "192.168.1.20", "8.8.4.4", "172.17.0.1", "172.28.0.1"]
    assert room.ranked([("lo", "127.0.0.1")]) == []


@pytest.mark.parametrize(("scheme", "size", "query"), [("light", (1366, 900), ""), ("dark", (390, 844), "?lang=en"),
                                                       ("dark", (1920, 1080), "?projection=true")])  # fmt: skip
def test_a_phone_reads_the_projected_code(
    page: Page, served_room: Room, scheme: Literal["light", "dark"], size: tuple[int, int], query: str
) -> None:
    """An independent reader finds the shown address in a screenshot, in every theme; Axe finds no serious fault."""
    import zxingcpp

    if not room.addresses():
        pytest.skip("this machine is in no network")
    url = served_room.url
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{url}/class{query}")
    link = f"http://{room.addresses()[0]}:{url.rsplit(':', 1)[1]}"
    expect(page.get_by_role("heading", name=link)).to_be_visible()
    settled(page)
    code = page.get_by_role("img", name=link)
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))[0].text == link
    serious = serious_faults(page)
    assert not serious, json.dumps(serious, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    if "projection" in query:
        box = code.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1]


def test_the_page_shows_the_address_under_which_it_was_reached(browser: Browser, served_room: Room) -> None:
    """Whoever opened it by the network sees that very address: it is known to answer."""
    if not room.addresses():
        pytest.skip("this machine is in no network")
    port, address = served_room.url.rsplit(":", 1)[1], room.addresses()[-1]
    page = browser.new_page(locale="fr-FR")
    page.goto(f"http://{address}:{port}/class")
    expect(page.get_by_role("heading", name=f"http://{address}:{port}")).to_be_visible()
    page.close()


def test_the_page_of_the_class_is_in_no_menu_and_leads_to_the_course(page: Page, url: str) -> None:
    """It stands before the home page: one button forward, none back; the navigation does not list it."""
    page.goto(f"{url}/class?projection=true")
    title = load("class", "fr").title
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    settled(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name="Commencer ici")).to_be_visible()
    page.goto(url)
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link").first).to_be_visible()
    assert title not in page.get_by_test_id("stSidebarNav").inner_text()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_server_for_one_machine_says_how_to_open_it(language: str) -> None:
    """Without `make class` the page shows no address that would not answer, and names the command."""
    app = open_page("home", lang=language).switch_page("../pages/classroom.py").run()
    assert not app.exception
    assert "python -m components.server" in app.info[0].value
    assert not app.header


def test_both_languages_say_the_same_to_a_class() -> None:
    """The sections and the blanks of the two texts agree, and the French one keeps its no-break spaces."""
    french, english = load("class", "fr"), load("class", "en")
    assert list(french.sections) == list(english.sections)
    for name, section in french.sections.items():
        blanks = [sorted(re.findall(r"\{\{\w+\}\}", text)) for text in (section.body, english.sections[name].body)]
        assert blanks[0] == blanks[1], name
        assert not re.findall(r"\w [:;?!»](?=\s)", section.body), name


# Limits


def test_a_class_gets_less_than_a_student_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit of a class is at most that of home, but for the queue: thirty may wait where one may."""
    home, together = limits.AT_HOME, limits.IN_CLASS
    for name in ("runs", "run_seconds", "sweep_runs", "sweeps", "tokens", "prompt", "upload_mb", "message_mb"):
        assert getattr(together, name) <= getattr(home, name), name
    assert together.waiting >= 30
    assert limits.current() == home
    monkeypatch.setenv(limits.CLASS, "1")
    assert limits.current() == together


def test_the_teacher_chooses_the_models_of_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the mini GPT-2 and its younger ages at first; what the teacher names instead; at home every model."""
    assert all(limits.current().allows(name) for name in catalogue.MODELS)
    monkeypatch.setenv(limits.CLASS, "1")
    assert [name for name in catalogue.MODELS if limits.current().allows(name)] == ["mini"]
    assert limits.current().allows("mini@300")
    with pytest.raises(catalogue.ModelMissing):
        catalogue.load("smollm2")
    monkeypatch.setenv(limits.CLASS_MODELS, "mini, gpt2,")
    assert [name for name in catalogue.MODELS if limits.current().allows(name)] == ["mini", "gpt2"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_in_a_class_large_models_are_refused_in_words(
    cluster: None, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """No fetch button, no hostile link to another model, no text longer than a class may write; one line says why."""
    monkeypatch.setenv(limits.CLASS, "1")
    app = open_page("text_generation", lang=language, opened="1", tg_model="gpt2", tg_length="320")
    assert not app.exception
    assert app.session_state["tg_model"] == "mini"
    assert app.session_state["tg_length"] <= limits.IN_CLASS.tokens
    assert "tg-fetch" not in {button.key for button in app.button}
    assert any("GPT-2" in caption.value and "SmolLM2" in caption.value for caption in app.caption)


def upload(url: str, session: str, megabytes: int) -> int:
    """Upload a file as the browser of a session does; return the status of the answer."""
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
        token = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers["Set-Cookie"])[1]  # type: ignore[index]
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n'
    told = {
        "Content-Type": "multipart/form-data; boundary=b",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    }
    request = urllib.request.Request(f"{url}/_stcore/upload_file/{session}/file", method="PUT", headers=told,
                                     data=head + bytes(megabytes * 2**20) + b"\r\n--b--\r\n")  # fmt: skip
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError as error:
        # The server need not read to the end what it refuses: it may hang up on a client that still sends.
        if not isinstance(error.reason, ConnectionError):
            raise
        return 413


def test_a_class_may_not_upload_what_would_fill_the_memory(served_room: Room) -> None:
    """A file below the limit of a class is taken, one beyond it refused as too large, though home would take it."""
    url = served_room.url
    assert limits.IN_CLASS.upload_mb + 2 < limits.AT_HOME.upload_mb

    async def lesson() -> list[int]:
        async with Student(url) as student:
            await student.open("")
            sizes = (limits.IN_CLASS.upload_mb - 1, limits.IN_CLASS.upload_mb + 2)
            return [await asyncio.to_thread(upload, url, student.session, size) for size in sizes]

    assert run(lesson()) == [204, 413]
