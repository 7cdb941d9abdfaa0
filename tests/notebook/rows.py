"""Experiments for the tests: small ones, made by hand or by chance."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from core.notebook.experiment import Curve, Experiment, Figure, Prediction, identity


def row(seed: int = 1, batch: int = 64, *, error: float = 2.0, stem: str = "train_val_test", **more: Any) -> Experiment:
    """Return an experiment of a page with a batch size and a seed; the page opens with 64 and 1."""
    settings = {"x_batch": str(batch), "x_seed": str(seed)}
    moved = {
        name: value for name, value in settings.items() if (name, value) not in {("x_batch", "64"), ("x_seed", "1")}
    }
    made: dict[str, Any] = {
        "id": identity(stem, "", moved),
        "stem": stem,
        "settings": settings,
        "moved": tuple(moved),
        "labels": {"x_batch": "Batch size", "x_seed": "Seed"},
        "seed": "x_seed",
        "figures": {"error": Figure("Error", error, "%")},
        "curves": {"loss": Curve("Loss", (0.0, 1.0, 2.0), (3.0, 1.0, math.nan), "epochs", "nats")},
        "time": "2026-11-28T14:03:05",
        "version": "1.0.0",
    }
    return Experiment(**made | more)


_words = st.text(st.sampled_from("aé \n<&\"'`*[](){}%\N{GRINNING FACE}\N{CJK UNIFIED IDEOGRAPH-4E2D}"), max_size=12)
_names = st.sampled_from(["a", "b", "constructor", "x_rate", "x-1", "tostring"])
_numbers = st.floats(-1e300, 1e300) | st.just(math.nan)
_figures = st.builds(Figure, _words, _numbers, _words)
_axis = st.lists(st.tuples(st.floats(-1e300, 1e300), _numbers), min_size=1, max_size=5)
_curves = st.builds(
    lambda label, points: Curve(label, tuple(x for x, _ in points), tuple(y for _, y in points), "x", ""), _words, _axis
)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Draw any experiment that is whole."""
    settings = draw(st.dictionaries(_names, _words, max_size=4))
    named = sorted(settings)
    return Experiment(
        id=f"{draw(st.integers(0, 2**64 - 1)):016x}",
        stem=draw(_names),
        part=draw(st.just("") | _names),
        settings=settings,
        moved=tuple(name for name in settings if draw(st.booleans())),
        labels={name: draw(_words) for name in named if draw(st.booleans())},
        seed=draw(st.sampled_from(["", *named])),
        figures=draw(st.dictionaries(_names, _figures, max_size=3)),
        curves=draw(st.dictionaries(_names, _curves, max_size=2)),
        prediction=draw(st.none() | st.builds(Prediction, _words, _words, st.booleans())),
        time=draw(st.sampled_from(["", "2026-11-28T14:03:05"])),
        sequence=draw(st.integers(0, 2**53)),
        version=draw(st.sampled_from(["", "1.0.0"])),
        note=draw(_words),
        star=draw(st.booleans()),
    )


_anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an experiment as JSON in which some places hold anything."""
    found = draw(experiments()).to_json()
    for name in draw(st.lists(st.sampled_from(sorted(found)), max_size=3)):
        found[name] = draw(_anything)
    for name in ("figures", "curves", "settings", "labels"):
        if isinstance(found[name], dict) and found[name] and draw(st.booleans()):
            inner = draw(st.sampled_from(sorted(found[name])))
            found[name][inner] = draw(_anything)
    return found
