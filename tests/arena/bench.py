"""Speed of the arena's mathematics: Elo beside NumPy, Bradley–Terry with its bootstrap beside choix, the browser's."""

from __future__ import annotations

from time import process_time

import choix
import numpy as np
from numpy.typing import NDArray

from components.in_browser import COMPONENTS
from core.arena.bradley_terry import bootstrap, counted, fit, wins_of
from core.arena.elo import play
from core.arena.lab import BIASES, OWN, strengths, verbosity
from core.arena.voters import Votes, simulate
from tests.benchmarks.shared import Results, milliseconds, ratio
from tests.node import ask

BARS = {
    "elo_votes_per_s_vs_numpy": (">=", 1),
    "bt_vs_choix": ("<=", 0.1),
    "arena_votes_ms": ("<=", 25),
    "arena_bootstrap_ms": ("<=", 40),
    "arena_slide_ms": ("<=", 50),
}
MODELS, VOTES, ROUNDS = 20, 100_000, 500
MEASURED = 50
"""Rounds of choix that are timed; its time for all is in proportion, each round being the same work."""
TURNS = 5
IN_BROWSER = """(async () => {
    const [voters, elo, reckoning] = await Promise.all(given.modules.map((module) => import(module)));
    const told = { votes: [], bootstrap: [] };
    for (let turn = 0; turn < given.turns; turn++) {
        const begun = performance.now();
        const votes = voters.simulate(given.strengths, given.votes, turn, { ties: 0.2, bias: 20 });
        elo.play(votes, given.strengths.length);
        const counts = voters.counted(votes, given.strengths.length);
        reckoning.fit(counts, given.strengths.length);
        const between = performance.now();
        reckoning.bootstrap(counts, given.strengths.length, 100, turn);
        told.votes.push(between - begun);
        told.bootstrap.push(performance.now() - between);
    }
    return told;
})()"""


def elo_votes_per_s_vs_numpy() -> Results:
    """Votes a second of our Elo ÷ those of the loop one writes first, on an array of ratings; fastest of five turns.

    Processor time, in turns, the same 100,000 votes; both from arrays to ratings, and the ratings are compared.
    """
    votes = _votes()
    turns = []
    for _turn in range(TURNS):
        begun = process_time()
        ours = play(votes, MODELS)[0]
        between = process_time()
        theirs = _numpy_elo(votes)
        turns.append((between - begun, process_time() - between))
        if not np.allclose(ours, theirs, atol=1e-6):
            raise ArithmeticError("the two do not agree")
    mine, other = (min(column) for column in zip(*turns, strict=True))
    return {
        "elo_votes_per_s_vs_numpy": ratio(other / mine) | {"ours_per_s": VOTES / mine, "numpy_per_s": VOTES / other}
    }


def _numpy_elo(votes: Votes) -> NDArray[np.float64]:
    ratings = np.full(MODELS, 1_000.0)
    for first, second, score in zip(votes.first, votes.second, votes.outcome / 2, strict=True):
        gain = 4.0 * (score - 1 / (1 + 10 ** ((ratings[second] - ratings[first]) / 400)))
        ratings[first] += gain
        ratings[second] -= gain
    return ratings


