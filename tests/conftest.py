"""What the tests stand on: workers, a run store of their own, a served course, a browser."""

from __future__ import annotations

import gc
import os

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is imported: sums in the order of the workers', bit for bit
os.environ["KERAS_BACKEND"] = "torch"  # as on the workers

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright
from plotly import graph_objects
from streamlit.components.v2 import manifest_scanner

from components import figures
from core import workers
from core.batch_learning_rate import sweeps
from core.files import ROOT
from core.language_models import catalogue
from core.once import once
from core.runs import live
from tests import notebooks, served
from tests.in_browser import (
    LAPTOP,
    PHONE,
    SHORT_LIVED,
    find_chromium,
    first_tab,
    forget,
    new_student,
    start_server,
    stop_server,
)

sys.path.append(str(ROOT / "components"))  # as `streamlit_app.py` does: Streamlit's runs leave the path alone


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one page be tested: `--only=STEM tests/STEM tests/course`, which `make test ONLY=STEM` asks for."""
    parser.addoption("--only", metavar="STEM", help="the tests of one page, and its share of those of every page")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Leave out the other pages, what belongs to the whole course, and what is slow, when one page is asked for."""
    if (stem := config.getoption("--only")) is None:
        return

    def wanted(test: pytest.Function) -> bool:
        page = test.callspec.params.get("stem") if hasattr(test, "callspec") else None
        return stem in {page, test.path.parent.name} and test.get_closest_marker("slow") is None

    config.hook.pytest_deselected(items=[test for test in items if not wanted(test)])
    items[:] = filter(wanted, items)


def pytest_configure(config: pytest.Config) -> None:
    """Serve the course once, where several processes test it."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        config.pluginmanager.register(served.Controller())


@pytest.hookimpl(tryfirst=True)  # before the controller is told that the tests are collected
def pytest_collection_finish(session: pytest.Session) -> None:
    """Have the course served if one of the tests asks for it."""
    served.note_wish(session.config, [test for test in session.items if isinstance(test, pytest.Function)])


@pytest.hookimpl(trylast=True)  # after what the test has used is put away
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Put away what is large when the tests of a folder are over: all of it at once is more than a machine has."""
    if nextitem is not None and nextitem.path.parent == item.path.parent:
        return
    catalogue._loaded.clear()
    notebooks.stop()
    if not _are_shared() and served.addresses(item.config):
        _compute_on_the_servers(item.config)


@pytest.fixture(scope="module", autouse=True)
def _what_is_kept_is_not_walked_through() -> None:
    """Let no collection walk again through what the imports, and the files before, have made and keep.

    Streamlit empties Keras' session after every run of a script where Keras is loaded, and that collects all garbage:
    with torch and transformers beside it, half a second for each page that a test opens.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _packages_are_searched_once() -> Iterator[None]:
    """Let Streamlit search the installed packages for components once in a process, as a server does at its start.

    For each `AppTest` it would read what a hundred and fifty packages say of themselves: most of the time of a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once()(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _own_run_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the developer's own runs, and from those of the test before."""
    monkeypatch.setenv("CURSEURS_RUNS", str(tmp_path_factory.mktemp("runs")))
    live.default.cache_clear()
    sweeps.default.cache_clear()


@pytest.fixture(autouse=True)
def _own_votes(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the developer's own votes, and from those of the test before."""
    monkeypatch.setenv("CURSEURS_DB", f"sqlite:///{tmp_path_factory.mktemp('votes') / 'votes.sqlite'}")


@pytest.fixture(autouse=True)
def _charts_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Plotly check every chart that a page shows in this process; what is served sends them as they are."""
    monkeypatch.setattr(figures, "AsItIs", graph_objects.Figure)


@pytest.fixture(scope="session", autouse=True)
def _workers_of_the_server(pytestconfig: pytest.Config) -> Iterator[None]:
    """Compute on the workers of the course that is served for all tests, if it is."""
    _compute_on_the_servers(pytestconfig)
    yield
    workers.stop()


def _compute_on_the_servers(config: pytest.Config) -> None:
    workers.stop()
    if shared := served.addresses(config):
        with pytest.MonkeyPatch.context() as patch:  # what tests start is not to inherit the address
            patch.setenv("DASK_SCHEDULER_ADDRESS", shared[1])
            workers.client()


def _are_shared() -> bool:
    return workers.answering() and workers.client().cluster is None


@pytest.fixture(scope="module")
def cluster() -> None:
    """Compute on workers of one's own; the pages use them too, until the tests of this folder are over."""
    if _are_shared():
        workers.stop()
    workers.client()


@pytest.fixture
def notebook_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds the course's data, as the notebook of a code tab does."""
    for file in (ROOT / "assets" / "data").iterdir():
        os.symlink(file, tmp_path / file.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def mini() -> catalogue.LanguageModel:
    """Return the course's own language model."""
    return catalogue.load("mini")


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    running = driver.chromium.launch(executable_path=find_chromium(driver), args=SHORT_LIVED)
    yield running
    running.close()


@pytest.fixture(scope="session")
def url(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the course, served for the whole test session."""
    if shared := served.addresses(pytestconfig):
        yield shared[0]
        return
    folder = tmp_path_factory.mktemp("server")
    address, process = start_server(folder, CURSEURS_MODELS=served.with_smollm2(folder))
    yield address
    stop_server(process)


@pytest.fixture(scope="session")
def student(browser: Browser) -> Iterator[BrowserContext]:
    """Return the browser of a student, kept so that every page finds the course's scripts already read."""
    context = new_student(browser)
    yield context
    context.close()


@pytest.fixture(scope="session")
def mobile(browser: Browser) -> Iterator[BrowserContext]:
    """Return the phone of a student, kept like the browser on the laptop."""
    context = new_student(browser, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def page(student: BrowserContext) -> Iterator[Page]:
    """Return a tab that remembers nothing; afterwards nothing may have failed or left the machine."""
    yield from _afresh(student, LAPTOP)


@pytest.fixture
def stay(request: pytest.FixtureRequest, student: BrowserContext) -> Iterator[Page]:
    """Return that tab as the test before has left it, if that has stayed too: `stand` says on what it is to stand.

    A page load is a second and a half of a browser's work, more than most of what a test looks at on it.
    """
    tab, failed = first_tab(student), request.session.testsfailed
    tab.set_viewport_size(LAPTOP)
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    yield tab
    found = list(tab.faults)  # type: ignore[attr-defined]
    if found or request.session.testsfailed > failed:  # the next one shall not fail of it
        forget(tab)
    assert not found


@pytest.fixture
def phone(mobile: BrowserContext) -> Iterator[Page]:
    """Return such a tab on a phone, touched."""
    yield from _afresh(mobile, PHONE)


def _afresh(context: BrowserContext, size: ViewportSize) -> Iterator[Page]:
    tab = first_tab(context)
    forget(tab)  # who stays leaves it on a page
    tab.set_viewport_size(size)
    tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    yield tab
    found = list(tab.faults)  # type: ignore[attr-defined]
    forget(tab)
    assert not found
