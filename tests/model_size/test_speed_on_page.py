"""The part on speed through the router: what it shows, whose numbers, refusals; and the machines a picture can use."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.model_size.speed import COMPONENT, machines
from core import workers
from core.model_size import timed
from core.model_size.costs import PRECISIONS
from core.model_size.model import FAMILIES
from core.model_size.timed import RECORDING, measured_of, recorded
from tests.helpers import free_port, open_page, small_app


@pytest.fixture(autouse=True)
def _own_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with a server that has not been measured."""
    monkeypatch.setattr(timed.here(), "_before", None)
    monkeypatch.setattr(timed.here(), "_job", None)


def keep(monkeypatch: pytest.MonkeyPatch, **told: Any) -> None:
    """Let this server have been measured: as the recorded machine, under another name."""
    origin = {"machine": "Test machine, Linux", "date": "2026-11-20", "busy": 0.5}
    found = measured_of(json.loads(RECORDING.read_text(encoding="utf-8")) | origin | told)
    monkeypatch.setattr(timed.here(), "_before", found)


def opened(**query: str) -> AppTest:
    app = open_page("model_size", ms_part="speed", **query)
    assert not app.exception
    return app


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the bars were sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def captions(app: AppTest) -> str:
    return " ".join(str(caption.value) for caption in app.caption)


@pytest.mark.parametrize(("lang", "said"), [("fr", "Enregistré le"), ("en", "Recorded on")])
def test_every_model_that_was_there_writes_and_reads(lang: str, said: str) -> None:
    """A row for each model and context, written and read, with its work; the recorded machine says when it was."""
    app = opened(lang=lang)
    rows = picture(app)["rows"]
    assert len(rows) == 2 * len(recorded().compared)
    assert {row["name"] for row in rows} >= {"mini GPT-2", "SmolLM2-135M"}
    assert all(row["measured"] > 0 and row["work"]["weights"] > 0 for row in rows)
    assert said in captions(app)
    assert recorded().machine in captions(app)


def test_a_link_to_this_machine_on_a_server_that_was_not_measured_says_so() -> None:
    """The recorded speeds stand there instead; nonsense in the address is no wish at all."""
    app = opened(lang="en", ms_source="here")
    assert any("has not been measured yet" in box.value for box in app.info)
    assert "Recorded on" in captions(app)
    pictures = [str(each.proto) for each in opened(lang="en", ms_machine="here").get("bidi_component")]
    assert sum("has not been measured yet" in sent for sent in pictures) == 1, "the picture of sizes does not say so"
    assert not opened(lang="en", ms_source="NaN").info or "Recorded on" in captions(app)


def test_a_measured_machine_is_shown_to_whoever_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name, its date and that it was busy; one press goes back to the recorded one."""
    keep(monkeypatch)
    app = opened(lang="en")
    assert "Test machine" not in captions(app)
    app.button(key="ms-source").click().run()
    assert "Measured here on November 20, 2026 (Test machine, Linux)" in captions(app)
    assert "50% of it was busy" in captions(app)
    app.button(key="ms-source").click().run()
    assert "Test machine" not in captions(app)


def test_a_machine_without_any_model_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no model is on this machine, its numbers still are."""
    told = json.loads(RECORDING.read_text(encoding="utf-8"))
    keep(monkeypatch, rows=[row for row in told["rows"] if row["what"] != "model"])
    app = opened(lang="en", ms_source="here")
    assert picture(app)["rows"] == []
    assert "Test machine" in captions(app)


def test_without_a_cluster_measuring_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hang, no traceback: the page says that nothing answers, and goes on with what was recorded."""
    app = opened(lang="en")
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
    app.button(key="ms-measure").click().run()
    assert not app.exception
    assert app.warning
    assert "Recorded on" in captions(app)


def told_machines() -> None:
    """Show the machines as a page would get them."""
    import streamlit as st

    from components.model_size.speed import machines

    st.json(machines())


def test_machines_can_be_sent_and_say_where_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine once it was measured, the recorded one, three sheets: JSON, every precision, every family."""
    keep(monkeypatch)
    found = json.loads(small_app(told_machines).run().json[0].value)
    assert [each["id"] for each in found] == ["here", "recorded", "t4", "a100", "h100"]
    assert [each["kind"] for each in found] == ["here", "recorded", "sheet", "sheet", "sheet"]
    for each in found:
        assert each["source"]
        assert set(each["rates"]) == set(PRECISIONS)
        assert set(each["engines"]) == set(FAMILIES)
        assert each["far"]["bandwidth"] > 0
    assert all("2026" not in each["source"] and each["memory"] for each in found[2:])
    assert len(machines()) == len(found)
