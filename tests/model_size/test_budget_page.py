"""The part on a budget through the router: addresses, what a browser may send, words in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.model_size.budget_state import COMPONENT, hear, names, take
from core.model_size.budgets import least_operations, trainings, window
from core.model_size.missions_budget import Bet
from tests.helpers import open_page, small_app


def open_part(**query: str) -> AppTest:
    return open_page("model_size", ms_part="budget", opened="1", **query)


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def test_an_address_opens_its_split() -> None:
    """Ten digits of a known budget are that budget; card, share and formula are the link's; Chinchilla's without."""
    llama = trainings()["llama3_8b"]
    told = picture(
        open_part(
            ms_budget_ops=f"{llama.operations:.10g}", ms_budget_size="2e10", ms_budget_card="t4", ms_budget_share="30",
            ms_budget_figure="days",
        )
    )["state"]  # fmt: skip
    assert told == {"ops": llama.operations, "size": 2e10, "card": "t4", "share": 30, "figure": "days", "turn": 0}
    first = picture(open_part())["state"]
    chinchilla = trainings()["chinchilla"]
    assert (first["ops"], first["size"], first["share"]) == (chinchilla.operations, chinchilla.parameters, 40)


@pytest.mark.parametrize("bad", ["NaN", "1e400", "-1", "0", "inf", "1e27", "x", "", "1e10", "9" * 2_000])
def test_an_address_that_cannot_be_is_ignored_in_words_of_the_page(bad: str) -> None:
    """Nothing but numbers of the axes reaches the picture; the page shows no error."""
    app = open_part(
        ms_budget_ops=bad, ms_budget_size="NaN" if bad == "1e10" else bad, ms_budget_card=bad, ms_budget_share=bad,
        ms_budget_figure=bad,
    )  # fmt: skip
    assert not app.exception
    told = picture(app)["state"]
    low, high = window(told["ops"])
    assert told["ops"] >= least_operations()
    assert low <= told["size"] <= high
    assert (told["card"], told["figure"]) == ("h100", "tokens")
    assert 1 <= told["share"] <= 100


def test_a_size_outside_the_axis_comes_to_its_end() -> None:
    """A link with a budget alone still draws its ruler."""
    assert picture(open_part(ms_budget_ops="1e20", ms_budget_size="7e10"))["state"]["size"] == window(1e20)[1]
    assert picture(open_part(ms_budget_ops="1e26", ms_budget_size="10"))["state"]["size"] == window(1e26)[0]


def test_every_known_training_has_its_source_and_every_card_says_it_is_a_sheet() -> None:
    """Names, numbers and sources reach the picture as core has them; rates say whose they are, and the year."""
    told = picture(open_part(lang="en"))
    for sent, known in zip(told["trainings"], trainings().values(), strict=True):
        assert (sent["id"], sent["operations"], sent["source"]) == (known.id, known.operations, known.source)
        assert sent["source"]
    assert {card["id"]: card["rate"] for card in told["cards"]} == {"t4": 65e12, "a100": 312e12, "h100": 989.4e12}
    assert all(re.fullmatch(r"NVIDIA .+, 20\d\d", card["source"]) for card in told["cards"])


def words_of(labels: object) -> list[str]:
    if isinstance(labels, str):
        return [labels]
    nested = labels.values() if isinstance(labels, dict) else labels
    assert not isinstance(nested, str)
    return [word for each in nested for word in words_of(each)]  # type: ignore[attr-defined]


def test_the_picture_speaks_both_languages() -> None:
    """Every label is there, and differs but for words that both languages share."""
    fr, en = (words_of(picture(open_part(lang=language))["labels"]) for language in ("fr", "en"))
    assert len(fr) == len(en)
    same = {one for one, other in zip(fr, en, strict=True) if one == other}
    assert same == {"million", "millions", "minute", "minutes"}


def test_a_class_and_a_teacher_may_leave_controls_out() -> None:
    """What a link hides, the picture hears of."""
    app = open_part(hide="ms_budget_ops,ms_budget_bet")
    assert picture(app)["hidden"] == ["ms_budget_ops", "ms_budget_bet"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"known": "gpt3"},
        {"known": "gpt4", "size": 1e10},
        {"known": ["gpt3"], "size": 1e10},
        {"known": "gpt3", "size": None},
        {"known": "gpt3", "size": float("nan")},
        {"known": "gpt3", "size": float("inf")},
        {"known": "gpt3", "size": -1e10},
        {"known": "gpt3", "size": 1e300},
        {"known": "gpt3", "size": "9" * 5_000},
        {"known": "gpt3", "size": {"size": 1e10}},
    ],
)
def test_an_absurd_bet_is_no_bet(told: dict[str, object]) -> None:
    """Whatever a browser may send: nothing is counted, nothing raised."""
    assert hear(told) == []


def test_a_bet_is_heard_as_it_was_placed() -> None:
    """A known training and a size of its axis."""
    assert hear({"known": "gpt3", "size": 5.3e10, "number": 1}) == [Bet(trainings()["gpt3"], 5.3e10)]


def moves() -> None:
    """Run a page that takes moves as a browser may send them, and shows where the picture stands."""
    import streamlit as st

    from components.model_size.budget_state import state, take

    take(st.session_state.get("told"))
    st.json(state())


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        ({"ops": 1e20, "size": 1e9, "card": "t4", "share": 55, "figure": "ops"}, True),
        ({"ops": float("nan"), "size": float("nan"), "card": 7, "share": float("inf"), "figure": None}, False),
        ({"ops": 1e30, "size": "x" * 4_000, "card": "h200", "share": 0, "figure": "cost"}, False),
        (["ops", 1e20], False),
        (None, False),
    ],
)
def test_a_move_is_checked_like_any_other_input(told: object, changed: bool) -> None:
    """What can be is taken, the rest leaves the picture where it was."""
    app = small_app(moves)
    app.session_state["told"] = told
    app.run()
    assert not app.exception
    found = json.loads(app.json[0].value)
    defaults = {name: default for name, (default, _parse) in names().items()}
    assert found == (told if changed else defaults)


def test_taking_nothing_needs_no_page() -> None:
    """A browser that sent no mapping changes nothing, wherever it is asked."""
    take("nothing")
