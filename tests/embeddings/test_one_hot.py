"""One-hot vectors: the curse, the row of a table, two timed ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.embeddings.one_hot import (
    comparison,
    distances,
    lookup_seconds,
    one_hot,
    possible,
    table_bytes,
    with_embedding,
)


def test_the_curse_is_the_courses() -> None:
    """40 characters: 1,600 pairs, 64,000 triples, 40^10 ≈ 1.05e16; a table costs V times as many cells of 4 bytes."""
    assert [possible(40, n) for n in (1, 2, 3)] == [40, 1_600, 64_000]
    assert possible(40, 10) == pytest.approx(1.05e16, rel=0.01)
    assert table_bytes(40, 3) == 64_000 * 40 * 4
    assert comparison(table_bytes(40, 10))[0] == "datacentre"
    assert with_embedding(37, 3, 10, 200).parameters == 370 + 6_200


@given(st.integers(2, 40), st.integers(1, 16), st.data())
@example_settings(max_examples=30, deadline=None)
def test_a_one_hot_times_a_table_is_a_row(size: int, dimensions: int, data: st.DataObject) -> None:
    """Exactly, for every letter; and every two one-hots are √2 apart."""
    table = np.random.default_rng(size).standard_normal((size, dimensions)).astype(np.float32)
    index = data.draw(st.integers(0, size - 1))
    np.testing.assert_array_equal(one_hot(index, size) @ table, table[index])
    apart = distances(np.eye(size, dtype=np.float32))[np.triu_indices(size, 1)]
    np.testing.assert_allclose(apart, np.sqrt(2), rtol=1e-6)


def test_both_ways_of_the_lookup_are_timed() -> None:
    """Two positive durations."""
    assert min(lookup_seconds(np.eye(37, 10, dtype=np.float32), 3, repeats=10)) > 0
