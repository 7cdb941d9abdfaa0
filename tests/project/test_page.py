"""The page on the project through the router: addresses, hostile links, its picture, the faulty set, its missions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from components.project.faults_state import COMPONENT as FAULTS
from components.project.state import COMPONENT
from core.project.baselines import MODELS, TASKS
from core.project.faulty import planted
from core.project.findings import missed
from core.project.missions import a_baseline_wins
from tests.helpers import open_page

PARTS = ("notebook", "faults", "tracking", "canvas")


def picture(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def moved(app: AppTest, **values: Any) -> AppTest:
    """Let the hands move what a link did not set."""
    for name, value in values.items():
        app.session_state[f"pj_{name}"] = value
    return app.run()


def said(app: AppTest) -> str:
    return " ".join(str(part.value) for kind in (app.info, app.success, app.caption) for part in kind)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_part_opens(language: str) -> None:
    """Every part is shown by its address, in both languages, without an exception."""
    for part in PARTS:
        app = open_page("project", lang=language, pj_part=part, opened="1")
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_an_address_opens_its_ladder_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, and a task takes the next smaller size that it has."""
    told = picture(open_page("project", pj_task="signs", pj_size="300", pj_rows="4", pj_close="true"))["state"]
    assert (told["task"], told["size"], told["rows"], told["close"]) == ("signs", 300, 4, True)
    told = picture(open_page("project", pj_task="letters", pj_size="10000"))["state"]
    assert (told["task"], told["size"]) == ("letters", 6_138)
    told = picture(open_page("project", pj_task="cats", pj_size="12", pj_rows="6", pj_test="1"))["state"]
    assert (told["task"], told["size"], told["rows"], told["test"]) == ("digits", 10_000, 1, False)


@pytest.mark.parametrize(
    "value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "\ufeff", "x" * 5_000, "=;=;=", "٣"]
)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once, in the faulty set too: no exception, no error."""
    names = ("task", "size", "rows", "test", "close", "source", "fault_set", "fault_part", "fault_label",
             "fault_order", "cost_model", "cost_draws")  # fmt: skip
    for part in ("faults", value):
        app = open_page("project", pj_part=part, opened="1", **{f"pj_{name}": value for name in names})
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_the_picture_holds_every_ladder() -> None:
    """Each task with its sizes, five rows each; every row but the first is held against the best above it."""
    sent = picture(open_page("project"))
    for name, task in TASKS.items():
        here = sent["tasks"][name]
        assert here["sizes"] == list(task.sizes)
        for rungs in here["ladders"]:
            assert [rung["model"] for rung in rungs] == list(MODELS)
            for at, rung in enumerate(rungs):
                assert rung["low"] <= rung["accuracy"] <= rung["high"]
                best = max(rungs[:at], key=lambda each: each["accuracy"], default=None)
                assert (rung["against"] or {}).get("model") == (best or {}).get("model")


def test_the_rows_wait_while_the_question_does() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("project"))["veiled"]
    assert not picture(open_page("project", pj_rows="3"))["veiled"]


def test_a_link_hides_controls() -> None:
    """A teacher's link leaves out the task and the choice of another faulty set."""
    app = open_page("project", opened="1", pj_part="faults", hide="pj_task,pj_fault_set")
    assert picture(app)["hidden"] == ["pj_task"]
    assert picture(app, FAULTS)["hidden"] == ["pj_fault_set"]


def test_the_mission_of_the_baseline_is_moved_to_row_by_row() -> None:
    """The right task and size are not enough: every row has to be shown; then it is ticked, and only then."""
    task, size = next((name, size) for name, held in TASKS.items() for size in held.sizes
                      if a_baseline_wins(name, size, len(MODELS)))  # fmt: skip
    app = open_page("project", opened="1")
    assert not moved(app, task=task, size=size, rows=len(MODELS) - 1).success
    moved(app, rows=len(MODELS))
    assert "Mission accomplie" in said(app)


def test_what_is_planted_is_not_sent_before_it_is_asked_for() -> None:
    """The browser gets images and measures; which of them are faulty, only after the student gave the set up."""
    app = open_page("project", opened="1", pj_part="faults", pj_fault_set="3")
    assert picture(app, FAULTS)["score"] is None
    tell(app, "check", {"set": 3, "marks": [], "empty": None})
    sent = picture(app, FAULTS)["score"]
    assert sent["missed"] == {}
    assert [each["found"] for each in sent["kinds"]] == [0, 0, 0]
    tell(app, "ask", {"set": 3, "marks": [], "empty": None})
    assert picture(app, FAULTS)["score"]["missed"] == {str(at): kind for at, kind in missed(planted(3), []).items()}


def test_the_mission_of_the_faults_waits_for_all_kinds() -> None:
    """Every image without the class is not enough; with it the mission is ticked; whoever has asked wins in no way."""
    here = planted(2)
    marks = all_faulty(2)
    app = open_page("project", opened="1", pj_part="faults", pj_fault_set="2")
    tell(app, "check", {"set": 2, "marks": marks, "empty": None})
    assert "Mission accomplie" not in said(app)
    tell(app, "check", {"set": 2, "marks": marks, "empty": here.empty})
    assert "Mission accomplie" in said(app)
    app = open_page("project", opened="1", pj_part="faults", pj_fault_set="2")
    tell(app, "ask", {"set": 2, "marks": [], "empty": None})
    tell(app, "check", {"set": 2, "marks": marks, "empty": here.empty})
    assert "Mission accomplie" not in said(app)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"set": 1, "marks": "all", "empty": []},
        {"set": 1, "marks": [-1, 1e99, None, "3", {}, 10**400], "empty": 12},
        {"set": 101, "marks": [1]},
        {"set": 1, "marks": list(range(10**5)), "empty": True},
    ],
)
def test_nonsense_from_a_browser_marks_nothing_that_is_not_there(sent: dict[str, Any]) -> None:
    """Whatever another program sends: places that the set has, a class of ten, or nothing."""
    app = tell(open_page("project", opened="1", pj_part="faults"), "check", sent)
    assert not app.exception, app.exception[0].value
    assert not app.error
    kept = picture(app, FAULTS)["kept"]
    assert set(kept["marks"]) <= set(range(len(planted(1).labels)))
    assert kept["empty"] is None


def all_faulty(seed: int) -> list[int]:
    """Return every faulty image of a set, of copies one twin."""
    here = planted(seed)
    return [*here.wrong, *here.inverted, *(pair[0] for pair in here.copies)]


def tell(app: AppTest, kind: str, message: dict[str, Any]) -> AppTest:
    """Have the page hear what the browser's picture of the faulty set sends."""
    tell.number += 1  # type: ignore[attr-defined]
    (found,) = [each.proto for each in app.get("bidi_component") if FAULTS in str(each.proto)]
    states = app._tree.get_widget_states()
    told = {kind: message | {"number": tell.number}}  # type: ignore[attr-defined]
    states.widgets.append(WidgetState(id=found.id, json_value=json.dumps(told)))
    return app._run(states)


tell.number = 0  # type: ignore[attr-defined]
