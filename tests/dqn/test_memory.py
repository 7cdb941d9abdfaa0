"""The memory: a ring of moments, drawn at random without doubles, or the latest."""

from __future__ import annotations

import numpy as np
import torch
from scipy.stats import chisquare

from core.dqn.memory import Memory


def _told(size: int, moments: int) -> Memory:
    """Return a memory of moments that all hold their own number, in every part."""
    memory = Memory(size, (2,))
    for number in range(moments):
        seen = np.array([number, -number], np.float32)
        memory.add(seen, number % 5, number / 2, seen + 1, number % 3 == 0)
    return memory


def test_the_oldest_moments_make_place() -> None:
    """After 25 moments a memory of 10 holds the last 10, each with its own parts, by the numbers 15 to 24."""
    memory = _told(10, 25)
    assert (len(memory), memory.told) == (10, 25)
    numbers = torch.arange(15, 25)
    drawn = memory.at(numbers)
    assert drawn.seen.tolist() == [[number, -number] for number in range(15, 25)]
    assert drawn.seen_next.tolist() == [[number + 1, 1 - number] for number in range(15, 25)]
    assert drawn.actions.tolist() == [number % 5 for number in range(15, 25)]
    assert drawn.rewards.tolist() == [number / 2 for number in range(15, 25)]
    assert drawn.ended.tolist() == [float(number % 3 == 0) for number in range(15, 25)]


def test_a_memory_that_is_not_full_holds_what_it_was_told() -> None:
    """Three moments of ten: a draw knows no other."""
    memory = _told(10, 3)
    assert len(memory) == 3
    assert sorted(memory.random(3, torch.Generator().manual_seed(1)).tolist()) == [0, 1, 2]


def test_a_random_batch_holds_no_moment_twice_and_each_equally_often() -> None:
    """4,000 draws of 4 from the last 20 of 50 moments: none twice, none that is gone, all as often as chance has it."""
    memory, generator = _told(20, 50), torch.Generator().manual_seed(3)
    counted = np.zeros(50)
    for _ in range(4_000):
        drawn = memory.random(4, generator).tolist()
        assert len(set(drawn)) == 4
        counted[drawn] += 1
    assert not counted[:30].any()
    assert chisquare(counted[30:]).pvalue > 0.01


def test_the_latest_moments_follow_one_another() -> None:
    """The last four that were told, in their order, also where the ring begins again."""
    memory = _told(10, 22)
    assert memory.latest(4).tolist() == [18, 19, 20, 21]
    assert memory.at(memory.latest(4)).seen[:, 0].tolist() == [18, 19, 20, 21]


def test_what_is_drawn_does_not_change_when_more_is_told() -> None:
    """A batch is a copy: the ring may go on."""
    memory = _told(4, 4)
    drawn = memory.at(memory.latest(4))
    kept = drawn.seen.clone()
    memory.add(np.full(2, 99, np.float32), 0, 0.0, np.zeros(2, np.float32), False)
    assert torch.equal(drawn.seen, kept)
