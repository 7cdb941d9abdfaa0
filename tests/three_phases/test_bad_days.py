"""Bad days on the page on the three phases: no votes, absurd ones, two students at once, a worker lost, a Stop."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable

import pytest
import streamlit as st
import torch
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from components import run_controls
from components.run_controls import course_runs
from components.three_phases.aligning import measures
from components.three_phases.told import text_of
from components.three_phases.votes import VOTE
from core import workers
from core.runs.live import LiveRun
from core.tasks.instructed.kept import kept
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.registry import frames
from core.three_phases import aligned
from core.three_phases.settings import OWN, usual
from core.training.frames import Frame
from core.training.settings import Settings
from tests.helpers import ROUTER, open_page, until
from tests.three_phases.test_page import picture

ANSWERS: dict[str, dict[str, int]] = {"reinforce": {"answers": 2}}
ABSURD = {"pairs": "-1", "epochs": "0", "rate": "nan", "way": "magic", "rank": "1e9", "masked": "perhaps",
          "tuning_seed": "-4", "taste": "wolves", "votes": "0", "method": "ppo", "beta": "1e9"}  # fmt: skip


@pytest.fixture
def student(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return what opens the page for a student of a name: to `AppTest`, all are one session."""
    monkeypatch.setattr(run_controls, "session_id", lambda: st.session_state["who"])

    def opened(who: str, **address: str) -> AppTest:
        app = AppTest.from_file(ROUTER, default_timeout=60)
        app.session_state["who"] = who
        for name, value in address.items():
            app.query_params[name] = value
        return app.switch_page("../pages/three_phases.py").run()

    return opened


def vote(app: AppTest, votes: str) -> AppTest:
    """Cast votes, as the browser tells them."""
    (found,) = [each.proto for each in app.get("bidi_component") if VOTE in each.proto.id]
    states = app._tree.get_widget_states()
    told = {"state": {"votes": votes, "turn": len(votes)}}
    states.widgets.append(WidgetState(id=found.id, json_value=json.dumps(told)))
    return app._run(states)


def votes_of(app: AppTest) -> str:
    """Return the votes that the page holds."""
    votes: str = picture(app, VOTE)["state"]["votes"]
    return votes


def starts(app: AppTest) -> list[str]:
    """Return the buttons that start a run."""
    return [str(button.key) for button in app.button if str(button.key).endswith("-start")]


def measured(live: LiveRun) -> list[Frame]:
    """Return the moments of a run at which it was measured."""
    return [frame for frame in live.frames if frame.measured]


def running(settings: Settings) -> LiveRun:
    """Return the run of these settings."""
    found = course_runs().live(settings.run_id)
    assert found is not None
    return found


def kill_worker_of(live: LiveRun) -> None:
    """Kill the process that computes a run."""
    pids = workers.client().run(os.getpid)
    os.kill(pids[next(at for at, keys in workers.client().processing().items() if live.job.key in keys)], 9)


def drawn_as_stopped(app: AppTest, key: str, live: LiveRun) -> None:
    """Check that what is drawn after a Stop is what the run had measured, its last model included."""
    shown, frames = picture(app, key), measured(live)
    assert shown["updates"] == [frame.update for frame in frames]
    assert shown["moment"] == len(frames) - 1
    assert not shown["live"]
    assert shown["samples"][-1][0]["text"] == text_of(frames[-1].arrays["told"][0])
    assert kept(frames[-1].arrays)
    for measure in shown["measures"]:
        assert all(math.isfinite(value) for value in measure["values"])


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Préférez une réponse dans 5 paires"), ("en", "Prefer an answer in 5 pairs")]
)
def test_without_votes_the_page_says_how_many_it_takes(lang: str, words: str) -> None:
    """No vote, and four: said in the page's language, and no run can be started; five are enough, whatever they are."""
    app = open_page("three_phases", lang=lang, tp_part="aligning", tp_taste="own")
    for votes in ("", "abab", "zz9a"):
        vote(app, votes)
        assert any(words in info.value for info in app.info)
        assert starts(app) == []
    vote(app, "a" * 1_000)
    assert len(votes_of(app)) == 60
    assert starts(app) == ["tp-aligning-start"]
    assert not app.exception


def test_votes_stay_while_something_else_is_looked_at() -> None:
    """Phase 2, another voter, another language and a rerun: each vote is still there; a new session has none."""
    app = vote(open_page("three_phases", lang="fr", tp_part="aligning", tp_taste="own"), "aabba")
    app.segmented_control(key="tp_part").set_value("tuning").run()
    app.segmented_control(key="tp_part").set_value("aligning").run()
    assert votes_of(app) == "aabba"
    app.selectbox(key="tp_taste").set_value("short").run()
    app.selectbox(key="tp_taste").set_value("own").run()
    app.query_params["lang"] = "en"
    app.run()
    assert votes_of(app) == "aabba"
    assert votes_of(open_page("three_phases", tp_part="aligning", tp_taste="own")) == ""


