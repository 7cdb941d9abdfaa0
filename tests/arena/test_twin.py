"""The browser's mathematics is Python's: the same votes, the same ratings, the same certainty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, chisquare

from components.in_browser import COMPONENTS
from core.arena import bradley_terry, dropped, elo, ranks, voters
from tests.node import ask

MODULES = ("draws", "voters", "elo", "reckoning")
STRENGTHS = [1_287.0, 1_252.5, 1_248.0, 1_191.25, 1_114.0, 1_020.0]
HABITS: dict[str, Any] = {"ties": 0.23, "bias": 31.5, "verbosity": [0.8, 0.5, 0.37, 0.1, 0.9, 0.5]}
SEEDS = [0, 7, -3, 2**32 + 5, 123_456_789_012]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a module that exports what all of the browser's modules do."""
    path = tmp_path_factory.mktemp("twin") / "twin.mjs"
    lines = [f'export * from "{(COMPONENTS / "arena" / f"{name}.js").as_uri()}";\n' for name in MODULES]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_votes_are_the_same(twin: Path) -> None:
    """Whatever the seed, pairs, sides, outcomes and lengths are equal vote for vote, fake ones included."""
    told = """given.seeds.map((seed) => {
        const votes = stuffed(simulate(given.strengths, 3000, seed, given.habits), 6, 4, given.against, 20);
        return [votes.first, votes.second, votes.outcome, votes.longer].map((column) => Array.from(column));
    })"""
    for against in (None, 2):
        given = {"strengths": STRENGTHS, "habits": HABITS, "seeds": SEEDS, "against": against}
        for seed, columns in zip(SEEDS, ask(twin, told, given), strict=True):
            votes = voters.stuffed(voters.simulate(STRENGTHS, 3_000, seed, **HABITS), 6, 4, against, 20)
            ours = (votes.first, votes.second, votes.outcome, votes.longer)
            assert columns == [column.tolist() for column in ours]


def test_ratings_are_the_same(twin: Path) -> None:
    """Counts are equal; Elo at moments and in other orders, ratings with and without style, and limits to 1e-6."""
    told = """(() => {
        const votes = simulate(given.strengths, 4000, 5, given.habits);
        const counts = counted(votes, 6);
        const shares = expected(given.strengths, given.habits);
        const styled = fit(counts, 6, { style: true, prior: 0, anchor: 1, at: 1114 });
        const rows = (found) => found.map((row) => Array.from(row));
        return {
            counts: Array.from(counts), some: Array.from(counted(votes, 6, 100)), chance: chance(70),
            elo: rows(play(votes, 6, { k: 16, start: 1100, at: [0, 10, 4000] })),
            orders: rows(shuffles(4000, 3, 9).map((order) => play(votes, 6, { k: 4, order })[0])),
            plain: Array.from(fit(counts, 6).points), styled: [...styled.points, styled.style],
            settled: Array.from(fit(shares, 6, { prior: 0 }).points), shares: Array.from(shares),
        };
    })()"""
    theirs = ask(twin, told, {"strengths": STRENGTHS, "habits": HABITS})
    votes = voters.simulate(STRENGTHS, 4_000, 5, **HABITS)
    counts, shares = bradley_terry.counted(votes, 6), voters.expected(STRENGTHS, **HABITS)
    styled = bradley_terry.fit_styled(counts, 0, anchor=1, at=1_114)
    ours = {
        "counts": counts.ravel(),
        "some": bradley_terry.counted(votes.taken(slice(100)), 6).ravel(),
        "chance": elo.chance(70),
        "elo": elo.play(votes, 6, 16, 1_100, at=[0, 10, 4_000]),
        "orders": elo.orders(votes, 6, 4, shuffles=3, seed=9),
        "plain": bradley_terry.fit(bradley_terry.wins_of(counts)),
        "styled": np.append(styled.points, styled.style),
        "settled": bradley_terry.fit(bradley_terry.wins_of(shares), prior=0),
        "shares": shares.ravel(),
    }
    assert set(theirs) == set(ours)
    for name, found in ours.items():
        assert np.array(theirs[name]) == pytest.approx(np.array(found), abs=1e-6), name


