"""What the first place hangs on: influences against real removals, and the fewest votes against all possibilities."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from core.arena.bradley_terry import counted, fit, wins_of
from core.arena.dropped import fewest_dropped, fewest_fakes, gap_without, influence, predicted_gaps
from core.arena.voters import Votes, simulate, stuffed

STRENGTHS = (990.0, 1_010.0, 1_015.0, 950.0)


def cast(kinds: dict[tuple[int, int, int], int]) -> Votes:
    """Return so many votes (first, second, outcome) of each kind."""
    rows = np.repeat(np.array(list(kinds), dtype=np.uint8), list(kinds.values()), axis=0)
    return Votes(rows[:, 0], rows[:, 1], rows[:, 2], np.zeros(len(rows), np.int8))


def test_an_influence_is_what_a_new_fit_finds() -> None:
    """Taking one vote of a kind away and fitting anew moves the gap by its influence, within 2 %; none was left out."""
    counts = counted(simulate(STRENGTHS, 6_000, 0, ties=0.2), 4)
    worth = influence(counts)
    ratings = fit(wins_of(counts))
    assert worth.gap == pytest.approx(ratings[worth.first] - ratings[worth.second])
    assert [worth.first, worth.second] == np.argsort(-ratings)[:2].tolist()
    known = {(int(i), int(j), int(outcome)): move for (i, j), outcome, move in
             zip(worth.pairs, worth.outcomes, worth.moves, strict=True)}  # fmt: skip
    for i, j, outcome in product(range(4), range(4), range(3)):
        if i < j:
            wins = wins_of(counts)
            wins[i, j] -= outcome / 2
            wins[j, i] -= 1 - outcome / 2
            left = fit(wins)
            move = left[worth.first] - left[worth.second] - worth.gap
            assert min(move, 0) == pytest.approx(known.get((i, j, outcome), 0), rel=0.02, abs=1e-3)


def test_influences_add_up() -> None:
    """For few votes the sum of influences is the gap of a new fit; it begins at the gap itself."""
    counts = counted(simulate(STRENGTHS, 6_000, 0, ties=0.2), 4)
    worth = influence(counts)
    numbers = [0, 1, 10, 25]
    fitted = [gap_without(counts, worth, number) for number in numbers]
    assert fitted[0] == pytest.approx(worth.gap)
    assert predicted_gaps(worth, numbers) == pytest.approx(fitted, abs=0.03 * (worth.gap - fitted[-1]))
    assert sorted(worth.moves) == list(worth.moves)


def test_the_fewest_dropped_votes_turn_the_first_place_over() -> None:
    """With so many votes less the second is above the first; with one less of them it is not yet."""
    counts = counted(simulate(STRENGTHS, 6_000, 0, ties=0.2), 4)
    worth, number = influence(counts), fewest_dropped(counts)
    assert number is not None
    assert 1 < number < 0.02 * counts.sum()
    assert gap_without(counts, worth, number) < 0 <= gap_without(counts, worth, number - 1)


def test_no_smaller_choice_of_votes_would_do() -> None:
    """On a small arena, every other way to take fewer votes away leaves the first place where it is."""
    kinds = {(0, 1, 2): 5, (0, 1, 0): 3, (0, 2, 2): 5, (0, 2, 0): 2, (1, 2, 2): 5, (1, 2, 0): 3}
    counts = counted(cast(kinds), 3)
    worth, number = influence(counts), fewest_dropped(counts)
    assert (worth.first, worth.second) == (0, 1)
    assert number is not None
    assert number >= 2
    tried = 0
    for taken in product(*(range(min(number, there + 1)) for there in kinds.values())):
        if sum(taken) == number - 1:
            left = {kind: there - less for (kind, there), less in zip(kinds.items(), taken, strict=True)}
            ratings = fit(wins_of(counted(cast(left), 3)))
            tried += 1
            assert ratings[0] >= ratings[1] - 1e-9
    assert tried >= 6


@pytest.mark.parametrize("against", [None, 0, 2])
def test_the_fewest_fake_votes_bring_a_model_to_the_first_place(against: int | None) -> None:
    """Stuffed with so many votes the ballot ranks the model first; with one less it does not."""
    votes = simulate(STRENGTHS, 2_000, 2, ties=0.2)
    number = fewest_fakes(counted(votes, 4), 3, against)
    assert number is not None
    assert number > 1
    for fakes, is_first in ((number, True), (number - 1, False)):
        ratings = fit(wins_of(counted(stuffed(votes, 4, 3, against, fakes), 4)))
        assert (int(np.argmax(ratings)) == 3) is is_first


def test_who_is_first_needs_no_fakes_and_some_never_get_there() -> None:
    """The first needs none; within a bound that is too low there is no answer."""
    counts = counted(simulate(STRENGTHS, 2_000, 1), 4)
    first = int(np.argmax(fit(wins_of(counts))))
    assert fewest_fakes(counts, first) == 0
    assert fewest_fakes(counts, 3, most=3) is None
    assert fewest_fakes(counts, 3, most=0) is None
    needed = fewest_fakes(counts, 3)
    assert needed is not None
    assert fewest_fakes(counts, 3, most=needed) == needed
    assert fewest_fakes(counts, 3, most=needed - 1) is None


def test_absurd_questions_are_refused() -> None:
    """No votes, no such model, more votes than there are: a ValueError."""
    counts = counted(simulate(STRENGTHS, 200, 1), 4)
    with pytest.raises(ValueError, match="wins"):
        influence(0 * counts)
    with pytest.raises(ValueError, match="against"):
        fewest_fakes(counts, 4)
    with pytest.raises(ValueError, match="against"):
        fewest_fakes(counts, 1, 1)
    with pytest.raises(ValueError, match="narrow the gap"):
        gap_without(counts, influence(counts), 10**6)
