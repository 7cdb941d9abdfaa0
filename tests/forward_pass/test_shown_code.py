"""The code tab of the forward pass, executed; its notebooks, run in a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from core.forward_pass.network import (
    ACTIVATIONS,
    STEPS,
    Network,
    forward,
)
from core.forward_pass.shown_code import sources
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads


def check(shown: Mapping[str, Any], network: Network, said: str) -> None:
    """Compare what the code left with the picture."""
    found = forward(network)
    for variable in {"a", "y", "u"} & set(found):
        assert_allclose(np.array(shown[variable]), found[variable], atol=1e-5, err_msg=f"{said} {variable}")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_tab_gives_the_pictures_numbers(step: str, activation: str) -> None:
    """Loops, NumPy, torch and Keras, executed as shown, end with the a, y and u of the picture."""
    between = activation if activation != "softmax" else "identity"
    network = Network(step=step, activation=activation, between=between)
    for name, source in sources(network, str).items():
        check(execute(source), network, name)


@pytest.mark.parametrize("version", ["Python", "NumPy", "PyTorch", "Keras"])
def test_the_notebooks_give_the_pictures_numbers(version: str, tmp_path: Path) -> None:
    """Every cell of each version's notebook runs in a kernel, in French and English, and leaves the a, y and u."""
    network = Network(step="collapse", between="identity")
    left = run_downloads(tmp_path, lambda _: (sources(network, _)[version], []), "a", "y", "u",
                         keras=version == "Keras")  # fmt: skip
    for language, names in left.items():
        check(names, network, language)


@pytest.mark.parametrize("step", STEPS)
def test_the_code_speaks_the_pages_language(step: str) -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    check_words(lambda _: sources(Network(step=step, activation="softmax", between="tanh"), _))