@pytest.mark.parametrize("style", [False, True])
def test_intervals_are_as_wide(twin: Path, style: bool) -> None:
    """Over 18 models the bootstrap's intervals are as wide as Python's within 4 %, each within 25 %; ranks follow.

    An end of an interval from 500 rounds varies by 12 % of a standard deviation: a width by 4 %, their mean by 1 %.
    """
    strengths = np.linspace(1_290, 1_100, 18).tolist()
    told = """(() => {
        const counts = counted(simulate(given.strengths, 5000, 1, given.habits), 18);
        const rounds = bootstrap(counts, 18, 500, 3, { style: given.style });
        const bounds = intervals(rounds);
        const styles = Float64Array.from(rounds, ({ style }) => style).sort();
        return { bounds, ranks: ranks(bounds), style: [styles[12], styles[487]] };
    })()"""
    habits: dict[str, Any] = {"ties": 0.2, "bias": 30}
    theirs = ask(twin, told, {"strengths": strengths, "habits": habits, "style": style})
    counts = bradley_terry.counted(voters.simulate(strengths, 5_000, 1, **habits), 18)
    rounds = bradley_terry.bootstrap(counts, 500, 4, style=style)
    ours, bounds = bradley_terry.intervals(rounds.points), np.array(theirs["bounds"])
    ratios = np.diff(bounds)[:, 0] / np.diff(ours)[:, 0]
    assert ratios.mean() == pytest.approx(1, abs=0.04)
    assert ratios == pytest.approx(np.ones(18), abs=0.25)
    assert bounds.mean(1) == pytest.approx(ours.mean(1), abs=0.12 * np.diff(ours).mean())
    assert theirs["ranks"] == ranks.ranks(*bounds.T).tolist()
    low, high = np.sort(rounds.style)[[12, 487]]
    assert theirs["style"] == pytest.approx([low, high], abs=0.1 * (high - low))


def test_few_votes_leave_no_round_without_ratings(twin: Path) -> None:
    """From 5 votes on 6 models, each of 200 rounds, with and without style, gives numbers within the prior's reach."""
    told = """[false, true].map((style) => {
        const counts = counted(simulate(given, 5, 0), 6);
        return bootstrap(counts, 6, 200, 1, { style, at: 0 }).map(({ points }) => Array.from(points));
    })"""
    found = np.array(ask(twin, told, STRENGTHS), dtype=float)
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 3 * 400 * np.log10(2 * 5 / bradley_terry.PRIOR)
    assert (np.ptp(found, axis=2) > 0).all()


@pytest.mark.parametrize("rounds", [1, 10, 40, 101])
def test_ends_of_intervals_are_the_same(twin: Path, rounds: int) -> None:
    """Of the same rounds, few or many, the ends are Python's."""
    points = np.random.default_rng(rounds).normal(size=(rounds, 3))
    told = "[0.95, 0.5].map((confidence) => intervals(given.map((points) => ({ points })), confidence))"
    ours = [bradley_terry.intervals(points, confidence).tolist() for confidence in (0.95, 0.5)]
    assert np.array(ask(twin, told, points.tolist())) == pytest.approx(np.array(ours), abs=1e-12)


@pytest.mark.parametrize(("votes", "share"), [(12, 0.3), (400, 0.01), (60, 0.25), (900, 0.6), (100_000, 0.4)])
def test_votes_are_drawn_again_exactly(twin: Path, votes: int, share: float) -> None:
    """Of two kinds, the number of the first is binomial (chi-square on 20,000 draws), for small and large counts."""
    told = """(() => {
        const draw = drawn(given.seed, 0);
        return [...Array(20000)].map(() => Array.from(drawAgain(given.counts, draw)));
    })()"""
    first = round(votes * share)
    found = np.array(ask(twin, told, {"seed": votes, "counts": [first, 0, votes - first]}))
    assert (found.sum(1) == votes).all()
    assert not found[:, 1].any()
    ends = np.unique(binom.ppf(np.linspace(0, 1, 21)[1:-1], votes, first / votes))
    shares = np.diff(np.concatenate([[0], binom.cdf(ends, votes, first / votes), [1]]))
    classes = np.bincount(np.searchsorted(ends, found[:, 0]), minlength=len(ends) + 1)
    assert chisquare(classes, 20_000 * shares).pvalue > 1e-3


