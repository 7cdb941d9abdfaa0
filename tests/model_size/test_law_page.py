"""The measured law through the router: addresses, what the picture is sent, what a browser may tell."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components.model_size import law_state
from components.model_size.law_state import COMPONENT, heard, names, take
from core.model_size.measured_law import STORIES, WIDTHS, points
from core.model_size.missions_law import Guess
from tests.helpers import open_page

DEFAULTS = {name: default for name, (default, _parse) in names().items()}
GUESSES, SEEN = law_state._GUESSES, law_state._SEEN


def opened(**query: str) -> AppTest:
    told = {f"ms_law_{name}": said for name, said in query.items()}
    return open_page("model_size", ms_part="law", opened="1", **told)


def sent(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    assert not app.exception
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def state(app: AppTest) -> dict[str, Any]:
    told: dict[str, Any] = sent(app)["state"]
    return {name: told[name] for name in DEFAULTS}


def test_the_link_is_the_experiment() -> None:
    """Every value of the picture comes back from the address."""
    told = {"mode": "all", "axis": "operations", "embeddings": "true", "budget": "1024", "size": "8", "known": "7"}
    found = {"mode": "all", "axis": "operations", "embeddings": True, "budget": 1024, "size": 8, "known": 7}
    assert state(opened(**told)) == found


@pytest.mark.parametrize("nonsense", ["NaN", "inf", "-1", "8e3", "", "all,all", "9" * 900])
def test_nonsense_in_the_address_opens_the_beginning(nonsense: str) -> None:
    """What cannot be is ignored, one value at a time."""
    assert state(opened(**dict.fromkeys(DEFAULTS, nonsense))) == DEFAULTS


def test_sizes_that_cannot_be_known_are_refused() -> None:
    """Below three sizes there is nothing to go on from, with eight nothing to predict."""
    for known in ("2", "8", "3.5"):
        assert state(opened(known=known))["known"] == DEFAULTS["known"]


def test_the_picture_is_sent_the_whole_study_in_numbers_that_json_has() -> None:
    """Forty points with three seeds each, six laws, in both languages the words of the picture."""
    french, english = sent(opened()), sent(open_page("model_size", opened="1", lang="en"))
    study = french["study"]
    assert [len(row) for row in study["points"]] == [len(WIDTHS)] * len(STORIES)
    assert {len(point["seeds"]) for row in study["points"] for point in row} == {3}
    assert sorted(study["laws"]) == ["3", "4", "5", "6", "7", "8"]
    assert all(math.isfinite(value) for law in study["laws"].values() for value in law.values())
    assert french["labels"].keys() == english["labels"].keys()
    assert (french["labels"]["reveal"], english["labels"]["reveal"]) == ("Montrer la vérité", "Show the truth")


def test_a_browser_may_tell_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a state what can be is taken; a guess is one only if all of it can be."""
    held: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", held)
    states: list[object] = [
        None,
        3,
        "state",
        [],
        {"budget": math.nan, "size": math.inf, "known": None, "mode": ["all"]},
    ]
    for nonsense in states:
        take(nonsense)
    assert held == {}
    take({"budget": 1024.0, "size": "no", "known": 5, "axis": "tokens", "embeddings": True, "other": 1})
    assert held == {"ms_law_budget": 1024, "ms_law_known": 5, "ms_law_axis": "tokens", "ms_law_embeddings": True}
    lame: list[dict[str, object]] = [{}, {"stories": 1024}, {"stories": 1024, "width": 40, "excess": math.nan}]
    for nonsense in lame:
        assert heard(nonsense) is None
    assert heard({"stories": 1024, "width": 40, "excess": 1.5, "number": 1}) == Guess(1024, 40, 1.5)


def test_a_guess_is_heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture's last message stays in the session; a rerun does not make another guess of it."""
    told = {"stories": 1024, "width": 40, "excess": 1.5, "number": 1}
    held: dict[str, Any] = {COMPONENT: {"guess": told}}
    monkeypatch.setattr(streamlit, "session_state", held)
    assert law_state.guesses() == law_state.guesses() == [Guess(1024, 40, 1.5)]
    held[GUESSES] = []
    assert law_state.guesses() == []
    held[COMPONENT]["guess"] = told | {"number": 2}
    assert law_state.guesses() == [Guess(1024, 40, 1.5)]
    held[COMPONENT]["guess"] = told | {"number": 3, "excess": 1.8}
    assert law_state.guesses() == [Guess(1024, 40, 1.5)]
    held[COMPONENT]["guess"] = {"number": 4, "stories": "many"}
    assert law_state.guesses() == [Guess(1024, 40, 1.5)]