def bt_vs_choix() -> Results:
    """Processor time from 100,000 votes to ratings and 500 bootstrap rounds of 20 models ÷ a loop around choix.

    The loop does in each round what one does with choix: draw the votes again, count them as a matrix, ask
    `ilsr_pairwise_dense`. 50 rounds are timed and taken ten times. Beside it, without a bar, the same where the loop is
    spared drawing and counting: choix's fits alone against all of ours. Fastest of five turns each.
    """
    votes = _votes()
    drawn = np.random.default_rng(0)
    mine, loop, fits = [], [], []
    for _turn in range(TURNS):
        begun = process_time()
        counts = counted(votes, MODELS)
        ours = fit(wins_of(counts))
        bootstrap(counts, ROUNDS, 0)
        mine.append(process_time() - begun)
        begun = process_time()
        matrices = [_matrix(votes.taken(drawn.integers(0, VOTES, VOTES))) for _round in range(MEASURED)]
        between = process_time()
        for matrix in matrices:
            choix.ilsr_pairwise_dense(matrix, alpha=0)
        fits.append((process_time() - between) * ROUNDS / MEASURED)
        loop.append((process_time() - begun) * ROUNDS / MEASURED)
    theirs = choix.ilsr_pairwise_dense(_matrix(votes), alpha=0) * 400 / np.log(10) + 1_000
    if not np.allclose(ours, theirs, atol=0.1):  # the prior takes some hundredths of a point
        raise ArithmeticError("the two do not agree")
    figures: dict[str, float | str] = {"ours_ms": 1_000 * min(mine), "choix_loop_ms": 1_000 * min(loop)}
    return {
        "bt_vs_choix": ratio(min(mine) / min(loop)) | figures,
        "bt_vs_choix_fits_alone": ratio(min(mine) / min(fits)) | {"choix_fits_ms": 1_000 * min(fits)},
    }


def _matrix(votes: Votes) -> NDArray[np.float64]:
    """Return wins as choix wants them, the quick way: a tie is half a win each way."""
    scores, size = votes.outcome / 2, MODELS**2
    won = np.bincount(votes.first.astype(np.int64) * MODELS + votes.second, scores, size)
    lost = np.bincount(votes.second.astype(np.int64) * MODELS + votes.first, 1 - scores, size)
    return (won + lost).astype(np.float64).reshape(MODELS, MODELS)


def arena_ms() -> Results:
    """Milliseconds in the browser's engine, 18 models: 100,000 votes, Elo and ratings; then 100 rounds of bootstrap.

    Node, the wall clock; the median of 14 turns. The one before them, when nothing is compiled yet, is told apart.
    """
    modules = [(COMPONENTS / "arena" / f"{name}.js").as_uri() for name in ("voters", "elo", "reckoning")]
    strengths = np.linspace(1_290, 1_100, 18).tolist()
    given = {"modules": modules, "strengths": strengths, "votes": VOTES, "turns": 15}
    told: dict[str, list[float]] = ask(COMPONENTS / "arena" / "voters.js", IN_BROWSER, given)
    return {
        f"arena_{name}_ms": milliseconds(float(np.median(turns[1:]))) | {"first": turns[0]}
        for name, turns in told.items()
    }


SLIDES = """(async () => {
    const { ranker, inView } = await import(given.module);
    const rank = ranker(given.truth);
    const told = [];
    for (let turn = 0; turn < given.turns; turn++) {
        rank(inView(given, given.state));
        for (const bias of given.biases) {
            const begun = performance.now();
            rank(inView(given, { ...given.state, bias }), true);
            told.push(performance.now() - begun);
        }
    }
    return told;
})()"""


def arena_slide_ms() -> Results:
    """Milliseconds of the dearest step of the laboratory's sliders: what a longer answer is worth, with style control.

    100,000 votes, 18 models, in Node, the wall clock: new votes, ratings, and the rounds that a moving finger sees. The
    median; beside it, without a bar, the 95th in a hundred.
    """
    state = {"view": "taste", "votes": VOTES, "seed": 1, "k": 4, "order": 0, "ties": 0, "bias": 0, "style": True,
             "fakes": 0, "helped": 1, "against": "all", "dropped": 0, "lost": "worst"}  # fmt: skip
    given = {
        "module": (COMPONENTS / "arena" / "ranked.js").as_uri(), "own": OWN, "state": state, "turns": 6,
        "biases": [bias for bias in BIASES if bias], "truth": {"strengths": strengths(), "verbosity": verbosity()},
    }  # fmt: skip
    told: list[float] = ask(COMPONENTS / "arena" / "ranked.js", SLIDES, given)
    return {"arena_slide_ms": milliseconds(float(np.median(told))) | {"p95": float(np.percentile(told, 95))}}


def _votes() -> Votes:
    return simulate(np.linspace(1_290, 1_100, MODELS).tolist(), VOTES, 1, ties=0.2)


BENCHES = (elo_votes_per_s_vs_numpy, bt_vs_choix, arena_ms, arena_slide_ms)
