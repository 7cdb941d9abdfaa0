"""Every sentence of the lesson on the arena that states a fact, computed from what is shipped."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from math import isinf, log10
from typing import Any

import numpy as np
import pytest

from components.arena.lab import names as lab_names
from components.arena.state import names as picture_names
from core.arena.bradley_terry import PRIOR, counted, fit, wins_of
from core.arena.draws import shuffled
from core.arena.dropped import fewest_dropped
from core.arena.duel import ARENAS, RUNGS, gap, points, told_apart, wins
from core.arena.elo import SHUFFLES, chance
from core.arena.lab import strengths, verbosity
from core.arena.presets import ASKED, LAB, PRESETS
from core.arena.ranked import Ranked, cast, ranked, reach
from core.arena.ranks import predicted_half_width, ranks
from core.arena.shown_code import sources
from core.arena.table import ANCHOR_VOTES, at, entrants, names, rows
from core.arena.voters import Votes
from tests.helpers import execute

MODELS = len(strengths())


def duel(name: str) -> dict[str, Any]:
    """Return where the picture stands at a preset."""
    return {name: default for name, (default, _parse) in picture_names().items()} | PRESETS[name]


def lab(name: str, **more: Any) -> dict[str, Any]:
    """Return where the laboratory stands at a preset."""
    return {name: default for name, (default, _parse) in lab_names().items()} | LAB[name] | more


def apart(here: dict[str, Any]) -> int:
    """Return the points between the two models of a duel."""
    first, second = (int(here[name]) for name in ("first", "second"))
    return entrants()[first].row.rating - entrants()[second].row.rating


def counts(name: str) -> list[int]:
    """Return the votes for the first model in each arena of a preset."""
    here = duel(name)
    return wins(apart(here), here["votes"], here["draw"])


def leader(found: Ranked) -> str:
    """Return whom Bradley and Terry put first."""
    return names()[found.places.index(1)]


def test_eighty_points() -> None:
    """GPT-4o has 1,286, Llama 3 70B 1,206, eleven places behind: 61 % of the votes; 400 points are 10 to 1."""
    first, second = (entrants()[ASKED[name]].row for name in ("first", "second"))
    assert (first.rating, second.rating) == (1_286, 1_206)
    assert ASKED["second"] - ASKED["first"] == 11
    assert round(100 * chance(80)) == 61
    assert chance(400) / (1 - chance(400)) == pytest.approx(10)
    assert round(10 ** (-80 / 400), 2) == 0.63
    assert round(1 / 1.63, 2) == 0.61
    assert duel("eighty") == duel("eighty") | ASKED


def test_eighty_percent() -> None:
    """80 % of the votes would take 241 points."""
    assert round(points(0.8)) == 241


def test_first_arena() -> None:
    """The first arena counted 57 of 100 votes, and 12 of 20 tell which one is better."""
    assert counts("eighty")[0] == 57
    assert told_apart(counts("eighty"), 100) == 12
    assert ARENAS == 20


def test_first_and_last() -> None:
    """103 points from the first of the 18 models to the last: 64 %."""
    here = duel("ends")
    assert (here["first"], here["second"]) == (0, len(entrants()) - 1)
    assert apart(here) == 103
    assert round(100 * chance(103)) == 64


def test_ten_votes() -> None:
    """With 10 votes one arena of 20 tells which one is better, and none the other one."""
    assert told_apart(counts("few"), 10) == 1
    assert not any(gap(won, 10)[2] < 0 for won in counts("few"))


def test_ten_thousand_votes() -> None:
    """With 10,000 votes all 20 agree, and none is 10 points off."""
    found = counts("many")
    assert told_apart(found, 10_000) == 20
    assert all(abs(gap(won, 10_000)[0] - 80) < 10 for won in found)


def test_one_in_twenty() -> None:
    """Two models with the same points, 30,000 votes: one interval of 20 leaves zero out."""
    here = duel("same")
    assert apart(here) == 0
    assert here["votes"] == RUNGS[-1] == 30_000
    ends = [gap(won, 30_000) for won in counts("same")]
    assert sum(low > 0 or high < 0 for _middle, low, high in ends) == 1


def test_lab_truth() -> None:
    """The simulated models are as strong as the arena's table says, and the same 18."""
    assert strengths() == [each.row.rating for each in entrants()]


def test_lab_start() -> None:
    """10,000 votes: the right first, 7 of 18 in place; over the orders of the same votes Elo crowns 6 models."""
    found = ranked(lab("start"))
    assert lab("start")["votes"] == 10_000
    assert leader(found) == names()[0]
    assert (found.in_place, MODELS, found.leaders) == (7, 18, 6)
    assert len(found.others) == 20


