"""The GPU page through the router: addresses, lines recorded and measured, missions, refusals."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.gpu.picture import short_name
from components.gpu.state import COMPONENT
from core import limits, workers
from core.gpu import shared
from core.gpu.recorded import here, measured_of
from core.gpu.work import COURSE
from core.lessons import load
from core.measurement import Measurement
from tests.helpers import RARELY, free_port, open_page, small_app, until
from tests.measurements import MODULE, made, running

LOSING = {"gpu_width": "16", "gpu_batch": "1024", "gpu_transfer": "true", "gpu_precision": "bf16"}


@pytest.fixture(autouse=True)
def _own_measurement() -> Iterator[None]:
    """Begin with a server that has not been measured."""
    shared.default.cache_clear()
    yield
    shared.default.cache_clear()


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def captions(app: AppTest) -> str:
    return " ".join(str(caption.value) for caption in app.caption)


def messages(app: AppTest) -> str:
    return " ".join(box.value for kind in (app.info, app.warning, app.error, app.success) for box in kind)


def test_an_address_opens_its_experiment_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one value at a time."""
    told = picture(open_page("gpu", gpu_width="1024", gpu_batch="4", gpu_precision="bf16", gpu_card="h200"))["state"]
    assert (told["width"], told["batch"], told["precision"], told["card"]) == (1024, 4, "bf16", "h200")
    told = picture(open_page("gpu", gpu_width="17", gpu_batch="3", gpu_precision="bf16", gpu_card="cuda"))["state"]
    assert (told["width"], told["batch"], told["precision"], told["card"]) == (COURSE, 16, "bf16", "h100")
    assert picture(open_page("gpu", gpu_width="course", gpu_batch="64"))["state"]["width"] == COURSE


def test_the_page_opens_with_what_was_recorded_and_says_so() -> None:
    """Its lines are the recorded machine's and both cards'; date, machine and driver stand under the picture."""
    app = open_page("gpu", lang="en", opened="1")
    lines = picture(app)["lines"]
    assert {line["kind"] for line in lines} == {"processor", "card", "sheet"}
    one = next(line for line in lines if line["id"] == "one")
    assert one["points"] == [[p.width, p.batch, p.seconds] for p in here().lines["one", "fp32"].points]
    said = captions(app)
    for part in ("Recorded on November 26, 2026", here().machine, "NVIDIA H100 80GB HBM3", "driver 580.159.04"):
        assert part in said


def test_the_sheet_has_no_point_and_no_overhead_and_says_what_it_is() -> None:
    """It is never mixed with what was measured: its own kind, its own name, in both languages; TF32 it has not."""
    for language, words in (("fr", "fiche technique, non mesurée"), ("en", "data sheet, not measured")):
        sheets = [line for line in picture(open_page("gpu", lang=language))["lines"] if line["kind"] == "sheet"]
        assert {line["precision"] for line in sheets} == {"fp32", "bf16"}
        for line in sheets:
            assert words in line["name"]
            assert line["points"] == []
            assert line["machine"]["overhead"] == 0


def test_the_card_is_hidden_while_the_question_waits_and_shown_to_whoever_comes_by_a_link() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("gpu"))["veiled"]
    assert not picture(open_page("gpu", gpu_batch="64"))["veiled"]


def test_lines_that_were_not_measured_are_the_recorded_ones_and_it_is_said() -> None:
    """A link to this machine's lines, on a server that has none."""
    app = open_page("gpu", lang="en", gpu_source="here")
    assert not app.exception
    assert "This server has not been measured yet" in messages(app)
    assert "Recorded on" in captions(app)


def measured(**told: Any) -> Any:
    """Return a measurement like the recorded one, of a machine of another name."""
    rows = [
        {"line": name, "precision": "fp32", "width": p.width, "batch": p.batch, "seconds": 2 * p.seconds}
        for (name, _precision), line in here().lines.items()
        for p in line.points
        if name != told.get("without")
    ]
    rows += told.pop("rows", [])
    origin = {"date": "2026-11-27", "machine": "Test machine", "versions": "torch", "threads": 1, "busy": 0.5}
    return measured_of(origin | {"rows": rows} | told)


