"""What the page that a teacher projects says to the room, tried in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from components import run_controls
from components.server import room
from core import limits, workers
from core.files import ROOT
from core.jobs import OutOfTime
from core.lessons import load
from core.runs.live import LiveRun, Runs
from core.runs.store import RunStore
from core.runs.sweeps import Sweeps, TooManySweeps
from core.tasks.digits.settings import DigitsSettings
from tests.course.rooms import Room, Walk, heard_on, reads
from tests.helpers import RARELY, STEMS, open_page, small_app, until
from tests.in_browser import LAPTOP, PHONE, settled
from tests.runs.on_workers import LONG, SHORT, SWEPT, SWEPT_LONG, ended, finished, grid

HERE = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@pytest.fixture
def in_class(cluster: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Runs]:
    """Compute with the limits of a class; afterwards no worker is left with anything to do."""
    monkeypatch.setenv(limits.CLASS, "1")
    yield Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))
    until(lambda: not any(workers.client().processing().values()))


def projected(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> AppTest:
    """Open the page of a class on a server that is heard in the room, and has these addresses there."""
    monkeypatch.setattr(room, "serves_the_room", lambda: True)
    monkeypatch.setattr(room, "addresses", lambda: list(addresses))
    app = open_page("home", lang="fr").switch_page("../pages/classroom.py").run()
    assert not app.exception
    return app


def written(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in (app.header, app.markdown, app.info) for element in kind)


@pytest.mark.parametrize(("kind", "size"), [("phone", PHONE), ("phone", {"width": 820, "height": 1180}),
                         ("page", LAPTOP)], ids=["phone", "tablet", "computer"])  # fmt: skip
def test_a_browser_is_enough(request: pytest.FixtureRequest, url: str, kind: str, size: Any) -> None:
    """On a phone, a tablet and a computer: from home into the first page, to its controls; nobody else is asked.

    On a computer on to the next page too, by its button.
    """
    tab: Page = request.getfixturevalue(kind)
    tab.set_viewport_size(size)
    tab.goto(url)
    for heading, name in (("Curseurs", "Commencer ici"), (load(STEMS[0], "fr").title, "Passer")):
        expect(tab.get_by_role("heading", name=heading).first).to_be_visible()
        button = tab.get_by_role("button", name=name)
        expect(button).to_be_visible()
        settled(tab)
        if kind == "phone":
            button.tap()
        else:
            button.click()
    expect(tab.get_by_role("button", name="Passer")).to_have_count(0)
    settled(tab)
    if kind == "page":
        tab.get_by_test_id("stMain").get_by_role("button", name=load(STEMS[1], "fr").title[:20]).click()
        expect(tab.get_by_role("button", name="Passer")).to_be_visible()
    assert tab.locator("[data-testid=stException]").count() == 0


def test_own_sliders(cluster: None) -> None:
    """One student's slider leaves another's where it is; the link that it leads to opens there with a third."""
    first, second = (open_page("train_val_test", opened="1") for _ in range(2))
    before = second.session_state["tvt_epochs"]
    first.select_slider(key="tvt_epochs").set_value(3).run()
    second.run()
    assert second.session_state["tvt_epochs"] == before != 3
    link = {name: values[0] for name, values in first.query_params.items()}
    assert open_page("train_val_test", **link).session_state["tvt_epochs"] == 3


def pasted(tab: Page) -> str:
    """Return what a paste gives."""
    tab.evaluate("document.body.insertAdjacentHTML('afterbegin', '<textarea id=paste></textarea>')")
    tab.locator("#paste").focus()
    tab.keyboard.press("Control+V")
    text = tab.locator("#paste").input_value()
    tab.evaluate("document.getElementById('paste').remove()")
    return text


def test_plain_http(walk: Walk) -> None:
    """At an address that no browser trusts, every page works, a link is copied, code is not, and a notebook comes."""
    tab = walk.tab
    assert walk.exceptions == dict.fromkeys(["", *STEMS], 0)
    assert tab.evaluate("[isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    tab.get_by_role("button", name="Copier le lien de cette expérience").click()
    expect(tab.get_by_text("Lien copié.")).to_be_visible()
    link = pasted(tab)
    assert link.startswith(f"{walk.address}/forward_pass?")
    tab.get_by_role("tab", name="Code").click()
    tab.locator("[data-testid=stCode]:visible").hover()
    tab.get_by_role("button", name="Copy to clipboard").click()
    assert pasted(tab) == link
    with tab.expect_download() as notebook:
        tab.get_by_role("button", name="Télécharger le notebook").click()
    assert notebook.value.suggested_filename.endswith(".ipynb")
    assert not walk.errors


def test_one_machine(served_room: Room) -> None:
    """The processes that have torch are children of the server, and speak with nobody outside this machine."""
    server = served_room.process

    def working() -> list[psutil.Process]:
        return [child for child in server.children(recursive=True) if reads(child, "libtorch_cpu")]

    until(working, every=RARELY)
    assert not reads(server, "libtorch_cpu")
    for child in working():
        assert {found.raddr.ip for found in child.net_connections("inet") if found.raddr} <= HERE


def test_one_training_each(in_class: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second training ends a student's first; a second map waits; what takes too long ends; the minutes are shown."""
    first = in_class.start(LONG, "A")
    second = in_class.start(SHORT, "A")
    assert first.status == "stopped"
    ended(second)

    sweeps = Sweeps(in_class)
    going = sweeps.start(grid(SWEPT_LONG, rates=2, seeds=1), "A")
    with pytest.raises(TooManySweeps):
        sweeps.start(grid(SWEPT), "B")
    sweeps.stop(going.id, "A")
    finished(going)
    assert len(finished(sweeps.start(grid(SWEPT), "B")).done) == len(grid(SWEPT))

    assert "5 minutes au plus" in written(projected(monkeypatch, "192.168.1.20"))
    assert limits.current().run_seconds == 5 * 60
    monkeypatch.setattr(limits, "IN_CLASS", replace(limits.IN_CLASS, run_seconds=1))
    slow = in_class.start(replace(LONG, seed=5), "A")
    until(lambda: slow.over)
    assert isinstance(slow.error, OutOfTime)


