"""Principal axes: scikit-learn is the oracle, and the picture never flips."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from core.pca import Axes, along, principal_axes


@pytest.mark.parametrize(("rows", "dimensions"), [(37, 10), (5, 300), (3_000, 20), (16, 300), (2, 2), (220, 400)])
def test_axes_equal_an_svd_and_scikit_learn(rows: int, dimensions: int) -> None:
    """Projection and explained shares of NumPy's singular values, up to the sign of an axis; scikit-learn's too."""
    from sklearn.decomposition import PCA

    points = np.random.default_rng(rows).standard_normal((rows, dimensions)).astype(np.float32)
    points *= np.linspace(3, 0.5, dimensions, dtype=np.float32)
    axes = principal_axes(points)
    found = min(2, rows - 1, dimensions)  # the last axis of `rows` points explains nothing
    u, s, _v = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(axes.explained[:found], (s**2 / (s**2).sum())[:found], rtol=1e-3)
    mine = axes.project(points)[:, :found]
    np.testing.assert_allclose(np.abs(mine), np.abs((u * s)[:, :found]), atol=2e-3)
    theirs = PCA(2).fit_transform(points)[:, :found] if min(rows, dimensions) >= 2 else mine
    np.testing.assert_allclose(np.abs(mine), np.abs(theirs), atol=2e-3)
    assert axes.kept(points) == pytest.approx(float(axes.explained.sum()), abs=1e-3)


def test_the_picture_never_flips_from_frame_to_frame() -> None:
    """With each frame its own axes, a slowly moving cloud keeps its letters on the same side."""
    generator = np.random.default_rng(4)
    last = generator.standard_normal((37, 10)).astype(np.float32) * np.linspace(4, 1, 10, dtype=np.float32)
    way = generator.standard_normal((37, 10))
    moments = [(last + 0.05 * k * way).astype(np.float32) for k in range(20)][::-1]
    for own in (False, True):
        coordinates, _kept = along(moments, own=own)
        for before, after in pairwise(coordinates):
            assert all(np.corrcoef(before[:, axis], after[:, axis])[0, 1] > 0.9 for axis in (0, 1))


def test_points_that_do_not_spread_or_are_no_numbers_have_no_axes() -> None:
    """Equal points, not-a-number, no points: zeros, no exception."""
    for points in (np.ones((5, 4)), np.full((5, 4), np.nan), np.zeros((0, 4)), np.ones((1, 4))):
        axes = principal_axes(points.astype(np.float32))
        assert not axes.components.any()
        assert not axes.explained.any()


def test_axes_of_no_variance_keep_nothing() -> None:
    """A cloud of one point has no variance to keep."""
    still = Axes(np.zeros(3, np.float32), np.eye(3, dtype=np.float32)[:2], np.zeros(2, np.float32))
    assert still.kept(np.ones((4, 3), np.float32)) == 0.0