def test_what_the_first_place_hangs_on_is_the_same(twin: Path) -> None:
    """The same votes narrow the gap, by as many points, and as few turn the first place over."""
    told = """(() => {
        const counts = counted(simulate(given, 6000, 0, { ties: 0.2 }), 4);
        const worth = influence(counts, 4);
        return { ...worth, fewest: fewestDropped(counts, 4, worth), without: gapWithout(counts, 4, worth, 10) };
    })()"""
    strengths = [990.0, 1_010.0, 1_015.0, 950.0]
    theirs = ask(twin, told, strengths)
    counts = bradley_terry.counted(voters.simulate(strengths, 6_000, 0, ties=0.2), 4)
    worth = dropped.influence(counts)
    assert (theirs["first"], theirs["second"]) == (worth.first, worth.second)
    assert theirs["gap"] == pytest.approx(worth.gap, abs=1e-6)
    assert [kind["pair"] for kind in theirs["kinds"]] == worth.pairs.tolist()
    assert [kind["outcome"] for kind in theirs["kinds"]] == worth.outcomes.tolist()
    assert [kind["number"] for kind in theirs["kinds"]] == worth.numbers.tolist()
    assert [kind["move"] for kind in theirs["kinds"]] == pytest.approx(worth.moves.tolist(), abs=1e-6)
    assert theirs["fewest"] == dropped.fewest_dropped(counts)
    assert theirs["without"]["predicted"] == pytest.approx(dropped.predicted_gaps(worth, [10])[0], abs=1e-6)
    assert theirs["without"]["fitted"] == pytest.approx(dropped.gap_without(counts, worth, 10), abs=1e-6)


@pytest.mark.parametrize(
    ("strengths", "votes", "k"),
    [
        ([1_000, 1_100, 1_200], 0, 4), ([1_000], 10, 4), ([], 10, 4), ([None, 1_000, 1_000], 10, 4),
        ([0, 1e9, 0], 10, 4), ([0, 0, 0], 10, 0), ([0, 0, 0], 10, -1e9), ([0, 0, 0], 1, 1e300),
    ],
)  # fmt: skip
def test_nothing_absurd_hangs_the_browser(twin: Path, strengths: list[float], votes: int, k: float) -> None:
    """No votes, one model, strengths that are no numbers, a K of 0 or below: an answer at once, if only not-a-number.

    JSON has no not-a-number: it travels as null.
    """
    told = """(() => {
        const strengths = given.strengths.map((points) => points ?? NaN);
        const models = strengths.length;
        const votes = simulate(strengths, given.votes, 0, { ties: 0.2 });
        const counts = counted(votes, models);
        const answers = [0, 0.1, NaN].map((prior) => {
            const rounds = bootstrap(counts, models, 20, 0, { prior, style: true });
            return [fit(counts, models, { prior }), intervals(rounds), ranks(intervals(rounds))];
        });
        const worth = models > 1 ? fewestDropped(counts, models, influence(counts, models)) : null;
        return [play(votes, models, { k: given.k }), shuffles(given.votes, 3, 0), answers, worth].length;
    })()"""
    assert ask(twin, told, {"strengths": strengths, "votes": votes, "k": k}) == 4


def test_all_ties_and_one_pair_only(twin: Path) -> None:
    """Ties alone make equals; models without votes stand at the mean, as in Python; without votes all do."""
    told = "given.map((counts) => Array.from(fit(counts, 5).points))"
    ties, pair = (np.zeros((10, 5, 3), dtype=np.int64) for _ in range(2))
    ties[:, 2, voters.TIED] = np.arange(10)
    pair[5, 2, :] = (25, 0, 75)
    none, equal, apart = ask(twin, told, [(0 * ties).ravel().tolist(), ties.ravel().tolist(), pair.ravel().tolist()])
    assert none == equal == pytest.approx([1_000] * 5)
    assert apart == pytest.approx(bradley_terry.fit(bradley_terry.wins_of(pair)).tolist(), abs=1e-6)
