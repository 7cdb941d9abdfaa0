"""The part on a budget through the router: addresses, what a browser may send, words in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components.model_size.budget_state import COMPONENT, MOST_SEEN, bets, budgets_in, hear, names, seen, take
from core.model_size.budgets import least_operations, trainings, window
from core.model_size.missions_budget import Bet, bets_won
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
        {"ops": 3.15e23},
        {"ops": "gpt3", "size": 1e10},
        {"ops": [3.15e23], "size": 1e10},
        {"ops": 1e17, "size": 1e8},
        {"ops": 1e27, "size": 1e10},
        {"ops": float("nan"), "size": 1e10},
        {"ops": 10**400, "size": 1e10},
        {"ops": 3.15e23, "size": None},
        {"ops": 3.15e23, "size": float("nan")},
        {"ops": 3.15e23, "size": float("inf")},
        {"ops": 3.15e23, "size": -1e10},
        {"ops": 3.15e23, "size": 1e300},
        {"ops": 3.15e23, "size": "9" * 5_000},
        {"ops": 3.15e23, "size": {"size": 1e10}},
    ],
)
def test_an_absurd_bet_is_no_bet(told: dict[str, object]) -> None:
    """Whatever a browser may send: nothing is counted, nothing raised."""
    assert hear(told, []) == []


def test_a_bet_is_heard_as_it_was_placed() -> None:
    """A budget and a size of its axis; it counts unless its curve was seen, as the browser or we remember it."""
    told = {"ops": 3.15e23, "size": 5.3e10, "seen": [1e20], "number": 1}
    assert hear(told, [1e21]) == [Bet(3.15e23, 5.3e10, is_blind=True)]
    practice = [Bet(3.15e23, 5.3e10, is_blind=False)]
    assert hear(told, [3.15e23]) == hear(told | {"seen": [3.15e23]}, []) == practice


@pytest.mark.parametrize("nonsense", [None, 7, "3.15e23", {"ops": 3.15e23}, ["x", None, float("nan"), [], 1e300, True]])
def test_of_what_was_seen_nonsense_is_left_out(nonsense: object) -> None:
    """A bet with it counts all the same; of a list too long to be ours only a beginning is read."""
    assert budgets_in(nonsense) == []
    assert hear({"ops": 3.15e23, "size": 5.3e10, "seen": nonsense}, [])[0].is_blind
    assert len(budgets_in([1e20] * 100_000)) == MOST_SEEN


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the session in which the picture tells."""
    session: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", session)
    return session


WINS, OTHERS = 5.3e10, 8e10


def test_a_bet_is_heard_once_and_only_the_first_on_a_curve_counts(held: dict[str, Any]) -> None:
    """The message stays in the session: a rerun makes no second bet of it. The next one has seen the curve."""
    told = {"ops": 3.15e23, "size": WINS, "seen": [], "number": 1}
    held[COMPONENT] = {"bet": told}
    assert bets() == [Bet(3.15e23, WINS, is_blind=True)]
    assert len(bets()) == 1
    held[COMPONENT] = {"bet": told | {"number": 2}}
    assert [bet.is_blind for bet in bets()] == [True, False]
    assert bets_won(bets()) is False


def test_a_message_that_tells_bet_and_curve_together_is_fair(held: dict[str, Any]) -> None:
    """A slow page hears at once that a bet was placed and, after it, that its curve was seen: the bet counts.

    A curve that was seen before the bet, then told with it, is in the bet's own list: that bet does not.
    """
    known = trainings()["llama3_8b"].operations
    bet = {"ops": 3.15e23, "size": WINS, "seen": [known], "number": 1}
    held[COMPONENT] = {"state": {"turn": 4, "seen": [known, 3.15e23]}, "bet": bet}
    assert [each.is_blind for each in bets()] == [True]
    assert seen() == [3.15e23, known]
    held[COMPONENT] = {"bet": {"ops": known, "size": OTHERS, "seen": [known], "number": 2}}
    assert [each.is_blind for each in bets()] == [True, False]


