"""What a student trains on the page goes on: into the picture, and as the beginning of phase 3."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.run_controls import course_runs
from components.three_phases.glosses import ENGLISH, glossed
from components.three_phases.state import COMPONENT
from components.three_phases.votes import CAST, VOTE
from core.stories.instructions import OPTIONS
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.opening import TO_VOTE_ON, WISHES
from core.three_phases.recorded import decided, votes_needed
from core.three_phases.settings import AlignedSettings
from tests.helpers import open_page, until

MINE = InstructedSettings(pairs=100)


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def keys(app: AppTest, kind: str) -> list[str]:
    return [str(each.key) for each in app.get(kind)]


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_model_that_was_stopped_writes_in_the_picture_and_begins_phase_three() -> None:
    """Stop keeps the last good model: it writes the picture's phase 2, and phase 3 begins with it."""
    app = open_page("three_phases", opened="1", tp_part="tuning", tp_pairs=str(MINE.pairs))
    assert not {"tp_own", "tp_mine"} & set(keys(app, "toggle"))
    before = sent(app, COMPONENT)
    app.button(key="tp-tuning-start").click().run()
    live = course_runs().live(MINE.run_id)
    assert live is not None
    until(lambda: any(frame.measured and frame.update for frame in live.frames))
    app.button(key="stop-run").click().run()
    app.run()
    last = [frame for frame in live.frames if frame.measured][-1]
    name = f"{MINE.run_id}@{last.update}"

    app.toggle(key="tp_own").set_value(True).run()
    until(lambda: app.run() and sent(app, COMPONENT)["answers"])
    after = sent(app, COMPONENT)
    assert texts(after)[0] == texts(before)[0], "phase 1 is the same"
    assert texts(after)[1] != texts(before)[1]
    seen = min(MINE.pairs, last.update * MINE.batch_size)
    assert f" {seen} " in after["labels"]["from"][1].replace("\xa0", " ")

    app.segmented_control(key="tp_part").set_value("aligning").run()
    app.toggle(key="tp_mine").set_value(True).run()
    app.button(key="tp-aligning-start").click().run()
    asked = AlignedSettings(start=name)
    begun = course_runs().live(asked.run_id)
    assert begun is not None
    assert begun.given is not None
    app.button(key="stop-run").click().run()
    assert begun.over
    # Votes are cast on what that model answers, not on the recorded one's.
    app.selectbox(key="tp_taste").set_value("own").run()
    until(lambda: app.run() and any(f"{VOTE}-{name}" in str(each.proto) for each in app.get("bidi_component")))
    assert len(sent(app, f"{VOTE}-{name}")["pairs"]) == TO_VOTE_ON


def texts(told: dict[str, Any]) -> list[str]:
    return ["".join(token["text"] for token in answer["tokens"]) for answer in told["answers"]]


def test_a_link_to_ones_own_models_says_that_they_are_not_here() -> None:
    """Opened by somebody else, the recorded models answer, and the page says what is missing."""
    app = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_mine="true", tp_own="true")
    assert not app.exception
    assert any("begins with a phase 2 of one’s own" in caption.value for caption in app.caption)
    assert sent(app, "tp-aligning")["run"] == AlignedSettings().run_id


@pytest.mark.parametrize("taste", list(votes_needed()))
def test_the_sentence_of_the_votes_is_that_of_the_curve(taste: str) -> None:
    """It says how many pairs are no tie, and the curve’s share there; of a taste that decides few, nothing."""
    app = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_taste=taste, tp_votes="60")
    told, votes = sent(app, "tp-needed"), decided()[taste][60]
    assert told["votes"] == votes
    assert f"In {votes} of these 60 pairs" in told["said"]
    drawn = [name for name, points in votes_needed().items() if points]
    assert [each["chosen"] for each in told["tastes"]] == [name == taste for name in drawn]
    below = [each for each in votes_needed()[taste] if each.votes <= votes]
    if not below:
        assert taste == "no_wolf"
        assert "Too few" in told["said"]
        return
    assert f"From {below[-1].votes} such votes" in told["said"]
    assert f"{100 * below[-1].mean:.0f}%" in told["said"]
    assert below[-1].low <= below[-1].mean <= below[-1].high


def test_what_cannot_teach_is_not_begun() -> None:
    """Pairs in which nobody prefers anything have no button; a DPO without a leash says that nothing will move."""
    app = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_taste="happy", tp_votes="5")
    assert "tp-aligning-start" in keys(app, "button")
    assert decided()["no_wolf"][5] > 0
    app = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_method="dpo", tp_beta="0")
    assert any("nothing moves" in box.value for box in app.info)
    votes = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_taste="own")
    votes.session_state[CAST] = {VOTE: {"votes": "nnnnnnnabn", "turn": 1}}
    votes.run()
    assert "tp-aligning-start" not in keys(votes, "button")
    assert any("Prefer an answer in 5 pairs" in box.value for box in votes.info)


def test_more_readings_than_there_is_time_for_are_said() -> None:
    """Ten thousand pairs ten times are more updates than a run has: the page says how often each is read."""
    app = open_page("three_phases", lang="en", opened="1", tp_part="tuning", tp_pairs="10000", tp_epochs="10")
    assert any("stops after 4,000 updates: each pair is read 3.2 times" in box.value for box in app.info)


@pytest.mark.usefixtures("cluster")
def test_own_votes_are_foretold_from_the_others() -> None:
    """Votes for the shorter answer: each is guessed without itself, and the share stands with its interval."""
    from core.three_phases.tastes import vote

    app = open_page("three_phases", lang="en", opened="1", tp_part="aligning", tp_taste="own")
    pairs = [pair["texts"] for pair in sent(app, VOTE)["pairs"][:20]]
    cast = "".join("ab"[max(0, vote("short", *both))] for both in pairs)
    app.session_state[CAST] = {VOTE: {"votes": cast, "turn": 1}}
    until(lambda: app.run() and sent(app, "tp-needed")["own"])
    own = sent(app, "tp-needed")["own"]
    assert own["votes"] == 20
    assert own["low"] < own["mean"] < own["high"]
    assert "of your 20" in sent(app, "tp-needed")["said"]
    app.session_state[CAST] = {VOTE: {"votes": cast[:6], "turn": 2}}
    until(lambda: app.run() and "of your 6" in sent(app, "tp-needed")["said"])
    assert sent(app, "tp-needed")["own"] is None, "six votes say nothing"
    assert "random votes" in sent(app, "tp-needed")["said"]


def test_the_english_page_says_what_the_french_words_mean() -> None:
    """Every hero, object and helper has its English, on that page only."""
    words = {word for wish in WISHES if wish != "plot" for word in OPTIONS[wish]}
    assert words == set(ENGLISH)
    told = sent(open_page("three_phases", lang="en", opened="1"), COMPONENT)
    assert ["renard", "renard (fox)"] in told["wishes"][0]["options"]
    told = sent(open_page("three_phases", lang="fr", opened="1"), COMPONENT)
    assert ["renard", "renard"] in told["wishes"][0]["options"]
    assert glossed("dragon") == "dragon"