def waiting() -> None:
    """Show a run of the session's as a page does."""
    import streamlit as st

    from components import run_controls

    run_controls._progress(st.session_state["run"], st.session_state["name"])


def test_queue_is_shown(in_class: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every worker busy, the next in line reads that they are, the one behind them that one comes before."""
    monkeypatch.setattr(run_controls, "course_runs", lambda: in_class)
    asked = [DigitsSettings(epochs=100, seed=10 + n) for n in range(len(workers.client().nthreads()) + 2)]
    live = [in_class.start(settings, f"student {n}") for n, settings in enumerate(asked)]
    until(lambda: all(run.status == "running" for run in live[:-2]))
    found = [shown(run) for run in live[-2:]]
    for n, settings in enumerate(asked):
        in_class.stop(settings.run_id, f"student {n}")
    assert found == ["En attente : vous êtes le prochain", "En attente : 1 avant vous"]


def shown(live: LiveRun) -> str:
    """Return what a student reads of a run."""
    app = small_app(waiting)
    app.session_state["run"], app.session_state["name"] = live, live.settings.run_id
    app.session_state["language"] = "fr"
    progress: Any = app.run().get("progress")[0]
    return str(progress.proto.text).replace("\u00a0", " ")


def test_short_texts(in_class: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says so many tokens and the mini GPT-2 alone; a link that asks for more and for another gets these."""
    said = written(projected(monkeypatch, "192.168.1.20"))
    assert f"font {limits.current().tokens} tokens au plus, écrits par\u00a0: Mini GPT-2." in said
    app = open_page("text_generation", opened="1", tg_model="gpt2", tg_length="320")
    assert not app.exception
    assert app.session_state["tg_model"] == "mini"
    assert app.session_state["tg_length"] == limits.current().tokens


def test_computed_once(in_class: Runs) -> None:
    """Two students who ask for one training follow the same one, begun once; a third finds it done."""
    settings = replace(SHORT, seed=78)
    first, second = in_class.start(settings, "A"), in_class.start(settings, "B")
    assert first is second
    run = ended(first)
    said = [said for _, event in workers.client().get_events(first.job.key) for said in event["said"]]
    assert said.count(None) == 1  # the message with which a computation begins
    assert in_class.find(replace(SHORT, seed=78)) is run


def test_this_machine_alone(url: str) -> None:
    """Started as a student does, the server listens on 127.0.0.1 alone, and the page says so."""
    assert heard_on(url) == {"127.0.0.1"}
    app = open_page("home", lang="fr").switch_page("../pages/classroom.py").run()
    assert "n’est ouvert que sur cette machine" in app.info[0].value


def test_opened_to_the_room(served_room: Room) -> None:
    """The command listens on every interface, and `make class` is that command."""
    assert "components.server" in served_room.process.cmdline()
    assert heard_on(served_room.url) == {"0.0.0.0"}
    assert re.search(r"^class:.*\n\t\S*python -m components\.server$", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an interface that leads out, the page says so; once a phone's hotspot is joined, a reload invites."""
    inside, hotspot = ("lo", "127.0.0.1"), ("wlan0", "172.20.10.4")
    app = projected(monkeypatch, *room.ranked([inside]))
    assert "n’est reliée à aucun réseau" in app.info[0].value
    monkeypatch.setattr(room, "addresses", lambda: room.ranked([inside, hotspot]))
    assert "172.20.10.4" in app.run().header[0].value
