"""The page on the arena through the router: addresses, hostile links, its parts, its missions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.arena.lab import COMPONENT as LAB
from components.arena.ranks import COMPONENT as RANKS
from components.arena.state import COMPONENT
from core.arena.duel import RUNGS, told_apart, wins
from core.arena.presets import ASKED
from core.arena.table import at, entrants
from tests.helpers import open_page


def picture(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def said(app: AppTest) -> str:
    return " ".join(str(part.value) for kind in (app.info, app.success) for part in kind)


def test_an_address_opens_its_experiment_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one value at a time; a model never meets itself."""
    told = picture(open_page("arena", ar_first="3", ar_second="9", ar_votes="3000", ar_draw="7"))["state"]
    assert (told["first"], told["second"], told["votes"], told["draw"]) == (3, 9, 3_000, 7)
    told = picture(open_page("arena", ar_first="99", ar_second="9", ar_votes="31", ar_draw="-1"))["state"]
    assert (told["first"], told["second"], told["votes"], told["draw"]) == (0, 9, 100, 1)
    told = picture(open_page("arena", ar_first="5", ar_second="5"))["state"]
    assert (told["first"], told["second"]) == (ASKED["first"], ASKED["second"])


def test_who_wins_is_hidden_while_the_question_waits() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("arena"))["veiled"]
    assert not picture(open_page("arena", ar_votes="1000"))["veiled"]


def test_the_picture_holds_the_table() -> None:
    """18 models, the best first, each with its interval, its votes, and who made it."""
    sent = picture(open_page("arena", lang="en"))["rows"]
    assert [row["rating"] for row in sent] == sorted((row["rating"] for row in sent), reverse=True)
    assert len(sent) == 18
    assert all(row["low"] < row["rating"] < row["high"] for row in sent)
    llama = sent[at("Llama 3 70B")]["about"]
    assert llama == "Llama-3-70b-Instruct: Meta, weights to download (Llama 3 Community), data until 2023/12"


@pytest.mark.parametrize(
    "value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "\ufeff", "x" * 5_000, "=;=;=", "٣"]
)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once, in each part of the page: no exception, no error."""
    lab = ("view", "votes", "seed", "k", "order", "ties", "bias", "style", "fakes", "helped", "against", "dropped",
           "lost")  # fmt: skip
    names = ("first", "second", "votes", "draw", "row", "ties", "anchored", *(f"lab_{name}" for name in lab))
    for part in ("lab", "ranks", value):
        app = open_page("arena", ar_part=part, opened="1", **{f"ar_{name}": value for name in names})
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_each_part_shows_its_picture() -> None:
    """The laboratory has the true strengths; the table has every printed row."""
    app = open_page("arena", opened="1", ar_lab_k="64", ar_lab_view="cheat")
    assert picture(app, LAB)["strengths"] == [each.row.rating for each in entrants()]
    assert (picture(app, LAB)["state"]["k"], picture(app, LAB)["state"]["view"]) == (64, "cheat")
    app = open_page("arena", opened="1", ar_part="ranks", ar_row="3", ar_ties="30")
    assert len(picture(app, RANKS)["rows"]) == 42
    assert (picture(app, RANKS)["state"]["row"], picture(app, RANKS)["state"]["ties"]) == (3, 30)


def test_a_link_hides_controls() -> None:
    """A teacher's link leaves out the votes of the duel and of the laboratory."""
    app = open_page("arena", opened="1", hide="ar_votes,ar_lab_votes")
    assert picture(app)["hidden"] == ["ar_votes"]
    assert picture(app, LAB)["hidden"] == ["ar_lab_votes"]


def moved(app: AppTest, **values: Any) -> AppTest:
    """Let the hands move what a link did not set."""
    for name, value in values.items():
        app.session_state[f"ar_{name}"] = value
    return app.run()


def test_the_missions_are_reached_by_thinking() -> None:
    """Ten points apart with enough votes and none too many; the cheapest robot; two orders at a calm K."""
    app = open_page("arena", opened="1")
    assert not app.success
    pair = {"first": at("Gemini Advanced"), "second": at("Gemini 1.5 Pro (04-09)")}
    enough = next(rung for rung in RUNGS if told_apart(wins(10, rung, ASKED["draw"]), rung) >= 19)
    assert not moved(app, **pair, votes=10_000).success
    assert enough == 10_000 or not moved(app, **pair, votes=30_000).success
    moved(app, **pair, votes=enough)
    assert "Dix points d’écart" in said(app)
    assert len(app.success) == 1
    assert len(moved(app, lab_fakes=25, lab_against="first").success) == 1  # out of sight, a robot does not vote
    moved(
        app, lab_view="cheat", lab_fakes=50, lab_against="all"
    )  # against all: it changes the first, but not most cheaply
    moved(app, lab_fakes=30, lab_against="first")
    assert len(app.success) == 1
    moved(app, lab_fakes=25)
    assert len(app.success) == 2
    moved(app, lab_fakes=0, lab_view="order", lab_k=2)
    assert len(app.success) == 2
    moved(app, lab_order=1)
    assert len(app.success) == 3


def test_two_orders_at_the_arenas_own_k_are_no_mission() -> None:
    """At K = 4 another order has another first, but the mission asks for a calmer K."""
    app = open_page("arena", opened="1")
    for order in range(1, 6):
        moved(app, lab_order=order)
    assert not app.success
