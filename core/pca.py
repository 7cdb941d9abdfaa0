"""Principal components: the flat picture of points that live in many dimensions, and how much of them it keeps.

Pearson 1901; Hotelling 1933. Computed by NumPy, since scikit-learn would cost the web process a second and 80 MB; a
test compares with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
SOME, MANY = 200, 2_000
"""From so many points on, there are cheaper ways to their axes than singular values."""


@dataclass(frozen=True)
class Axes:
    """The directions along which some points spread most.

    Attributes:
        mean: (dimensions,), the middle of the points.
        components: (axes, dimensions), unit vectors, the widest spread first.
        explained: (axes,), share of the points' variance along each axis, 0 to 1.
    """

    mean: Array
    components: Array
    explained: Array

    def project(self, points: Array) -> Array:
        """Return the coordinates (points, axes) of points (points, dimensions)."""
        return np.asarray((points - self.mean) @ self.components.T, np.float32)

    def kept(self, points: Array) -> float:
        """Return the share of the variance of these points that the axes show, 0 to 1; 0 if they do not spread."""
        centred = points - points.mean(axis=0)
        total = float((centred**2).sum())
        shown = centred @ self.components.T
        return float((shown**2).sum()) / total if total > 0 else 0.0


def principal_axes(points: Array, count: int = 2) -> Axes:
    """Return the first principal axes of points (points, dimensions).

    The sign of an axis means nothing; here its largest entry is positive. A missing axis (fewer points or dimensions
    than `count`) is a zero vector that explains nothing. Points that are not all finite have no axes but zeros.
    """
    rows, dimensions = points.shape
    found = min(count, rows, dimensions)
    components = np.zeros((count, dimensions), np.float32)
    explained = np.zeros(count, np.float32)
    points = np.asarray(points, np.float32)
    if rows < 2 or not np.isfinite(points).all() or not (points != points[0]).any():
        mean = points.mean(axis=0) if rows else np.zeros(dimensions, np.float32)
        return Axes(np.nan_to_num(mean), components, explained)
    mean = points.mean(axis=0, dtype=np.float64)
    directions, squares = _directions(points - mean)
    components[:found] = directions[:found] * _signs(directions[:found])
    explained[:found] = squares[:found] / squares.sum()
    return Axes(mean.astype(np.float32), components, explained)


def along(frames: Sequence[Array], *, own: bool = False) -> tuple[list[Array], list[float]]:
    """Project the same points at several moments, so that the picture never flips.

    Args:
        frames: points (points, dimensions) at each moment; the last one gives the axes.
        own: each moment has its own axes, with the signs that continue the moment before (counted from the end).

    Returns:
        Coordinates (points, 2) at each moment, and the share of the variance they show. Two dimensions or one are not
        projected: the coordinates are the numbers themselves.
    """
    dimensions = frames[-1].shape[1]
    if dimensions <= 2:
        flat = [np.pad(points, ((0, 0), (0, 2 - dimensions))).astype(np.float32) for points in frames]
        return flat, [1.0] * len(frames)
    axes = principal_axes(frames[-1])
    coordinates: list[Array] = []
    kept: list[float] = []
    for points in reversed(frames):
        if own:
            axes = _continued(principal_axes(points), axes)
        coordinates.append(axes.project(points) if np.isfinite(points).all() else np.zeros((len(points), 2), "f4"))
        kept.append(axes.kept(points))
    return coordinates[::-1], kept[::-1]


def _directions(centred: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the unit vectors (axes, dimensions) along which points spread, widest first, and their sums of squares.

    By singular values; for many points by the eigenvectors of the covariance, which is then much smaller; for some
    points in more dimensions than there are points, by those of their products with each other.
    """
    points, dimensions = centred.shape
    if SOME <= points < dimensions:
        squares, columns = np.linalg.eigh(centred @ centred.T)
        widest = columns.T[::-1] @ centred
        return widest / np.maximum(np.linalg.norm(widest, axis=1, keepdims=True), 1e-12), np.maximum(squares[::-1], 0)
    if points < MANY:
        _places, values, directions = np.linalg.svd(centred, full_matrices=False)
        return directions, values**2
    squares, columns = np.linalg.eigh(centred.T @ centred)
    return columns.T[::-1], np.maximum(squares[::-1], 0)


def _continued(axes: Axes, following: Axes) -> Axes:
    """Give axes the signs that point the same way as the axes of the next moment."""
    same = np.where((axes.components * following.components).sum(axis=1) < 0, -1, 1).astype(np.float32)
    return Axes(axes.mean, axes.components * same[:, None], axes.explained)


def _signs(components: NDArray[np.floating]) -> NDArray[np.floating]:
    largest = np.abs(components).argmax(axis=1)
    signs: NDArray[np.floating] = np.sign(components[np.arange(len(components)), largest])[:, None]
    return signs
