"""The course in a real browser: links, a fresh server, an unknown page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from core.lessons import load
from tests import served
from tests.course.rooms import log_of
from tests.helpers import RARELY, STEMS, until
from tests.in_browser import new_student, new_tab, settled, start_server, stop_server, watched

SHORT = "tvt_examples=5000&tvt_epochs=1&tvt_batch_size=128"


def test_the_copied_link_opens_the_same_experiment_elsewhere(browser: Browser, page: Page, url: str) -> None:
    """The teacher's link holds every control, the seed and the language, even those left at their default."""
    page.goto(f"{url}/train_val_test?{SHORT}")
    settled(page)
    page.get_by_role("button", name="Copier le lien de cette expérience").click()
    expect(page.get_by_text("Lien copié.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    for part in ("tvt_seed=1", "lang=fr", "tvt_examples=5000", "tvt_learning_rate=0.001"):
        assert part in link
    other = new_tab(browser, locale="en-US")
    other.goto(link)
    settled(other)
    expect(other.get_by_role("heading", name="Jeux de données", exact=False).first).to_be_visible()
    expect(other.get_by_text("Trop court").first).to_be_visible()
    assert "tvt_examples=5000" in other.url
    other.context.close()


def test_a_link_is_heard_though_its_widgets_come_late(browser: Browser, url: str) -> None:
    """The page has run again and again when the code of its fields arrives: they hold what the link says."""
    tab, late = new_tab(browser), list[Route]()
    tab.route("**/TextInput*.js", lambda route: late.append(route))
    tab.goto(f"{url}/arena?opened=1&ar_part=blind&room=late")
    expect(tab.get_by_role("button", name="A est meilleure")).to_be_enabled(timeout=60_000)  # who votes was told since
    late[0].continue_()
    expect(tab.get_by_role("textbox", name="Code de la classe")).to_have_value("late")
    tab.get_by_role("button", name="Égalité").click()
    expect(tab.get_by_text("Votre vote\u00a0: Égalité")).to_be_visible()
    assert "room=late" in tab.url
    expect(tab.get_by_role("textbox", name="Code de la classe")).to_have_value("late")
    tab.context.close()


@pytest.fixture(scope="module")
def fresh(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server that cannot keep runs; nobody has asked it for anything. It takes the workers that are there."""
    shared = served.addresses(pytestconfig)
    there = shared[1] if shared else ""
    folder = tmp_path_factory.mktemp("fresh")
    address, process = start_server(folder, CURSEURS_RUNS="/proc/nothing/runs", DASK_SCHEDULER_ADDRESS=there)
    yield address
    stop_server(process)


def test_a_store_that_refuses_is_told_of_at_the_start(fresh: str) -> None:
    """Where runs cannot be written, the terminal says so, with the place, before a student has trained anything."""
    until(lambda: "Finished runs cannot be kept" in log_of(fresh), every=RARELY)
    assert "/proc/nothing/runs" in log_of(fresh)


def test_a_fresh_server_answers_deep_links_first(browser: Browser, fresh: str) -> None:
    """A server's very first requests are deep links, to several pages at once: each stands in its frame, in French.

    That thirty may ask for every page at once is the class's own test.
    """
    student = new_student(browser)
    tabs = {stem: watched(student.new_page()) for stem in ("glossary", STEMS[0], STEMS[-1])}
    for stem, tab in tabs.items():
        tab.goto(f"{fresh}/{stem}", wait_until="commit")
    for stem, tab in tabs.items():
        settled(tab)
        expect(tab.get_by_role("heading", level=1, name=load(stem, "fr").title).first).to_be_visible()
        expect(tab.get_by_role("button", name="Copier le lien de cette expérience")).to_be_visible()
        assert not tab.faults  # type: ignore[attr-defined]
    student.close()


def test_an_unknown_page_says_so_and_offers_home(page: Page, url: str) -> None:
    """A broken link leads home, not to an error."""
    page.goto(f"{url}/no_such_page")
    expect(page.get_by_role("heading", name="Curseurs")).to_be_visible()
