"""The page on the three phases through the router: addresses, hostile links, recorded runs, votes, missions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.three_phases.state import COMPONENT
from components.three_phases.votes import VOTE
from core.three_phases import counted, live
from core.three_phases.opening import OPENING, PRESETS, TO_VOTE_ON, asked_for
from core.three_phases.questions import questions
from core.three_phases.recorded import presets
from tests.helpers import RARELY, open_page, until


def picture(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def test_an_address_opens_its_instruction_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one wish at a time."""
    told = picture(
        open_page("three_phases", tp_hero="princesse", tp_plot="needed", tp_thing="violon", tp_helper="loup")
    )
    assert told["asked"] == "Raconte l'histoire d'une princesse qui aide un loup avec un violon."
    assert len(told["answers"]) == 3
    told = picture(open_page("three_phases", tp_hero="dinosaure", tp_plot="perdu", tp_seed="-3", tp_at="x"))
    assert told["asked"] == OPENING.text
    assert told["state"]["seed"] == 1


def test_the_answers_are_hidden_while_the_question_waits() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("three_phases"))["veiled"]
    assert not picture(open_page("three_phases", tp_hero="fée"))["veiled"]


@pytest.mark.parametrize("value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "x" * 5_000])
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once, in each part of the page: no exception, no error."""
    names = (
        "hero",
        "thing",
        "plot",
        "helper",
        "seed",
        "phase",
        "at",
        "pairs",
        "epochs",
        "rate",
        "way",
        "rank",
        "taste",
    )
    for part in ("tuning", "aligning", value):
        more = {f"tp_{name}": value for name in (*names, "votes", "method", "beta", "masked", "tuning_seed")}
        app = open_page("three_phases", tp_part=part, **more)
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_what_the_page_begins_with_is_shipped() -> None:
    """Every instruction to start from is answered, and both phases replay, without a worker."""
    for moved in PRESETS.values():
        wishes = {f"tp_{name}": moved[name] for name in moved}
        told = picture(open_page("three_phases", opened="1", **wishes))
        assert told["answers"] is not None
        assert told["asked"] == asked_for(moved).text
    app = open_page("three_phases", opened="1")
    assert picture(app, "tp-tuning")["run"] == presets()["instructed"].run_id
    app = open_page("three_phases", opened="1", tp_part="aligning")
    assert picture(app, "tp-aligning")["run"] == presets()["aligned"].run_id
    app = open_page("three_phases", opened="1", tp_part="aligning", tp_beta="0")
    assert picture(app, "tp-aligning")["run"] == presets()["hacked"].run_id
    app = open_page("three_phases", opened="1", tp_part="aligning", tp_taste="own")
    assert len(picture(app, VOTE)["pairs"]) == TO_VOTE_ON


def test_another_instruction_is_answered_by_a_worker() -> None:
    """Three answers come, each token with its three probabilities; phase 2 names what was asked for."""
    app = open_page("three_phases", tp_hero="tortue", tp_seed="2", opened="1")

    def answers() -> Any:
        app.run()
        return picture(app)["answers"]

    until(answers, every=RARELY)
    found = picture(app)["answers"]
    assert len(found) == 3
    assert all(0 <= chance <= 1 for told in found for token in told["tokens"] for chance in token["chances"])
    assert "tortue" in "".join(token["text"] for token in found[1]["tokens"])


def test_what_the_page_reckons_without_torch_is_what_the_workers_do() -> None:
    """The questions of a run, and which tokens count, are the same on both sides."""
    from core.tasks.instructed import task

    assert task.questions() == questions()
    asked, answer = counted.EXAMPLE
    told = live.counted(asked.to_json(), answer)
    there = [(bytes.fromhex(piece), counts) for piece, counts in told]
    here = counted.counted()
    assert [counts for _text, counts in here] == [counts for _piece, counts in there]
    drawn = "".join(text.replace(counted.MARK, "<|endoftext|>") for text, _counts in here)
    assert drawn == b"".join(piece for piece, _counts in there).decode()
    assert "".join(text for text, counts in here if counts) == answer + counted.MARK


def test_no_recorded_run_reaches_a_mission_by_a_move_of_the_leash() -> None:
    """The leash taken off by hand replays the hacked run, and ticks nothing: the mission wants a leash."""
    app = open_page("three_phases", opened="1", tp_part="aligning")
    app.select_slider(key="tp_beta").set_value(0.0).run()
    app.run()
    assert picture(app, "tp-aligning")["run"] == presets()["hacked"].run_id
    assert not app.success