def test_what_was_shown_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the state, by its mode, and by what the browser says that it showed meanwhile; it is never less again."""
    held: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", held)
    predicting = {"mode": "predict", "known": 3}
    assert law_state.look(predicting) == 3
    assert law_state.look(predicting | {"known": 5}) == law_state.look(predicting) == 5
    for nonsense in (-1, math.nan, "8", None, True, [8]):
        held[COMPONENT] = {"state": {"seen": nonsense}}
        assert law_state.look(predicting) == 5
    held[COMPONENT] = {"state": {"seen": 6.0}}
    assert law_state.look(predicting) == 6
    held[COMPONENT] = {"state": {"seen": 1e9}}
    assert law_state.look(predicting) == len(WIDTHS)
    held.clear()
    assert law_state.look({"mode": "all", "known": 3}) == law_state.look(predicting) == len(WIDTHS)


def test_a_guess_of_what_was_shown_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown in an earlier run, or in the browser before it was said; what comes with the message was shown after it."""
    told = {"stories": 1024, "width": 64, "excess": 1.5, "number": 1, "seen": 4}
    held: dict[str, Any] = {COMPONENT: {"guess": told | {"seen": 5}}}
    monkeypatch.setattr(streamlit, "session_state", held)
    assert law_state.guesses() == []
    held[COMPONENT] = {"guess": told | {"number": 2}, "state": {"seen": 8}}
    held["ms_law_mode"] = "all"
    assert law_state.guesses() == [Guess(1024, 64, 1.5)]
    law_state.look({"mode": "all", "known": 4})
    held[COMPONENT]["guess"] = told | {"number": 3, "stories": 4096}
    assert law_state.guesses() == [Guess(1024, 64, 1.5)]


@pytest.mark.parametrize(("query", "seen", "can_come"), [
    ({}, 3, True), ({"known": "5"}, 5, True), ({"known": "7"}, 7, False), ({"mode": "all"}, 8, False),
    ({"mode": "all", "known": "4"}, 8, False),
])  # fmt: skip
def test_a_link_that_shows_points_has_shown_them(query: dict[str, str], seen: int, can_come: bool) -> None:
    """Back at the beginning the picture still knows what the link showed, and whether the mission can still come."""
    app = opened(**query)
    for again in (False, True):
        if again:
            app.session_state["ms_law_mode"], app.session_state["ms_law_known"] = "predict", 3
            app.run()
        assert (sent(app)["seen"], sent(app)["mission"]["canCome"]) == (seen, can_come)
    assert state(app)["mode"] == "predict"


def test_a_part_that_is_not_open_shows_nothing() -> None:
    """The address of another part that also says `ms_law_mode=all` has shown no point."""
    app = open_page("model_size", ms_part="budget", opened="1", ms_law_mode="all")
    assert not app.exception
    assert SEEN not in app.session_state


def test_the_mission_is_ticked_by_what_was_guessed_and_by_no_link() -> None:
    """Opened anywhere it waits; two near guesses of both kinds tick it; what was guessed goes back to the picture."""
    app = opened(mode="all", budget="65536")
    assert any("Prédire la taille suivante" in box.value for box in app.info)
    assert not sent(app)["mission"]["isTicked"]
    guesses = [Guess(stories, 40, points()[stories, 40].mean) for stories in (65_536, 1_024)]
    app.session_state[GUESSES] = guesses
    app.run()
    assert any("Prédire la taille suivante" in box.value for box in app.success)
    assert [told["stories"] for told in sent(app)["guesses"]] == [65_536, 1_024]
    assert sent(app)["mission"] == {"isTicked": True, "canCome": True}


def test_a_teachers_link_hides_the_hands() -> None:
    """The names of what is hidden reach the picture."""
    app = open_page("model_size", ms_part="law", opened="1", hide="ms_law_mode,ms_law_known")
    assert sent(app)["hidden"] == ["ms_law_mode", "ms_law_known"]