def keep(monkeypatch: pytest.MonkeyPatch, found: Any) -> None:
    monkeypatch.setattr(shared.default(), "_before", found)


def test_a_measured_machine_replaces_the_recorded_one_for_whoever_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines are offered to all; who takes them sees its date, its name, and that it was busy; and may go back."""
    keep(monkeypatch, measured())
    app = open_page("gpu", lang="en", opened="1")
    assert "Test machine" not in captions(app)
    app.button(key="gpu-source").click().run()
    assert "Measured here on November 27, 2026 (Test machine)" in captions(app)
    assert "50% of it was busy" in captions(app)
    one = next(line for line in picture(app)["lines"] if line["id"] == "one")
    assert one["points"][0][2] == 2 * here().lines["one", "fp32"].points[0].seconds
    app.button(key="gpu-source").click().run()
    assert "Test machine" not in captions(app)


@pytest.fixture
def watched(cluster: None) -> Iterator[Measurement[Any]]:
    """Have this server measured for another session, on a worker, by a process that says one point and no more."""
    found, silent = shared.default(), made("silent")
    found.key, found.work = silent.key, silent.work
    found.start("another session")
    until(lambda: found.rows)
    yield found
    found.stop("another session")
    until(lambda: not running(MODULE), every=RARELY)


def test_who_does_not_follow_a_measurement_keeps_the_lines(watched: Measurement[Any]) -> None:
    """While another measures the recorded lines stay; who follows sees points come; who stops has his lines again."""
    app = open_page("gpu", lang="en", opened="1")
    recorded = picture(app)["lines"]
    one = next(line for line in recorded if line["id"] == "one")
    assert len(one["points"]) == len(here().lines["one", "fp32"].points)
    app.button(key="gpu-follow").click().run()
    assert [line["points"] for line in picture(app)["lines"] if line["kind"] == "processor"] == [[[16, 1, 1e-3]]]
    app.button(key="gpu-stop").click().run()
    assert not app.exception
    assert picture(app)["lines"] == recorded
    assert watched.is_measuring


def test_a_machine_with_one_core_shows_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second line that would be the same; numbers and missions do without it."""
    keep(monkeypatch, measured(without="all"))
    app = open_page("gpu", lang="en", gpu_source="here")
    assert not app.exception
    assert [line["name"] for line in picture(app)["lines"] if line["kind"] == "processor"] == [
        "processor (1\u00a0thread)"
    ]


def test_a_card_of_this_machine_is_a_card_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured here, it stands beside the recorded ones under its own name; without it a link falls back."""
    rows = [{"line": "mps", "precision": "fp32", "width": p.width, "batch": p.batch, "seconds": p.seconds,
             "transfer": 1e-5} for p in here().lines["one", "fp32"].points]  # fmt: skip
    keep(monkeypatch, measured(rows=rows, cards={"mps": "MPS"}))
    app = open_page("gpu", lang="en", gpu_source="here", gpu_card="mps")
    assert not app.exception
    told = picture(app)
    assert told["cards"] == ["h100", "h200", "mps"]
    assert told["state"]["card"] == "mps"
    assert "MPS" in captions(app)
    app = open_page("gpu", lang="en", gpu_card="mps")
    assert picture(app)["state"]["card"] == "h100"


def test_a_stopped_measurement_with_few_points_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines without a model, and a machine without any line: every level of the page still stands."""
    few = [{"line": "one", "precision": "fp32", "width": 16, "batch": 1, "seconds": 1e-3}]
    for rows in (few, []):
        origin = {"date": "2026-11-27", "machine": "m", "versions": "v", "threads": 1}
        keep(monkeypatch, measured_of(origin | {"rows": rows}))
        for query in ({}, {"gpu_width": "4096", "gpu_batch": "16384"}):
            app = open_page("gpu", gpu_source="here", **query)
            assert not app.exception
            app.session_state["gpu-levels"] = "Nombres"
            assert not app.run().exception