def test_lab_few() -> None:
    """300 votes: the first is truly the eleventh, and the intervals reach further than 100 points."""
    found = ranked(lab("few"))
    assert found.places.index(1) == 10
    assert reach(lab("few")) > 100


def test_lab_nervous() -> None:
    """At K = 64 a model moves by nearly 300 points between its best order and its worst, on average."""
    assert 290 < ranked(lab("nervous")).spread < 300
    assert lab("nervous")["k"] == 64


def test_lab_ties() -> None:
    """40 % of ties between equals: the gaps found are 56 % of the true ones; without ties they are nearly whole."""
    here = lab("ties")
    assert here["ties"] == 40
    assert round(100 * ranked(here).stretch) == 56
    assert ranked({**here, "ties": 0}).stretch > 0.9


def test_lab_length() -> None:
    """60 points a step of length put the most talkative model first; 2 places are right, with style control 11."""
    here = lab("length")
    found = ranked(here)
    assert here["bias"] == 60
    assert found.places.index(1) == int(np.argmax(verbosity()))
    assert found.in_place == 2
    controlled = ranked({**here, "style": True})
    assert (leader(controlled), controlled.in_place) == (names()[0], 11)


def test_lab_robot() -> None:
    """100 fake votes beside 10,000 honest ones change the first."""
    here = lab("robot")
    assert (here["fakes"], here["votes"]) == (100, 10_000)
    assert leader(ranked(here)) == names()[here["helped"]] != leader(ranked({**here, "fakes": 0}))


def test_lab_omission() -> None:
    """Without 20 votes the lead falls from 13.3 to 1.3 points, 23 lose it; 200 by chance leave 12.4."""
    here = lab("omission")
    before, after = ranked({**here, "dropped": 0}), ranked(here)
    assert (here["dropped"], leader(before), leader(after)) == (20, names()[0], names()[0])
    assert (round(before.lead, 1), round(after.lead, 1)) == (13.3, 1.3)
    assert fewest_dropped(counted(cast(here), MODELS)) == 23
    by_chance = ranked({**here, "dropped": 200, "lost": "chance"})
    assert (leader(by_chance), round(by_chance.lead, 1)) == (names()[0], 12.4)


def test_printed_ranks() -> None:
    """Of 42 printed ranks 33 follow from the printed numbers; that of GPT-4 (11-06) does not."""
    table = rows()
    found = ranks(np.array([row.lower for row in table]), np.array([row.upper for row in table]))
    follows = [int(rank) == row.rank for rank, row in zip(found, table, strict=True)]
    assert (len(table), sum(follows)) == (42, 33)
    odd = next(i for i, row in enumerate(table) if row.model == "GPT-4-1106-preview")
    assert (int(found[odd]), table[odd].rank) == (12, 14)


def test_half_width() -> None:
    """681 points over the root of the votes: four times as many, half as wide."""
    assert round(predicted_half_width(1)) == 681
    assert predicted_half_width(400) == pytest.approx(predicted_half_width(100) / 2)
    assert predicted_half_width(1) == pytest.approx(1.96 * 400 / np.log(10) * 2, rel=1e-4)


def test_foretold_intervals() -> None:
    """The formula finds 34 of 42 within one point; with a share of ties and Mixtral's own votes, all of them."""

    def near(ties: float, anchor: float) -> int:
        return sum(
            abs(predicted_half_width(1, ties) * np.sqrt(1 / row.votes + anchor) - (row.above + row.below) / 2) <= 1
            for row in rows()
        )

    assert near(0, 0) == 34
    whole = [percent for percent in range(0, 61, 5) if near(percent / 100, 1 / ANCHOR_VOTES) == len(rows())]
    assert whole == [30]
    assert all(near(percent / 100, 0) < len(rows()) for percent in range(0, 61, 5))


def test_four_hundred() -> None:
    """400 points: ten wins for one defeat, whatever the level."""
    assert chance(400) / chance(-400) == pytest.approx(10)


def test_order_free() -> None:
    """Shuffled, the same votes give the same counts, and Bradley and Terry the same points; Elo's move."""
    here = lab("start")
    votes = cast(here)
    turn = shuffled(len(votes), 5, SHUFFLES)
    mixed = Votes(votes.first[turn], votes.second[turn], votes.outcome[turn], votes.longer[turn])
    assert (counted(votes, MODELS) == counted(mixed, MODELS)).all()
    assert (ranked({**here, "order": 3}).points == ranked(here).points).all()
    assert np.abs(ranked({**here, "order": 3}).elo - ranked(here).elo).max() > 20