def test_absurd_settings_in_a_link_are_those_of_the_page() -> None:
    """What no control can stand on: the recorded runs are shown, and nothing else of the link is lost."""
    for name, value in ABSURD.items():
        part = "tuning" if name in {"pairs", "epochs", "rate", "way", "rank", "masked", "tuning_seed"} else "aligning"
        app = open_page(
            "three_phases", tp_part=part, tp_hero="dragon", tp_thing="", tp_plot="", **{f"tp_{name}": value}
        )
        assert not app.exception
        assert not app.error
        assert picture(app, f"tp-{part}")["updates"]
        assert "dragon" in picture(app)["asked"]


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_two_students_fine_tune_once_and_one_stop_leaves_the_other_the_run(student: Callable[..., AppTest]) -> None:
    """One run for both; its worker killed midway, it begins again, no moment twice; what each Stop leaves is drawn."""
    settings = InstructedSettings(pairs=100, seed=777)
    one, other = (student(who, lang="en", tp_pairs="100", tp_tuning_seed="777") for who in ("one", "other"))
    for app in (one, other):
        app.button(key="tp-tuning-start").click().run()
    live = running(settings)
    assert live.followers == {"one", "other"}
    until(lambda: live.frames)
    kill_worker_of(live)
    one.button(key="stop-run").click().run()
    assert any("Someone else goes on" in info.value for info in one.info)
    assert starts(one) == ["tp-tuning-start"]
    until(lambda: len(measured(live)) > 1)
    updates = [frame.update for frame in live.frames]
    assert updates == sorted(set(updates))
    other.run()
    assert picture(other, "tp-tuning")["live"]
    other.button(key="stop-run").click().run()
    assert live.status == "stopped"
    for app in (one.run(), other):
        assert any("Stopped." in info.value for info in app.info)
        drawn_as_stopped(app, "tp-tuning", live)


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_an_alignment_survives_its_worker_and_a_stop_leaves_its_last_model(student: Callable[..., AppTest]) -> None:
    """Always the first answer, under a huge leash: its worker killed while answers are measured, it begins again.

    A Stop midway leaves what is drawn, all of it finite. Someone else sees neither votes nor run.
    """
    address = {"lang": "en", "tp_part": "aligning", "tp_taste": "own", "tp_method": "dpo", "tp_beta": "100"}
    app = vote(student("one", **address), "aaaaa")
    app.button(key="tp-aligning-start").click().run()
    live = running(usual("dpo", beta=100.0, taste=OWN, votes=5, chosen=(0,) * 5))
    until(lambda: live.status == "running")
    kill_worker_of(live)
    until(lambda: len(measured(live)) > 1)
    other = student("other", **address)
    assert votes_of(other) == ""
    assert not [each for each in other.get("bidi_component") if "tp-aligning" in each.proto.id]
    app.run().button(key="stop-run").click().run()
    assert live.status == "stopped"
    assert votes_of(app) == "aaaaa"
    drawn_as_stopped(app, "tp-aligning", live)


@pytest.mark.parametrize(("method", "votes", "beta"), [
    ("dpo", (1, 1, 1, 1), 0.0), ("dpo", (0, 1, 1, 0), 100.0),
    ("reinforce", (0, 0, 0, 0), 100.0), ("reinforce", (1, 0, 0, 1), 0.0),
])  # fmt: skip
def test_absurd_votes_and_leashes_give_a_model(
    method: str, votes: tuple[int, ...], beta: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All on one side, or at random, with no leash or a huge one: every number is finite, and a model is kept.

    Without a leash the loss of DPO is ln 2 whatever the model: it stays what it was.
    """
    monkeypatch.setattr(aligned, "ASKED", 3)
    settings = usual(
        method, taste=OWN, votes=4, chosen=votes, beta=beta, updates=2, batch_size=2, **ANSWERS.get(method, {})
    )
    found = [frame for frame in frames(settings) if frame.measured]
    assert not found[-1].diverged
    drawn = {measure.metric for measure in measures(settings)}
    assert all(math.isfinite(frame.metrics[name]) for frame in found[1:] for name in drawn)
    before, after = kept(found[0].arrays), kept(found[-1].arrays)
    assert before.keys() == after.keys() != set()
    moved = any(not torch.equal(before[name], after[name]) for name in before)
    assert moved == (method == "reinforce" or beta > 0)