def test_a_class_waits_before_it_measures_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The button is there and closed, and says why."""
    keep(monkeypatch, measured())
    monkeypatch.setattr(shared.default(), "_ended", time.monotonic())
    monkeypatch.setenv(limits.CLASS, "1")
    button = open_page("gpu", lang="en", opened="1").button(key="gpu-measure")
    assert button.disabled
    assert "wait some minutes" in button.help


def test_without_a_cluster_measuring_and_provoking_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hang, no traceback: the page says that nothing answers, and goes on with what was recorded."""
    app = open_page("gpu", lang="en", opened="1")
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
    from core.gpu.devices import provoked

    provoked.cache_clear()
    app.button(key="gpu-measure").click().run()
    assert "does not answer" in messages(app)
    app.button(key="gpu-provoke").click().run()
    assert not app.exception
    assert "does not answer" in messages(app)


@pytest.mark.parametrize("case", ["linear", "loss", "add", "generator", "numpy"])
def test_every_mistake_shows_its_words_and_what_this_machine_says(case: str) -> None:
    """CUDA's words with their card and date, the piece-by-piece explanation, and the error provoked on a worker."""
    from core.gpu.devices import provoked, recorded

    app = open_page("gpu", lang="en", opened="1", gpu_case=case)
    assert recorded(case, "h100") in [code.value for code in app.code]
    app.button(key="gpu-provoke").click().run(timeout=120)
    assert not app.exception
    words = provoked()[1][case] or "nothing: no error on this device"
    assert words in [code.value for code in app.code]


def bets_on_a_page() -> None:
    """Run a page that hears bets as a browser may send them, and shows what it makes of them."""
    import streamlit as st

    from components.gpu.missions import hear_bets
    from core.gpu.recorded import here

    st.write(
        [[bet.width, bet.batch, bet.truth] for told in st.session_state["told"] for bet in hear_bets(told, here())]
    )


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        ({}, [[COURSE, 64, 64]]),
        ({"width": 17}, []),
        ({"batch": 3}, []),
        ({"batch": "x" * 400}, []),
        ({"batch": None}, []),
        ({"card": "cuda"}, []),
        ({"transfer": "maybe"}, []),
        ({"width": 1e400}, []),
        ({"precision": ["fp32"]}, []),
    ],
)
def test_a_bet_is_checked_like_any_other_input(told: dict[str, Any], heard: list[Any]) -> None:
    """What a browser sends may be anything: nonsense is no bet, and breaks nothing."""
    sent = {"width": 0, "batch": 64, "precision": "fp32", "transfer": False, "card": "h100", "number": 1} | told
    app = small_app(bets_on_a_page)
    app.session_state["told"] = [sent, {}]
    app.run()
    assert not app.exception
    assert json.loads(app.json[0].value) == heard


def test_a_link_that_loses_ticks_nothing_and_says_so() -> None:
    """Whoever opens the losing training by a link has not built it."""
    app = open_page("gpu", lang="en", **LOSING)
    heading = load("gpu", "en").section("mission-lose").heading
    assert f"Mission: {heading}" in messages(app).replace("**", "")
    assert "The link that you opened stands there already" in messages(app)


def test_names_of_cards_are_those_that_people_say() -> None:
    """As torch names them, as a student says them."""
    for name, short in (("NVIDIA H100 80GB HBM3", "H100"), ("NVIDIA H200", "H200"), ("Tesla T4", "Tesla T4"),
                        ("NVIDIA GeForce RTX 4090", "RTX 4090"), ("MPS", "MPS")):  # fmt: skip
        assert short_name(name) == short