def test_table_of_eighteen() -> None:
    """The 18 models of May are all in the table of August, with votes, licence and the day their data end."""
    assert len(entrants()) == 18
    assert all(each.row.votes > 1_000 and each.row.licence and each.row.cutoff for each in entrants())


def test_three_months() -> None:
    """From May to August 16 of 18 moved by 3 points at most; the Gemini Pro of May 14 lost 8."""
    moves = {each.name: each.row.rating - each.may for each in entrants()}
    assert sum(abs(round(move)) <= 3 for move in moves.values()) == 16
    assert round(moves["Gemini 1.5 Pro (05-14)"]) == -8


def test_logistic() -> None:
    """A logistic regression with one column a model, +1 and −1, finds the same points: scikit-learn, no penalty."""
    from sklearn.linear_model import LogisticRegression

    votes = cast(lab("start"))
    design = np.zeros((len(votes), MODELS))
    design[np.arange(len(votes)), votes.first] = 1
    design[np.arange(len(votes)), votes.second] = -1
    regression = LogisticRegression(C=1e9, fit_intercept=False, tol=1e-10, max_iter=1_000)
    regression.fit(design, votes.outcome == 2)
    theirs = 400 / np.log(10) * regression.coef_[0]
    ours = fit(wins_of(counted(votes, MODELS)), prior=0, at=0)
    assert np.allclose(theirs - theirs.mean(), ours, atol=0.01)


def test_prior() -> None:
    """A model that never lost stands finitely far, thanks to a tenth of a tie with an average opponent."""
    assert PRIOR == 0.1
    wins_only = np.array([[0.0, 20.0], [0.0, 0.0]])
    found = fit(wins_only)
    assert np.isfinite(found).all()
    assert found[0] - found[1] > 400
    with pytest.raises(ValueError, match="infinitely"):
        fit(wins_only, prior=0)


@pytest.mark.parametrize("name", ["start", "robot", "omission", "length"])
def test_code_is_the_picture(name: str) -> None:
    """The shown code, executed, gets the laboratory's points, by both methods."""
    here = lab(name, votes=1_000, order=2, style=name == "length")
    with redirect_stdout(io.StringIO()):
        found = execute(sources(here, str)["NumPy"])
    ours = ranked(here)
    assert np.allclose(found["points"], ours.points, atol=1e-6)
    assert np.allclose(found["elo"], ours.elo, atol=1e-6)


def test_quiz_points() -> None:
    """200 points are 76 %, odds of the root of 10, a little more than 3 to 1; 70 % would be 147 points."""
    assert round(100 * chance(200)) == 76
    assert chance(200) / (1 - chance(200)) == pytest.approx(10**0.5)
    assert 3 < 10**0.5 < 3.2
    assert round(400 * log10(0.7 / 0.3)) == 147


def test_never_certain() -> None:
    """No gap gives all the votes: only an endless one would."""
    assert chance(2_000) < 1
    assert isinf(points(1.0))


def test_rank_five() -> None:
    """GPT-4o-mini, 1,275, and Grok-2-Mini, 1,268: rank 5, four lower bounds above each; their intervals overlap."""
    by_name = {row.model: row for row in rows()}
    mini, grok = by_name["GPT-4o-mini-2024-07-18"], by_name["Grok-2-Mini-08-13"]
    assert (mini.rating, grok.rating, mini.rank, grok.rank) == (1_275, 1_268, 5, 5)
    for row in (mini, grok):
        assert sum(other.lower > row.upper for other in rows()) == 4
    assert mini.lower < grok.upper


def test_ten_points_need() -> None:
    """Ten points apart, 1,000 votes tell in few arenas, 10,000 in most, 30,000 in 19 at least, whatever the draw."""
    for draw in range(1, 6):
        told = {rung: told_apart(wins(10, rung, draw), rung) for rung in (1_000, 10_000, 30_000)}
        assert told[1_000] <= 6
        assert told[10_000] > 10
        assert told[30_000] >= 19
    assert entrants()[at("Gemini Advanced")].row.rating - entrants()[at("Gemini 1.5 Pro (04-09)")].row.rating == 10


def test_blind_methods() -> None:
    """A robot's votes and a taste for length move both methods: neither takes them out by itself."""
    for name in ("robot", "length"):
        here = lab(name, votes=10_000)
        honest = ranked({**here, "fakes": 0, "bias": 0})
        found = ranked(here)
        assert leader(found) != leader(honest)
        helped = found.places.index(1)
        assert found.elo[helped] > honest.elo[helped]