def test_only_what_was_shown_is_remembered_and_no_more_than_there_are_places(held: dict[str, Any]) -> None:
    """Each budget once, however often it is told; a browser that tells others without end fills no memory."""
    for turn in range(1, 4):
        held[COMPONENT] = {"state": {"turn": turn, "seen": [1e20, 1e21, 1e20]}}
        assert seen() == [1e20, 1e21]
    for first in range(3):
        held[COMPONENT] = {"state": {"turn": 9, "seen": [1e22 + 1e15 * (1_000 * first + at) for at in range(1_000)]}}
        bets()
    assert len(seen()) == MOST_SEEN


def test_a_link_shows_its_curve_and_so_it_is_seen() -> None:
    """The budget that a page opens on is remembered, Chinchilla's without a link: a bet on it is for practice."""
    llama = trainings()["llama3_8b"].operations
    assert picture(open_part())["seen"] == [trainings()["chinchilla"].operations]
    told = picture(open_part(ms_budget_ops=f"{llama:.10g}"))
    assert told["seen"] == [llama]
    assert told["asks"] is False
    assert picture(open_part(ms_budget_ops="2.48e15"))["seen"] == []  # of the mini GPT-2's the law says nothing


def test_a_curve_that_waits_for_its_bet_is_hidden_still_when_the_student_returns() -> None:
    """Chosen by hand, left, and asked for again: the picture opens with the curve hidden, and it was not seen."""
    app = open_part()
    app.session_state["ms_budget_ops"] = trainings()["gpt3"].operations
    app.run()
    told = picture(app)
    assert told["asks"] is True
    assert told["seen"] == [trainings()["chinchilla"].operations]
    app.session_state[COMPONENT] = {"state": {"turn": 0, "seen": [3.15e23]}}
    assert picture(app.run())["asks"] is False


GPT3, LLAMA = 3.15e23, trainings()["llama3_8b"].operations


@pytest.mark.parametrize(
    ("placed", "words"),
    [
        ([(GPT3, WINS, True)], ["GPT-3 175B", "gagné", "1,992", "2,009", "Encore un de suite"]),
        ([(GPT3, WINS, False)], ["gagné", "C’était pour vous entraîner"]),
        ([(GPT3, 3e10, True)], ["mieux qu’eux (1,996 contre 2,009)", "1,8 fois trop petit"]),
        ([(GPT3, 9e11, True)], ["perdu", "2,09"]),
        ([(LLAMA, OTHERS, True)], ["gagné", "Pourtant, Llama 3 8B n’est pas une erreur", "Encore un de suite"]),
        ([(1e21, 2.8e9, True)], ["Pari sur ce budget", "gagné", "Encore un de suite"]),
        ([(1e21, 2.8e10, True)], ["Pari sur ce budget", "perdu", "10 fois trop grand"]),
        ([(1e21, 2.8e9, True), (GPT3, WINS, True)], ["gagné"]),
    ],
)
def test_a_bet_is_told_what_it_was_worth(placed: list[tuple[float, float, bool]], words: list[str]) -> None:
    """Won, better, or lost, against the known training or the best; for practice or not; and what is left to do."""

    def told(placed: list[tuple[float, float, bool]]) -> None:
        import streamlit as st

        from components.model_size.budget_words import reply
        from core.model_size.missions_budget import Bet

        st.text(reply([Bet(*each) for each in placed]))

    app = AppTest.from_function(told, args=(placed,)).run(timeout=60)
    assert not app.exception
    said = app.text[0].value
    assert all(word in said for word in words), said
    assert ("Encore un de suite" in said) == ("Encore un de suite" in words)
    assert ("entraîner" in said) == (not placed[-1][2])
    assert ("erreur" in said) == (placed[-1][0] == LLAMA)


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
